// SPDX-License-Identifier: Apache-2.0
#include "native/tls/tls_context.hpp"

#include "native/tls/openssl_error.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace coodie::native {
namespace {

Error refuse(std::string_view option, const std::string& file, const std::string& why) {
    std::string message = "TLS option \"";
    message.append(option).append("\": ");
    return {ErrorKind::configuration, message + "cannot use the file \"" + file + "\": " + why};
}

std::string system_reason() { return std::error_code(errno, std::generic_category()).message(); }

// OpenSSL's message for a file that is not there names functions of its own; the system's is clearer.
std::optional<std::string> why_unreadable(const std::string& file) {
    std::FILE* opened = std::fopen(file.c_str(), "rb");
    if (opened == nullptr) return system_reason();
    const int first = std::fgetc(opened);
    const bool failed = std::ferror(opened) != 0;
    const std::string reason = failed ? system_reason() : "it is empty";
    std::fclose(opened);
    return first == EOF ? std::optional(reason) : std::nullopt;
}

// Refuses instead of asking at the terminal, which is what OpenSSL does by itself.
int refuse_passphrase(char*, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

std::optional<Error> load_authorities(SSL_CTX* context, const std::string& file) {
    if (file.empty()) {
        if (SSL_CTX_set_default_verify_paths(context) == 1) return std::nullopt;
        return Error(ErrorKind::configuration, "TLS: cannot load the system's certificates (" +
                                                   take_openssl_reason() +
                                                   "); name a file with the option ca");
    }
    if (const auto why = why_unreadable(file)) return refuse("ca", file, *why);
    if (SSL_CTX_load_verify_file(context, file.c_str()) == 1) return std::nullopt;
    return refuse("ca", file, "no certificate in PEM form (" + take_openssl_reason() + ")");
}

std::optional<Error> load_certificate(SSL_CTX* context, const std::string& file) {
    if (const auto why = why_unreadable(file)) return refuse("cert", file, *why);
    if (SSL_CTX_use_certificate_chain_file(context, file.c_str()) == 1) return std::nullopt;
    return refuse("cert", file, "no certificate in PEM form (" + take_openssl_reason() + ")");
}

std::optional<Error> load_key(SSL_CTX* context, const TlsOptions& options) {
    const std::string& file = options.key_file;
    if (const auto why = why_unreadable(file)) return refuse("key", file, *why);
    bool asked = false;
    SSL_CTX_set_default_passwd_cb(context, refuse_passphrase);
    SSL_CTX_set_default_passwd_cb_userdata(context, &asked);
    const bool loaded = SSL_CTX_use_PrivateKey_file(context, file.c_str(), SSL_FILETYPE_PEM) == 1;
    SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
    SSL_CTX_set_default_passwd_cb(context, nullptr);
    const unsigned long code = ERR_peek_last_error();
    const bool mismatch =
        ERR_GET_LIB(code) == ERR_LIB_X509 && (ERR_GET_REASON(code) == X509_R_KEY_VALUES_MISMATCH ||
                                              ERR_GET_REASON(code) == X509_R_KEY_TYPE_MISMATCH);
    if (loaded && SSL_CTX_check_private_key(context) == 1) return std::nullopt;
    if (asked)
        return refuse("key", file,
                      "it is encrypted; write it without a passphrase, readable by this program only");
    if (loaded || mismatch)
        return refuse("key", file,
                      "it is not the key of the certificate in \"" + options.certificate_file + "\"");
    return refuse("key", file, "no private key in PEM form (" + take_openssl_reason() + ")");
}

std::optional<Error> set_up(SSL_CTX* context, const TlsOptions& options) {
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1)
        return Error(ErrorKind::configuration,
                     "TLS: OpenSSL does not offer TLS 1.2: " + take_openssl_reason());
    // No renegotiation: nobody needs it, and it would mix handshakes with requests.
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(context, options.verify == TlsVerify::none ? SSL_VERIFY_NONE : SSL_VERIFY_PEER,
                       nullptr);
    if (options.verify != TlsVerify::none) {
        if (auto error = load_authorities(context, options.ca_file)) return error;
    }
    if (options.certificate_file.empty() != options.key_file.empty())
        return Error(
            ErrorKind::configuration,
            "TLS options \"cert\" and \"key\" go together: a client certificate needs its private key");
    if (options.certificate_file.empty()) return std::nullopt;
    if (auto error = load_certificate(context, options.certificate_file)) return error;
    return load_key(context, options);
}

}  // namespace

TlsContext::TlsContext(ssl_ctx_st* context, TlsOptions options) noexcept
    : context_(context), options_(std::move(options)) {}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

std::variant<std::shared_ptr<const TlsContext>, Error> TlsContext::create(const TlsOptions& options) {
    ERR_clear_error();
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    if (context == nullptr)
        return Error(ErrorKind::configuration, "TLS: cannot set up OpenSSL: " + take_openssl_reason());
    std::shared_ptr<const TlsContext> made(new TlsContext(context, options));
    std::optional<Error> error = set_up(context, options);
    ERR_clear_error();
    if (error) return std::move(*error);
    return made;
}

}  // namespace coodie::native
