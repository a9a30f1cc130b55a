// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/handshake.hpp"
#include "unit/native/fsm/handshake_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace coodie::native::test {
namespace {

using Step = Handshake::Step;
using testing::HasSubstr;
using testing::Not;

void expect_failed(Talk& talk, const std::string& where) {
    const Error& error = talk.handshake.error();
    EXPECT_TRUE(error.kind() == ErrorKind::connection ||
                (error.kind() == ErrorKind::server && error.code() == server_code::bad_credentials))
        << where;
    EXPECT_THAT(error.message(), HasSubstr(std::string(peer))) << where;
    EXPECT_THAT(error.message(), Not(HasSubstr(std::string(password)))) << where;
    EXPECT_TRUE(talk.out.empty()) << where;
    const std::string message = error.message();
    EXPECT_EQ(talk.on(ready()), Step::failed) << where;  // it stays so
    EXPECT_EQ(talk.message(), message) << where;
}

/// Every kind of message, right or wrong, and things that are none.
std::vector<Answer> all_answers() {
    std::vector<Answer> answers{
        supported(),
        ready(),
        authenticate(),
        challenge(),
        auth_success(),
        set_keyspace(keyspace),
        set_keyspace("other"),
        {Opcode::event,
         Body().string("STATUS_CHANGE").string("UP").byte(4).number32(0x0A000001).number32(9042).bytes()},
        {Opcode::result, Body().number32(1).bytes()},  // Void
        {Opcode::result,
         Body().number32(2).number32(4).number32(0).number32(0).bytes()},  // Rows without metadata
        {Opcode::result, Body().number32(99).bytes()},
        {Opcode::result, Body().number32(5).string("CREATED").string("KEYSPACE").string("k").bytes()},
        {Opcode::options, {}},
        {Opcode::startup, Body().number16(0).bytes()},
        {static_cast<Opcode>(0x30), {}},
    };
    for (const std::int32_t code :
         {0x0000, 0x000A, 0x0100, 0x1000, 0x1001, 0x1002, 0x2000, 0x2100, 0x2200, 0x7777})
        answers.push_back(error(code, "because"));
    return answers;
}

/// Whether a handshake goes on with this answer to its last request.
bool is_right(const Answer& answer, Opcode request, const Path& path) {
    switch (request) {
        case Opcode::options:
            return answer.opcode == Opcode::supported ||
                   (path.version == v5 && answer.body == error(0x000A, "because").body);
        case Opcode::startup:
            return answer.opcode == Opcode::ready ||
                   (answer.opcode == Opcode::authenticate && path.authentication);
        case Opcode::auth_response:
            return answer.opcode == Opcode::auth_success || answer.opcode == Opcode::auth_challenge;
        default: return answer.body == set_keyspace(keyspace).body;
    }
}

class HandshakeFaults : public testing::TestWithParam<Path> {};
INSTANTIATE_TEST_SUITE_P(All, HandshakeFaults, testing::ValuesIn(all_paths()),
                         [](const auto& path) { return path.param.name(); });

TEST_P(HandshakeFaults, EveryWrongAnswerAtEveryStep) {
    const Path& path = GetParam();
    for (std::size_t step = 0; step < path.answers().size(); ++step) {
        for (const Answer& answer : all_answers()) {
            Talk talk(path);
            talk.advance(path, step);
            const Opcode request = talk.sent().opcode;
            const std::string where = path.name() + " " + std::string(to_string(request)) + " answered by " +
                                      std::string(to_string(answer.opcode)) + ": ";
            const Step outcome = talk.on(answer);
            ASSERT_EQ(outcome != Step::failed, is_right(answer, request, path)) << where << talk.message();
            if (outcome == Step::failed) expect_failed(talk, where + talk.message());
        }
    }
}

TEST_P(HandshakeFaults, EveryTruncatedBodyAtEveryStep) {
    const Path& path = GetParam();
    std::vector<Answer> answers = path.answers();
    for (std::size_t step = 0; step < answers.size(); ++step) {
        for (const Answer& whole : {answers[step], error(0x1000, "because"), error(0x000A, "because")}) {
            for (std::size_t size = 0; size < whole.body.size(); ++size) {
                Talk talk(path);
                talk.advance(path, step);
                Answer cut = whole;
                cut.body.resize(size);
                ASSERT_EQ(talk.on(cut), Step::failed) << step << " " << size;
                expect_failed(talk, talk.message());
                ASSERT_FALSE(talk.handshake.permanent());
            }
        }
    }
}

TEST_P(HandshakeFaults, AnswersOnOtherStreamsAndInOtherVersions) {
    const Path& path = GetParam();
    const std::vector<Answer> answers = path.answers();
    for (std::size_t step = 0; step < answers.size(); ++step) {
        for (const std::int16_t stream : {std::int16_t{-1}, std::int16_t{1}}) {
            Talk talk(path);
            talk.advance(path, step);
            Answer answer = answers[step];
            answer.stream = stream;
            ASSERT_EQ(talk.on(answer), Step::failed);
            EXPECT_THAT(talk.message(), HasSubstr("stream " + std::to_string(stream)));
            expect_failed(talk, talk.message());
        }
        Talk talk(path);
        talk.advance(path, step);
        Answer answer = answers[step];
        answer.version = 6;
        ASSERT_EQ(talk.on(answer), Step::failed);
        EXPECT_THAT(talk.message(), HasSubstr("in version 6"));
        expect_failed(talk, talk.message());
    }
}

TEST(HandshakeFault, ServerWantsAuthenticationAndNoUserIsSet) {
    const Path path;
    Talk talk(path);
    talk.advance(path, 1);
    ASSERT_EQ(talk.on(authenticate()), Step::failed);
    EXPECT_EQ(talk.handshake.error().code(), server_code::bad_credentials);
    EXPECT_THAT(talk.message(), HasSubstr("no user is set"));
    EXPECT_THAT(talk.message(), HasSubstr("PasswordAuthenticator"));
    EXPECT_TRUE(talk.handshake.permanent());
}

TEST(HandshakeFault, WrongPassword) {
    const Path path{.authentication = true};
    for (const std::string text :
         {"Provided username bob and/or password are incorrect", "got s3cret-pass"}) {
        Talk talk(path);
        talk.advance(path, 2);
        ASSERT_EQ(talk.on(error(server_code::bad_credentials, text)), Step::failed);
        EXPECT_EQ(talk.handshake.error().code(), server_code::bad_credentials);
        EXPECT_THAT(talk.message(), HasSubstr("check user and password"));
        EXPECT_THAT(talk.message(), HasSubstr("'bob'"));
        EXPECT_TRUE(talk.handshake.permanent());
        expect_failed(talk, text);
    }
}

TEST(HandshakeFault, CredentialsThatCannotBeSent) {
    Handshake::Settings settings = Path{.authentication = true}.settings();
    settings.password = std::string("a\0b", 3);
    Talk talk(settings);
    ASSERT_EQ(talk.on(supported()), Step::send);
    ASSERT_EQ(talk.on(authenticate()), Step::failed);
    EXPECT_THAT(talk.message(), HasSubstr("NUL"));
    expect_failed(talk, "NUL");
}

TEST(HandshakeFault, KeyspaceThatDoesNotExistOrIsNotAllowed) {
    const Path path{.authentication = true, .keyspace = true};
    Talk unknown(path);
    unknown.advance(path, 3);
    ASSERT_EQ(unknown.on(error(server_code::invalid, "Keyspace 'Shop' does not exist")), Step::failed);
    EXPECT_THAT(unknown.message(), HasSubstr("has no keyspace \"Shop\""));
    EXPECT_TRUE(unknown.handshake.permanent());

    Talk forbidden(path);
    forbidden.advance(path, 3);
    ASSERT_EQ(forbidden.on(error(server_code::unauthorized, "no")), Step::failed);
    EXPECT_THAT(forbidden.message(), HasSubstr("does not let user 'bob' use keyspace \"Shop\""));

    Talk busy(path);
    busy.advance(path, 3);
    ASSERT_EQ(busy.on(error(server_code::overloaded, "later")), Step::failed);
    EXPECT_THAT(busy.message(), HasSubstr("0x1001: later"));
    EXPECT_FALSE(busy.handshake.permanent());
}

TEST(HandshakeFault, CompressionThatTheServerLacks) {
    for (const auto& [offers, text] : std::vector<std::pair<std::vector<std::string>, std::string>>{
             {{"snappy", "zstd"}, "it offers snappy, zstd"}, {{}, "it offers none"}}) {
        Talk talk(Path{.compression = lz4});
        ASSERT_EQ(talk.on(supported(offers)), Step::failed);
        EXPECT_THAT(talk.message(), HasSubstr(text));
        EXPECT_TRUE(talk.handshake.permanent());
        expect_failed(talk, text);
        EXPECT_EQ(Talk(Path{}).on(supported(offers)), Step::send);
    }
}

TEST(HandshakeFault, ServerThatIsNotReadyYetIsWorthAnotherAttempt) {
    const Path path;
    Talk talk(path);
    talk.advance(path, 1);
    ASSERT_EQ(talk.on(error(server_code::is_bootstrapping, "starting")), Step::failed);
    EXPECT_THAT(talk.message(), HasSubstr("0x1002: starting"));
    EXPECT_FALSE(talk.handshake.permanent());
}

}  // namespace
}  // namespace coodie::native::test
