// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/tls/tls_context.hpp"
#include "native/tls/tls_peer.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>

struct ssl_st;

namespace coodie::native {

/// One TLS connection's client side without its socket: cipher bytes in, plain bytes out, and the other way
/// round. Where cipher bytes for the peer arise, they are appended to a buffer of the caller's; send them
/// all, also those that come with an error (the alert tells the server why). One thread at a time.
///
///     engine->start(out);                        // ClientHello
///     while (...) engine->feed(received, plain, out);  // handshake, then data
///     engine->write(request, out);               // once established()
class TlsEngine {
public:
    enum class State : std::uint8_t {
        handshake,
        established,  ///< the peer is verified
        closed,       ///< the peer sent close_notify, or close() was called
        failed,       ///< see the error that was returned; every later call returns it again
    };

    /// Errors (connection): no name to verify, lack of memory inside OpenSSL.
    [[nodiscard]] static std::variant<std::unique_ptr<TlsEngine>, Error> create(
        std::shared_ptr<const TlsContext> context, TlsPeer peer);
    TlsEngine(const TlsEngine&) = delete;
    TlsEngine& operator=(const TlsEngine&) = delete;
    ~TlsEngine();

    [[nodiscard]] State state() const noexcept { return state_; }
    [[nodiscard]] bool established() const noexcept { return state_ == State::established; }

    /// Begins the handshake: appends the first message. Call it once.
    std::optional<Error> start(Bytes& cipher_out);

    /// Takes all of `cipher` (any number of bytes, cut anywhere) and appends to `plain` what it decrypts to.
    /// Plain bytes before an error in the same call are valid. Errors (connection) say which check failed,
    /// name host:port, and what to look at. Bytes after the peer's close_notify are dropped.
    std::optional<Error> feed(BytesView cipher, Bytes& plain, Bytes& cipher_out);

    /// The same with the plain bytes into a buffer of the caller's: `offer` bytes (borrowed until `read`
    /// gives 0), then `read` until it gives 0.
    void offer(BytesView cipher) noexcept { in_ = cipher; }
    [[nodiscard]] std::variant<std::size_t, Error> read(std::span<std::byte> plain, Bytes& cipher_out);

    /// Encrypts `plain`. Only once established(); before, it is an error, and nothing is sent.
    std::optional<Error> write(BytesView plain, Bytes& cipher_out);

    /// Appends close_notify, when the handshake got so far. Nothing can be written afterwards; what the peer
    /// still sends is dropped.
    void close(Bytes& cipher_out) noexcept;

    /// The transport ended. nullopt after a close_notify; otherwise the error for it (cut off, in the
    /// handshake or later): without close_notify nobody knows whether the peer had said everything.
    [[nodiscard]] std::optional<Error> end_of_stream();

    /// "TLSv1.3", "TLSv1.2"; "" before the handshake is through.
    [[nodiscard]] std::string protocol() const;

private:
    friend struct TlsCallbacks;
    TlsEngine(std::shared_ptr<const TlsContext> context, TlsPeer peer);
    std::optional<Error> set_up();
    std::optional<Error> expect_peer();
    std::optional<Error> handshake();
    Error fail();
    Error fail(Error error);

    std::shared_ptr<const TlsContext> context_;
    TlsPeer peer_;
    ssl_st* ssl_ = nullptr;
    BytesView in_;          // cipher bytes that OpenSSL has not taken yet
    Bytes* out_ = nullptr;  // where cipher bytes go during a call
    std::optional<Error> error_;
    std::string verification_;  // why the peer's certificate was refused
    State state_ = State::handshake;
    bool certificate_requested_ = false;
};

}  // namespace coodie::native
