// SPDX-License-Identifier: Apache-2.0
// Rules of docs/semantics.md that take a server which counts, refuses or is silent: what the front and the
// native driver together send, and how often.
#include "client.hpp"

#include <coodie/sync.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <thread>

namespace {

using namespace fault;
using namespace coodie::literals;
using namespace std::chrono_literals;
namespace code = coodie::server_code;
namespace native = coodie::native;

struct Note : coodie::sync::Document<Note> {
    std::int32_t id = 0;
    std::int32_t rating = 0;
    std::vector<std::string> tags;
    std::set<std::int32_t> marks;
    static constexpr auto schema() {
        return coodie::table("notes").keyspace("ks").partition_key<&Note::id>();
    }
};

struct Visits : coodie::sync::Document<Visits> {
    std::int32_t id = 0;
    coodie::counter hits;
    static constexpr auto schema() {
        return coodie::table("visits").keyspace("ks").partition_key<&Visits::id>();
    }
};

/// A fake cluster, and the default connection to it.
class NativeSemantics : public testing::Test {
protected:
    NativeSemantics() {
        connection_ = coodie::sync::init_coodie("cassandra://" + server_.contact_point() + "/ks");
        connection_.connect();
    }
    ~NativeSemantics() override { coodie::shutdown(); }

    /// Texts that were prepared, each once however many nodes prepared it.
    [[nodiscard]] std::set<std::string> prepared() const {
        std::set<std::string> texts;
        for (const stub::Request& request : server_.requests(Opcode::prepare)) texts.insert(request.query);
        return texts;
    }
    [[nodiscard]] std::vector<std::int64_t> timestamps(Opcode opcode) const {
        std::vector<std::int64_t> list;
        for (const stub::Request& request : server_.requests(opcode))
            list.push_back(request.timestamp.value_or(0));
        return list;
    }
    /// EXECUTEs that `write` takes when every node answers with this error.
    [[nodiscard]] std::size_t attempts(const std::function<void()>& write) {
        write();  // prepares it
        const std::size_t before = server_.count(Opcode::execute);
        server_.on(Opcode::execute).reply(stub::error(code::overloaded, "on purpose"));
        EXPECT_THROW(write(), coodie::ServerError);
        server_.remove_rules();
        return server_.count(Opcode::execute) - before;
    }

