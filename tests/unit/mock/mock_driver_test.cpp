// SPDX-License-Identifier: Apache-2.0
#include <coodie/mock/mock_driver.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace {

using namespace coodie;
using testing::ElementsAre;
using testing::IsEmpty;

Statement bound(std::string cql, StatementKind kind, std::vector<DataType> types,
                const std::vector<MockValue>& values) {
    BoundValues bytes;
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i].append_to(bytes.buffer(), MockColumn("p", types[i]));
        bytes.count_one();
    }
    return Statement(StatementText(std::move(cql), kind, std::move(types)), std::move(bytes));
}

Statement select(std::string cql = "SELECT \"a\" FROM \"t\"") {
    return Statement(StatementText(std::move(cql), StatementKind::select));
}

Result rows_of(const Outcome& outcome) {
    if (const auto* error = std::get_if<Error>(&outcome)) ADD_FAILURE() << error->message();
    return std::holds_alternative<Result>(outcome) ? std::get<Result>(outcome) : Result();
}

Error error_of(const Outcome& outcome) {
    if (const auto* error = std::get_if<Error>(&outcome)) return *error;
    return {ErrorKind::unsupported, "(no error)"};
}

std::vector<std::string> cells(const Result& result) {
    std::vector<std::string> texts;
    RowReader reader(result);
    Cell cell;
    while (reader.next(cell))
        texts.push_back(cell.is_null() ? "null"
                                       : std::string(reinterpret_cast<const char*>(cell.content().data()),
                                                     cell.content().size()));
    return texts;
}

struct Waiter final : Request {
    void complete(Outcome&& outcome) noexcept override {
        ++completions;
        last = std::move(outcome);
    }
    int completions = 0;
    Outcome last;
};

TEST(MockDriver, RecordsStatementsWithReadableValues) {
    MockDriver mock("ks");
    Statement insert = bound("INSERT ... (?, ?, ?)", StatementKind::insert,
                             {TypeId::int_, TypeId::text, DataType::list(TypeId::int_)},
                             {5, "it's", std::vector<std::int32_t>{1, 2}});
    insert.options().idempotent = true;
    insert.set_keyspace("other");
    rows_of(mock.execute(insert));
    EXPECT_THAT(mock.last().values, ElementsAre("5", "'it''s'", "[1, 2]"));
    EXPECT_EQ(mock.last().to_string(), "INSERT ... (?, ?, ?) [5, 'it''s', [1, 2]]");
    EXPECT_EQ(mock.last().keyspace, "other");
    EXPECT_TRUE(mock.last().options.idempotent);
    EXPECT_EQ(mock.keyspace(), "ks");
    EXPECT_EQ(mock.name(), "mock");
}

TEST(MockDriver, SemanticsRule1RecordsNullUnsetAndEmptyApart) {
    MockDriver mock;
    BoundValues values;
    values.add_null();
    values.add_unset();
    values.add({});
    const DataType text = TypeId::text;
    rows_of(mock.execute(Statement(StatementText("?", StatementKind::insert, {text, text, text}), values)));
    EXPECT_THAT(mock.last().values, ElementsAre("null", "unset", "''"));
    values.buffer().pop_back();
    rows_of(mock.execute(Statement(StatementText("?"), values)));
    EXPECT_THAT(mock.last().values, ElementsAre("null", "unset", "(malformed)"));
}

TEST(MockDriver, AnswersByFragmentInTheOrderOfScripting) {
    MockDriver mock;
    mock.on("\"reviews\"").returns({{"author", TypeId::text}}, {{"ann"}, {nullptr}, {"bob"}});
    mock.on("SELECT").returns({{"author", TypeId::text}}, {{"other"}});
    const Result first = rows_of(mock.execute(select("SELECT * FROM \"reviews\"")));
    EXPECT_EQ(first.row_count(), 3U);
    EXPECT_EQ(first.columns().at(0).name, "author");
    EXPECT_THAT(cells(first), ElementsAre("ann", "null", "bob"));
    EXPECT_THAT(cells(rows_of(mock.execute(select()))), ElementsAre("other"));
    mock.reset_answers();
    EXPECT_EQ(rows_of(mock.execute(select())).row_count(), 0U);
}

