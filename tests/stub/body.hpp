// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/inet.hpp>
#include <coodie/types/uuid.hpp>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <utility>

namespace coodie::stub {

/// Builds the body of a message from the protocol's notations, one call after the other. What a server
/// writes; written apart from the driver's own encoder, so that neither hides the other's mistakes.
class Body {
public:
    Body& byte(std::uint8_t value) { return number(value, 1); }
    Body& short_(std::uint16_t value) { return number(value, 2); }
    Body& int_(std::int32_t value) { return number(static_cast<std::uint32_t>(value), 4); }
    Body& long_(std::int64_t value) { return number(static_cast<std::uint64_t>(value), 8); }
    Body& string(std::string_view text) {
        return short_(static_cast<std::uint16_t>(text.size())).raw(std::as_bytes(std::span(text)));
    }
    Body& long_string(std::string_view text) {
        return int_(static_cast<std::int32_t>(text.size())).raw(std::as_bytes(std::span(text)));
    }
    Body& bytes(BytesView content) { return int_(static_cast<std::int32_t>(content.size())).raw(content); }
    Body& null() { return int_(-1); }
    Body& short_bytes(BytesView content) {
        return short_(static_cast<std::uint16_t>(content.size())).raw(content);
    }
    Body& uuid(const coodie::uuid& value) { return number(value.most(), 8).number(value.least(), 8); }
    /// [inetaddr]
    Body& address(const inet& value) {
        return byte(static_cast<std::uint8_t>(value.bytes().size())).raw(value.bytes());
    }
    /// [inet]
    Body& endpoint(const inet& value, std::int32_t port) { return address(value).int_(port); }
    template <class Strings = std::initializer_list<std::string_view>>
    Body& string_list(const Strings& texts) {
        short_(static_cast<std::uint16_t>(std::size(texts)));
        for (const auto& text : texts) string(text);
        return *this;
    }
    Body& raw(BytesView content) {
        bytes_.insert(bytes_.end(), content.begin(), content.end());
        return *this;
    }

    [[nodiscard]] const Bytes& view() const& noexcept { return bytes_; }
    [[nodiscard]] Bytes take() && noexcept { return std::move(bytes_); }

private:
    Body& number(std::uint64_t value, unsigned size) {
        while (size-- > 0) bytes_.push_back(static_cast<std::byte>(value >> (8 * size)));
        return *this;
    }

    Bytes bytes_;
};

}  // namespace coodie::stub
