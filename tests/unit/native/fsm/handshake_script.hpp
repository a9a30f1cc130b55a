// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/fsm/handshake.hpp"
#include "unit/native/fsm/wire_maker.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace coodie::native::test {

/// What a server says; its answer to one request.
struct Answer {
    Opcode opcode = Opcode::ready;
    Bytes body{};
    std::int16_t stream = 0;
    /// 0: the version that was offered.
    std::uint8_t version = 0;
};

/// A request as it was sent.
struct Sent {
    std::uint8_t version = 0;
    std::uint8_t flags = 0;
    std::int16_t stream = 0;
    Opcode opcode = Opcode::options;
    Bytes body;
};
Sent parse_sent(BytesView bytes);
/// Of STARTUP.
std::map<std::string, std::string> startup_options(const Sent& sent);
std::string query_text(const Sent& sent);

Answer supported(std::vector<std::string> compression = {"snappy", "lz4"});
Answer ready();
Answer authenticate();
Answer challenge(std::string_view token = "PLAIN-START");
Answer auth_success();
Answer set_keyspace(std::string_view keyspace);
/// With the fields of codes that have some.
Answer error(std::int32_t code, std::string_view message);

/// One way through the handshake.
struct Path {
    ProtocolVersion version = v5;
    Compression compression = none;
    bool authentication = false;
    bool keyspace = false;

    [[nodiscard]] Handshake::Settings settings() const;
    /// The right answers, in order.
    [[nodiscard]] std::vector<Answer> answers() const;
    [[nodiscard]] std::string name() const;
};
inline constexpr std::string_view peer = "10.0.0.7:9042";
inline constexpr std::string_view user = "bob";
inline constexpr std::string_view password = "s3cret-pass";
inline constexpr std::string_view keyspace = "Shop";
std::vector<Path> all_paths();

/// A Handshake, and the envelopes of a server that never leave this process.
class Talk {
public:
    explicit Talk(Handshake::Settings settings) : handshake(std::move(settings)) { handshake.begin(out); }
    explicit Talk(const Path& path) : Talk(path.settings()) {}

    /// What was sent is forgotten first.
    Handshake::Step on(const Answer& answer);
    /// The first `count` answers of the path, each of which must be right.
    void advance(const Path& path, std::size_t count);
    [[nodiscard]] Sent sent() const { return parse_sent(out); }
    [[nodiscard]] const std::string& message() const { return handshake.error().message(); }

    Handshake handshake;
    Bytes out;
};

}  // namespace coodie::native::test