TEST(MockDriver, SeveralAnswersComeInTurnAndTheLastOneStays) {
    MockDriver mock;
    mock.on("SELECT")
        .returns({{"a", TypeId::text}}, {{"1"}})
        .fails(Error(server_code::read_timeout, "slow"))
        .returns({{"a", TypeId::text}}, {{"2"}});
    EXPECT_THAT(cells(rows_of(mock.execute(select()))), ElementsAre("1"));
    EXPECT_EQ(error_of(mock.execute(select())).code(), server_code::read_timeout);
    EXPECT_THAT(cells(rows_of(mock.execute(select()))), ElementsAre("2"));
    EXPECT_THAT(cells(rows_of(mock.execute(select()))), ElementsAre("2"));
}

TEST(MockDriver, QueuedAnswersComeFirstAndOnce) {
    MockDriver mock;
    mock.on("SELECT").returns({{"a", TypeId::text}}, {{"always"}});
    mock.next().fails(Error(ErrorKind::timeout, "1"));
    mock.next().returns({{"a", TypeId::text}}, {{"2"}});
    EXPECT_EQ(error_of(mock.execute(select())).kind(), ErrorKind::timeout);
    EXPECT_THAT(cells(rows_of(mock.execute(select()))), ElementsAre("2"));
    EXPECT_THAT(cells(rows_of(mock.execute(select()))), ElementsAre("always"));
}

TEST(MockDriver, WhatIsNotScriptedSucceeds) {
    MockDriver mock;
    EXPECT_FALSE(rows_of(mock.execute(Statement(StatementText("INSERT", StatementKind::insert)))).has_rows());
    const Result none = rows_of(mock.execute(select()));
    EXPECT_TRUE(none.has_rows());
    EXPECT_EQ(none.row_count(), 0U);
    const Result applied =
        rows_of(mock.execute(Statement(StatementText("INSERT IF", StatementKind::conditional))));
    EXPECT_EQ(applied.columns().at(0).name, "[applied]");
    EXPECT_THAT(cells(applied), ElementsAre(std::string("\x01")));
}

TEST(MockDriver, ScriptsConditionalWrites) {
    MockDriver mock;
    mock.on("IF")
        .applied(false, MockRows{{"a", TypeId::text}, {"b", TypeId::text}}.row({"x", nullptr}))
        .applied(true);
    const Statement insert(StatementText("INSERT IF NOT EXISTS", StatementKind::conditional));
    const Result refused = rows_of(mock.execute(insert));
    ASSERT_EQ(refused.columns().size(), 3U);
    EXPECT_EQ(refused.columns()[1].name, "a");
    EXPECT_THAT(cells(refused), ElementsAre(std::string(1, '\0'), "x", "null"));
    EXPECT_EQ(rows_of(mock.execute(insert)).columns().size(), 1U);
}

TEST(MockDriver, SemanticsRule23PagesEndWhereThePagingStateEnds) {
    MockDriver mock;
    const MockRows none{{"a", TypeId::text}};
    const MockRows one = MockRows{{"a", TypeId::text}}.row({"1"});
    mock.on("\"t\"").returns_pages({one, none, one});
    Statement statement = select();
    std::vector<std::uint32_t> counts;
    for (int guard = 0; guard < 10; ++guard) {
        const Result page = rows_of(mock.execute(statement));
        counts.push_back(page.row_count());
        if (page.paging_state().empty()) break;
        statement.set_paging_state(Bytes(page.paging_state().begin(), page.paging_state().end()));
    }
    EXPECT_THAT(counts, ElementsAre(1U, 0U, 1U));
}

TEST(MockDriver, SplitsRowsIntoPages) {
    MockDriver mock;
    mock.on("").returns_pages(MockRows{{"a", TypeId::text}}.row({"1"}).row({"2"}).row({"3"}), 2);
    const Result first = rows_of(mock.execute(select()));
    EXPECT_THAT(cells(first), ElementsAre("1", "2"));
    Statement next = select();
    next.set_paging_state(Bytes(first.paging_state().begin(), first.paging_state().end()));
    const Result second = rows_of(mock.execute(next));
    EXPECT_THAT(cells(second), ElementsAre("3"));
    EXPECT_TRUE(second.paging_state().empty());
}

