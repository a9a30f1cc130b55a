// SPDX-License-Identifier: Apache-2.0
#include "native/tls/tls_engine.hpp"

#include "unit/native/tls/test_authority.hpp"
#include "unit/native/tls/tls_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>

namespace coodie::native {
namespace {

using ::testing::AllOf;
using testing::CertificateRequest;
using ::testing::HasSubstr;
using testing::KeyAndCertificate;
using ::testing::Not;
using testing::PemFolder;
using testing::TestAuthority;
using testing::TlsServer;
using State = TlsEngine::State;

BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
std::string text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class TlsEngineTest : public ::testing::Test {
protected:
    TlsEngineTest() { options_.ca_file = folder_.write("ca.pem", authority_.certificate()); }

    std::unique_ptr<TlsEngine> engine(const std::string& host = "db.example") {
        auto context = TlsContext::create(options_);
        if (const Error* error = std::get_if<Error>(&context)) ADD_FAILURE() << error->message();
        auto made = TlsEngine::create(std::get<0>(context), {host, 9042});
        if (const Error* error = std::get_if<Error>(&made)) ADD_FAILURE() << error->message();
        return std::get<0>(std::move(made));
    }

    // Carries bytes to and fro, `piece` at a time, until nobody has more to say or the client fails.
    std::optional<Error> pump(TlsEngine& client, TlsServer& server, std::size_t piece = SIZE_MAX) {
        for (int round = 0; round < 20; ++round) {
            server.feed(out_);
            out_.clear();
            const Bytes answer = server.take();
            if (answer.empty()) return std::nullopt;
            for (std::size_t at = 0; at < answer.size();) {
                const std::size_t count = std::min(piece, answer.size() - at);
                if (auto error = client.feed(BytesView(answer).subspan(at, count), plain_, out_)) {
                    server.feed(out_);
                    return error;
                }
                at += count;
            }
        }
        return std::nullopt;
    }

    std::optional<Error> connect(TlsEngine& client, TlsServer& server, std::size_t piece = SIZE_MAX) {
        out_.clear();
        if (auto error = client.start(out_)) return error;
        return pump(client, server, piece);
    }

    // The message of a handshake that has to fail.
    std::string refusal(TlsEngine& client, TlsServer& server) {
        const std::optional<Error> error = connect(client, server);
        if (!error) return "no error";
        EXPECT_EQ(error->kind(), ErrorKind::connection);
        EXPECT_EQ(client.state(), State::failed);
        EXPECT_EQ(server.received(), "") << "nothing is sent to a peer that is not verified";
        return error->message();
    }
    std::string refusal(const CertificateRequest& request, const std::string& host = "db.example") {
        TlsServer server(authority_.issue(request));
        const auto client = engine(host);
        return refusal(*client, server);
    }

    PemFolder folder_;
    TestAuthority authority_;
    TlsOptions options_;
    Bytes out_;
    Bytes plain_;
};

TEST_F(TlsEngineTest, CarriesBytesBothWaysInBothVersions) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsServer server(authority_.issue({}), nullptr, version);
        const auto client = engine();
        EXPECT_EQ(client->protocol(), "");
        ASSERT_FALSE(connect(*client, server));
        EXPECT_TRUE(client->established());
        EXPECT_EQ(client->protocol(), version == TLS1_3_VERSION ? "TLSv1.3" : "TLSv1.2");
        EXPECT_EQ(server.server_name(), "db.example");
        ASSERT_FALSE(client->write(bytes_of("request"), out_));
        server.feed(out_);
        EXPECT_EQ(server.received(), "request");
        out_.clear();
        plain_.clear();
        server.write("answer");
        ASSERT_FALSE(pump(*client, server));
        EXPECT_EQ(text_of(plain_), "answer");
    }
}

TEST_F(TlsEngineTest, TakesOneByteAtATime) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        TlsServer server(authority_.issue({}), nullptr, version);
        const auto client = engine();
        ASSERT_FALSE(connect(*client, server, 1));
        ASSERT_TRUE(client->established());
        plain_.clear();
        server.write("answer");
        server.write(" in two records");
        ASSERT_FALSE(pump(*client, server, 1));
        EXPECT_EQ(text_of(plain_), "answer in two records");
    }
}

