// SPDX-License-Identifier: Apache-2.0
// What the client checks of a server before it sends anything.
#include "unit/native/tls/tls_fixture.hpp"

#include <gmock/gmock.h>

#include <string>

namespace coodie::native {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::TestAuthority;
using testing::TlsServer;
using State = TlsEngine::State;
using testing::bytes_of;
using testing::TlsEngineTest;

TEST_F(TlsEngineTest, SendsNothingBeforeThePeerIsVerified) {
    const auto client = engine();
    const auto before = client->write(bytes_of("secret"), out_);
    ASSERT_TRUE(before);
    EXPECT_TRUE(out_.empty());
    ASSERT_FALSE(client->start(out_));
    const std::size_t hello = out_.size();
    EXPECT_TRUE(client->write(bytes_of("secret"), out_));
    EXPECT_EQ(out_.size(), hello);
    EXPECT_EQ(client->state(), State::handshake) << "writing too early breaks nothing";
}

TEST_F(TlsEngineTest, VerifiesAddresses) {
    for (const char* host : {"10.0.0.1", "2001:db8::1", "2001:db8::1%eth0"}) {
        TlsServer server(authority_.issue({.alternative_names = "IP:10.0.0.1,IP:2001:db8::1"}));
        const auto client = engine(host);
        EXPECT_FALSE(connect(*client, server)) << host;
        EXPECT_TRUE(client->established()) << host;
        EXPECT_EQ(server.server_name(), "") << "no SNI for addresses";
    }
    EXPECT_THAT(refusal({.alternative_names = "IP:10.0.0.1,IP:2001:db8::1"}, "10.0.0.2"),
                HasSubstr("it names 10.0.0.1, 2001:db8::1, not 10.0.0.2"));
}

TEST_F(TlsEngineTest, AnAddressAsDnsNameIsNoAddress) {
    EXPECT_THAT(refusal({.alternative_names = "DNS:10.0.0.1"}, "10.0.0.1"), HasSubstr("another name"));
}

TEST_F(TlsEngineTest, VerifiesNames) {
    const auto accepts = [this](const std::string& names, const std::string& host) {
        TlsServer server(authority_.issue({.alternative_names = names}));
        const auto client = engine(host);
        return !connect(*client, server) && client->established();
    };
    EXPECT_TRUE(accepts("DNS:db.example", "DB.Example"));
    EXPECT_TRUE(accepts("DNS:db.example", "db.example."));
    EXPECT_TRUE(accepts("DNS:*.db.example", "n1.db.example"));
    EXPECT_FALSE(accepts("DNS:*.db.example", "n1.eu.db.example"));
    EXPECT_FALSE(accepts("DNS:n*.db.example", "n1.db.example"));
    EXPECT_FALSE(accepts("DNS:db.example", "example"));
}

TEST_F(TlsEngineTest, ACertificateForAnotherNameSaysWhichNamesItHas) {
    EXPECT_THAT(refusal({.alternative_names = "DNS:a.example,DNS:b.example"}),
                AllOf(HasSubstr("db.example:9042"), HasSubstr("another name"),
                      HasSubstr("a.example, b.example, not db.example"), HasSubstr("verify=chain")));
    EXPECT_THAT(refusal({.common_name = "only common", .alternative_names = ""}), HasSubstr("only common"));
    std::string many = "DNS:n0";
    for (int i = 1; i < 50; ++i) many += ",DNS:n" + std::to_string(i);
    EXPECT_THAT(refusal({.alternative_names = many}), AllOf(HasSubstr("n7, ..."), Not(HasSubstr("n8"))));
}

TEST_F(TlsEngineTest, TextsOfCertificatesAreMadePrintable) {
    const std::string text = refusal({.common_name = "evil\n\x1b[31mlog line", .alternative_names = ""});
    EXPECT_EQ(
        std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
        0);
}

TEST_F(TlsEngineTest, AnExpiredCertificateSaysSinceWhen) {
    EXPECT_THAT(refusal({.common_name = "old", .from = -7200, .until = -3600}),
                AllOf(HasSubstr("db.example:9042"), HasSubstr("CN = old"), HasSubstr("expired on 20"),
                      HasSubstr("UTC")));
}

TEST_F(TlsEngineTest, ACertificateOfTheFutureSaysFromWhen) {
    EXPECT_THAT(refusal({.from = 3600, .until = 7200}),
                AllOf(HasSubstr("valid from 20"), HasSubstr("clock")));
}

TEST_F(TlsEngineTest, AnotherAuthorityIsUnknown) {
    const TestAuthority other("the other CA");
    TlsServer server(other.issue({}));
    EXPECT_THAT(refusal(*engine(), server),
                AllOf(HasSubstr("the other CA"), HasSubstr("not among the CAs of"), HasSubstr("ca.pem"),
                      HasSubstr("option ca")));
}

TEST_F(TlsEngineTest, AnotherAuthorityOfTheSameNameIsNoBetter) {
    const TestAuthority twin;
    TlsServer server(twin.issue({}));
    EXPECT_THAT(refusal(*engine(), server), AllOf(HasSubstr("db.example:9042"), HasSubstr("CA")));
}

TEST_F(TlsEngineTest, TheSystemsAuthoritiesDoNotKnowOurs) {
    options_.ca_file.clear();
    EXPECT_THAT(refusal({}), HasSubstr("not among the system's CAs"));
}

TEST_F(TlsEngineTest, VerifyChainAcceptsAnyNameButNoOtherAuthority) {
    options_.verify = TlsVerify::chain;
    TlsServer any_name(authority_.issue({.alternative_names = "DNS:other.example"}));
    const auto client = engine();
    EXPECT_FALSE(connect(*client, any_name));
    EXPECT_TRUE(client->established());
    out_.clear();
    EXPECT_THAT(refusal({.from = -7200, .until = -3600}), HasSubstr("expired"));
    const TestAuthority other("the other CA");
    TlsServer stranger(other.issue({}));
    EXPECT_THAT(refusal(*engine(), stranger), HasSubstr("the other CA"));
}

TEST_F(TlsEngineTest, VerifyNoneAcceptsAnything) {
    options_.verify = TlsVerify::none;
    TlsServer server(TestAuthority("the other CA").issue({.from = -7200, .until = -3600}));
    const auto client = engine();
    EXPECT_FALSE(connect(*client, server));
    EXPECT_TRUE(client->established());
}

TEST_F(TlsEngineTest, MutualTls) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const TestAuthority clients("client CA");
        const auto own = clients.issue({.common_name = "client"});
        TlsServer server(authority_.issue({}), clients.certificate(), version);
        options_.certificate_file = folder_.write("cert.pem", own.certificate.get());
        options_.key_file = folder_.write("key.pem", own.key.get());
        const auto client = engine();
        ASSERT_FALSE(connect(*client, server));
        ASSERT_FALSE(client->write(bytes_of("request"), out_));
        server.feed(out_);
        EXPECT_EQ(server.received(), "request");
    }
}

