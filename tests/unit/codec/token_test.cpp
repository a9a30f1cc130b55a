// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/token.hpp>

#include <array>
#include <limits>

#include "unit/codec/support.hpp"

namespace coodie::test {
namespace {

struct Vector {
    std::string_view key;
    std::int64_t token;
};

// Computed by org.apache.cassandra.dht.Murmur3Partitioner of Cassandra 5.0.6: keys of every length 1..40,
// with bytes above 0x7f, which Cassandra's tail takes as signed.
constexpr auto vectors = std::to_array<Vector>({
    {"4a", -7139673851965614954},
    {"50da", 567182077254455256},
    {"9586fc", -6612399833888007556},
    {"e9c7420f", -7596409108553725658},
    {"8e62e5e1ae", -7262621910309042419},
    {"ab90e731aab1", -6032137034587405165},
    {"f77bc9aacbcc2e", 6241549519277336088},
    {"b5c1a417f8989957", -3173535700568129547},
    {"a3d87809b62a8ec290", 5734703337726600593},
    {"46f0faab9862606f7d0d", -4875369156670534039},
    {"b14f2958483381d3071feb", -2996581988758451533},
    {"19624aed938c6d8f16df9a5e", 742372204607275538},
    {"f811b4f5c1d13279af8a49196c", 8299226708338541618},
    {"6364f3ef3640d6282664c3ca35e6", -181088394333590248},
    {"7896978869b989ee94a52728c51dac", 6215156594760868455},
    {"8ff523d8d2e764e14527c5abf3f36e42", -2335954269304179365},
    {"5ed7ed2c4a3a48b455581d89aa1057ffec", -3397510003999050966},
    {"2876de47233391d506155bb11179c46d1dee", -7669824200613196980},
    {"26f2fa8b1eb7b4fe2253f01ebb925ddd478d0b", 4232381338792567498},
    {"66f78701346c3df953263d29f0a7d5cfd4d8cd5e", -4244117576327935285},
    {"45c179f59cc493445f43a195c7ba40c64b93dd1656", -6607401415404859920},
    {"5aa884d65269f98c2aa9ca41ad1368066d33c61f5538", -4721385582787105716},
    {"7c1723d27160aff4e9081b68b96c507b690d83b106ea9f", 4063900764432591599},
    {"c797ca43cb897ccd5b9107e722ab4c68714a5725600910e8", 6572963085715087202},
    {"b6d05ce208b11bf9ed1fea98178ba1bdf2df28edc5a9c37009", 6685681196997723553},
    {"c2dd8ebf6df687fad3887370b8f4df2901989dc31e70d15f92b0", -5545507690380186883},
    {"8a297415417afbc4b714f61a13e5d31bd2652858121575f648730c", -3097340777065662023},
    {"5e5547f8b815e38634eaf8323df21482bae4cd2a7228a05a056988a3", -2870541478515088872},
    {"cc8b5024ae5e0a82efeb5fa861c2840cb0937e74a239b3dd366233b937", 2673667276030772615},
    {"bcca3d55c5d4a598ecf7ab14fa662c680491cf26e0741c2a4f85d5c06ff4", 2675465461556020827},
    {"fbc81afd1c1ba9ed1c04349b127aaadc2a6eaaa2b867ede00844661f48767b", 6177574663426813297},
    {"ab901330967ff13904f84c51c21bb64287768ff922f4c6dbbaf6714c1f1ceff8", 9220537867707194551},
    {"3b6347b65ebc7e10ffc1af63a7ac3dcf215a5904e6226117a46f816e6c2c6cbb73", -6014945743186171479},
    {"f143426f57f7726434b3909f4ea96a039ef6997d72aa563e0198097940ba164eec8e", -2530633925682581125},
    {"bb6e83e6400837ce7df212fdb7401f6bb88fd36ee5124194cbbfa439c953ae4ff8c6f5", 1562169851960811285},
    {"8cff2d0cc21c5f24de4e40c99dfd9645d2688a3540be79249c5c311277d85f751247aa78", 4751011529961496858},
    {"ee664a1ab08b8dfecddc67134a14637a1c785dce2284916666522f7d78437a12982f03fc1b", 2199688620048549988},
    {"580d7814bf108d5378aea52453eeb6b6535f137e0c0abc94d027453c584030a128a8d7e0c4ee", 6535093627472871216},
    {"c3d1d61a510f2e82aa1d0850786c5f3d155f858b34b13d38e9faa7aec60e2fcfbe46945c25ed65", -3965395782809007458},
    {"869bd11341817e57fb53500b87c483b2ed71288ea5248cfb5021e0f2edce741abca410a1f025c3bf", 1058831300338021165},
});

TEST(Murmur3Token, IsCassandras) {
    for (const Vector& vector : vectors)
        EXPECT_EQ(murmur3_token(hex(vector.key)), vector.token) << vector.key;
}

TEST(Murmur3Token, KnownFromOtherDrivers) {
    EXPECT_EQ(murmur3_token(wire::as_bytes("123")), -7468325962851647638);
    EXPECT_EQ(murmur3_token(hex("fefefefefefefefe")), -8927430733708461935);
    EXPECT_EQ(murmur3_token(hex("1010101010101010")), 1446172840243228796);
    EXPECT_EQ(murmur3_token(wire::as_bytes("9223372036854775807")), 7162290910810015547);
    EXPECT_EQ(murmur3_token({}), std::numeric_limits<std::int64_t>::min());
}

TEST(RoutingKey, OneComponentIsItselfSeveralArePrefixed) {
    const Bytes a = hex("0102");
    const Bytes b = hex("");
    const std::array<BytesView, 1> one{a};
    EXPECT_EQ(to_hex(routing_key(one)), "0102");
    const std::array<BytesView, 2> two{a, b};
    EXPECT_EQ(to_hex(routing_key(two)), "0002010200000000");
    const Bytes big(65536);
    const std::array<BytesView, 2> too_big{a, big};
    EXPECT_NE(reason_of([&] { (void)routing_key(too_big); }), "");
}

}  // namespace
}  // namespace coodie::test
