// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>
#include <coodie/mock/mock_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie {

class MockDriver;

/// A statement that a MockDriver saw.
struct MockStatement {
    std::string cql;
    /// CQL literals ("5", "'ann'", "null"), "unset", or hexadecimal content where the type is not known.
    std::vector<std::string> values;
    StatementKind kind = StatementKind::other;
    std::string keyspace;
    ExecutionOptions options;
    Bytes paging_state;
    /// The index into MockDriver::batches() when it came in a batch.
    std::optional<std::size_t> batch;

    /// "SELECT ... WHERE "id" = ? [5]"; without brackets when nothing is bound.
    [[nodiscard]] std::string to_string() const;
};

/// A batch that a MockDriver saw.
struct MockBatch {
    BatchType type = BatchType::logged;
    ExecutionOptions options;
    std::optional<std::int64_t> timestamp;
    std::vector<MockStatement> statements;
};

/// Scripts the answers to statements whose text contains a fragment. Several answers are given one after the
/// other; the last one stays. Refers to its driver, which must outlive it. Each function returns *this.
class MockAnswers {
public:
    /// Answers with these rows, in one page.
    MockAnswers& returns(const MockRows& rows);
    MockAnswers& returns(std::initializer_list<MockColumn> columns,
                         std::initializer_list<std::initializer_list<MockValue>> rows);
    /// Answers with pages of `rows_per_page` rows (at least 1); each but the last has a paging state, which
    /// the next statement has to bring.
    MockAnswers& returns_pages(const MockRows& rows, std::uint32_t rows_per_page);
    /// Answers with these pages, which may be empty (semantics rule 23).
    MockAnswers& returns_pages(const std::vector<MockRows>& pages);
    /// Answers without rows, as an ordinary write does.
    MockAnswers& succeeds();
    /// Answers a conditional write: the column "[applied]", and the existing row's columns when there are
    /// some.
    MockAnswers& applied(bool yes, const MockRows& existing = {});
    /// Answers with an error.
    MockAnswers& fails(Error error);
    /// What describe() says of the parameters.
    MockAnswers& takes(std::vector<MockColumn> parameters);

private:
    friend class MockDriver;
    MockAnswers(MockDriver& driver, std::size_t rule) noexcept : driver_(&driver), rule_(rule) {}
    MockAnswers& add_pages(std::vector<Result> pages);

    MockDriver* driver_;
    std::size_t rule_;
};

/// A driver without a database: records statements with readable values and answers as it was told to. For
/// the tests of programs that use coodie, and a template for drivers. `init_coodie("mock:")` makes one, too.
///
///     coodie::MockDriver mock("catalog");
///     mock.on("FROM \"reviews\"").returns({{"author", TypeId::text}}, {{"ann"}, {"bob"}});
///     mock.on("INSERT").fails(Error(server_code::write_timeout, "too slow"));
///
/// What nothing was scripted for succeeds: without rows, as an empty result for a SELECT, as applied for a
/// conditional write. start() completes the request before it returns. Thread safe.
class MockDriver final : public Driver {
public:
    /// @param keyspace what keyspace() says.
    explicit MockDriver(std::string keyspace = {});
    ~MockDriver() override;

    /// Scripts answers for statements whose CQL contains `fragment` ("" is in all). A batch matches by "BEGIN
    /// BATCH" and by each of its statements. The first matching script that has an answer counts.
    MockAnswers on(std::string_view fragment);
    /// Scripts the answer to the next statement that nobody queued an answer for, whatever it is; used once,
    /// and before those of on().
    MockAnswers next();
    /// Forgets all scripts.
    void reset_answers();

    /// Whether statements are recorded; they are, unless it is switched off.
    void record(bool on) noexcept;
    /// Every statement that was recorded, those of batches included, in order.
    [[nodiscard]] std::vector<MockStatement> statements() const;
    /// The texts alone.
    [[nodiscard]] std::vector<std::string> texts() const;
    /// The last statement; one with an empty text when there is none.
    [[nodiscard]] MockStatement last() const;
    [[nodiscard]] std::vector<MockBatch> batches() const;
    /// Forgets what was recorded.
    void clear();
    /// How many statements and batches came, recorded or not.
    [[nodiscard]] std::uint64_t call_count() const noexcept;

    Outcome execute(const Statement& statement) override;
    Outcome execute(const BatchStatement& batch) override;
    Ticket start(Statement&& statement, std::shared_ptr<Request> request) override;
    Ticket start(BatchStatement&& batch, std::shared_ptr<Request> request) override;
    void cancel(Ticket ticket) noexcept override;
    /// Parameters: as scripted by MockAnswers::takes(), else the types that the text carries (none when it
    /// was made without). Columns: those of the next answer.
    std::variant<Description, Error> describe(const StatementText& text) override;
    [[nodiscard]] std::string keyspace() const override;
    /// Succeeds, until close().
    Outcome connect() override;
    void close() noexcept override;
    /// "mock".
    [[nodiscard]] std::string name() const override;

private:
    friend class MockAnswers;
    struct Answer {
        std::vector<Outcome> pages;  ///< at least one
    };
    struct Rule {
        std::string fragment;
        std::vector<Answer> answers;
        std::size_t next = 0;  ///< into answers; stays at the last one unless `once`
        std::optional<ColumnSpecs> parameters;
        bool once = false;
    };

    // All of these are called with the mutex held.
    void add_answer(std::size_t rule, std::vector<Outcome> pages);
    Rule* find_rule(std::string_view cql) noexcept;
    Outcome answer_first_page(Rule* rule, StatementKind kind);
    Outcome answer_later_page(std::string_view cql, BytesView paging_state) const;
    MockStatement recorded(const Statement& statement) const;

    const std::string keyspace_;
    const Result empty_rows_;
    const Result applied_;
    mutable std::mutex mutex_;
    std::vector<Rule> rules_;
    std::vector<MockStatement> statements_;
    std::vector<MockBatch> batches_;
    std::uint64_t calls_ = 0;
    bool recording_ = true;
    bool closed_ = false;
};

}  // namespace coodie