TEST_F(TlsEngineTest, AServerThatWantsAClientCertificateSaysSo) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsServer server(authority_.issue({}), authority_.certificate(), version);
        const auto client = engine();
        EXPECT_THAT(refusal(*client, server),
                    AllOf(HasSubstr("db.example:9042"), HasSubstr("requires a client certificate"),
                          HasSubstr("cert and key")));
    }
}

TEST_F(TlsEngineTest, AClientCertificateOfAnotherAuthorityIsNotAccepted) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto own = TestAuthority("the other CA").issue({.common_name = "client"});
        TlsServer server(authority_.issue({}), authority_.certificate(), version);
        options_.certificate_file = folder_.write("cert.pem", own.certificate.get());
        options_.key_file = folder_.write("key.pem", own.key.get());
        const auto client = engine();
        EXPECT_THAT(refusal(*client, server), AllOf(HasSubstr("does not accept the client certificate"),
                                                    HasSubstr("cert.pem"), Not(HasSubstr("key.pem"))));
    }
}

TEST_F(TlsEngineTest, AnOldServerHasNoVersionInCommon) {
    TlsServer server(authority_.issue({}), nullptr, TLS1_1_VERSION);
    EXPECT_THAT(refusal(*engine(), server), HasSubstr("TLS 1.2"));
}

TEST_F(TlsEngineTest, RefusesAHostThatNothingCanBeVerifiedFor) {
    const auto context = std::get<0>(TlsContext::create(options_));
    for (const std::string& host : {std::string(), std::string("."), std::string("db.example\0.evil", 16)}) {
        const auto made = TlsEngine::create(context, {host, 9042});
        EXPECT_TRUE(std::holds_alternative<Error>(made));
    }
}

}  // namespace
}  // namespace coodie::native
