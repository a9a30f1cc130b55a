// SPDX-License-Identifier: Apache-2.0
// Blocked callers that share a connection: they read for each other, send for each other, and give up.
#include "native/io/led_channel.hpp"
#include "native/protocol/envelope.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <random>
#include <span>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace coodie::native;
using coodie::Bytes;
using coodie::BytesView;

/// A channel whose peer sends each request's body back, one after the other: it reads nothing while it
/// writes.
class NativeLedChannel : public ::testing::Test {
protected:
    using Clock = Channel::Clock;

    void SetUp() override {
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, sockets_.data()), 0);
        peer_ = std::thread([this] { send_back(); });
        OpenedConnection opened;
        opened.socket = sockets_[0];
        opened.reader = std::make_unique<FrameReader>();
        opened.reader->start(ProtocolVersion::v4, Compression::none);
        opened.peer = "peer";
        channel_ = std::make_shared<LedChannel>(std::move(opened), 1000, 60s);
    }
    void TearDown() override {
        channel_->close(coodie::Error(coodie::ErrorKind::cancelled, "the end"));
        peer_.join();
        ::close(sockets_[1]);
    }

    enum class Ended : std::uint8_t { answered, gave_up, wrong };

    /// Sends `body` and waits until it is back.
    Ended call(BytesView body, Clock::duration patience) {
        LedCall call;
        const Channel::Submission sent =
            channel_->submit(std::shared_ptr<Pending>(std::shared_ptr<Pending>(), &call),
                             [&](Bytes& out, ProtocolVersion, std::int16_t stream) {
                                 const std::array<unsigned char, 9> header = header_of(stream, body.size());
                                 const auto bytes = std::as_bytes(std::span(header));
                                 out.insert(out.end(), bytes.begin(), bytes.end());
                                 out.insert(out.end(), body.begin(), body.end());
                                 return true;
                             });
        if (sent.result != Channel::Submitted::sent) return Ended::wrong;
        if (!channel_->wait(call, sent.stream, Clock::now() + patience)) return Ended::gave_up;
        if (!call.envelope()) return Ended::wrong;
        const BytesView answer = call.envelope()->body;
        return std::equal(answer.begin(), answer.end(), body.begin(), body.end()) ? Ended::answered
                                                                                  : Ended::wrong;
    }

    template <class Work>
    static void run_threads(int count, Work work) {
        std::vector<std::thread> threads;
        for (int i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
        for (std::thread& thread : threads) thread.join();
    }

    // The peer's ways.
    std::atomic<bool> sleepy_{false};  // now and then it answers late
    // Until it has read `expected_` requests, it waits until so many are pending, and leaves one unanswered.
    std::atomic<std::size_t> crowd_{1};
    std::atomic<std::size_t> expected_{0};

private:
    // Version 4, a QUERY.
    static std::array<unsigned char, 9> header_of(std::int16_t stream, std::size_t size) {
        const auto byte = [](std::size_t value) { return static_cast<unsigned char>(value & 0xffU); };
        const auto id = static_cast<std::size_t>(stream);
        return {0x04,
                0,
                byte(id >> 8),
                byte(id),
                static_cast<unsigned char>(Opcode::query),
                byte(size >> 24),
                byte(size >> 16),
                byte(size >> 8),
                byte(size)};
    }
    bool read_whole(std::span<std::byte> bytes) const {
        return ::recv(sockets_[1], bytes.data(), bytes.size(), MSG_WAITALL) ==
               static_cast<ssize_t>(bytes.size());
    }
    bool write_whole(std::span<const std::byte> bytes) const {
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t sent = ::send(sockets_[1], bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
            if (sent <= 0) return false;
            done += static_cast<std::size_t>(sent);
        }
        return true;
    }
    // The next request, as its answer.
    bool read_message(std::vector<std::byte>& message) const {
        message.resize(envelope_header_size);
        if (!read_whole(message)) return false;
        std::size_t size = 0;
        for (std::size_t i = 5; i < 9; ++i) size = size << 8U | std::to_integer<std::size_t>(message[i]);
        message[0] = std::byte{0x84};
        message[4] = static_cast<std::byte>(Opcode::result);
        message.resize(envelope_header_size + size);
        return read_whole(std::span(message).subspan(envelope_header_size));
    }
    void send_back() {
        std::deque<std::vector<std::byte>> pending;
        std::vector<std::byte> message;
        for (std::size_t count = 1; read_message(message); ++count) {
            if (sleepy_ && count % 50 == 0) std::this_thread::sleep_for(300us);
            pending.push_back(std::move(message));
            const bool more_come = count < expected_;
            if (more_come && pending.size() < crowd_) continue;
            std::vector<std::byte> answers;
            while (pending.size() > (more_come && crowd_ > 1 ? 1 : 0)) {
                answers.insert(answers.end(), pending.front().begin(), pending.front().end());
                pending.pop_front();
            }
            if (!write_whole(answers)) return;
        }
    }

    std::array<int, 2> sockets_{};
    std::thread peer_;
    std::shared_ptr<LedChannel> channel_;
};

// Requests and answers that are larger than the socket's buffers.
TEST_F(NativeLedChannel, ReadsWhileThePeerTakesNoRequests) {
    std::atomic<int> answered{0};
    run_threads(16, [&](int thread) {
        const std::vector<std::byte> body(256 * 1024, static_cast<std::byte>(thread));
        for (int i = 0; i < 20; ++i) answered += call(body, 60s) == Ended::answered ? 1 : 0;
    });
    EXPECT_EQ(answered, 16 * 20);
}

// One call is left over from each batch of answers: it is asked to lead, and meanwhile the others' next
// requests gather. The peer goes on only when it has them all.
TEST_F(NativeLedChannel, WhoLeadsNextSendsWhatHasGathered) {
    constexpr int total = 16 * 500;
    crowd_ = 16;
    expected_ = total;
    std::atomic<int> next{0};
    std::atomic<int> answered{0};
    run_threads(16, [&](int) {
        for (int mine = next++; mine < total; mine = next++) {
            if (call(std::as_bytes(std::span(&mine, 1)), 30s) == Ended::answered)
                ++answered;
            else
                next = total;  // the peer waits for ever
        }
    });
    EXPECT_EQ(answered, total);
}

// Deadlines pass while calls are answered, are asked to lead, and lead: nobody gets another one's answer or
// waits for ever.
TEST_F(NativeLedChannel, CallersGiveUpWhileOthersLead) {
    sleepy_ = true;
    std::atomic<int> answered{0};
    std::atomic<int> gave_up{0};
    std::atomic<int> wrong{0};
    run_threads(16, [&](int thread) {
        std::mt19937 random(static_cast<unsigned>(thread));
        for (int i = 0; i < 2000; ++i) {
            const std::array<int, 2> body{thread, i};
            const auto bytes = std::as_bytes(std::span(body));
            Ended ended = call(bytes, std::chrono::microseconds(random() % 400));
            if (ended == Ended::gave_up) {
                ++gave_up;
                // Waits: a connection with too many late answers is given up itself.
                ended = call(bytes, 60s);
            }
            ++(ended == Ended::answered ? answered : wrong);
        }
    });
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(answered, 16 * 2000);
    EXPECT_GT(gave_up, 0);
}

}  // namespace
