// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace coodie {

/// Bytes that somebody owns. CQL binary throughout the library: big-endian, as the native protocol writes it.
using Bytes = std::vector<std::byte>;

/// Bytes that somebody else owns; valid as long as the owner says.
using BytesView = std::span<const std::byte>;

/// One CQL value as a row or a bound value carries it: null, or content bytes (zero length is a third thing:
/// semantics rule 1). Borrows its bytes.
class Cell {
public:
    /// A null.
    constexpr Cell() noexcept = default;
    /// A value with this content; an empty view is a zero-length value, not a null.
    constexpr explicit Cell(BytesView content) noexcept : content_(content), null_(false) {}

    [[nodiscard]] constexpr bool is_null() const noexcept { return null_; }
    /// Empty for a null, too; ask `is_null()` first.
    [[nodiscard]] constexpr BytesView content() const noexcept { return content_; }

private:
    BytesView content_;
    bool null_ = true;
};

}  // namespace coodie
