// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

/// Big-endian numbers and length prefixes, as the native protocol writes them. For codecs; programs need none
/// of it.
namespace coodie::wire {

namespace detail {
template <std::unsigned_integral U>
constexpr U to_big(U value) noexcept {
    if constexpr (std::endian::native == std::endian::big || sizeof(U) == 1)
        return value;
    else if constexpr (sizeof(U) == 2)
        return __builtin_bswap16(value);
    else if constexpr (sizeof(U) == 4)
        return __builtin_bswap32(value);
    else
        return static_cast<U>(__builtin_bswap64(value));
}
}  // namespace detail

/// Writes sizeof(I) bytes at `to`.
template <std::integral I>
inline void store(std::byte* to, I value) noexcept {
    const auto big = detail::to_big(static_cast<std::make_unsigned_t<I>>(value));
    std::memcpy(to, &big, sizeof big);
}

/// Reads sizeof(I) bytes at `from`; the caller has checked that they are there.
template <std::integral I>
[[nodiscard]] inline I load(const std::byte* from) noexcept {
    std::make_unsigned_t<I> big;
    std::memcpy(&big, from, sizeof big);
    return static_cast<I>(detail::to_big(big));
}

/// Grows `out` by `size` bytes and returns where they start.
[[nodiscard]] inline std::byte* extend(Bytes& out, std::size_t size) {
    const std::size_t at = out.size();
    out.resize(at + size);
    return out.data() + at;
}

inline void append(Bytes& out, const void* from, std::size_t size) {
    const auto* bytes = static_cast<const std::byte*>(from);
    out.insert(out.end(), bytes, bytes + size);
}
inline void append(Bytes& out, BytesView bytes) { append(out, bytes.data(), bytes.size()); }

template <std::integral I>
inline void append(Bytes& out, I value) {
    store(extend(out, sizeof(I)), value);
}

inline constexpr std::size_t longest_value = 0x7fffffff;  ///< bytes: what an [int] length can say
inline constexpr std::int32_t null_length = -1;           ///< of a null value
inline constexpr std::int32_t unset_length = -2;          ///< of an unset value (bound values only)

/// Leaves room for an [int] length; give the result to `end_length` when the content has been appended.
[[nodiscard]] inline std::size_t begin_length(Bytes& out) {
    const std::size_t at = out.size();
    out.resize(at + 4);
    return at;
}
/// Throws ValidationError when the content has more than 2^31 - 1 bytes.
void end_length(Bytes& out, std::size_t at);

[[nodiscard]] inline std::string_view as_text(BytesView bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
[[nodiscard]] inline BytesView as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// Walks the length-prefixed values of a list, set, map, tuple or UDT. Every length is checked against the
/// bytes that remain; functions throw ValidationError naming `type` (CQL, for the message only).
class ValueReader {
public:
    ValueReader(BytesView content, std::string_view type) noexcept : rest_(content), type_(type) {}

    /// The [int] number of elements, each of which takes `values` length-prefixed values (map: 2): no more
    /// than the remaining bytes can hold, so that a caller may reserve.
    [[nodiscard]] std::uint32_t read_count(std::uint32_t values = 1) {
        const std::int32_t count = read_int();
        rest_ = rest_.subspan(4);
        const std::size_t possible = rest_.size() / (std::size_t{4} * values);
        if (count < 0 || static_cast<std::size_t>(count) > possible) refuse_count(type_, count, rest_.size());
        return static_cast<std::uint32_t>(count);
    }

    /// The next value; null (negative length) is a null Cell.
    [[nodiscard]] Cell read() {
        const std::int32_t length = read_int();
        if (length >= 0) return Cell(take(length));
        if (length != null_length) refuse_negative(type_, length);
        rest_ = rest_.subspan(4);
        return {};
    }
    /// The next value of a collection, where none may be null (semantics rule 4).
    [[nodiscard]] BytesView read_element() {
        const std::int32_t length = read_int();
        if (length < 0) refuse_negative(type_, length);
        return take(length);
    }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }
    /// Refuses bytes after the last value.
    void finish() const {
        if (!rest_.empty()) refuse_extra(type_, rest_.size());
    }

private:
    /// Does not move on.
    [[nodiscard]] std::int32_t read_int() const {
        if (rest_.size() < 4) refuse_short(type_);
        return load<std::int32_t>(rest_.data());
    }
    /// What follows the length, which is not negative.
    [[nodiscard]] BytesView take(std::int32_t length) {
        const auto size = static_cast<std::size_t>(length);
        if (size > rest_.size() - 4) refuse_short(type_);
        const BytesView content = rest_.subspan(4, size);
        rest_ = rest_.subspan(4 + size);
        return content;
    }
    // Static, as is all that is not inlined: a reader whose address nobody takes is kept in registers.
    [[noreturn]] static void refuse_count(std::string_view type, std::int32_t count, std::size_t bytes);
    [[noreturn]] static void refuse_short(std::string_view type);
    /// Of a value that is null where none may be, or of a negative length that says nothing.
    [[noreturn]] static void refuse_negative(std::string_view type, std::int32_t length);
    [[noreturn]] static void refuse_extra(std::string_view type, std::size_t bytes);

    BytesView rest_;
    std::string_view type_;
};

/// Unsigned and zigzag variable-length integers of Cassandra (native protocol v5 specification, section 3,
/// [vint]): the number of leading one bits of the first byte is the number of bytes that follow.
void append_unsigned_vint(Bytes& out, std::uint64_t value);
void append_vint(Bytes& out, std::int64_t value);
/// Takes the integer off the front of `rest`; false (and `rest` unchanged) when the bytes end within it.
[[nodiscard]] bool take_unsigned_vint(BytesView& rest, std::uint64_t& value) noexcept;
[[nodiscard]] bool take_vint(BytesView& rest, std::int64_t& value) noexcept;

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF. NUL is a character like any other.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;
[[nodiscard]] bool is_ascii(std::string_view text) noexcept;

}  // namespace coodie::wire
