// SPDX-License-Identifier: Apache-2.0
// Exact bytes, one byte short, one byte extra, limits of types without elements.
#include <cmath>
#include <limits>

#include "unit/codec/support.hpp"

namespace coodie::test {
namespace {

TEST(ScalarCodec, IntegersAreBigEndianTwosComplement) {
    expect_bytes<std::int8_t>(-128, "80");
    expect_bytes<std::int8_t>(127, "7f");
    expect_bytes<std::int16_t>(-32768, "8000");
    expect_bytes<std::int16_t>(258, "0102");
    expect_bytes<std::int32_t>(16909060, "01020304");
    expect_bytes<std::int32_t>(std::numeric_limits<std::int32_t>::min(), "80000000");
    expect_bytes<std::int64_t>(-2, "fffffffffffffffe");
    expect_bytes<std::int64_t>(std::numeric_limits<std::int64_t>::max(), "7fffffffffffffff");
    expect_bytes<long long>(1, "0000000000000001");
}

TEST(ScalarCodec, FixedSizesTakeExactlyTheirBytes) {
    expect_exact_length<std::int8_t>(1);
    expect_exact_length<std::int16_t>(1);
    expect_exact_length<std::int32_t>(1);
    expect_exact_length<std::int64_t>(1);
    expect_exact_length<float>(1);
    expect_exact_length<double>(1);
    expect_exact_length<bool>(true);
    expect_exact_length(uuid(1, 2));
    expect_exact_length(timeuuid::now());
    expect_exact_length(now());
    expect_exact_length(date(1));
    expect_exact_length(time_of_day(std::chrono::nanoseconds(1)));
    expect_exact_length(counter(1));
    expect_exact_length(inet::v4(127, 0, 0, 1));
    expect_exact_length(duration(1, 2, 3));
    EXPECT_EQ(decode_reason<std::int32_t>("010203"), "int takes 4 bytes, got 3");
    EXPECT_EQ(decode_reason<bool>("0100"), "boolean takes 1 byte, got 2");
    EXPECT_EQ(decode_reason<inet>("0102030405"), "inet takes 4 or 16 bytes, got 5");
}

TEST(ScalarCodec, FloatsAreIeee754) {
    expect_bytes(1.5F, "3fc00000");
    expect_bytes(-0.1, "bfb999999999999a");
    expect_bytes(std::numeric_limits<double>::infinity(), "7ff0000000000000");
    expect_bytes(-std::numeric_limits<float>::infinity(), "ff800000");
    expect_bytes(std::numeric_limits<float>::denorm_min(), "00000001");
    expect_bytes(std::numeric_limits<double>::max(), "7fefffffffffffff");
    EXPECT_EQ(encoded(-0.0), "8000000000000000");
    // A NaN's payload travels unchanged.
    EXPECT_EQ(encoded(decoded<double>("7ff8000000000123")), "7ff8000000000123");
    EXPECT_TRUE(std::isnan(decoded<float>("7fc00000")));
}

TEST(ScalarCodec, BooleanIsOneByteAndReadsAnyOtherAsTrue) {
    expect_bytes(true, "01");
    expect_bytes(false, "00");
    EXPECT_TRUE(decoded<bool>("ff"));
}

TEST(ScalarCodec, NumberThatDoesNotFitIsRefused_SemanticsRule4) {
    EXPECT_EQ(reason_of([] { (void)fit_integer<std::int8_t>(2000); }),
              "2000 does not fit tinyint (-128..127)");
    EXPECT_EQ(reason_of([] { (void)fit_integer<std::int16_t>(-32769L); }),
              "-32769 does not fit smallint (-32768..32767)");
    EXPECT_EQ(reason_of([] { (void)fit_integer<std::int64_t>(std::numeric_limits<std::uint64_t>::max()); }),
              "18446744073709551615 does not fit bigint (-9223372036854775808..9223372036854775807)");
    EXPECT_EQ(fit_integer<std::int8_t>(-128), -128);
    EXPECT_EQ(fit_integer<std::int32_t>(7U), 7);
}

TEST(ScalarCodec, VarintIsMinimalTwosComplement_SemanticsRule5) {
    expect_bytes(varint(0), "00");
    expect_bytes(varint(1), "01");
    expect_bytes(varint(127), "7f");
    expect_bytes(varint(128), "0080");
    expect_bytes(varint(-1), "ff");
    expect_bytes(varint(-128), "80");
    expect_bytes(varint(-129), "ff7f");
    expect_bytes(*varint::parse("340282366920938463463374607431768211456"),
                 "0100000000000000000000000000000000");
    expect_bytes(*varint::parse("-170141183460469231731687303715884105728"),
                 "80000000000000000000000000000000");
    // Longer forms read as the same number and are written minimal.
    EXPECT_EQ(encoded(decoded<varint>("0000007f")), "7f");
    EXPECT_EQ(encoded(decoded<varint>("ffffff80")), "80");
    EXPECT_EQ(decode_reason<varint>(""), "varint takes at least 1 byte, got 0");
}

TEST(ScalarCodec, DecimalKeepsItsScale_SemanticsRule5) {
    expect_bytes(*decimal::parse("1.0"), "00000001 0a");
    expect_bytes(*decimal::parse("1.00"), "00000002 64");
    expect_bytes(*decimal::parse("-12.34"), "00000002 fb2e");
    expect_bytes(*decimal::parse("1E+3"), "fffffffd 01");
    expect_bytes(decimal(5, std::numeric_limits<std::int32_t>::max()), "7fffffff 05");
    expect_bytes(decimal(5, std::numeric_limits<std::int32_t>::min()), "80000000 05");
    EXPECT_EQ(decode_reason<decimal>("00000001"), "decimal takes at least 5 bytes, got 4");
    EXPECT_NE(check_value(TypeId::decimal, hex("00000001")), std::nullopt);
}

TEST(ScalarCodec, UuidsAreTheirSixteenBytes) {
    expect_bytes(*uuid::parse("f47ac10b-58cc-4372-a567-0e02b2c3d479"), "f47ac10b58cc4372a5670e02b2c3d479");
    expect_bytes(*timeuuid::parse("8e2ef0c0-5c6c-11ee-8c99-0242ac120002"),
                 "8e2ef0c05c6c11ee8c990242ac120002");
}

TEST(ScalarCodec, TimeuuidMustBeVersion1) {
    EXPECT_EQ(decode_reason<timeuuid>("f47ac10b58cc4372a5670e02b2c3d479"),
              "f47ac10b-58cc-4372-a567-0e02b2c3d479 is no timeuuid: its version is not 1");
    EXPECT_EQ(reason_of([] { (void)encoded(timeuuid()); }),
              "00000000-0000-0000-0000-000000000000 is no timeuuid: its version is not 1");
}

TEST(ScalarCodec, TimestampIsFlooredMilliseconds_SemanticsRule5) {
    using namespace std::chrono;
    expect_bytes(timestamp(milliseconds(0)), "0000000000000000");
    expect_bytes(timestamp(milliseconds(-1)), "ffffffffffffffff");
    expect_bytes(timestamp(milliseconds::min()), "8000000000000000");
    EXPECT_EQ(encoded(sys_time<nanoseconds>(nanoseconds(1'999'999))), "0000000000000001");
    EXPECT_EQ(encoded(sys_time<nanoseconds>(nanoseconds(-1))), "ffffffffffffffff");
    EXPECT_EQ(encoded(sys_days(days(1))), "0000000005265c00");
    EXPECT_EQ(decoded<sys_time<nanoseconds>>("0000000000000001").time_since_epoch(), nanoseconds(1'000'000));
    EXPECT_EQ(decoded<sys_seconds>("ffffffffffffffff").time_since_epoch(), seconds(-1));
    EXPECT_NE(decode_reason<sys_time<nanoseconds>>("7fffffffffffffff"), "");
    EXPECT_NE(decode_reason<sys_time<nanoseconds>>("8000000000000000"), "");
}

TEST(ScalarCodec, DateIsDaysPlus2To31_SemanticsRule5) {
    expect_bytes(date(0), "80000000");
    expect_bytes(date(1), "80000001");
    expect_bytes(date(-1), "7fffffff");
    expect_bytes(date(std::numeric_limits<std::int32_t>::min()), "00000000");
    expect_bytes(date(std::numeric_limits<std::int32_t>::max()), "ffffffff");
}

TEST(ScalarCodec, TimeIsNanosecondsOfADay_SemanticsRule5) {
    expect_bytes(time_of_day(), "0000000000000000");
    expect_bytes(time_of_day(std::chrono::nanoseconds(86'399'999'999'999)), "00004e94914effff");
    EXPECT_EQ(decode_reason<time_of_day>("00004e94914f0000"),
              "86400000000000 ns does not fit time (0..86399999999999)");
    EXPECT_EQ(decode_reason<time_of_day>("ffffffffffffffff"), "-1 ns does not fit time (0..86399999999999)");
    EXPECT_NE(check_value(TypeId::time, hex("00004e94914f0000")), std::nullopt);
}

TEST(ScalarCodec, DurationIsThreeZigzagVints_SemanticsRule5) {
    expect_bytes(duration(), "00 00 00");
    expect_bytes(duration(1, 2, 3), "02 04 06");
    expect_bytes(duration(-1, -2, -3), "01 03 05");
    expect_bytes(duration(64, 0, 0), "8080 00 00");
    expect_bytes(duration(0, 0, 3'600'000'000'000), "00 00 fc068c61714000");
    constexpr auto max32 = std::numeric_limits<std::int32_t>::max();
    expect_bytes(duration(max32, max32, std::numeric_limits<std::int64_t>::max()),
                 "f0fffffffe f0fffffffe fffffffffffffffffe");
    constexpr auto min32 = std::numeric_limits<std::int32_t>::min();
    expect_bytes(duration(min32, min32, std::numeric_limits<std::int64_t>::min()),
                 "f0ffffffff f0ffffffff ffffffffffffffffff");
    EXPECT_NE(decode_reason<duration>("02 03 00").find("one sign"), std::string::npos);
    EXPECT_NE(check_value(TypeId::duration, hex("02 03 00")), std::nullopt);
    // 2^31 months.
    EXPECT_EQ(decode_reason<duration>("f1 00 00 00 00 00 00"),
              "2147483648 does not fit months and days of a duration (-2147483648..2147483647)");
    EXPECT_EQ(decode_reason<duration>("02 04"), "duration ends in the middle of a number");
    EXPECT_EQ(decode_reason<duration>("02 04 f0"), "duration ends in the middle of a number");
}

TEST(ScalarCodec, InetIsFourOrSixteenBytes) {
    expect_bytes(*inet::parse("192.0.2.1"), "c0000201");
    expect_bytes(*inet::parse("2001:db8::1"), "20010db8000000000000000000000001");
    expect_bytes(*inet::parse("::ffff:192.0.2.1"), "00000000000000000000ffffc0000201");
}

TEST(ScalarCodec, CounterReadsNullAsZero) {
    expect_bytes<std::int64_t>(5, "0000000000000005");
    EXPECT_EQ(encoded(counter(-1)), "ffffffffffffffff");
    counter value = 9;
    decode_value(Cell(), value);
    EXPECT_EQ(value, 0);
    static_assert(is_counter_v<counter> && !is_counter_v<std::int64_t> &&
                  cql_type_name<counter> == "counter");
}

TEST(ScalarCodec, BlobsAreTheirBytes) {
    expect_bytes(blob(), "");
    expect_bytes(blob{std::byte{0}, std::byte{0xff}}, "00ff");
    EXPECT_EQ(encoded(hex("cafe")), "cafe");
    EXPECT_EQ(decoded<Bytes>("cafe"), hex("cafe"));
}

}  // namespace
}  // namespace coodie::test
