// SPDX-License-Identifier: Apache-2.0
#include "native/tls/tls_engine.hpp"

#include "native/tls/openssl_error.hpp"
#include "native/tls/tls_failure.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace coodie::native {

// What OpenSSL calls. No exception may pass through it: lack of memory becomes an error of the call.
struct TlsCallbacks {
    static TlsEngine& engine(BIO* bio) { return *static_cast<TlsEngine*>(BIO_get_data(bio)); }

    static int read(BIO* bio, char* to, int size) {
        TlsEngine& self = engine(bio);
        BIO_clear_retry_flags(bio);
        if (self.in_.empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const std::size_t count = std::min(self.in_.size(), static_cast<std::size_t>(std::max(size, 0)));
        std::memcpy(to, self.in_.data(), count);
        self.in_ = self.in_.subspan(count);
        return static_cast<int>(count);
    }

    static int write(BIO* bio, const char* from, int size) {
        TlsEngine& self = engine(bio);
        BIO_clear_retry_flags(bio);
        if (self.out_ == nullptr || size < 0) return -1;
        try {
            const auto* bytes = reinterpret_cast<const std::byte*>(from);
            self.out_->insert(self.out_->end(), bytes, bytes + size);
        } catch (...) {
            return -1;
        }
        return size;
    }

    static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    static const BIO_METHOD* bio_method() {
        static BIO_METHOD* const method = [] {
            BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "coodie");
            if (made == nullptr) return made;
            BIO_meth_set_read(made, read);
            BIO_meth_set_write(made, write);
            BIO_meth_set_ctrl(made, control);
            return made;
        }();
        return method;
    }

    // Sees the certificate that fails, which nothing has afterwards.
    static int verify(int ok, X509_STORE_CTX* store) {
        if (ok == 1) return 1;
        const auto* ssl =
            static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
        auto& self = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
        try {
            if (self.verification_.empty())
                self.verification_ = describe_verification(store, self.peer_, self.context_->options());
        } catch (...) {
            // The handshake fails all the same, with OpenSSL's words.
        }
        return 0;
    }

    // Called when the server asks for a client certificate; the context's is used, if it has one.
    static int certificate_requested(SSL*, void* self) {
        static_cast<TlsEngine*>(self)->certificate_requested_ = true;
        return 1;
    }
};

TlsEngine::TlsEngine(std::shared_ptr<const TlsContext> context, TlsPeer peer)
    : context_(std::move(context)), peer_(std::move(peer)) {}

TlsEngine::~TlsEngine() { SSL_free(ssl_); }

std::variant<std::unique_ptr<TlsEngine>, Error> TlsEngine::create(std::shared_ptr<const TlsContext> context,
                                                                  TlsPeer peer) {
    std::unique_ptr<TlsEngine> engine(new TlsEngine(std::move(context), std::move(peer)));
    ERR_clear_error();
    std::optional<Error> error = engine->set_up();
    ERR_clear_error();
    if (error) return std::move(*error);
    return engine;
}

std::optional<Error> TlsEngine::set_up() {
    ssl_ = SSL_new(context_->native());
    const BIO_METHOD* method = TlsCallbacks::bio_method();
    BIO* bio = method == nullptr ? nullptr : BIO_new(method);
    if (ssl_ == nullptr || bio == nullptr) {
        BIO_free(bio);
        return tls_error(peer_, "cannot set up OpenSSL: " + take_openssl_reason());
    }
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_app_data(ssl_, this);
    SSL_set_cert_cb(ssl_, TlsCallbacks::certificate_requested, this);
    SSL_set_connect_state(ssl_);
    return expect_peer();
}

// Name or address that the certificate has to be for. SNI has names only (RFC 6066, section 3).
std::optional<Error> TlsEngine::expect_peer() {
    const TlsVerify verify = context_->options().verify;
    if (verify != TlsVerify::none) SSL_set_verify(ssl_, SSL_VERIFY_PEER, TlsCallbacks::verify);
    const std::string name = peer_.certified_name();
    // A NUL would end the name early for OpenSSL: another one would be verified than was asked for.
    if (name.empty() || name.find('\0') != std::string::npos)
        return tls_error(peer_, "there is no host name to verify");
    const bool address = peer_.is_address();
    bool ok = address || SSL_set_tlsext_host_name(ssl_, name.c_str()) == 1;
    if (verify == TlsVerify::full) {
        SSL_set_hostflags(ssl_, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        ok = ok && (address ? X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), name.c_str()) == 1
                            : SSL_set1_host(ssl_, name.c_str()) == 1);
    }
    if (ok) return std::nullopt;
    return tls_error(peer_, "no certificate can be for this host name: " + take_openssl_reason());
}

