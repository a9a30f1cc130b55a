// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/options.hpp"

#include <span>
#include <string>

namespace coodie::native {

/// One URL option: what the documentation says, and what sets it.
struct OptionRow {
    OptionDescription description;
    /// false: the value is not what `description.takes` says.
    bool (*set)(NativeOptions& options, const std::string& value);
    /// Whether it is about TLS and so switches it on.
    bool tls = false;
};

[[nodiscard]] std::span<const OptionRow> option_table() noexcept;

}  // namespace coodie::native
