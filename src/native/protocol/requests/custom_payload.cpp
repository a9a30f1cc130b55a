// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/custom_payload.hpp"

#include "native/protocol/requests/envelope_builder.hpp"

namespace coodie::native::detail {

std::size_t some_payload_size(CustomPayload payload) noexcept {
    std::size_t size = 2;
    for (const auto& [name, value] : payload) size += string_size(name) + bytes_size(value);
    return size;
}

bool fits_some_payload(CustomPayload payload) noexcept {
    if (payload.size() > max_short) return false;
    for (const auto& [name, value] : payload)
        if (name.size() > max_short || value.size() > max_body_size) return false;
    return true;
}

void write_some_payload(WireWriter& writer, CustomPayload payload) noexcept {
    writer.write_short(static_cast<std::uint16_t>(payload.size()));
    for (const auto& [name, value] : payload) {
        writer.write_string(name);
        writer.write_bytes(value);
    }
}

}  // namespace coodie::native::detail
