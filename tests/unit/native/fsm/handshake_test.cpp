// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/handshake.hpp"

#include "native/protocol/wire_reader.hpp"
#include "unit/native/fsm/frame_feed.hpp"
#include "unit/native/fsm/handshake_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace coodie::native::test {
namespace {

using Step = Handshake::Step;
using testing::HasSubstr;

class HandshakePaths : public testing::TestWithParam<Path> {};
INSTANTIATE_TEST_SUITE_P(All, HandshakePaths, testing::ValuesIn(all_paths()),
                         [](const auto& path) { return path.param.name(); });

TEST_P(HandshakePaths, SendsWhatEachStepNeedsAndIsDone) {
    const Path& path = GetParam();
    Talk talk(path);
    talk.advance(path, 0);
    EXPECT_EQ(talk.sent().opcode, Opcode::options);
    EXPECT_EQ(talk.sent().version, static_cast<std::uint8_t>(path.version));
    EXPECT_TRUE(talk.sent().body.empty());
    std::vector<Opcode> requests;
    for (const Answer& answer : path.answers()) {
        const bool before_startup_was_answered = talk.sent().opcode == Opcode::options;
        requests.push_back(talk.sent().opcode);
        const Step step = talk.on(answer);
        ASSERT_NE(step, Step::failed) << talk.message();
        EXPECT_EQ(talk.handshake.started(), !before_startup_was_answered);
        EXPECT_EQ(talk.handshake.framing(), !before_startup_was_answered && path.version == v5);
        if (step == Step::done) break;
        ASSERT_EQ(step, Step::send);
        const Sent sent = talk.sent();
        EXPECT_EQ(sent.version, static_cast<std::uint8_t>(path.version));
        EXPECT_EQ(sent.flags, 0);
        EXPECT_EQ(sent.stream, 0);
        EXPECT_EQ(talk.handshake.secret(), sent.opcode == Opcode::auth_response);
    }
    EXPECT_TRUE(talk.out.empty());
    std::vector<Opcode> expected{Opcode::options, Opcode::startup};
    if (path.authentication) expected.push_back(Opcode::auth_response);
    if (path.keyspace) expected.push_back(Opcode::query);
    EXPECT_EQ(requests, expected);
    EXPECT_EQ(talk.handshake.version(), path.version);
    EXPECT_EQ(talk.handshake.compression(), path.compression);
    EXPECT_TRUE(talk.handshake.supported().offers("CQL_VERSION", "3.4.7"));
    EXPECT_EQ(talk.on(ready()), Step::failed);  // nothing more is expected
}

TEST(Handshake, StartupNamesTheDriverAndItsWishes) {
    Path path{.compression = lz4};
    Handshake::Settings settings = path.settings();
    settings.throw_on_overload = true;
    Talk talk(settings);
    ASSERT_EQ(talk.on(supported()), Step::send);
    auto options = startup_options(talk.sent());
    EXPECT_FALSE(options["DRIVER_VERSION"].empty());
    options.erase("DRIVER_VERSION");
    EXPECT_EQ(options, (std::map<std::string, std::string>{{"CQL_VERSION", "3.0.0"},
                                                           {"COMPRESSION", "lz4"},
                                                           {"DRIVER_NAME", "coodie"},
                                                           {"THROW_ON_OVERLOAD", "1"}}));
    Talk plain(Path{});
    ASSERT_EQ(plain.on(supported()), Step::send);
    EXPECT_FALSE(startup_options(plain.sent()).contains("COMPRESSION"));
    EXPECT_FALSE(startup_options(plain.sent()).contains("THROW_ON_OVERLOAD"));
}

TEST(Handshake, AuthenticatesWithSaslPlain) {
    const Path path{.authentication = true};
    Talk talk(path);
    talk.advance(path, 2);
    WireReader reader(talk.out);
    reader.take(envelope_header_size);
    const auto token = reader.read_bytes();
    ASSERT_TRUE(token);
    using namespace std::string_literals;
    const std::string expected = "\0bob\0s3cret-pass"s;
    EXPECT_TRUE(std::ranges::equal(*token, std::as_bytes(std::span(expected))));
    // A server may ask for it, but not for more.
    const Bytes first = talk.out;
    EXPECT_EQ(talk.on(challenge()), Step::send);
    EXPECT_EQ(talk.out, first);
    EXPECT_EQ(talk.on(challenge()), Step::failed);
    EXPECT_THAT(talk.message(), HasSubstr("SASL PLAIN"));
    EXPECT_TRUE(talk.handshake.permanent());
}

TEST(Handshake, QuotesTheKeyspace) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"shop", R"(USE "shop")"}, {"Shop", R"(USE "Shop")"}, {R"(a"b; DROP)", R"(USE "a""b; DROP")"}};
    for (const auto& [name, statement] : cases) {
        Handshake::Settings settings = Path{}.settings();
        settings.keyspace = name;
        Talk talk(settings);
        ASSERT_EQ(talk.on(supported()), Step::send);
        ASSERT_EQ(talk.on(ready()), Step::send);
        EXPECT_EQ(query_text(talk.sent()), statement);
        EXPECT_EQ(talk.on(set_keyspace(name)), Step::done);
    }
}

