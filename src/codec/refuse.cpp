// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/refuse.hpp>
#include <coodie/types/error.hpp>

namespace coodie::wire {

namespace {

std::string range(std::string_view type, std::int64_t low, std::int64_t high) {
    std::string text = " does not fit ";
    text += type;
    return text + " (" + std::to_string(low) + ".." + std::to_string(high) + ")";
}

/// At most 40 bytes of the text; what is not printable ASCII as \xNN.
std::string excerpt(std::string_view text) {
    constexpr std::size_t limit = 40;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "'";
    for (const char c : text.substr(0, limit)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f) {
            out += c;
        } else {
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 15U];
        }
    }
    return out + (text.size() > limit ? "'..." : "'");
}

/// The part of the text that starts shortly before the first byte above 0x7f, so that the excerpt shows the
/// fault.
std::string_view around_fault(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return text.substr(at < 20 ? 0 : at - 20);
}

}  // namespace

void refuse(const std::string& reason) { throw ValidationError(reason); }

void refuse_length(std::string_view type, std::size_t expected, std::size_t got) {
    refuse(std::string(type) + " takes " + std::to_string(expected) + (expected == 1 ? " byte" : " bytes") +
           ", got " + std::to_string(got));
}

void refuse_size(std::size_t size) {
    refuse("a value of " + std::to_string(size) + " bytes is longer than the protocol's 2147483647");
}

void refuse_null(std::string_view type) {
    refuse("null, which a field of type " + std::string(type) + " cannot hold; std::optional can");
}

void refuse_null_element(std::string_view type) {
    refuse("null inside " + std::string(type) + ": collections hold no nulls");
}

void refuse_integer(std::string_view type, std::int64_t value, std::int64_t low, std::int64_t high) {
    refuse(std::to_string(value) + range(type, low, high));
}

void refuse_integer(std::string_view type, std::uint64_t value, std::int64_t low, std::int64_t high) {
    refuse(std::to_string(value) + range(type, low, high));
}

void refuse_utf8(std::string_view text) { refuse("text is not valid UTF-8: " + excerpt(around_fault(text))); }
void refuse_ascii(std::string_view text) {
    refuse("ascii holds only bytes 0..127: " + excerpt(around_fault(text)));
}

}  // namespace coodie::wire
