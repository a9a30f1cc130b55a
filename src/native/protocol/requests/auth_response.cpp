// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/auth_response.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

#include <span>

namespace coodie::native {

bool append_auth_response(Bytes& out, ProtocolVersion version, std::int16_t stream, BytesView token) {
    if (bytes_size(token) > max_body_size) return false;
    begin_envelope(out, version, 0, stream, Opcode::auth_response, bytes_size(token)).write_bytes(token);
    return true;
}

Bytes sasl_plain_token(std::string_view user, std::string_view password) {
    Bytes token;
    if (user.find('\0') != std::string_view::npos || password.find('\0') != std::string_view::npos)
        return token;
    token.reserve(user.size() + password.size() + 2);
    const auto append = [&token](std::string_view text) {
        const auto bytes = std::as_bytes(std::span(text));
        token.insert(token.end(), bytes.begin(), bytes.end());
    };
    token.push_back(std::byte{0});
    append(user);
    token.push_back(std::byte{0});
    append(password);
    return token;
}

}  // namespace coodie::native
