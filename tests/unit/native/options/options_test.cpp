// SPDX-License-Identifier: Apache-2.0
#include "native/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Url url_of(std::string_view text) {
    auto url = Url::parse(text);
    if (const Error* error = std::get_if<Error>(&url)) ADD_FAILURE() << error->message();
    return std::get<Url>(url);
}

NativeOptions parse(std::string_view text) {
    auto options = NativeOptions::parse(url_of(text));
    if (const Error* error = std::get_if<Error>(&options)) {
        ADD_FAILURE() << error->message();
        return {};
    }
    return std::get<NativeOptions>(std::move(options));
}

std::string refusal(const Url& url) {
    const auto options = NativeOptions::parse(url);
    const Error* error = std::get_if<Error>(&options);
    if (error == nullptr) return "no error";
    EXPECT_EQ(error->kind(), ErrorKind::configuration);
    return error->message();
}
std::string refusal(std::string_view text) { return refusal(url_of(text)); }

TEST(NativeOptions, ReadsHostsKeyspaceAndCredentials) {
    const NativeOptions options = parse("cassandra://ann:s%40crit@h1,10.0.0.2:9043,[::1]/shop");
    ASSERT_EQ(options.contact_points.size(), 3U);
    EXPECT_EQ(options.contact_points[0].host, "h1");
    EXPECT_EQ(options.contact_points[0].port, 9042);
    EXPECT_EQ(options.contact_points[1].port, 9043);
    EXPECT_EQ(options.contact_points[2].host, "::1");
    EXPECT_EQ(options.keyspace, "shop");
    EXPECT_EQ(options.user, "ann");
    EXPECT_EQ(options.password, "s@crit");
    EXPECT_EQ(options.display, "cassandra://h1,10.0.0.2:9043,[::1]/shop");
    EXPECT_EQ(parse("scylla://h1").keyspace, "");
    EXPECT_EQ(parse("cassandra://h1/").keyspace, "");
}

TEST(NativeOptions, HasTheDefaultsOfItsTable) {
    const NativeOptions options = parse("cassandra://h1");
    EXPECT_EQ(options.port, 9042);
    EXPECT_FALSE(options.tls);
    EXPECT_EQ(options.compression, Compression::none);
    EXPECT_FALSE(options.protocol_version);
    EXPECT_FALSE(options.remote_datacenters);
    EXPECT_EQ(options.connections, 1U);
    EXPECT_EQ(options.in_flight, 16384U);
    EXPECT_FALSE(options.throw_on_overload);
    EXPECT_EQ(options.connect_timeout, 5s);
    EXPECT_EQ(options.request_timeout, 12s);
    EXPECT_EQ(options.heartbeat_interval, 30s);
    EXPECT_EQ(options.connect_wait, 0s);
    EXPECT_EQ(options.consistency, Consistency::local_one);
    EXPECT_EQ(options.serial_consistency, Consistency::serial);
    EXPECT_EQ(options.page_size, 5000);
    EXPECT_EQ(options.retry, RetryPolicy::standard);
    EXPECT_EQ(options.speculative_count, 0U);
    // Writing a default out changes nothing: the table tells the truth about it.
    for (const OptionDescription& row : describe_options()) {
        if (row.default_value.find(' ') != std::string_view::npos || row.default_value == "none") continue;
        const NativeOptions same =
            parse("cassandra://h1?" + std::string(row.name) + '=' + std::string(row.default_value));
        EXPECT_EQ(same.port, options.port);
        EXPECT_EQ(same.in_flight, options.in_flight);
        EXPECT_EQ(same.connections, options.connections);
        EXPECT_EQ(same.connect_timeout, options.connect_timeout);
        EXPECT_EQ(same.request_timeout, options.request_timeout);
        EXPECT_EQ(same.heartbeat_interval, options.heartbeat_interval);
        EXPECT_EQ(same.consistency, options.consistency);
        EXPECT_EQ(same.serial_consistency, options.serial_consistency);
        EXPECT_EQ(same.page_size, options.page_size);
        EXPECT_EQ(same.retry, options.retry);
        EXPECT_EQ(same.protocol_version, options.protocol_version);
    }
}

