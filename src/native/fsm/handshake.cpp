// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/handshake.hpp"

#include "native/protocol/requests/request.hpp"

#include <openssl/crypto.h>

#include <array>
#include <cstdio>
#include <utility>
#include <vector>

namespace coodie::native {
namespace {

constexpr std::int16_t handshake_stream = 0;
constexpr std::string_view driver_version = COODIE_VERSION;

std::string quoted(std::string_view text, char quote) {
    std::string result(1, quote);
    for (const char c : text) {
        if (c == quote) result += c;
        result += c;
    }
    return result += quote;
}

std::string joined(const std::vector<std::string>& words) {
    std::string result;
    for (const std::string& word : words) result += (result.empty() ? "" : ", ") + word;
    return result;
}

std::string hex_code(std::int32_t code) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "0x%04X", static_cast<unsigned>(code));
    return text.data();
}

std::string number(ProtocolVersion version) { return std::to_string(static_cast<unsigned>(version)); }

bool contains(std::string_view text, std::string_view part) noexcept {
    return text.find(part) != std::string_view::npos;
}

/// Cassandra answers a version that it does not speak, or only as a beta, with either code.
bool says_unsupported_version(const ErrorResponse& response) noexcept {
    if (response.code != server_code::protocol_error && response.code != server_code::server_error)
        return false;
    return contains(response.message, "Invalid or unsupported protocol version") ||
           contains(response.message, "Beta version of the protocol used");
}

void wipe(void* bytes, std::size_t size) noexcept { OPENSSL_cleanse(bytes, size); }

}  // namespace

Handshake::Handshake(Settings settings)
    : settings_(std::move(settings)), version_(settings_.version.value_or(ProtocolVersion::v5)) {}

Handshake::~Handshake() { wipe(settings_.password.data(), settings_.password.size()); }

void Handshake::begin(Bytes& out) {
    if (stage_ == Stage::lower) version_ = next_version();
    stage_ = Stage::options;
    started_ = challenged_ = false;
    append_options(out, version_, handshake_stream);
}

Handshake::Step Handshake::on(const Envelope& answer, Bytes& out) {
    if (stage_ == Stage::failed) return Step::failed;
    const EnvelopeHeader& header = answer.header;
    if (stage_ == Stage::done || stage_ == Stage::lower || header.stream != handshake_stream)
        return fail("sent " + std::string(to_string(header.opcode)) + " on stream " +
                        std::to_string(header.stream) + ", where nothing was asked",
                    false);
    if (header.opcode != Opcode::error && header.version != static_cast<std::uint8_t>(version_))
        return on_other_version(header);
    Parsed<Response> parsed = parse_response(header, answer.body);
    if (const auto* error = std::get_if<WireError>(&parsed))
        return fail(to_error(*error, settings_.peer), false);
    ResponseMessage& message = std::get_if<Response>(&parsed)->message;
    if (const auto* error = std::get_if<ErrorResponse>(&message)) return on_error(header, *error);
    return on_message(header, message, out);
}

Handshake::Step Handshake::on_message(const EnvelopeHeader& header, ResponseMessage& message, Bytes& out) {
    switch (stage_) {
        case Stage::options:
            if (auto* supported = std::get_if<SupportedResponse>(&message))
                return on_supported(std::move(*supported), out);
            break;
        case Stage::startup:
            if (std::holds_alternative<ReadyResponse>(message)) {
                started_ = true;
                return use_keyspace(out);
            }
            if (const auto* authenticate = std::get_if<AuthenticateResponse>(&message))
                return on_authenticate(*authenticate, out);
            break;
        case Stage::authenticating:
            if (std::holds_alternative<AuthSuccessResponse>(message)) return use_keyspace(out);
            if (std::holds_alternative<AuthChallengeResponse>(message)) return on_challenge(out);
            break;
        case Stage::use:
            if (const auto* result = std::get_if<SetKeyspaceResult>(&message)) return on_keyspace(*result);
            break;
        case Stage::lower:
        case Stage::done:
        case Stage::failed: break;
    }
    return fail(
        "answered " + std::string(sent()) + " with an unexpected " + std::string(to_string(header.opcode)),
        false);
}

Handshake::Step Handshake::on_supported(SupportedResponse response, Bytes& out) {
    supported_ = std::move(response);
    if (settings_.compression == Compression::lz4 && !supported_.offers("COMPRESSION", "lz4")) {
        const auto* offered = supported_.option("COMPRESSION");
        const std::string others = offered == nullptr ? "" : joined(*offered);
        return fail("does not support the compression lz4 (it offers " + (others.empty() ? "none" : others) +
                        "); leave the option compression out",
                    true);
    }
    return send_startup(out);
}

Handshake::Step Handshake::send_startup(Bytes& out) {
    std::vector<std::pair<std::string_view, std::string_view>> options{
        {"CQL_VERSION", "3.0.0"}, {"DRIVER_NAME", "coodie"}, {"DRIVER_VERSION", driver_version}};
    if (settings_.compression == Compression::lz4) options.emplace_back("COMPRESSION", "lz4");
    // "1": Cassandra takes no other word, not "true" either.
    if (settings_.throw_on_overload) options.emplace_back("THROW_ON_OVERLOAD", "1");
    if (!append_startup(out, version_, handshake_stream, {.options = options}))
        return fail("cannot be sent STARTUP: an option is too long", true);
    stage_ = Stage::startup;
    return Step::send;
}

Handshake::Step Handshake::on_authenticate(const AuthenticateResponse& response, Bytes& out) {
    started_ = true;
    authenticator_ = response.authenticator;
    if (settings_.user.empty())
        return fail(Error(server_code::bad_credentials,
                          settings_.peer + " wants authentication (" + authenticator_ +
                              "), but no user is set: write user and password into the URL, "
                              "cassandra://user:password@host/keyspace"),
                    true);
    return send_credentials(out);
}

