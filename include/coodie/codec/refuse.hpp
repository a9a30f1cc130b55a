// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// What codecs throw: ValidationError whose text is the reason only; callers add table and column. Out of
/// line, so that the inlined codecs stay small.
namespace coodie::wire {

[[noreturn]] void refuse(const std::string& reason);
/// "int takes 4 bytes, got 3"
[[noreturn]] void refuse_length(std::string_view type, std::size_t expected, std::size_t got);
/// "a value of 2147483648 bytes is longer than the protocol's 2147483647"
[[noreturn]] void refuse_size(std::size_t size);
/// "null, which a field of type int cannot hold; std::optional can"
[[noreturn]] void refuse_null(std::string_view type);
/// "null inside list<int>: collections hold no nulls"
[[noreturn]] void refuse_null_element(std::string_view type);
/// "2000 does not fit tinyint (-128..127)"
[[noreturn]] void refuse_integer(std::string_view type, std::int64_t value, std::int64_t low,
                                 std::int64_t high);
[[noreturn]] void refuse_integer(std::string_view type, std::uint64_t value, std::int64_t low,
                                 std::int64_t high);
/// "text is not valid UTF-8: 'ab\xff'"
[[noreturn]] void refuse_utf8(std::string_view text);
[[noreturn]] void refuse_ascii(std::string_view text);

}  // namespace coodie::wire
