// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/big_endian.hpp"

#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace coodie::native {

/// Writes the protocol's notations (v5 specification, section 3) through a pointer into memory that is large
/// enough: whoever uses it has added up the sizes first (see RequestBuilder). Lengths must fit their fields.
class WireWriter {
public:
    explicit WireWriter(std::byte* to) noexcept : to_(to) {}

    [[nodiscard]] std::byte* position() const noexcept { return to_; }

    void write_byte(std::uint8_t value) noexcept { write_number(value); }
    void write_short(std::uint16_t value) noexcept { write_number(value); }
    void write_int(std::int32_t value) noexcept { write_number(value); }
    void write_long(std::int64_t value) noexcept { write_number(value); }
    void write_raw(BytesView bytes) noexcept { copy(bytes.data(), bytes.size()); }
    void write_string(std::string_view text) noexcept {
        write_short(static_cast<std::uint16_t>(text.size()));
        copy(text.data(), text.size());
    }
    void write_long_string(std::string_view text) noexcept {
        write_int(static_cast<std::int32_t>(text.size()));
        copy(text.data(), text.size());
    }
    void write_bytes(BytesView bytes) noexcept {
        write_int(static_cast<std::int32_t>(bytes.size()));
        write_raw(bytes);
    }
    void write_short_bytes(BytesView bytes) noexcept {
        write_short(static_cast<std::uint16_t>(bytes.size()));
        write_raw(bytes);
    }

private:
    template <class T>
    void write_number(T value) noexcept {
        store_big(to_, value);
        to_ += sizeof value;
    }
    void copy(const void* from, std::size_t size) noexcept {
        if (size != 0) std::memcpy(to_, from, size);
        to_ += size;
    }

    std::byte* to_;
};

}  // namespace coodie::native