Handshake::Step Handshake::on_challenge(Bytes& out) {
    // SASL PLAIN has one message: user and password. A server may ask for it once more, to tell the
    // mechanism.
    if (challenged_)
        return fail("asks for more than user and password (" + authenticator_ +
                        "); this driver authenticates with SASL PLAIN only",
                    true);
    challenged_ = true;
    return send_credentials(out);
}

Handshake::Step Handshake::send_credentials(Bytes& out) {
    Bytes token = sasl_plain_token(settings_.user, settings_.password);
    if (token.empty())
        return fail(
            Error(server_code::bad_credentials,
                  settings_.peer + " cannot be sent user and password: one of them has a NUL character "
                                   "in it, which SASL PLAIN has no place for"),
            true);
    const bool appended = append_auth_response(out, version_, handshake_stream, token);
    wipe(token.data(), token.size());
    if (!appended) return fail("cannot be sent user and password: they are too long", true);
    stage_ = Stage::authenticating;
    return Step::send;
}

Handshake::Step Handshake::use_keyspace(Bytes& out) {
    if (settings_.keyspace.empty()) {
        stage_ = Stage::done;
        return Step::done;
    }
    const std::string statement = "USE " + quoted(settings_.keyspace, '"');
    if (!append_query(out, version_, handshake_stream, {.query = statement}))
        return fail("cannot be sent USE: the name of the keyspace is too long", true);
    stage_ = Stage::use;
    return Step::send;
}

Handshake::Step Handshake::on_keyspace(const SetKeyspaceResult& result) {
    if (result.keyspace != settings_.keyspace)
        return fail(
            "uses keyspace " + quoted(result.keyspace, '"') + " after USE " + quoted(settings_.keyspace, '"'),
            false);
    stage_ = Stage::done;
    return Step::done;
}

Handshake::Step Handshake::on_other_version(const EnvelopeHeader& header) {
    const auto lower = static_cast<std::uint8_t>(next_version());
    if (stage_ == Stage::options && may_lower() && header.version == lower) return lower_version();
    return fail("answered " + std::string(sent()) + " of protocol version " + number(version_) +
                    " in version " + std::to_string(header.version),
                false);
}

Handshake::Step Handshake::on_error(const EnvelopeHeader& header, const ErrorResponse& response) {
    // A protocol error can mean nothing else as the answer to OPTIONS, which has no body. STARTUP's may be
    // about its options.
    if ((stage_ == Stage::options && response.code == server_code::protocol_error) ||
        (!started_ && says_unsupported_version(response)))
        return on_refused_version(header, response);
    if (response.code == server_code::bad_credentials) return on_bad_credentials(response);
    if (stage_ == Stage::use) return on_refused_keyspace(response);
    return fail("answered " + std::string(sent()) + " with error " + hex_code(response.code) + ": " +
                    response.message,
                false);
}

Handshake::Step Handshake::on_refused_version(const EnvelopeHeader& header, const ErrorResponse& response) {
    if (may_lower()) return lower_version();
    const std::string answer =
        " (it answered in version " + std::to_string(header.version) + ": " + response.message + ")";
    if (settings_.version)
        return fail("does not speak version " + number(version_) + " of the CQL native protocol" + answer +
                        "; leave the version out of the options, and the highest common one is used",
                    true);
    return fail("speaks neither version 5 nor version 4 of the CQL native protocol" + answer +
                    "; this driver needs Cassandra 2.2 or later, or ScyllaDB",
                true);
}

Handshake::Step Handshake::on_bad_credentials(const ErrorResponse& response) {
    // A server that repeats the password does not make us print it.
    const bool leaks = !settings_.password.empty() && contains(response.message, settings_.password);
    return fail(Error(server_code::bad_credentials,
                      settings_.peer + " refused user " + quoted(settings_.user, '\'') +
                          "; check user and password" + (leaks ? "" : " (" + response.message + ")")),
                true);
}

Handshake::Step Handshake::on_refused_keyspace(const ErrorResponse& response) {
    const std::string keyspace = quoted(settings_.keyspace, '"');
    const std::string reason = " (" + hex_code(response.code) + ": " + response.message + ")";
    if (response.code == server_code::invalid || response.code == server_code::config_error)
        return fail("has no keyspace " + keyspace + reason +
                        "; create it, or check its name in the URL: upper and lower case differ",
                    true);
    if (response.code == server_code::unauthorized)
        return fail(
            "does not let user " + quoted(settings_.user, '\'') + " use keyspace " + keyspace + reason, true);
    return fail("could not use keyspace " + keyspace + reason, false);
}

Handshake::Step Handshake::lower_version() noexcept {
    stage_ = Stage::lower;
    return Step::lower_version;
}

Handshake::Step Handshake::fail(Error error, bool permanent) {
    error_ = std::move(error);
    permanent_ = permanent;
    stage_ = Stage::failed;
    return Step::failed;
}

Handshake::Step Handshake::fail(std::string_view what, bool permanent) {
    return fail(Error(ErrorKind::connection, settings_.peer + " " + std::string(what)), permanent);
}

std::string_view Handshake::sent() const noexcept {
    switch (stage_) {
        case Stage::options: return "OPTIONS";
        case Stage::startup: return "STARTUP";
        case Stage::authenticating: return "AUTH_RESPONSE";
        case Stage::use: return "USE";
        case Stage::lower:
        case Stage::done:
        case Stage::failed: break;
    }
    return "nothing";
}

}  // namespace coodie::native
