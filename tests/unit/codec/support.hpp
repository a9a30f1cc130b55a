// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>
#include <coodie/types/error.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace coodie::test {

/// Bytes from hexadecimal digits; spaces between them are skipped.
inline Bytes hex(std::string_view digits) {
    std::string text = "0x";
    for (const char c : digits)
        if (c != ' ') text += c;
    return blob::parse(text).value().bytes();
}

inline std::string to_hex(BytesView bytes) { return blob(bytes).to_string().substr(2); }

template <class T>
std::string encoded(const T& value) {
    Bytes out;
    Codec<T>::encode(value, out);
    return to_hex(out);
}

/// With its length, as a bound value.
template <class T>
std::string bound(const T& value) {
    Bytes out;
    encode_value(value, out);
    return to_hex(out);
}

template <class T>
T decoded(std::string_view digits) {
    const Bytes content = hex(digits);
    T value{};
    Codec<T>::decode(content, value);
    return value;
}

/// The text of the ValidationError that `f` throws; "" when it throws none.
template <class F>
std::string reason_of(F f) {
    try {
        f();
    } catch (const ValidationError& error) {
        return error.what();
    }
    return "";
}

template <class T>
std::string decode_reason(std::string_view digits) {
    return reason_of([&] { decoded<T>(digits); });
}

/// Exact bytes both ways, with a length (the one-growth path), by run-time type, and through text.
template <class T>
void expect_bytes(const T& value, std::string_view digits) {
    const Bytes content = hex(digits);
    EXPECT_EQ(encoded(value), to_hex(content));
    Bytes with_length;
    wire::append(with_length, static_cast<std::int32_t>(content.size()));
    wire::append(with_length, content);
    EXPECT_EQ(bound(value), to_hex(with_length));
    EXPECT_EQ(decoded<T>(digits), value);

    const DataType type = Codec<T>::type();
    EXPECT_EQ(type.to_string(), cql_type_name<T>);
    EXPECT_EQ(check_value(type, content), std::nullopt);
    const std::string literal = format_value(type, Cell(content));
    std::string reason;
    const std::optional<Bytes> parsed = parse_value(type, literal, reason);
    ASSERT_TRUE(parsed) << literal << ": " << reason;
    EXPECT_EQ(to_hex(*parsed), to_hex(content)) << literal;
}

/// One byte short and one byte extra are errors, typed and by run-time type.
template <class T>
void expect_exact_length(const T& value) {
    Bytes content;
    Codec<T>::encode(value, content);
    const DataType type = Codec<T>::type();
    Bytes extra = content;
    extra.push_back(std::byte{0});
    Bytes shorter = content;
    shorter.pop_back();
    for (const Bytes& wrong : {shorter, extra}) {
        T target{};
        EXPECT_THROW(Codec<T>::decode(wrong, target), ValidationError) << to_hex(wrong);
        if (!wrong.empty()) {
            EXPECT_NE(check_value(type, wrong), std::nullopt) << to_hex(wrong);
        }
    }
}

}  // namespace coodie::test
