// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

struct ssl_ctx_st;

namespace coodie::native {

/// What is checked of the server's certificate.
enum class TlsVerify : std::uint8_t {
    full,   ///< a chain to a trusted CA, validity, and the name or address that was asked for
    chain,  ///< all but the name
    none,   ///< nothing: encrypted, but to anybody
};

/// Files are PEM; an empty name means: none.
struct TlsOptions {
    std::string ca_file;           ///< "": the system's CAs
    std::string certificate_file;  ///< the client's, with intermediates after it; goes with a key
    std::string key_file;          ///< unencrypted
    TlsVerify verify = TlsVerify::full;
};

/// Certificates and rules of one session's TLS: version 1.2 or higher, client side. Immutable; any thread.
class TlsContext {
public:
    /// Reads the files. Errors (configuration) name the file and what is wrong with it, never its content.
    [[nodiscard]] static std::variant<std::shared_ptr<const TlsContext>, Error> create(
        const TlsOptions& options);

    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;
    ~TlsContext();

    [[nodiscard]] const TlsOptions& options() const noexcept { return options_; }
    [[nodiscard]] ssl_ctx_st* native() const noexcept { return context_; }

private:
    TlsContext(ssl_ctx_st* context, TlsOptions options) noexcept;

    ssl_ctx_st* context_;
    TlsOptions options_;
};

}  // namespace coodie::native
