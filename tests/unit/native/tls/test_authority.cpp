// SPDX-License-Identifier: Apache-2.0
#include "unit/native/tls/test_authority.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace coodie::native::testing {
namespace {

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
    if (extension == nullptr) std::abort();
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

KeyAndCertificate make(const std::string& common_name, long from, long until) {
    static long serial = 0;
    KeyAndCertificate made{KeyPtr(EVP_EC_gen("P-256")), CertificatePtr(X509_new())};
    X509* certificate = made.certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), from);
    X509_gmtime_adj(X509_getm_notAfter(certificate), until);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
    X509_set_pubkey(certificate, made.key.get());
    return made;
}

}  // namespace

TestAuthority::TestAuthority(const std::string& common_name) : self_(make(common_name, -7200, 7200)) {
    X509* certificate = self_.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(certificate, self_.key.get(), EVP_sha256());
}

KeyAndCertificate TestAuthority::issue(const CertificateRequest& request) const {
    KeyAndCertificate made = make(request.common_name, request.from, request.until);
    X509* certificate = made.certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(self_.certificate.get()));
    if (!request.alternative_names.empty())
        add_extension(certificate, self_.certificate.get(), NID_subject_alt_name, request.alternative_names);
    X509_sign(certificate, self_.key.get(), EVP_sha256());
    return made;
}

PemFolder::PemFolder() {
    std::string pattern = ::testing::TempDir() + "coodie-tls-XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    folder_ = pattern;
}

PemFolder::~PemFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string PemFolder::write(const std::string& name, X509* certificate) const {
    std::FILE* file = std::fopen(path(name).c_str(), "wb");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    return path(name);
}

std::string PemFolder::write(const std::string& name, EVP_PKEY* key, const char* passphrase) const {
    std::FILE* file = std::fopen(path(name).c_str(), "wb");
    PEM_write_PKCS8PrivateKey(file, key, passphrase == nullptr ? nullptr : EVP_aes_256_cbc(), passphrase,
                              passphrase == nullptr ? 0 : static_cast<int>(std::string(passphrase).size()),
                              nullptr, nullptr);
    std::fclose(file);
    return path(name);
}

std::string PemFolder::write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name)) << text;
    return path(name);
}

}  // namespace coodie::native::testing
