// SPDX-License-Identifier: Apache-2.0
#include "wire.hpp"

#include <limits>

namespace coodie::judge {
namespace {

BytesView as_bytes(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

template <class Integer>
Integer checked_length(std::size_t length) {
    if (length > static_cast<std::size_t>(std::numeric_limits<Integer>::max()))
        throw std::length_error("too long for the native protocol");
    return static_cast<Integer>(length);
}

}  // namespace

BytesView WireReader::take(std::size_t count) {
    if (count > rest_.size()) throw MalformedFrame("the frame ends in the middle of a value");
    const BytesView taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

std::uint8_t WireReader::read_byte() { return std::to_integer<std::uint8_t>(take(1)[0]); }

std::uint16_t WireReader::read_short() {
    const BytesView bytes = take(2);
    return static_cast<std::uint16_t>((std::to_integer<unsigned>(bytes[0]) << 8) |
                                      std::to_integer<unsigned>(bytes[1]));
}

std::int32_t WireReader::read_int() {
    std::uint32_t value = 0;
    for (const std::byte byte : take(4)) value = (value << 8) | std::to_integer<std::uint32_t>(byte);
    return static_cast<std::int32_t>(value);
}

std::string WireReader::read_string() {
    const BytesView bytes = read_short_bytes();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::vector<std::string> WireReader::read_string_list() {
    std::vector<std::string> list(read_short());
    for (std::string& text : list) text = read_string();
    return list;
}

BytesView WireReader::read_short_bytes() { return take(read_short()); }

BytesView WireReader::read_bytes() {
    const std::int32_t length = read_int();
    return length < 0 ? BytesView() : take(static_cast<std::size_t>(length));
}

void WireWriter::write_short(std::uint16_t value) {
    write_byte(static_cast<std::uint8_t>(value >> 8));
    write_byte(static_cast<std::uint8_t>(value & 0xFF));
}

void WireWriter::write_int(std::int32_t value) {
    const auto bits = static_cast<std::uint32_t>(value);
    for (int shift = 24; shift >= 0; shift -= 8)
        write_byte(static_cast<std::uint8_t>((bits >> shift) & 0xFF));
}

void WireWriter::write_long(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    for (int shift = 56; shift >= 0; shift -= 8)
        write_byte(static_cast<std::uint8_t>((bits >> shift) & 0xFF));
}

void WireWriter::write_string(std::string_view text) { write_short_bytes(as_bytes(text)); }

void WireWriter::write_long_string(std::string_view text) { write_bytes(as_bytes(text)); }

void WireWriter::write_short_bytes(BytesView bytes) {
    write_short(checked_length<std::uint16_t>(bytes.size()));
    append(bytes);
}

void WireWriter::write_bytes(BytesView bytes) {
    write_int(checked_length<std::int32_t>(bytes.size()));
    append(bytes);
}

}  // namespace coodie::judge
