// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "unit/codec/support.hpp"

namespace coodie::test {
namespace {

using namespace std::string_literals;

TEST(TextCodec, QuotesNulAndEmojiComeBackEqual_SemanticsRule8) {
    expect_bytes(""s, "");
    expect_bytes("it's \"quoted\""s, "69742773202271756f74656422");
    expect_bytes("a\0b"s, "610062");
    expect_bytes("\xf0\x9f\x98\x80"s, "f09f9880");
    expect_bytes("$$"s, "2424");
    EXPECT_EQ(bound(std::string_view("ab")), "000000026162");
    EXPECT_EQ(bound("ab"), "000000026162");
    const char* pointer = "ab";
    EXPECT_EQ(bound(pointer), "000000026162");
}

TEST(TextCodec, InvalidUtf8IsRefusedBothWays_SemanticsRule4) {
    for (const std::string_view bad : {
             "80",                                                                   // a continuation alone
             "c3",                                                                   // cut off
             "c080",                                                                 // overlong NUL
             "c1bf",                                                                 // overlong
             "e08080",                                                               // overlong
             "eda080",                                                               // a surrogate
             "f08080 80",                                                            // overlong
             "f4908080",                                                             // above U+10FFFF
             "f5808080",                                                             // no such lead
             "ff",                                                                   //
             "e282",                                                                 // cut off
             "f09f98",                                                               // cut off
             "e28228",                                                               // no continuation
             "6161616161616161616161616161616161616161616161616161616161616161 c3",  // behind a fast stretch
         }) {
        EXPECT_NE(decode_reason<std::string>(bad), "") << bad;
        const Bytes bytes = hex(bad);
        EXPECT_NE(reason_of([&] { (void)encoded(std::string(wire::as_text(bytes))); }), "") << bad;
        EXPECT_NE(check_value(TypeId::text, bytes), std::nullopt) << bad;
    }
    EXPECT_EQ(decode_reason<std::string>("6162ff"), "text is not valid UTF-8: 'ab\\xff'");
}

TEST(TextCodec, EveryCodePointPasses) {
    std::string all;
    for (unsigned code = 0; code <= 0x10ffff; ++code) {
        if (code >= 0xd800 && code <= 0xdfff) continue;
        const auto add = [&](unsigned byte) { all += static_cast<char>(byte); };
        if (code < 0x80) {
            add(code);
        } else if (code < 0x800) {
            add(0xc0 | code >> 6), add(0x80 | (code & 0x3f));
        } else if (code < 0x10000) {
            add(0xe0 | code >> 12), add(0x80 | (code >> 6 & 0x3f)), add(0x80 | (code & 0x3f));
        } else {
            add(0xf0 | code >> 18), add(0x80 | (code >> 12 & 0x3f)), add(0x80 | (code >> 6 & 0x3f));
            add(0x80 | (code & 0x3f));
        }
    }
    EXPECT_TRUE(wire::is_utf8(all));
}

TEST(TextCodec, BadByteIsFoundAtEveryPosition) {
    for (std::size_t length = 1; length < 80; ++length) {
        std::string text(length, 'x');
        EXPECT_TRUE(wire::is_utf8(text) && wire::is_ascii(text));
        for (std::size_t at = 0; at < length; ++at) {
            text[at] = '\xff';
            EXPECT_FALSE(wire::is_utf8(text)) << length << " " << at;
            EXPECT_FALSE(wire::is_ascii(text)) << length << " " << at;
            text[at] = 'x';
        }
    }
}

TEST(TextCodec, AsciiHoldsSevenBits_SemanticsRule4) {
    expect_bytes(ascii("a\x7f"), "617f");
    EXPECT_EQ(reason_of([] { (void)encoded(ascii("\xc3\xa9")); }),
              "ascii holds only bytes 0..127: '\\xc3\\xa9'");
    EXPECT_NE(decode_reason<ascii>("80"), "");
    EXPECT_NE(check_value(TypeId::ascii, hex("80")), std::nullopt);
}

TEST(TextCodec, ViewsBorrowTheBytesTheyAreReadFrom) {
    const Bytes content = hex("6162");
    std::string_view text;
    Codec<std::string_view>::decode(content, text);
    EXPECT_EQ(text, "ab");
    EXPECT_EQ(static_cast<const void*>(text.data()), content.data());
    BytesView bytes;
    Codec<BytesView>::decode(content, bytes);
    EXPECT_EQ(bytes.data(), content.data());
}

enum class Color : std::uint8_t { red, green = 7, blue = 255 };
enum class Level : std::int16_t { lowest = -128, beyond = 256 };
enum class Wide : std::int32_t { far = 1000 };
enum class Empty {};

}  // namespace
}  // namespace coodie::test

template <>
struct coodie::enum_range<coodie::test::Wide> {
    static constexpr int min = 1000;
    static constexpr int max = 1000;
};

namespace coodie::test {
namespace {

TEST(EnumCodec, EnumeratorsTravelByName) {
    enum class Local : char { here = 'a' };
    EXPECT_EQ(encoded(Color::green), to_hex(wire::as_bytes("green")));
    EXPECT_EQ(decoded<Color>(to_hex(wire::as_bytes("blue"))), Color::blue);
    EXPECT_EQ(encoded(Level::lowest), to_hex(wire::as_bytes("lowest")));
    EXPECT_EQ(encoded(Wide::far), to_hex(wire::as_bytes("far")));
    EXPECT_EQ(encoded(Local::here), to_hex(wire::as_bytes("here")));
    EXPECT_EQ(enum_entries<Color>.size(), 3U);
    EXPECT_TRUE(enum_entries<Empty>.empty());
    EXPECT_EQ(cql_type_name<std::optional<Color>>, "text");
}

TEST(EnumCodec, ValueWithoutANameIsRefusedBothWays) {
    EXPECT_EQ(reason_of([] { (void)encoded(static_cast<Color>(1)); }),
              "enum value 1 has no name (known: red, green, blue); coodie::enum_range widens the values that "
              "are looked at");
    EXPECT_NE(reason_of([] { (void)encoded(Level::beyond); }), "");
    EXPECT_EQ(decode_reason<Color>(to_hex(wire::as_bytes("Red"))),
              "'Red' is no enumerator (known: red, green, blue)");
    EXPECT_NE(decode_reason<Color>(""), "");
}

}  // namespace
}  // namespace coodie::test
