// SPDX-License-Identifier: Apache-2.0
#include "native/tls/openssl_error.hpp"

#include <openssl/err.h>

#include <system_error>

namespace coodie::native {

std::string take_openssl_reason() {
    const unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    if (code == 0) return "unknown reason";
    if (ERR_SYSTEM_ERROR(code))
        return std::error_code(ERR_GET_REASON(code), std::generic_category()).message();
    const char* reason = ERR_reason_error_string(code);
    return reason == nullptr ? "OpenSSL error " + std::to_string(code) : reason;
}

}  // namespace coodie::native
