// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace coodie::native {

/// AUTH_RESPONSE (v5 specification, section 4.1.2) with a SASL token. Appends the whole envelope. The token
/// is a secret: whoever owns `out` wipes it (OPENSSL_cleanse) when it was sent.
/// @returns false, and appends nothing, when the token is longer than max_body_size.
[[nodiscard]] bool append_auth_response(Bytes& out, ProtocolVersion version, std::int16_t stream,
                                        BytesView token);

/// The token of SASL PLAIN (RFC 4616): NUL user NUL password. A user or password with a NUL in it cannot be
/// sent: empty.
[[nodiscard]] Bytes sasl_plain_token(std::string_view user, std::string_view password);

}  // namespace coodie::native