TEST(MockDriver, SemanticsRule24RefusesAPagingStateOfAnotherQuery) {
    MockDriver mock;
    mock.on("\"t\"").returns_pages(MockRows{{"a", TypeId::text}}.row({"1"}).row({"2"}), 1);
    const Result first = rows_of(mock.execute(select()));
    Statement other = select("SELECT * FROM \"u\"");
    other.set_paging_state(Bytes(first.paging_state().begin(), first.paging_state().end()));
    EXPECT_EQ(error_of(mock.execute(other)).code(), server_code::invalid);
    Statement damaged = select();
    damaged.set_paging_state(Bytes(3));
    EXPECT_EQ(error_of(mock.execute(damaged)).code(), server_code::invalid);
    damaged.set_paging_state(Bytes(12, std::byte{0xFF}));
    EXPECT_EQ(error_of(mock.execute(damaged)).code(), server_code::invalid);
}

TEST(MockDriver, RecordsBatches) {
    MockDriver mock;
    BatchStatement batch(BatchType::unlogged);
    batch.add(bound("INSERT 1", StatementKind::insert, {TypeId::int_}, {1}));
    batch.add(bound("INSERT 2", StatementKind::insert, {TypeId::int_}, {2}));
    batch.set_timestamp(99);
    EXPECT_FALSE(rows_of(mock.execute(batch)).has_rows());
    ASSERT_EQ(mock.batches().size(), 1U);
    EXPECT_EQ(mock.batches()[0].type, BatchType::unlogged);
    EXPECT_EQ(mock.batches()[0].timestamp, 99);
    EXPECT_EQ(mock.batches()[0].statements.at(1).to_string(), "INSERT 2 [2]");
    EXPECT_THAT(mock.texts(), ElementsAre("INSERT 1", "INSERT 2"));
    EXPECT_EQ(mock.statements()[1].batch, 0U);
    EXPECT_EQ(mock.call_count(), 1U);

    mock.on("BEGIN BATCH").fails(Error(server_code::write_timeout, "slow"));
    EXPECT_EQ(error_of(mock.execute(batch)).code(), server_code::write_timeout);
    mock.clear();
    EXPECT_THAT(mock.batches(), IsEmpty());
    EXPECT_THAT(mock.texts(), IsEmpty());
    EXPECT_EQ(mock.last().cql, "");
}

TEST(MockDriver, RecordingCanBeSwitchedOff) {
    MockDriver mock;
    mock.record(false);
    rows_of(mock.execute(select()));
    rows_of(mock.execute(BatchStatement()));
    EXPECT_THAT(mock.statements(), IsEmpty());
    EXPECT_THAT(mock.batches(), IsEmpty());
    EXPECT_EQ(mock.call_count(), 2U);
}

TEST(MockDriver, SharesTheScriptedBody) {
    MockDriver mock;
    mock.on("").returns({{"a", TypeId::text}}, {{"x"}});
    const Result a = rows_of(mock.execute(select()));
    const Result b = rows_of(mock.execute(select()));
    EXPECT_EQ(a.body(), b.body());
    EXPECT_EQ(a.shared_columns(), b.shared_columns());
}

TEST(MockDriver, StartCompletesOnceBeforeItReturns) {
    MockDriver mock;
    mock.on("SELECT").returns({{"a", TypeId::text}}, {{"x"}});
    const auto waiter = std::make_shared<Waiter>();
    mock.cancel(mock.start(select(), waiter));
    EXPECT_EQ(waiter->completions, 1);
    EXPECT_THAT(cells(rows_of(waiter->last)), ElementsAre("x"));
    mock.start(BatchStatement(), waiter);
    EXPECT_EQ(waiter->completions, 2);
}

