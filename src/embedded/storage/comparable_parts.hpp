// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>

namespace coodie::embedded::storage {

/// Takes bytes from the front of a comparable form; each is xor-ed with a mask: 0xFF for a descending one.
class FormReader {
public:
    FormReader(BytesView& form, bool descending) noexcept : form_(form), mask_(descending ? 0xFFU : 0U) {}

    [[nodiscard]] std::size_t left() const noexcept { return form_.size(); }
    /// Only when left() > 0.
    std::uint8_t take() noexcept {
        const auto byte = static_cast<std::uint8_t>(static_cast<std::uint8_t>(form_.front()) ^ mask_);
        form_ = form_.subspan(1);
        return byte;
    }
    [[nodiscard]] std::uint8_t peek() const noexcept {
        return static_cast<std::uint8_t>(static_cast<std::uint8_t>(form_.front()) ^ mask_);
    }
    /// Big-endian, `size` bytes. Only when left() >= size.
    std::uint64_t take_integer(std::size_t size) noexcept {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value = value << 8U | take();
        return value;
    }

private:
    BytesView& form_;
    std::uint8_t mask_;
};

/// Flipping it makes two's complement numbers order as unsigned ones.
inline constexpr std::uint64_t sign64 = std::uint64_t{1} << 63U;

inline void append_byte(Bytes& out, unsigned value) { out.push_back(static_cast<std::byte>(value)); }

/// Big-endian, the lowest `size` bytes.
inline void append_integer(Bytes& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = size; i-- > 0;) out.push_back(static_cast<std::byte>(value >> (8 * i)));
}

inline std::uint64_t integer_at(BytesView bytes, std::size_t at, std::size_t size) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

/// Puts [int] length and bytes, as inside collections.
inline void append_sized(Bytes& out, BytesView content) {
    append_integer(out, content.size(), 4);
    out.insert(out.end(), content.begin(), content.end());
}

/// Two's complement, big-endian, at least one byte. Length first, so that longer positive numbers sort behind
/// and longer negative ones before.
void append_varint_form(BytesView content, Bytes& out);
bool read_varint_form(FormReader& form, Bytes& content);

/// [int] scale and a varint. By value: sign, decimal exponent, digits without trailing zeros.
bool append_decimal_form(BytesView content, Bytes& out);
bool read_decimal_form(FormReader& form, Bytes& content);

}  // namespace coodie::embedded::storage
