// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace coodie::native {

/// SUPPORTED (v5 specification, section 4.2.4).
struct SupportedResponse {
    StringMultimap options;

    /// The values of an option, e.g. "COMPRESSION", "PROTOCOL_VERSIONS"; nullptr when the server does not
    /// name it.
    [[nodiscard]] const std::vector<std::string>* option(std::string_view name) const noexcept;
    [[nodiscard]] bool offers(std::string_view name, std::string_view value) const noexcept;
};

}  // namespace coodie::native
