// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace coodie::native::testing {

struct OpenSslDeleter {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(SSL_CTX* context) const noexcept { SSL_CTX_free(context); }
    void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, OpenSslDeleter>;
using CertificatePtr = std::unique_ptr<X509, OpenSslDeleter>;

struct KeyAndCertificate {
    KeyPtr key;
    CertificatePtr certificate;
};

/// What a certificate shall say; times in seconds from now.
struct CertificateRequest {
    std::string common_name = "server";
    std::string alternative_names =
        "DNS:db.example";  ///< as OpenSSL's configuration: "DNS:a,IP:10.0.0.1"; "": none
    long from = -3600;
    long until = 3600;
};

/// A certificate authority of the test's own, with keys of P-256 that exist only here.
class TestAuthority {
public:
    explicit TestAuthority(const std::string& common_name = "coodie test CA");
    [[nodiscard]] KeyAndCertificate issue(const CertificateRequest& request) const;
    [[nodiscard]] X509* certificate() const noexcept { return self_.certificate.get(); }

private:
    KeyAndCertificate self_;
};

/// A folder for PEM files that goes with its test.
class PemFolder {
public:
    PemFolder();
    PemFolder(const PemFolder&) = delete;
    PemFolder& operator=(const PemFolder&) = delete;
    ~PemFolder();

    /// Each returns the file's name.
    [[nodiscard]] std::string write(const std::string& name, X509* certificate) const;
    [[nodiscard]] std::string write(const std::string& name, EVP_PKEY* key,
                                    const char* passphrase = nullptr) const;
    [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

}  // namespace coodie::native::testing
