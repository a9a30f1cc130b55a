// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "unit/native/tls/test_authority.hpp"

#include <coodie/types/bytes.hpp>

#include <openssl/ssl.h>

#include <string>

namespace coodie::native::testing {

/// The other side: OpenSSL's own server over memory BIOs.
class TlsServer {
public:
    /// @param client_authority requires certificates that it issued; nullptr: asks for none.
    TlsServer(const KeyAndCertificate& own, X509* client_authority = nullptr, int version = TLS1_3_VERSION);

    /// Takes cipher bytes, goes on with the handshake, and reads what there is.
    void feed(BytesView cipher);
    /// Cipher bytes for the client since the last call.
    [[nodiscard]] Bytes take();
    void write(const std::string& text);
    void close() { SSL_shutdown(ssl_.get()); }

    [[nodiscard]] bool established() const { return SSL_is_init_finished(ssl_.get()) == 1; }
    [[nodiscard]] const std::string& received() const { return received_; }
    /// Whether the client sent close_notify.
    [[nodiscard]] bool client_closed() const {
        return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }
    /// What the client asked for by SNI; "" for nothing.
    [[nodiscard]] std::string server_name() const { return server_name_; }

private:
    std::unique_ptr<SSL_CTX, OpenSslDeleter> context_;
    std::unique_ptr<SSL, OpenSslDeleter> ssl_;
    BIO* in_;
    BIO* out_;
    std::string received_;
    std::string server_name_;
};

}  // namespace coodie::native::testing
