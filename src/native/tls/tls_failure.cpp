// SPDX-License-Identifier: Apache-2.0
#include "native/tls/tls_failure.hpp"

#include "native/tls/certificate_text.hpp"
#include "native/tls/openssl_error.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

namespace coodie::native {
namespace {

std::string authorities(const TlsOptions& options) {
    return options.ca_file.empty() ? "the system's CAs" : "the CAs of \"" + options.ca_file + '"';
}

std::string unknown_authority(const X509& certificate, const TlsOptions& options) {
    return "the server's certificate (" + subject_of(certificate) + ") was issued by " +
           issuer_of(certificate) + ", which is not among " + authorities(options) +
           "; name the file with the certificate of the cluster's CA with the option ca";
}

std::string another_name(const X509& certificate, const TlsPeer& peer) {
    return "the server's certificate is for another name: it names " + names_of(certificate) + ", not " +
           peer.certified_name() +
           "; connect by a name that it has, or have one issued that names this host (the option "
           "verify=chain "
           "accepts any name that the CA signed)";
}

// Alerts that a server may send to a client without certificate; which one depends on its TLS library.
bool is_about_certificate(int reason) noexcept {
    switch (reason) {
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
        case SSL_R_TLSV1_ALERT_INTERNAL_ERROR:  // Cassandra's, to a certificate of a CA that it does not know
            return true;
        default: return false;
    }
}

std::string about_client_certificate(const TlsOptions& options, const std::string& reason) {
    if (options.certificate_file.empty())
        return "the server requires a client certificate (" + reason +
               "); name its files with the options cert and key";
    return "the server does not accept the client certificate in \"" + options.certificate_file + "\" (" +
           reason + "); check that it is valid and issued by a CA that the server trusts";
}

std::string about_reason(int reason, const std::string& text) {
    switch (reason) {
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_HTTP_REQUEST:
            return "the server does not answer with TLS; check the port, and that client encryption is on "
                   "there "
                   "(client_encryption_options in cassandra.yaml), or connect without tls";
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        case SSL_R_UNSUPPORTED_PROTOCOL:
            return "client and server have no TLS version in common; coodie needs TLS 1.2 or 1.3 (" + text +
                   ")";
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        case SSL_R_NO_CIPHERS_AVAILABLE:
        case SSL_R_NO_SHARED_CIPHER:
            return "the server refused the handshake (" + text +
                   "); check its cipher suites and TLS versions, and its log";
        default: return text;
    }
}

}  // namespace

Error tls_error(const TlsPeer& peer, const std::string& why) {
    return {ErrorKind::connection, "TLS to " + peer.to_string() + " failed: " + why};
}

std::string describe_verification(X509_STORE_CTX* store, const TlsPeer& peer, const TlsOptions& options) {
    const int code = X509_STORE_CTX_get_error(store);
    const X509* current = X509_STORE_CTX_get_current_cert(store);
    if (current == nullptr) current = X509_STORE_CTX_get0_cert(store);
    const std::string reason = X509_verify_cert_error_string(code);
    if (current == nullptr) return "the server's certificate could not be verified: " + reason;
    switch (code) {
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH: return another_name(*current, peer);
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "the certificate of " + subject_of(*current) + " expired on " + valid_until(*current) +
                   "; renew it, or check this machine's clock";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "the certificate of " + subject_of(*current) + " is valid from " + valid_from(*current) +
                   " on; check the clocks of this machine and of the one that issued it";
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_CERT_UNTRUSTED: return unknown_authority(*current, options);
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return "the signature of the certificate of " + subject_of(*current) +
                   " is not by the CA of that name among " + authorities(options) +
                   "; check that the option ca names the CA that this cluster uses";
        default: return "the certificate of " + subject_of(*current) + " could not be verified: " + reason;
    }
}

Error describe_failure(const TlsFailure& failure, const TlsPeer& peer, const TlsOptions& options) {
    const unsigned long code = ERR_peek_last_error();
    const int reason = ERR_GET_LIB(code) == ERR_LIB_SSL ? ERR_GET_REASON(code) : 0;
    const std::string text = take_openssl_reason();
    if (!failure.verification.empty()) return tls_error(peer, failure.verification);
    if (failure.certificate_requested && is_about_certificate(reason))
        return tls_error(peer, about_client_certificate(options, text));
    if (failure.established)
        return tls_error(peer,
                         "a record could not be read (" + text + "); the connection is not to be trusted");
    return tls_error(peer, about_reason(reason, text));
}

}  // namespace coodie::native