TEST(MockDriver, DescribesFromTypesScriptsAndAnswers) {
    MockDriver mock;
    mock.on("FROM \"t\"").returns({{"a", "map<text, int>"}}, {}).takes({{"id", TypeId::uuid}});
    auto described = mock.describe(StatementText("SELECT \"a\" FROM \"t\" WHERE \"id\" = ?"));
    ASSERT_TRUE(std::holds_alternative<Description>(described));
    const auto& description = std::get<Description>(described);
    EXPECT_EQ(description.parameters.at(0).name, "id");
    EXPECT_EQ(description.columns.at(0).type.to_string(), "map<text, int>");
    described =
        mock.describe(StatementText("UPDATE", StatementKind::update, {TypeId::int_, TypeId::text}, {1}));
    EXPECT_EQ(std::get<Description>(described).parameters.at(1).type, DataType(TypeId::text));
    EXPECT_THAT(std::get<Description>(described).routing_key, ElementsAre(1));
}

TEST(MockDriver, AfterCloseEverythingIsCancelled) {
    MockDriver mock;
    EXPECT_FALSE(rows_of(mock.connect()).has_rows());
    mock.close();
    mock.close();
    EXPECT_EQ(error_of(mock.execute(select())).kind(), ErrorKind::cancelled);
    EXPECT_EQ(error_of(mock.execute(BatchStatement())).kind(), ErrorKind::cancelled);
    EXPECT_EQ(error_of(mock.connect()).kind(), ErrorKind::cancelled);
    EXPECT_TRUE(std::holds_alternative<Error>(mock.describe(StatementText("SELECT"))));
}

TEST(MockDriver, AStatementWithoutTextIsRefused) {
    MockDriver mock;
    EXPECT_EQ(error_of(mock.execute(Statement())).kind(), ErrorKind::invalid_query);
    BatchStatement batch;
    batch.add(Statement());
    EXPECT_EQ(error_of(mock.execute(batch)).kind(), ErrorKind::invalid_query);
}

TEST(MockDriver, IsThreadSafe) {
    MockDriver mock;
    mock.on("SELECT").returns({{"a", TypeId::text}}, {{"x"}});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) EXPECT_EQ(rows_of(mock.execute(select())).row_count(), 1U);
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(mock.statements().size(), 800U);
}

TEST(MockRows, IntegersFitEveryIntegerColumnInItsRange) {
    MockRows rows({{"a", TypeId::tinyint}, {"b", TypeId::bigint}, {"c", TypeId::varint}});
    rows.row({-1, 1, 200});
    EXPECT_THAT(cells(rows.result()),
                ElementsAre("\xFF", std::string("\0\0\0\0\0\0\0\x01", 8), std::string("\0\xC8", 2)));
    EXPECT_THROW(rows.row({300, 1, 1}), ValidationError);
    EXPECT_EQ(rows.row_count(), 1U);
}

TEST(MockRows, RefusesWhatDoesNotFitTheColumns) {
    MockRows rows({{"a", TypeId::text}});
    EXPECT_THROW(rows.row({"x", "y"}), ValidationError);
    EXPECT_THROW(rows.row({5}), ValidationError);
    EXPECT_THROW(rows.row_of_literals({"[1]"}), ValidationError);
    EXPECT_THROW(MockColumn("a", "no type<"), ValidationError);
}

TEST(MockRows, TakesLiterals) {
    MockRows rows({{"a", TypeId::text}, {"b", "frozen<list<text>>"}});
    rows.row_of_literals({"'x'", "null"}).row({"y", std::vector<std::string>{"z"}});
    EXPECT_EQ(rows.row_count(), 2U);
    EXPECT_EQ(cells(rows.result(0, 1)), (std::vector<std::string>{"x", "null"}));
    EXPECT_FALSE(MockRows().result().has_rows());
}

// What only a driver with nodes has, by the contract's defaults.
TEST(MockDriver, HasNoNodesToCountAndNoAttemptsToTell) {
    MockDriver driver;
    bool told = false;
    driver.set_request_hook(
        [](void* context, const AttemptReport&) noexcept { *static_cast<bool*>(context) = true; }, &told);
    ASSERT_TRUE(std::holds_alternative<Result>(driver.execute(select())));
    EXPECT_FALSE(told);
    EXPECT_TRUE(driver.node_counters().empty());
}

}  // namespace