TEST(NativeOptions, ReadsEveryOption) {
    const NativeOptions options = parse(
        "cassandra://h1,h2:1/ks?port=9999&tls=true&ca=/etc/"
        "ca.pem&cert=c.pem&key=k.pem&verify=chain&compression=lz4&"
        "protocol_version=4&local_dc=dc%201&allow_remote=true&connections=2&in_flight=100&throw_on_overload="
        "true&connect_timeout=1s&"
        "request_timeout=500ms&heartbeat=2m&connect_wait=1h&consistency=LOCAL_QUORUM&serial_consistency="
        "local_serial&"
        "page_size=0&retry=never&speculative_delay=50ms&speculative_count=2");
    EXPECT_EQ(options.contact_points[0].port, 9999);
    EXPECT_EQ(options.contact_points[1].port, 1);
    EXPECT_EQ(options.port, 9999);
    ASSERT_TRUE(options.tls);
    EXPECT_EQ(options.tls->ca_file, "/etc/ca.pem");
    EXPECT_EQ(options.tls->certificate_file, "c.pem");
    EXPECT_EQ(options.tls->key_file, "k.pem");
    EXPECT_EQ(options.tls->verify, TlsVerify::chain);
    EXPECT_EQ(options.compression, Compression::lz4);
    EXPECT_EQ(options.protocol_version, ProtocolVersion::v4);
    EXPECT_EQ(options.local_datacenter, "dc 1");
    EXPECT_TRUE(options.remote_datacenters);
    EXPECT_EQ(options.connections, 2U);
    EXPECT_EQ(options.in_flight, 100U);
    EXPECT_TRUE(options.throw_on_overload);
    EXPECT_EQ(options.connect_timeout, 1s);
    EXPECT_EQ(options.request_timeout, 500ms);
    EXPECT_EQ(options.heartbeat_interval, 2min);
    EXPECT_EQ(options.connect_wait, 1h);
    EXPECT_EQ(options.consistency, Consistency::local_quorum);
    EXPECT_EQ(options.serial_consistency, Consistency::local_serial);
    EXPECT_EQ(options.page_size, 0);
    EXPECT_EQ(options.retry, RetryPolicy::never);
    EXPECT_EQ(options.speculative_delay, 50ms);
    EXPECT_EQ(options.speculative_count, 2U);
}

TEST(NativeOptions, OptionsAboutTlsSwitchItOn) {
    EXPECT_EQ(parse("cassandra://h?tls=true").tls->verify, TlsVerify::full);
    EXPECT_EQ(parse("cassandra://h?ca=x").tls->ca_file, "x");
    EXPECT_EQ(parse("cassandra://h?verify=false").tls->verify, TlsVerify::none);
    EXPECT_EQ(parse("cassandra://h?ca=x&tls=true").tls->ca_file, "x");
    EXPECT_FALSE(parse("cassandra://h?tls=false").tls);
    EXPECT_THAT(refusal("cassandra://h?ca=x&tls=false"), AllOf(HasSubstr("ca"), HasSubstr("tls=false")));
    EXPECT_THAT(refusal("cassandra://h?tls=false&verify=true"), HasSubstr("verify"));
}

TEST(NativeOptions, PairsGoTogether) {
    for (const char* half : {"cert=x", "key=x"})
        EXPECT_THAT(refusal("cassandra://h?" + std::string(half)), HasSubstr("cert and key go together"));
    for (const char* half : {"speculative_delay=5ms", "speculative_count=1"})
        EXPECT_THAT(refusal("cassandra://h?" + std::string(half)), HasSubstr("go together"));
    EXPECT_EQ(parse("cassandra://h?speculative_count=0").speculative_count, 0U);
}

TEST(NativeOptions, RefusesValuesAndSaysWhatItTakes) {
    for (const char* bad : {"port=0",
                            "port=65536",
                            "port=-1",
                            "port=",
                            "port=90x",
                            "tls=yes",
                            "ca=",
                            "verify=maybe",
                            "compression=snappy",
                            "protocol_version=3",
                            "protocol_version=45",
                            "local_dc=",
                            "allow_remote=1",
                            "connections=0",
                            "connections=65",
                            "in_flight=0",
                            "in_flight=32769",
                            "connect_timeout=0",
                            "connect_timeout=5",
                            "connect_timeout=5 s",
                            "connect_timeout=-5s",
                            "connect_timeout=1.5s",
                            "connect_timeout=25h",
                            "connect_timeout=99999999999s",
                            "request_timeout=0ms",
                            "heartbeat=s",
                            "connect_wait=1d",
                            "consistency=serial",
                            "consistency=most",
                            "serial_consistency=quorum",
                            "page_size=-1",
                            "page_size=1000001",
                            "retry=always",
                            "speculative_delay=0",
                            "speculative_count=11"}) {
        const std::string name = std::string(bad).substr(0, std::string(bad).find('='));
        std::string written(bad);
        for (std::size_t at; (at = written.find(' ')) != std::string::npos;) written.replace(at, 1, "%20");
        EXPECT_THAT(refusal("cassandra://h?" + written),
                    AllOf(HasSubstr("option " + name + " takes"), HasSubstr("not \"")))
            << bad;
    }
    EXPECT_THAT(refusal("cassandra://h?request_timeout=5"), HasSubstr("a duration such as 500ms, 2s"));
}