Error TlsEngine::fail(Error error) {
    state_ = State::failed;
    error_ = std::move(error);
    return *error_;
}

Error TlsEngine::fail() {
    return fail(describe_failure({state_ == State::established, certificate_requested_, verification_}, peer_,
                                 context_->options()));
}

std::optional<Error> TlsEngine::handshake() {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_);
    if (result == 1) {
        state_ = State::established;
        return std::nullopt;
    }
    if (SSL_get_error(ssl_, result) == SSL_ERROR_WANT_READ) return std::nullopt;
    return fail();
}

std::optional<Error> TlsEngine::start(Bytes& cipher_out) {
    if (state_ != State::handshake) return error_;
    out_ = &cipher_out;
    std::optional<Error> error = handshake();
    out_ = nullptr;
    return error;
}

std::variant<std::size_t, Error> TlsEngine::read(std::span<std::byte> plain, Bytes& cipher_out) {
    if (state_ == State::failed) return *error_;
    if (state_ == State::closed) in_ = {};
    if (state_ == State::closed || plain.empty()) return std::size_t{0};
    out_ = &cipher_out;
    std::optional<Error> error;
    std::size_t count = 0;
    if (state_ == State::handshake) error = handshake();
    if (state_ == State::established) {
        ERR_clear_error();
        const int result = SSL_read_ex(ssl_, plain.data(), plain.size(), &count);
        const int why = result == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_, result);
        if (why == SSL_ERROR_ZERO_RETURN)
            state_ = State::closed, in_ = {};
        else if (why != SSL_ERROR_NONE && why != SSL_ERROR_WANT_READ)
            error = fail();
    }
    out_ = nullptr;
    if (error) return std::move(*error);
    return count;
}

std::optional<Error> TlsEngine::feed(BytesView cipher, Bytes& plain, Bytes& cipher_out) {
    constexpr std::size_t record = 16 * 1024;  // the most that one record holds
    offer(cipher);
    while (true) {
        const std::size_t used = plain.size();
        plain.resize(used + record);
        std::variant<std::size_t, Error> got = read(std::span(plain).subspan(used), cipher_out);
        const std::size_t* count = std::get_if<std::size_t>(&got);
        plain.resize(used + (count == nullptr ? 0 : *count));
        if (count == nullptr) return std::get<Error>(std::move(got));
        if (*count == 0 || (in_.empty() && SSL_pending(ssl_) == 0)) return std::nullopt;
    }
}

std::optional<Error> TlsEngine::write(BytesView plain, Bytes& cipher_out) {
    if (state_ == State::failed) return error_;
    if (state_ == State::handshake) return tls_error(peer_, "the peer is not verified yet: nothing was sent");
    if (state_ == State::closed) return tls_error(peer_, "the connection was closed: nothing was sent");
    if (plain.empty()) return std::nullopt;
    out_ = &cipher_out;
    ERR_clear_error();
    std::size_t written = 0;
    const bool ok = SSL_write_ex(ssl_, plain.data(), plain.size(), &written) == 1;
    out_ = nullptr;
    if (ok) return std::nullopt;
    return fail();
}

void TlsEngine::close(Bytes& cipher_out) noexcept {
    const bool through = state_ == State::established || state_ == State::closed;
    if (through && (SSL_get_shutdown(ssl_) & SSL_SENT_SHUTDOWN) == 0) {
        out_ = &cipher_out;
        SSL_shutdown(ssl_);
        ERR_clear_error();
        out_ = nullptr;
    }
    if (state_ != State::failed) state_ = State::closed;
    in_ = {};
}

std::optional<Error> TlsEngine::end_of_stream() {
    if (state_ == State::closed) return std::nullopt;
    if (state_ == State::failed) return error_;
    if (state_ == State::established)
        return fail(tls_error(peer_, "the connection was cut off: it ended without TLS's close_notify"));
    return fail(
        tls_error(peer_,
                  "the server ended the connection during the handshake; check that client encryption is "
                  "on at this port, and the server's log"));
}

std::string TlsEngine::protocol() const {
    return state_ == State::established || state_ == State::closed ? SSL_get_version(ssl_) : "";
}

}  // namespace coodie::native
