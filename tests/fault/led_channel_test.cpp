// SPDX-License-Identifier: Apache-2.0
// Blocked callers that share a connection, against a peer which reads nothing while it writes.
#include "native/io/led_channel.hpp"
#include "native/protocol/envelope.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace coodie::native;
using coodie::Bytes;

constexpr std::size_t body_size = 256 * 1024;

/// An envelope of version 4: `lead` is 0x04 for a request, 0x84 for an answer.
void append_envelope(Bytes& out, unsigned char lead, std::int16_t stream, Opcode opcode) {
    const auto byte = [&](std::size_t value) { out.push_back(static_cast<std::byte>(value & 0xffU)); };
    byte(lead);
    byte(0);
    byte(static_cast<std::size_t>(stream) >> 8U);
    byte(static_cast<std::size_t>(stream));
    byte(static_cast<std::size_t>(opcode));
    for (const std::size_t shift : {24U, 16U, 8U, 0U}) byte(body_size >> shift);
    out.resize(out.size() + body_size);
}

bool read_whole(int socket, std::span<std::byte> bytes) {
    return ::recv(socket, bytes.data(), bytes.size(), MSG_WAITALL) == static_cast<ssize_t>(bytes.size());
}
bool write_whole(int socket, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

// One request, one answer, neither beside the other.
void answer_one_at_a_time(int socket) {
    std::vector<std::byte> request(envelope_header_size + body_size);
    while (read_whole(socket, request)) {
        const auto stream = static_cast<std::int16_t>(std::to_integer<int>(request[2]) * 256 +
                                                      std::to_integer<int>(request[3]));
        Bytes answer;
        append_envelope(answer, 0x84, stream, Opcode::result);
        if (!write_whole(socket, answer)) return;
    }
}

TEST(NativeLedChannel, ReadsWhileThePeerTakesNoRequests) {
    std::array<int, 2> sockets{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets.data()), 0);
    std::thread peer(answer_one_at_a_time, sockets[1]);
    OpenedConnection opened;
    opened.socket = sockets[0];
    opened.reader = std::make_unique<FrameReader>();
    opened.reader->start(ProtocolVersion::v4, Compression::none);
    opened.peer = "peer";
    const auto channel = std::make_shared<LedChannel>(std::move(opened), 1000, 5s);
    std::atomic<int> answered{0};
    const auto call_often = [&] {
        for (int i = 0; i < 20; ++i) {
            LedCall call;
            const Channel::Submission sent =
                channel->submit(std::shared_ptr<Pending>(std::shared_ptr<Pending>(), &call),
                                [](Bytes& out, ProtocolVersion, std::int16_t stream) {
                                    append_envelope(out, 0x04, stream, Opcode::query);
                                    return true;
                                });
            if (sent.result != Channel::Submitted::sent) return;
            if (!channel->wait(call, sent.stream, Channel::Clock::now() + 60s)) return;
            if (call.envelope() && call.envelope()->body.size() == body_size) ++answered;
        }
    };
    std::vector<std::thread> callers;
    for (int i = 0; i < 16; ++i) callers.emplace_back(call_often);
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(answered, 16 * 20);
    channel->close(coodie::Error(coodie::ErrorKind::cancelled, "the end"));
    peer.join();
    ::close(sockets[1]);
}

}  // namespace
