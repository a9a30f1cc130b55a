// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <cstring>
#include <string_view>

/// Writing and reading big-endian bytes as the native protocol lays out rows.
namespace coodie::embedded {

inline void append_int(Bytes& out, std::int32_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    const std::byte bytes[] = {static_cast<std::byte>(bits >> 24U), static_cast<std::byte>(bits >> 16U),
                               static_cast<std::byte>(bits >> 8U), static_cast<std::byte>(bits)};
    out.insert(out.end(), bytes, bytes + 4);
}
inline void patch_int(Bytes& out, std::size_t at, std::int32_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<std::byte>(bits >> (24 - 8 * i));
}
inline void append_long(Bytes& out, std::int64_t value) {
    append_int(out, static_cast<std::int32_t>(value >> 32));
    append_int(out, static_cast<std::int32_t>(value & 0xFFFFFFFF));
}
inline void append_bytes(Bytes& out, BytesView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }
inline void append_null(Bytes& out) { append_int(out, -1); }
/// [int] length and content.
inline void append_value(Bytes& out, BytesView content) {
    append_int(out, static_cast<std::int32_t>(content.size()));
    append_bytes(out, content);
}
inline void append_cell(Bytes& out, const Cell& cell) {
    if (cell.is_null()) return append_null(out);
    append_value(out, cell.content());
}

[[nodiscard]] inline BytesView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
[[nodiscard]] inline bool equal_bytes(BytesView a, BytesView b) noexcept {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

/// Reads from untrusted bytes; once something is missing, `ok()` is false and every read gives zero or
/// nothing.
class ByteReader {
public:
    explicit ByteReader(BytesView bytes) noexcept : rest_(bytes) {}
    std::uint8_t u8() noexcept { return static_cast<std::uint8_t>(number(1)); }
    std::int32_t i32() noexcept { return static_cast<std::int32_t>(static_cast<std::uint32_t>(number(4))); }
    std::int64_t i64() noexcept { return static_cast<std::int64_t>(number(8)); }
    BytesView take(std::size_t size) noexcept {
        if (size > rest_.size()) {
            ok_ = false;
            rest_ = {};
            return {};
        }
        const auto result = rest_.first(size);
        rest_ = rest_.subspan(size);
        return result;
    }
    /// [int] length and that many bytes.
    BytesView sized() noexcept {
        const auto size = i32();
        if (size < 0) ok_ = false;
        return size < 0 ? BytesView{} : take(static_cast<std::size_t>(size));
    }
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    [[nodiscard]] bool done() const noexcept { return ok_ && rest_.empty(); }
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }

private:
    std::uint64_t number(std::size_t size) noexcept {
        std::uint64_t value = 0;
        for (const auto byte : take(size)) value = (value << 8U) | std::to_integer<std::uint64_t>(byte);
        return value;
    }
    BytesView rest_;
    bool ok_ = true;
};

}  // namespace coodie::embedded
