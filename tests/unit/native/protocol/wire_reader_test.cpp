// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/wire_reader.hpp"
#include "bytes_text.hpp"

#include <gtest/gtest.h>

namespace coodie::native {
namespace {

using test::bytes_of;

TEST(WireReader, EachNotation) {
    const Bytes bytes = bytes_of(
        "ff fffe fffffffd fffffffffffffffc 0002 'ab' 00000003 'cde' ffffffff 00000000 0001 'x'"
        "00112233445566778899aabbccddeeff 04 01020304");
    WireReader reader(bytes);
    EXPECT_EQ(reader.read_byte(), 0xFF);
    EXPECT_EQ(reader.read_short(), 0xFFFE);
    EXPECT_EQ(reader.read_int(), -3);
    EXPECT_EQ(reader.read_long(), -4);
    EXPECT_EQ(reader.read_string(), "ab");
    EXPECT_EQ(reader.read_long_string(), "cde");
    EXPECT_FALSE(reader.read_bytes());
    EXPECT_TRUE(reader.read_bytes()->empty());
    EXPECT_EQ(reader.read_short_bytes().size(), 1U);
    EXPECT_EQ(reader.read_uuid().most(), 0x0011223344556677U);
    EXPECT_EQ(reader.read_address(), inet::v4(1, 2, 3, 4));
    EXPECT_TRUE(reader.ok());
    EXPECT_TRUE(reader.rest().empty());
}

TEST(WireReader, TheFirstFaultSticks) {
    const Bytes bytes = bytes_of("ffffffff 00000001");
    WireReader reader(bytes);
    EXPECT_EQ(reader.read_long_string(), "");
    EXPECT_EQ(reader.fault(), WireFault::negative_count);
    EXPECT_EQ(reader.read_int(), 0);
    EXPECT_EQ(reader.fault(), WireFault::negative_count);
    EXPECT_TRUE(reader.rest().empty());
}

TEST(WireReader, CountsAreCheckedAgainstWhatIsLeft) {
    const auto fault = [](std::string_view text, std::size_t smallest) {
        const Bytes bytes = bytes_of(text);
        WireReader reader(bytes);
        (void)reader.read_count(smallest);
        return reader.fault();
    };
    EXPECT_EQ(fault("00000002 00 00", 1), WireFault::none);
    EXPECT_EQ(fault("00000003 00 00", 1), WireFault::truncated);
    EXPECT_EQ(fault("00000002 00 00 00", 2), WireFault::truncated);
    EXPECT_EQ(fault("7fffffff", 2'000'000'000), WireFault::truncated);
    EXPECT_EQ(fault("ffffffff", 1), WireFault::negative_count);
}

TEST(WireReader, ListsAndMaps) {
    const Bytes bytes = bytes_of("0002 0001 'a' 0000 0001 0001 'k' 0001 'v' 0001 0001 'b' 00000001 'x' 0000");
    WireReader reader(bytes);
    EXPECT_EQ(reader.read_string_list(), (std::vector<std::string>{"a", ""}));
    EXPECT_EQ(reader.read_string_map(), (StringMap{{"k", "v"}}));
    EXPECT_EQ(reader.read_bytes_map(), (BytesMap{{"b", bytes_of("'x'")}}));
    EXPECT_TRUE(reader.read_string_multimap().empty());
    EXPECT_TRUE(reader.ok());
}

TEST(WireReader, SkippingIsAsStrictAsReading) {
    const Bytes bytes = bytes_of("0002 0001 'a' 0000 0001 0001 'b' 00000001 'x'");
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
        WireReader reader(BytesView(bytes).first(size));
        reader.skip_string_list();
        reader.skip_bytes_map();
        EXPECT_EQ(reader.ok(), size == bytes.size()) << size;
    }
}

}  // namespace
}  // namespace coodie::native