TEST(Handshake, OffersVersionFiveThenFour) {
    for (const auto& [code, text] : std::vector<std::pair<std::int32_t, std::string>>{
             {0x000A,
              "Invalid or unsupported protocol version (5); the lowest supported version is 3 and the "
              "greatest is 4"},
             {0x000A, "anything"},
             {0x0000, "io.netty: ProtocolException: Invalid or unsupported protocol version: 5"},
             {0x0000, "Beta version of the protocol used (5/v5-beta), but USE_BETA flag is unset"}}) {
        for (const std::uint8_t version : std::initializer_list<std::uint8_t>{3, 4, 5, 6}) {
            Talk talk(Path{});
            EXPECT_EQ(talk.sent().version, 5);
            Answer refusal = error(code, text);
            refusal.version = version;
            ASSERT_EQ(talk.on(refusal), Step::lower_version) << text;
            EXPECT_TRUE(talk.out.empty());
            EXPECT_EQ(talk.handshake.next_version(), v4);
            talk.handshake.begin(talk.out);
            EXPECT_EQ(talk.sent().version, 4);
            EXPECT_EQ(talk.handshake.version(), v4);
            EXPECT_EQ(talk.on(supported()), Step::send);
            EXPECT_EQ(talk.on(ready()), Step::done);
        }
    }
}

TEST(Handshake, LowersTheVersionWhenStartupIsRefusedForIt) {
    Talk talk(Path{});
    ASSERT_EQ(talk.on(supported()), Step::send);
    EXPECT_EQ(talk.on(error(0x000A, "Invalid or unsupported protocol version (5)")), Step::lower_version);
    talk.handshake.begin(talk.out);
    EXPECT_EQ(talk.on(supported()), Step::send);
    EXPECT_EQ(talk.on(error(0x000A, "Unknown compression algorithm")), Step::failed);
    EXPECT_THAT(talk.message(), HasSubstr("STARTUP with error 0x000A: Unknown compression"));
}

TEST(Handshake, LowersTheVersionOfAServerThatAnswersInALowerOne) {
    Talk talk(Path{});
    Answer answer = supported();
    answer.version = 4;
    EXPECT_EQ(talk.on(answer), Step::lower_version);
}

TEST(Handshake, SaysWhatAServerOffersThatSpeaksNeitherVersion) {
    Talk talk(Path{});
    Answer refusal =
        error(0x000A, "Invalid or unsupported protocol version (5); supported versions are (3/v3)");
    refusal.version = 3;
    ASSERT_EQ(talk.on(refusal), Step::lower_version);
    talk.handshake.begin(talk.out);
    ASSERT_EQ(talk.on(refusal), Step::failed);
    EXPECT_EQ(talk.handshake.error().kind(), ErrorKind::connection);
    EXPECT_THAT(talk.message(), HasSubstr(std::string(peer)));
    EXPECT_THAT(talk.message(), HasSubstr("supported versions are (3/v3)"));
    EXPECT_THAT(talk.message(), HasSubstr("answered in version 3"));
    EXPECT_TRUE(talk.handshake.permanent());
}

TEST(Handshake, DoesNotLowerAVersionThatWasAskedFor) {
    for (const ProtocolVersion version : {v4, v5}) {
        Handshake::Settings settings = Path{}.settings();
        settings.version = version;
        Talk talk(settings);
        EXPECT_EQ(talk.sent().version, static_cast<std::uint8_t>(version));
        EXPECT_EQ(talk.on(error(0x000A, "Invalid or unsupported protocol version")), Step::failed);
        EXPECT_THAT(talk.message(),
                    HasSubstr("does not speak version " + std::to_string(static_cast<int>(version))));
    }
}

/// The bytes of a whole conversation through a FrameReader, one at a time.
TEST_P(HandshakePaths, TalksInTheBytesOfTheProtocol) {
    const Path& path = GetParam();
    Talk talk(path);
    talk.advance(path, 0);
    FrameReader reader;
    Step step = Step::send;
    bool started = false;
    for (const Answer& answer : path.answers()) {
        ASSERT_EQ(step, Step::send);
        const auto version = static_cast<std::uint8_t>(path.version);
        // v4: already the answer to STARTUP is compressed.
        const bool compressed =
            path.version == v4 && path.compression == lz4 && answer.opcode != Opcode::supported;
        Bytes wire = compressed ? compressed_response(version, answer.opcode, answer.body)
                                : response(version, answer.opcode, answer.body);
        if (path.version == v5 && started) wire = segment(wire, true, path.compression);
        feed(reader, wire, 1, [&] {
            Envelope envelope;
            const auto status = reader.next(envelope);
            EXPECT_NE(status, FrameReader::Status::failed);
            if (status != FrameReader::Status::envelope) return true;
            talk.out.clear();
            step = talk.handshake.on(envelope, talk.out);
            if (talk.handshake.started() && !std::exchange(started, true))
                reader.start(talk.handshake.version(), talk.handshake.compression());
            return true;
        });
    }
    EXPECT_EQ(step, Step::done) << talk.message();
}

}  // namespace
}  // namespace coodie::native::test