TEST(NativeOptions, NamesAnUnknownOptionAndTheNearestOnes) {
    EXPECT_THAT(refusal("cassandra://h:9/ks?conect_timeout=5s"),
                AllOf(HasSubstr("cassandra://h:9/ks"), HasSubstr("\"conect_timeout\""),
                      HasSubstr("most similar first: connect_timeout, ")));
    EXPECT_THAT(refusal("cassandra://h?Local_DC=x"), HasSubstr("first: local_dc, "));
    EXPECT_THAT(refusal("cassandra://h?prot=1"), HasSubstr("first: port, "));
    const std::string text = refusal("cassandra://h?zzzzzzzzzzzz=1");
    for (const OptionDescription& option : describe_options())
        EXPECT_THAT(text, HasSubstr(std::string(option.name)));
}

TEST(NativeOptions, SaysWhereCredentialsAndKeyspaceGo) {
    EXPECT_THAT(refusal("cassandra://h?username=ann"), HasSubstr("user:password@host"));
    EXPECT_THAT(refusal("cassandra://h?keyspace=ks"), HasSubstr("cassandra://host/keyspace"));
    EXPECT_THAT(refusal("cassandra://h?hosts=a"), HasSubstr("before the path"));
}

TEST(NativeOptions, NoMessageHasAPassword) {
    for (const char* text :
         {"cassandra://ann:topsecret@h?nonsense=1", "cassandra://ann:topsecret@h?port=x",
          "cassandra://ann:topsecret@h/a/b", "cassandra://ann:topsecret@/ks?port=1",
          "cassandra://h?password=topsecret", "cassandra://h?pass=topsecret",
          "cassandra://h?password=topsecret&port=x", "cassandra://h?port=x&password=topsecret"}) {
        const auto url = Url::parse(text);
        const std::string message =
            std::holds_alternative<Error>(url) ? std::get<Error>(url).message() : refusal(std::get<Url>(url));
        EXPECT_NE(message, "no error") << text;
        EXPECT_THAT(message, Not(HasSubstr("topsecret"))) << text;
    }
    EXPECT_THAT(parse("cassandra://ann:topsecret@h").display, Not(HasSubstr("topsecret")));
}

TEST(NativeOptions, WantsAHost) {
    EXPECT_THAT(refusal("cassandra:///ks"), AllOf(HasSubstr("no host"), HasSubstr("cassandra:///ks")));
    EXPECT_THAT(refusal("cassandra:ks"), HasSubstr("no host"));
}

TEST(NativeOptions, WantsAKeyspaceName) {
    for (const char* path : {"a/b", "ks/", "k%20s", "ks%22;", "k-s", "%C3%A4"})
        EXPECT_THAT(refusal("cassandra://h/" + std::string(path)), HasSubstr("no keyspace")) << path;
    EXPECT_THAT(refusal("cassandra://h/" + std::string(49, 'k')), HasSubstr("48"));
    EXPECT_EQ(parse("cassandra://h/" + std::string(48, 'K')).keyspace, std::string(48, 'K'));
}

TEST(NativeOptions, RefusesCredentialsThatPlainCannotCarry) {
    Url url = url_of("cassandra://h");
    url.set_credentials("", "topsecret");
    EXPECT_THAT(refusal(url), AllOf(HasSubstr("without a user"), Not(HasSubstr("topsecret"))));
    url.set_credentials("ann", std::string_view("top\0secret", 10));
    EXPECT_THAT(refusal(url), AllOf(HasSubstr("NUL"), Not(HasSubstr("secret"))));
    url.set_credentials(std::string_view("a\0b", 3), "x");
    EXPECT_THAT(refusal(url), HasSubstr("NUL"));
    url.set_credentials("ann", "");
    EXPECT_EQ(refusal(url), "no error");
}

// As init_coodie's struct options arrive (src/driver/init.cpp): as parts of a URL.
TEST(NativeOptions, TakesWhatStructOptionsBecome) {
    Url url = url_of("cassandra://h1:9043,[::1]:9043");
    url.set_path("/shop");
    url.set_credentials("ann", "topsecret");
    url.set_option("local_dc", "dc1");
    url.set_option("tls", "true");
    const auto made = NativeOptions::parse(url);
    ASSERT_TRUE(std::holds_alternative<NativeOptions>(made));
    const auto& options = std::get<NativeOptions>(made);
    EXPECT_EQ(options.keyspace, "shop");
    EXPECT_EQ(options.local_datacenter, "dc1");
    EXPECT_TRUE(options.tls);
    EXPECT_EQ(options.password, "topsecret");
    EXPECT_EQ(options.display, "cassandra://h1:9043,[::1]:9043/shop");
}

}  // namespace
}  // namespace coodie::native