    stub::Server server_{{.nodes = 3}};
    coodie::Connection connection_;
};

TEST_F(NativeSemantics, Rule12AThousandTimesToLiveAreOneStatement) {
    const Note note{.id = 1};
    for (int i = 1; i <= 1000; ++i)
        coodie::sync::save(note, {.ttl = std::chrono::seconds(i), .timestamp = coodie::WriteTime{i * 1us}});
    EXPECT_EQ(prepared().size(), 1U);
    EXPECT_LE(server_.count(Opcode::prepare), 3U) << "once at each node";
    for (std::uint32_t i = 1; i <= 100; ++i) (void)coodie::sync::find<Note>("id"_c == 1).limit(i).all();
    EXPECT_EQ(prepared().size(), 2U);
}

TEST_F(NativeSemantics, Rule13EachWriteHasATimeOfItsOwn) {
    constexpr int writes = 200;
    // Until each node knows the statement: one that does not gets the same write, with its time, twice (rule
    // 33).
    for (int id = 0; id < 100; ++id) coodie::sync::save(Note{.id = id});
    ASSERT_EQ(server_.count(Opcode::prepare), 3U);
    const std::size_t warm_up = server_.count(Opcode::execute);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([t] {
            for (int i = 0; i < writes; ++i) coodie::sync::save(Note{.id = t});
        });
    for (std::thread& thread : threads) thread.join();
    const std::vector<stub::Request> requests = server_.requests(Opcode::execute);
    ASSERT_EQ(requests.size(), warm_up + 4U * writes);
    std::set<std::int64_t> times;
    std::map<coodie::Bytes, std::int64_t> last;  // by the value of id, which one thread writes in order
    for (const stub::Request& request : std::span(requests).subspan(warm_up)) {
        times.insert(request.timestamp.value());
        std::int64_t& before = last[request.values.front().content.value()];
        EXPECT_GT(*request.timestamp, before);
        before = *request.timestamp;
    }
    EXPECT_EQ(times.size(), 4U * writes);
}

TEST_F(NativeSemantics, Rule13ARetryHasTheTimeOfItsWrite) {
    EXPECT_EQ(attempts([] { coodie::sync::save(Note{.id = 1}); }), 3U);
    const std::vector<std::int64_t> times = timestamps(Opcode::execute);
    ASSERT_EQ(times.size(), 4U);
    EXPECT_EQ(std::set<std::int64_t>(times.begin() + 1, times.end()).size(), 1U)
        << "three attempts, one time";
    EXPECT_GT(times[1], times[0]);
}

TEST_F(NativeSemantics, Rule14ListsOfAnyLengthAreOneStatement) {
    std::vector<std::int32_t> ids;
    for (std::int32_t id = 0; id < 100; ++id) {
        ids.push_back(id);
        (void)coodie::sync::find<Note>("id"_c.in(ids)).all();
    }
    EXPECT_EQ(prepared().size(), 1U);
    const std::size_t before = server_.count(Opcode::execute);
    EXPECT_TRUE(coodie::sync::find<Note>("id"_c.in(std::vector<std::int32_t>())).all().empty());
    EXPECT_EQ(server_.count(Opcode::execute), before) << "nothing is asked for";
}

TEST_F(NativeSemantics, Rule15WhatIsNotIdempotentIsSentOnce) {
    Note note{.id = 1, .tags = {"a"}};
    Visits visits{.id = 1};
    EXPECT_EQ(attempts([&] { coodie::sync::update(note, "tags"_c += "b"); }), 1U) << "append";
    EXPECT_EQ(attempts([&] { coodie::sync::update(note, "tags"_c.prepend("b")); }), 1U) << "prepend";
    EXPECT_EQ(attempts([&] { coodie::sync::update(note, "tags"_c[0] = "b"); }), 1U) << "set by index";
    EXPECT_EQ(attempts([&] { coodie::sync::update(visits, "hits"_c += 1); }), 1U) << "counter";
    EXPECT_EQ(
        attempts([] { coodie::sync::execute_raw("UPDATE ks.notes SET tags = tags + ['b'] WHERE id = 1"); }),
        1U)
        << "by hand, without a word about it";
}

TEST_F(NativeSemantics, Rule15WhatIsIdempotentGoesToTheOtherNodes) {
    Note note{.id = 1};
    EXPECT_EQ(attempts([&] { coodie::sync::update(note, "rating"_c = 2); }), 3U);
    EXPECT_EQ(attempts([&] { coodie::sync::update(note, "marks"_c += 5); }), 3U) << "an element of a set";
    EXPECT_EQ(attempts([&] { coodie::sync::remove(note); }), 3U);
}

stub::Reply applied(bool yes) {
    return stub::rows({.columns = {{"[applied]", coodie::TypeId::boolean}}, .rows = {{stub::value_of(yes)}}});
}

// Semantics rules 15 and 19.
TEST_F(NativeSemantics, Rule19AConditionalWriteWithoutAnAnswerIsUnknown) {
    const Note note{.id = 1};
    server_.on(Opcode::execute).times(1).reply(applied(true));
    EXPECT_TRUE(coodie::sync::insert(note).applied());

    const native::WriteTimeoutDetail cas{coodie::Consistency::serial, 1, 2, native::WriteType::cas, {}};
    const std::vector<std::pair<const char*, stub::Reply>> answers{
        {"a write timeout", stub::error(code::write_timeout, "on purpose", cas)},
        {"an outcome that the node does not know",
         stub::error(coodie::server_code::cas_write_unknown, "on purpose",
                     native::CasWriteUnknownDetail{coodie::Consistency::serial, 1, 2})},
        {"no answer", stub::drop()},
        {"a closed connection", stub::reset()},
    };
    for (const auto& [what, reply] : answers) {
        const std::size_t before = server_.count(Opcode::execute);
        server_.on(Opcode::execute).reply(reply);
        try {
            (void)coodie::sync::insert(note, {.timeout = 300ms});
            ADD_FAILURE() << what << " was no error";
        } catch (const coodie::DriverError& error) {
            EXPECT_TRUE(contains(error.what(), "unknown")) << what << ": " << error.what();
        }
        EXPECT_EQ(server_.count(Opcode::execute) - before, 1U) << what << ": never sent again";
        server_.remove_rules();
    }
    server_.on(Opcode::execute).times(1).reply(applied(false));
    EXPECT_FALSE(coodie::sync::insert(note).applied()) << "not applied is a result, no error";
}

}  // namespace
