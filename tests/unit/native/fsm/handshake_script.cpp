// SPDX-License-Identifier: Apache-2.0
#include "unit/native/fsm/handshake_script.hpp"

#include "native/protocol/wire_reader.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace coodie::native::test {

Sent parse_sent(BytesView bytes) {
    WireReader reader(bytes);
    Sent sent;
    sent.version = reader.read_byte();
    sent.flags = reader.read_byte();
    sent.stream = static_cast<std::int16_t>(reader.read_short());
    sent.opcode = static_cast<Opcode>(reader.read_byte());
    const auto size = static_cast<std::size_t>(reader.read_int());
    EXPECT_TRUE(reader.ok());
    EXPECT_EQ(reader.rest().size(), size);  // exactly one envelope
    sent.body.assign(reader.rest().begin(), reader.rest().end());
    return sent;
}

std::map<std::string, std::string> startup_options(const Sent& sent) {
    WireReader reader(sent.body);
    std::map<std::string, std::string> options;
    for (auto& entry : reader.read_string_map()) options.insert(std::move(entry));
    EXPECT_TRUE(reader.ok() && reader.rest().empty());
    return options;
}

std::string query_text(const Sent& sent) {
    WireReader reader(sent.body);
    return std::string(reader.read_long_string());
}

Answer supported(std::vector<std::string> compression) {
    Body body;
    body.number16(3);
    body.string("PROTOCOL_VERSIONS").number16(2).string("4/v4").string("5/v5");
    body.string("COMPRESSION").number16(static_cast<std::uint16_t>(compression.size()));
    for (const std::string& name : compression) body.string(name);
    body.string("CQL_VERSION").number16(1).string("3.4.7");
    return {Opcode::supported, body.bytes()};
}

Answer ready() { return {Opcode::ready}; }

Answer authenticate() {
    return {Opcode::authenticate, Body().string("org.apache.cassandra.auth.PasswordAuthenticator").bytes()};
}

Answer challenge(std::string_view token) {
    Bytes body = Body().number32(static_cast<std::int32_t>(token.size())).bytes();
    append(body, std::as_bytes(std::span(token)));
    return {Opcode::auth_challenge, std::move(body)};
}

Answer auth_success() { return {Opcode::auth_success, Body().number32(-1).bytes()}; }

Answer set_keyspace(std::string_view name) {
    return {Opcode::result, Body().number32(3).string(name).bytes()};
}

Answer error(std::int32_t code, std::string_view message) {
    Body body;
    body.number32(code).string(message);
    if (code == server_code::unavailable) body.number16(1).number32(2).number32(1);
    return {Opcode::error, body.bytes()};
}

Handshake::Settings Path::settings() const {
    return {.version = {},
            .compression = compression,
            .user = authentication ? std::string(test::user) : "",
            .password = authentication ? std::string(test::password) : "",
            .keyspace = keyspace ? std::string(test::keyspace) : "",
            .peer = std::string(test::peer)};
}

std::vector<Answer> Path::answers() const {
    std::vector<Answer> answers{supported(), authentication ? authenticate() : ready()};
    if (authentication) answers.push_back(auth_success());
    if (keyspace) answers.push_back(set_keyspace(test::keyspace));
    return answers;
}

std::string Path::name() const {
    return std::string(version == v5 ? "v5" : "v4") + (compression == lz4 ? "_lz4" : "") +
           (authentication ? "_auth" : "") + (keyspace ? "_keyspace" : "");
}

std::vector<Path> all_paths() {
    std::vector<Path> paths;
    for (const ProtocolVersion version : {v4, v5})
        for (const Compression compression : {none, lz4})
            for (const bool authentication : {false, true})
                for (const bool with_keyspace : {false, true})
                    paths.push_back({version, compression, authentication, with_keyspace});
    return paths;
}

Handshake::Step Talk::on(const Answer& answer) {
    out.clear();
    const auto owner = std::make_shared<Bytes>(answer.body);
    Envelope envelope;
    envelope.header.version =
        answer.version != 0 ? answer.version : static_cast<std::uint8_t>(handshake.version());
    envelope.header.stream = answer.stream;
    envelope.header.opcode = answer.opcode;
    envelope.header.body_size = static_cast<std::uint32_t>(owner->size());
    envelope.body = *owner;
    envelope.owner = owner;
    return handshake.on(envelope, out);
}

void Talk::advance(const Path& path, std::size_t count) {
    if (path.version == v4) {
        ASSERT_EQ(on(error(server_code::protocol_error, "Invalid or unsupported protocol version (5)")),
                  Handshake::Step::lower_version);
        handshake.begin(out);
    }
    const std::vector<Answer> answers = path.answers();
    for (std::size_t i = 0; i < count; ++i)
        ASSERT_EQ(on(answers[i]), i + 1 == answers.size() ? Handshake::Step::done : Handshake::Step::send)
            << path.name() << i << message();
}

}  // namespace coodie::native::test
