// SPDX-License-Identifier: Apache-2.0
#include "unit/native/tls/tls_server.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>

#include <cstdlib>

namespace coodie::native::testing {

TlsServer::TlsServer(const KeyAndCertificate& own, X509* client_authority, int version)
    : context_(SSL_CTX_new(TLS_server_method())), in_(BIO_new(BIO_s_mem())), out_(BIO_new(BIO_s_mem())) {
    SSL_CTX* context = context_.get();
    // Also versions that OpenSSL's default security level does not offer any more.
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    if (SSL_CTX_use_certificate(context, own.certificate.get()) != 1) std::abort();
    if (SSL_CTX_use_PrivateKey(context, own.key.get()) != 1) std::abort();
    if (client_authority != nullptr) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), client_authority);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    }
    SSL_CTX_set_tlsext_servername_arg(context, this);
    SSL_CTX_set_tlsext_servername_callback(
        context, +[](SSL* ssl, int*, void* self) {
            const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
            static_cast<TlsServer*>(self)->server_name_ = name == nullptr ? "" : name;
            return SSL_TLSEXT_ERR_OK;
        });
    ssl_.reset(SSL_new(context));
    SSL_set_bio(ssl_.get(), in_, out_);
    SSL_set_accept_state(ssl_.get());
}

void TlsServer::feed(BytesView cipher) {
    if (!cipher.empty()) BIO_write(in_, cipher.data(), static_cast<int>(cipher.size()));
    char buffer[4096];
    std::size_t count = 0;
    ERR_clear_error();
    while (SSL_read_ex(ssl_.get(), buffer, sizeof buffer, &count) == 1) received_.append(buffer, count);
    ERR_clear_error();
}

Bytes TlsServer::take() {
    char* data = nullptr;
    const long size = BIO_get_mem_data(out_, &data);
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    Bytes taken(bytes, bytes + size);
    (void)BIO_reset(out_);
    return taken;
}

void TlsServer::write(const std::string& text) {
    std::size_t count = 0;
    if (SSL_write_ex(ssl_.get(), text.data(), text.size(), &count) != 1) std::abort();
}

}  // namespace coodie::native::testing
