// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstdint>

/// The kinds of numeric types, and the values of those that fit a machine word.
namespace coodie::embedded {

[[nodiscard]] bool is_integer(TypeId id) noexcept;   ///< of 1 to 8 bytes, counters too
[[nodiscard]] bool is_floating(TypeId id) noexcept;  ///< float, double
[[nodiscard]] bool is_big(TypeId id) noexcept;       ///< varint, decimal
[[nodiscard]] bool is_number(TypeId id) noexcept;    ///< any of them

/// A two's complement number of 0 (then 0) to 8 bytes.
[[nodiscard]] std::int64_t load_integer(BytesView bytes) noexcept;
/// A float or a double by its size; 0 for any other.
[[nodiscard]] double load_floating(BytesView bytes) noexcept;
/// As many bytes as the type has; bigger types than int get 8.
void append_integer(TypeId id, std::int64_t value, Bytes& out);
void append_floating(TypeId id, double value, Bytes& out);

}  // namespace coodie::embedded
