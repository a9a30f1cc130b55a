// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/tls/tls_context.hpp"
#include "native/tls/tls_peer.hpp"

#include <coodie/types/error.hpp>

#include <string>

struct x509_store_ctx_st;

namespace coodie::native {

/// What a failed check of the server's certificate means and what to look at. For the verification callback,
/// the only place that sees the certificate.
[[nodiscard]] std::string describe_verification(x509_store_ctx_st* store, const TlsPeer& peer,
                                                const TlsOptions& options);

/// What is known when OpenSSL gives up.
struct TlsFailure {
    bool established = false;            ///< after the handshake, as far as the client sees it
    bool certificate_requested = false;  ///< the server asked for a client certificate
    std::string verification;            ///< of describe_verification; "" when that did not fail
};

/// The error for a failed handshake or record, from this thread's OpenSSL error queue, which is empty
/// afterwards.
[[nodiscard]] Error describe_failure(const TlsFailure& failure, const TlsPeer& peer,
                                     const TlsOptions& options);

/// "TLS to db:9042 failed: <why>" (ErrorKind::connection).
[[nodiscard]] Error tls_error(const TlsPeer& peer, const std::string& why);

}  // namespace coodie::native
