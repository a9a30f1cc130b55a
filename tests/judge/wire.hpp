// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::judge {

/// Bytes from the server that do not read as the native protocol says.
class MalformedFrame : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads the notations of the native protocol (v4 specification, section 3). Every length is checked: throws
/// MalformedFrame instead of reading past the end. Views borrow from the bytes given.
class WireReader {
public:
    explicit WireReader(BytesView bytes) noexcept : rest_(bytes) {}

    std::uint8_t read_byte();
    std::uint16_t read_short();
    std::int32_t read_int();
    std::string read_string();
    std::vector<std::string> read_string_list();
    BytesView read_short_bytes();
    /// [bytes]: a null reads as empty.
    BytesView read_bytes();
    BytesView take(std::size_t count);
    [[nodiscard]] BytesView rest() const noexcept { return rest_; }

private:
    BytesView rest_;
};

/// Appends the same notations.
class WireWriter {
public:
    void write_byte(std::uint8_t value) { bytes_.push_back(std::byte{value}); }
    void write_short(std::uint16_t value);
    void write_int(std::int32_t value);
    void write_long(std::int64_t value);
    /// [string]; at most 65535 bytes.
    void write_string(std::string_view text);
    void write_long_string(std::string_view text);
    void write_short_bytes(BytesView bytes);
    void write_bytes(BytesView bytes);
    void append(BytesView bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }

private:
    Bytes bytes_;
};

}  // namespace coodie::judge
