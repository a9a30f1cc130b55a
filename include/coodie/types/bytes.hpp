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
    constexpr explicit Cell(BytesView content) noexcept : data_(content.data()), size_(content.size()) {}

    [[nodiscard]] constexpr bool is_null() const noexcept { return size_ == null_size; }
    /// Empty for a null, too; ask `is_null()` first.
    [[nodiscard]] constexpr BytesView content() const noexcept {
        return is_null() ? BytesView() : BytesView(data_, size_);
    }

private:
    static constexpr auto null_size = static_cast<std::size_t>(-1);

    // No more than these two words, which functions take in registers.
    const std::byte* data_ = nullptr;
    std::size_t size_ = null_size;
};

}  // namespace coodie
