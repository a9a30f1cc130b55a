// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/fsm/frame_reader.hpp"
#include "native/protocol/compression.hpp"
#include "native/protocol/responses/response.hpp"
#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coodie::native {

/// From the first byte of a connection to a usable one: OPTIONS, STARTUP, authentication (SASL PLAIN), USE.
/// One envelope is sent at a time, on stream 0, and its answer awaited. No clock: the owner limits the time
/// (a server that speaks v1 or v2 only does not answer at all).
class Handshake {
public:
    struct Settings {
        /// Not set: v5, then v4.
        std::optional<ProtocolVersion> version;
        Compression compression = Compression::none;
        std::string user;  ///< "": no authentication
        std::string password;
        std::string keyspace;  ///< "": none
        /// "host:port", for messages.
        std::string peer;
        /// Let the server answer "overloaded" instead of not reading any more (THROW_ON_OVERLOAD).
        bool throw_on_overload = false;
    };

    explicit Handshake(Settings settings);
    Handshake(const Handshake&) = delete;
    Handshake& operator=(const Handshake&) = delete;
    ~Handshake();  // wipes the password

    /// The first message of a new socket; also the next socket's, after Step::lower_version.
    void begin(Bytes& out);

    enum class Step : std::uint8_t {
        send,           ///< an envelope was appended; wait for its answer
        done,           ///< the connection is usable; nothing was appended
        lower_version,  ///< the server refused version(): begin() again on a new socket, with next_version()
        failed,         ///< error()
    };
    /// The answer came. What was appended is sealed in a segment if framing() is true after the call.
    [[nodiscard]] Step on(const Envelope& answer, Bytes& out);

    /// True from READY or AUTHENTICATE on: the owner calls FrameReader::start(version(), compression()),
    /// once, before it takes the next envelope.
    [[nodiscard]] bool started() const noexcept { return started_; }
    /// True when envelopes have to be sent in v5 segments from now on, what on() just appended included.
    [[nodiscard]] bool framing() const noexcept { return started_ && version_ == ProtocolVersion::v5; }
    /// Whether the envelope that on() just appended has user and password in it: wiped once it is sent.
    [[nodiscard]] bool secret() const noexcept { return stage_ == Stage::authenticating; }

    /// The version that is offered, in the end the negotiated one.
    [[nodiscard]] ProtocolVersion version() const noexcept { return version_; }
    /// What to begin() with after Step::lower_version (begin() does so itself).
    [[nodiscard]] static constexpr ProtocolVersion next_version() noexcept { return ProtocolVersion::v4; }
    [[nodiscard]] Compression compression() const noexcept { return settings_.compression; }
    /// Empty before the answer to OPTIONS.
    [[nodiscard]] const SupportedResponse& supported() const noexcept { return supported_; }

    /// After Step::failed; names the peer. ErrorKind::connection, or ErrorKind::server with code
    /// server_code::bad_credentials. Never has the password.
    [[nodiscard]] const Error& error() const noexcept { return error_; }
    /// After Step::failed: another attempt with the same settings fails as well (credentials, keyspace,
    /// compression, version); otherwise it is worth trying later.
    [[nodiscard]] bool permanent() const noexcept { return permanent_; }

private:
    enum class Stage : std::uint8_t { options, startup, authenticating, use, lower, done, failed };

    Step on_message(const EnvelopeHeader& header, ResponseMessage& message, Bytes& out);
    Step on_supported(SupportedResponse response, Bytes& out);
    Step on_authenticate(const AuthenticateResponse& response, Bytes& out);
    Step on_challenge(Bytes& out);
    Step on_keyspace(const SetKeyspaceResult& result);
    Step on_other_version(const EnvelopeHeader& header);
    Step on_error(const EnvelopeHeader& header, const ErrorResponse& response);
    Step on_refused_version(const EnvelopeHeader& header, const ErrorResponse& response);
    Step on_bad_credentials(const ErrorResponse& response);
    Step on_refused_keyspace(const ErrorResponse& response);

    Step send_startup(Bytes& out);
    Step send_credentials(Bytes& out);
    Step use_keyspace(Bytes& out);
    [[nodiscard]] bool may_lower() const noexcept {
        return !settings_.version && version_ == ProtocolVersion::v5;
    }
    Step lower_version() noexcept;
    Step fail(Error error, bool permanent);
    Step fail(std::string_view what, bool permanent);
    [[nodiscard]] std::string_view sent() const noexcept;

    Settings settings_;
    ProtocolVersion version_;
    Stage stage_ = Stage::options;
    bool started_ = false;
    bool challenged_ = false;
    bool permanent_ = false;
    std::string authenticator_;
    SupportedResponse supported_;
    Error error_{ErrorKind::connection, {}};
};

}  // namespace coodie::native