TEST_F(TlsEngineTest, CarriesMoreThanOneRecord) {
    TlsServer server(authority_.issue({}));
    const auto client = engine();
    ASSERT_FALSE(connect(*client, server));
    std::string large(300'000, 'x');
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<char>('a' + i % 23);
    ASSERT_FALSE(client->write(bytes_of(large), out_));
    server.feed(out_);
    out_.clear();
    EXPECT_EQ(server.received(), large);
    plain_.clear();
    server.write(large);
    ASSERT_FALSE(pump(*client, server, 1000));
    EXPECT_EQ(text_of(plain_), large);
}

TEST_F(TlsEngineTest, ReadsIntoABufferOfTheCallers) {
    TlsServer server(authority_.issue({}));
    const auto client = engine();
    ASSERT_FALSE(connect(*client, server));
    server.write("answer");
    server.write(" and more");
    const Bytes cipher = server.take();
    client->offer(cipher);
    std::string got;
    std::array<std::byte, 4> buffer{};
    while (true) {
        const auto count = client->read(buffer, out_);
        ASSERT_TRUE(std::holds_alternative<std::size_t>(count));
        if (std::get<std::size_t>(count) == 0) break;
        got.append(reinterpret_cast<const char*>(buffer.data()), std::get<std::size_t>(count));
    }
    EXPECT_EQ(got, "answer and more");
}

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

TEST_F(TlsEngineTest, APortWithoutTlsSaysSo) {
    // What Cassandra answers to a ClientHello: an ERROR frame of protocol version 5 about a wrong version.
    const std::string frame("\x85\0\0\0\0\0\0\0\x10\0\0\0\x0a\0\x0ano version", 25);
    for (const std::string& answer : {frame, std::string("HTTP/1.1 400 Bad Request\r\n\r\n")}) {
        const auto client = engine();
        ASSERT_FALSE(client->start(out_));
        const auto error = client->feed(bytes_of(answer), plain_, out_);
        ASSERT_TRUE(error);
        EXPECT_THAT(error->message(),
                    AllOf(HasSubstr("db.example:9042"), HasSubstr("does not answer with TLS")));
    }
}

TEST_F(TlsEngineTest, AFailureStays) {
    const TestAuthority other("the other CA");
    TlsServer server(other.issue({}));
    const auto client = engine();
    const std::string first = refusal(*client, server);
    EXPECT_EQ(client->feed(bytes_of("x"), plain_, out_)->message(), first);
    EXPECT_EQ(client->write(bytes_of("x"), out_)->message(), first);
    EXPECT_EQ(client->start(out_)->message(), first);
    EXPECT_EQ(client->end_of_stream()->message(), first);
    client->close(out_);
    EXPECT_EQ(client->state(), State::failed);
}

TEST_F(TlsEngineTest, TheServersCloseNotifyEndsTheStream) {
    TlsServer server(authority_.issue({}));
    const auto client = engine();
    ASSERT_FALSE(connect(*client, server));
    server.write("last words");
    server.close();
    Bytes cipher = server.take();
    cipher.push_back(std::byte{0xFF});  // whatever follows is nobody's
    plain_.clear();
    ASSERT_FALSE(client->feed(cipher, plain_, out_));
    EXPECT_EQ(text_of(plain_), "last words");
    EXPECT_EQ(client->state(), State::closed);
    EXPECT_FALSE(client->end_of_stream());
    EXPECT_TRUE(client->write(bytes_of("x"), out_));
    ASSERT_FALSE(client->feed(bytes_of("junk"), plain_, out_));
    client->close(out_);
    server.feed(out_);
    EXPECT_TRUE(server.client_closed());
}

TEST_F(TlsEngineTest, CloseTellsTheServer) {
    TlsServer server(authority_.issue({}));
    const auto client = engine();
    ASSERT_FALSE(connect(*client, server));
    client->close(out_);
    EXPECT_EQ(client->state(), State::closed);
    server.feed(out_);
    EXPECT_TRUE(server.client_closed());
    out_.clear();
    client->close(out_);
    EXPECT_TRUE(out_.empty()) << "once";
    EXPECT_FALSE(client->end_of_stream());
}

TEST_F(TlsEngineTest, CloseDuringTheHandshakeSendsNothing) {
    const auto client = engine();
    ASSERT_FALSE(client->start(out_));
    out_.clear();
    client->close(out_);
    EXPECT_TRUE(out_.empty());
    EXPECT_EQ(client->state(), State::closed);
}

TEST_F(TlsEngineTest, AnEndWithoutCloseNotifyIsATruncation) {
    TlsServer server(authority_.issue({}));
    const auto client = engine();
    ASSERT_FALSE(connect(*client, server));
    server.write("half");
    const Bytes cipher = server.take();
    plain_.clear();
    ASSERT_FALSE(client->feed(BytesView(cipher).first(cipher.size() - 1), plain_, out_));
    EXPECT_TRUE(plain_.empty());
    const auto error = client->end_of_stream();
    ASSERT_TRUE(error);
    EXPECT_THAT(error->message(), AllOf(HasSubstr("db.example:9042"), HasSubstr("cut off")));
}

TEST_F(TlsEngineTest, AnEndAtEveryByteOfTheHandshakeIsAnError) {
    const KeyAndCertificate own = authority_.issue({});
    std::size_t total = 1;
    for (std::size_t cut = 0; cut < total; ++cut) {
        TlsServer server(own);
        const auto client = engine();
        Bytes out;
        ASSERT_FALSE(client->start(out));
        server.feed(out);
        const Bytes answer = server.take();
        total = answer.size();
        ASSERT_FALSE(client->feed(BytesView(answer).first(cut), plain_, out));
        const auto error = client->end_of_stream();
        ASSERT_TRUE(error) << cut;
        EXPECT_THAT(error->message(), HasSubstr("db.example:9042"));
    }
}

TEST_F(TlsEngineTest, AChangedBitIsNoticed) {
    TlsServer server(authority_.issue({}));
    const auto client = engine();
    ASSERT_FALSE(connect(*client, server));
    server.write("answer");
    Bytes cipher = server.take();
    cipher.back() ^= std::byte{1};
    plain_.clear();
    const auto error = client->feed(cipher, plain_, out_);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::connection);
    EXPECT_TRUE(plain_.empty());
    EXPECT_FALSE(out_.empty()) << "an alert tells the server";
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
