// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/url.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using coodie::Url;
using testing::HasSubstr;

Url parsed(std::string_view text) {
    auto result = Url::parse(text);
    if (const auto* error = std::get_if<coodie::Error>(&result)) {
        ADD_FAILURE() << error->message();
        return {};
    }
    return std::get<Url>(result);
}

std::string refusal(std::string_view text) {
    const auto result = Url::parse(text);
    const auto* error = std::get_if<coodie::Error>(&result);
    if (error == nullptr) return "(parsed)";
    EXPECT_EQ(error->kind(), coodie::ErrorKind::configuration);
    return error->message();
}

TEST(Url, ReadsEveryPart) {
    const Url url = parsed(
        "cassandra://ann:s%40cret@10.0.0.1,node-2.example:9043,[::1]:9044/catalog?local_dc=dc1&tls=true");
    EXPECT_EQ(url.scheme(), "cassandra");
    EXPECT_EQ(url.user(), "ann");
    EXPECT_EQ(url.password(), "s@cret");
    ASSERT_EQ(url.hosts().size(), 3U);
    EXPECT_EQ(url.hosts()[0].name, "10.0.0.1");
    EXPECT_EQ(url.hosts()[0].port, 0);
    EXPECT_EQ(url.hosts()[1].name, "node-2.example");
    EXPECT_EQ(url.hosts()[1].port, 9043);
    EXPECT_EQ(url.hosts()[2].name, "::1");
    EXPECT_EQ(url.hosts()[2].port, 9044);
    EXPECT_EQ(url.path(), "/catalog");
    ASSERT_NE(url.option("tls"), nullptr);
    EXPECT_EQ(*url.option("local_dc"), "dc1");
    EXPECT_EQ(*url.option("tls"), "true");
    EXPECT_EQ(url.option("TLS"), nullptr);
}

TEST(Url, ReadsFoldersAndNames) {
    EXPECT_EQ(parsed("embedded:///var/lib/my%20app").path(), "/var/lib/my app");
    EXPECT_TRUE(parsed("embedded:///var/lib").hosts().empty());
    EXPECT_EQ(parsed("embedded:relative/folder?sync=always").path(), "relative/folder");
    EXPECT_EQ(parsed("memory:").path(), "");
    EXPECT_EQ(parsed("memory:shared").path(), "shared");
    EXPECT_EQ(parsed("MEMORY:").scheme(), "memory");
    EXPECT_EQ(parsed("embedded:///daten/\xC3\xA4pfel").path(), "/daten/\xC3\xA4pfel");
}

TEST(Url, AnAtSignInThePathIsNoUser) {
    const Url url = parsed("embedded:///var/a@b");
    EXPECT_EQ(url.path(), "/var/a@b");
    EXPECT_EQ(url.user(), "");
}

TEST(Url, HidesThePassword) {
    EXPECT_EQ(parsed("cassandra://ann:secret@h/ks").display(), "cassandra://ann:***@h/ks");
    EXPECT_THAT(refusal("cassandra://ann:se/cret@h"), testing::Not(HasSubstr("cret")));
    EXPECT_THAT(refusal("cassandra://ann:sec ret@h"), testing::Not(HasSubstr("ret@")));
    EXPECT_THAT(refusal("cassandra://ann:se?cret@h"), testing::Not(HasSubstr("cret")));
    EXPECT_EQ(parsed("cassandra://h:9042/ks?owner=a@b").display(), "cassandra://h:9042/ks?owner=a@b");
}

TEST(Url, HidesCredentialsThatAreOptionsByMistake) {
    for (const std::string name : {"password", "PASSWORD", "pass", "pwd", "user", "username", "auth_token",
                                   "client_secret", "credentials", "p%61ssword"}) {
        EXPECT_EQ(parsed("cassandra://h/ks?tls=true&" + name + "=s3cret&a=b").display(),
                  "cassandra://h/ks?tls=true&" + name + "=***");
        EXPECT_THAT(refusal("cassandra://h/ks?" + name + "=s3cret&more"), testing::Not(HasSubstr("s3cret")));
    }
    EXPECT_THAT(refusal("memory:?password=s3&cret"), testing::Not(HasSubstr("s3&cret")));
    EXPECT_EQ(parsed("memory:?keyspace=a&sync=always").display(), "memory:?keyspace=a&sync=always");
}

TEST(Url, SaysWhereItIsWrong) {
    EXPECT_THAT(refusal(""), HasSubstr("empty"));
    EXPECT_THAT(refusal("memory"), HasSubstr("':' is missing after the scheme (at character 7)"));
    EXPECT_THAT(refusal("9p:"), HasSubstr("begin with a scheme"));
    EXPECT_THAT(refusal("mem_ory:"), HasSubstr("at character 4"));
    EXPECT_THAT(refusal("cassandra://h:0"), HasSubstr("1 to 65535 (at character 15)"));
    EXPECT_THAT(refusal("cassandra://h:65536"), HasSubstr("1 to 65535"));
    EXPECT_THAT(refusal("cassandra://h:"), HasSubstr("1 to 65535"));
    EXPECT_THAT(refusal("cassandra://h:9042x/ks"), HasSubstr("1 to 65535"));
    EXPECT_THAT(refusal("cassandra://a,,b"), HasSubstr("host name is missing (at character 15)"));
    EXPECT_THAT(refusal("cassandra://a,"), HasSubstr("missing after ','"));
    EXPECT_THAT(refusal("cassandra://user@"), HasSubstr("missing after '@'"));
    EXPECT_THAT(refusal("cassandra://:pw@h"), HasSubstr("user name is missing"));
    EXPECT_THAT(refusal("cassandra://h%41"), HasSubstr("no such character"));
    EXPECT_THAT(refusal("cassandra://[::1"), HasSubstr("']' is missing"));
    EXPECT_THAT(refusal("cassandra://[x]"), HasSubstr("no IPv6 address"));
    EXPECT_THAT(refusal("memory:a%2"),
                HasSubstr("two hexadecimal digits have to follow '%' (at character 9)"));
    EXPECT_THAT(refusal("memory:a%zz"), HasSubstr("hexadecimal"));
    EXPECT_THAT(refusal("memory:a%00"), HasSubstr("control character"));
    EXPECT_THAT(refusal("memory:a b"), HasSubstr("at character 9"));
    EXPECT_THAT(refusal("memory:a\x01"), HasSubstr("\\x01"));
    EXPECT_THAT(refusal("memory:a#b"), HasSubstr("%23"));
    EXPECT_THAT(refusal("memory:?sync"), HasSubstr("name=value"));
    EXPECT_THAT(refusal("memory:?"), HasSubstr("name=value"));
    EXPECT_THAT(refusal("memory:?=1"), HasSubstr("name is missing"));
    EXPECT_THAT(refusal("memory:?a=1&a=2"), HasSubstr("\"a\" comes twice (at character 13)"));
    EXPECT_THAT(refusal("memory:?a=1&&b=2"), HasSubstr("name=value"));
}

TEST(Url, SetOptionReplaces) {
    Url url = parsed("memory:?keyspace=a");
    url.set_option("keyspace", "b");
    url.set_option("sync", "always");
    EXPECT_EQ(*url.option("keyspace"), "b");
    EXPECT_EQ(url.options().size(), 2U);
}

}  // namespace
