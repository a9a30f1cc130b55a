// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/protocol.hpp"

#include <coodie/types/bytes.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace coodie::stub::test {

using namespace coodie::native;

/// A blocking client of one socket, for tests of the stub: as simple as can be.
class Client {
public:
    Client(const inet& address, std::uint16_t port, ProtocolVersion version = ProtocolVersion::v4,
           Compression compression = Compression::none)
        : version_(version), compression_(compression), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        std::copy(address.bytes().begin(), address.bytes().end(), reinterpret_cast<std::byte*>(&to.sin_addr));
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    ~Client() { ::close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] bool connected() const { return connected_; }

    /// Seals and sends everything in `out`.
    void send(const Bytes& out) {
        Bytes sealed;
        if (segments_) seal_segments(sealed, out, compression_);
        send_raw(segments_ ? sealed : out);
    }
    void send_raw(BytesView bytes) {
        if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
            throw std::runtime_error("send");
    }

    struct Received {
        EnvelopeHeader header;
        Bytes body;
        Response response;
    };
    /// Throws when the connection ends ("end", "reset") or the bytes are wrong.
    Received receive() {
        while (true) {
            if (auto received = take_envelope()) return *std::move(received);
            if (segments_ && open_segment()) continue;
            read_some();
        }
    }
    [[nodiscard]] bool has_bytes_within(int milliseconds) const {
        pollfd wait{.fd = socket_, .events = POLLIN, .revents = 0};
        return !envelopes().empty() || ::poll(&wait, 1, milliseconds) > 0;
    }
    /// How many reads gave bytes so far.
    [[nodiscard]] std::size_t reads() const { return reads_; }

    Received startup() {
        const std::array<std::pair<std::string_view, std::string_view>, 2> options{
            {{"CQL_VERSION", "3.0.0"}, {"COMPRESSION", "lz4"}}};
        Bytes out;
        (void)append_startup(out, version_, 0,
                             {std::span(options).first(compression_ == Compression::lz4 ? 2 : 1)});
        send(out);
        Received received = receive();
        segments_ = version_ == ProtocolVersion::v5;
        return received;
    }
    Received query(std::string_view text, std::int16_t stream = 1) {
        send_query(text, stream);
        return receive();
    }
    void send_query(std::string_view text, std::int16_t stream = 1) {
        Bytes out;
        (void)append_query(out, version_, stream, {.query = text});
        send(out);
    }
    PreparedResult prepare(std::string_view text) {
        Bytes out;
        (void)append_prepare(out, version_, 2, {.query = text});
        send(out);
        return std::get<PreparedResult>(receive().response.message);
    }
    Received execute(const PreparedResult& prepared, QueryParameters parameters = {},
                     std::int16_t stream = 3) {
        Bytes out;
        (void)append_execute(
            out, version_, stream,
            {.id = prepared.id, .result_metadata_id = prepared.result_metadata_id, .parameters = parameters});
        send(out);
        return receive();
    }

private:
    [[nodiscard]] const Bytes& envelopes() const { return segments_ ? opened_ : input_; }

    void read_some() {
        std::array<std::byte, 4096> chunk;
        const ssize_t size = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (size == 0) throw std::runtime_error("end");
        if (size < 0) throw std::runtime_error(errno == ECONNRESET ? "reset" : "recv");
        ++reads_;
        input_.insert(input_.end(), chunk.begin(), chunk.begin() + size);
    }
    bool open_segment() {
        const std::size_t header_size = segment_header_size(compression_);
        if (input_.size() < header_size) return false;
        const auto parsed = parse_segment_header(input_, compression_);
        if (std::holds_alternative<WireError>(parsed)) throw std::runtime_error("bad segment header");
        const auto& header = std::get<SegmentHeader>(parsed);
        const std::size_t size = header_size + header.payload_size + segment_trailer_size;
        if (input_.size() < size) return false;
        if (check_segment_payload(BytesView(input_).subspan(header_size, size - header_size)))
            throw std::runtime_error("bad segment payload");
        const BytesView payload = BytesView(input_).subspan(header_size, header.payload_size);
        Bytes plain(header.uncompressed_size);
        if (header.uncompressed_size != 0 && decompress_segment(payload, plain))
            throw std::runtime_error("bad LZ4");
        const BytesView content = header.uncompressed_size != 0 ? BytesView(plain) : payload;
        opened_.insert(opened_.end(), content.begin(), content.end());
        input_.erase(input_.begin(), input_.begin() + static_cast<std::ptrdiff_t>(size));
        return true;
    }
    std::optional<Received> take_envelope() {
        Bytes& bytes = segments_ ? opened_ : input_;
        if (bytes.size() < envelope_header_size) return std::nullopt;
        const auto parsed = parse_handshake_header(bytes);
        if (std::holds_alternative<WireError>(parsed)) throw std::runtime_error("bad header");
        Received received{.header = std::get<EnvelopeHeader>(parsed)};
        const std::size_t size = envelope_header_size + received.header.body_size;
        if (bytes.size() < size) return std::nullopt;
        received.body.assign(bytes.begin() + envelope_header_size,
                             bytes.begin() + static_cast<std::ptrdiff_t>(size));
        bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        if (!segments_ && (received.header.flags & envelope_flag::compression) != 0)
            decompress(received.body);
        auto response = parse_response(received.header, received.body);
        if (std::holds_alternative<WireError>(response)) throw std::runtime_error("bad response");
        received.response = std::get<Response>(std::move(response));
        return received;
    }
    static void decompress(Bytes& body) {
        Bytes plain(std::get<std::uint32_t>(decompressed_body_size(body, max_body_size)));
        if (decompress_body(body, plain)) throw std::runtime_error("bad LZ4");
        body = std::move(plain);
    }

    ProtocolVersion version_;
    Compression compression_;
    int socket_;
    bool connected_ = false;
    bool segments_ = false;
    std::size_t reads_ = 0;
    Bytes input_;
    Bytes opened_;
};

}  // namespace coodie::stub::test
