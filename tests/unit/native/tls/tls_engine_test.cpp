// SPDX-License-Identifier: Apache-2.0
#include "unit/native/tls/tls_fixture.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>

namespace coodie::native {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::KeyAndCertificate;
using testing::TestAuthority;
using testing::TlsServer;
using State = TlsEngine::State;
using testing::bytes_of;
using testing::text_of;
using testing::TlsEngineTest;

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
    for (std::size_t cut = 0;; ++cut) {
        TlsServer server(own);
        const auto client = engine();
        Bytes out;
        ASSERT_FALSE(client->start(out));
        server.feed(out);
        // A byte shorter or longer from one handshake to the next: it has signatures in DER.
        const Bytes answer = server.take();
        if (cut >= answer.size()) break;
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

}  // namespace
}  // namespace coodie::native
