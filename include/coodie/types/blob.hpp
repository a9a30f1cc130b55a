// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <compare>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace coodie {

/// CQL `blob`: any bytes. Orders by unsigned bytes.
class blob {
public:
    blob() = default;
    blob(Bytes bytes) : bytes_(std::move(bytes)) {}  // NOLINT(google-explicit-constructor)
    explicit blob(BytesView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    blob(std::initializer_list<std::byte> bytes) : bytes_(bytes) {}
    /// The bytes of a text, without a terminating NUL.
    static blob of(std::string_view text);

    /// Hexadecimal digits after 0x (or 0X), an even number of them, any case: "0xcafe".
    static std::optional<blob> parse(std::string_view text);
    /// "0xcafe"
    [[nodiscard]] std::string to_string() const;

    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }
    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
    [[nodiscard]] Bytes& bytes() noexcept { return bytes_; }
    operator BytesView() const noexcept { return bytes_; }  // NOLINT(google-explicit-constructor)

    friend bool operator==(const blob&, const blob&) = default;
    friend std::strong_ordering operator<=>(const blob& a, const blob& b) noexcept;

private:
    Bytes bytes_;
};

}  // namespace coodie

template <>
struct std::hash<coodie::blob> {
    std::size_t operator()(const coodie::blob& value) const noexcept {
        return std::hash<std::string_view>()(
            {reinterpret_cast<const char*>(value.bytes().data()), value.bytes().size()});
    }
};
