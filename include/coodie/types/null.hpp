// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace coodie {

/// The type of `coodie::null`: writes a null where a column may hold one.
struct null_t {
    friend constexpr bool operator==(null_t, null_t) noexcept { return true; }
};

inline constexpr null_t null{};

}  // namespace coodie
