// SPDX-License-Identifier: Apache-2.0
#include "player.hpp"

#include "describe_answer.hpp"

#include <coodie/codec/dynamic.hpp>

#include <algorithm>
#include <string_view>
#include <thread>
#include <variant>

namespace coodie::statements {
namespace {

constexpr std::string_view placeholder = "${keyspace}";
constexpr std::size_t max_pages = 10000;

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/// `raw(cafe)`: these very bytes, whatever the type.
std::optional<Bytes> raw_bytes(std::string_view literal) {
    if (!literal.starts_with("raw(") || !literal.ends_with(')')) return std::nullopt;
    literal = literal.substr(4, literal.size() - 5);
    if (literal.size() % 2 != 0 || literal.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return std::nullopt;
    Bytes bytes;
    for (std::size_t at = 0; at < literal.size(); at += 2)
        bytes.push_back(static_cast<std::byte>(hex_digit(literal[at]) * 16 + hex_digit(literal[at + 1])));
    return bytes;
}

class Player {
public:
    Player(const DriverOpener& open, const std::string& keyspace)
        : open_(open), keyspace_(keyspace), driver_(open()) {}

    std::vector<Answer> play_all(const std::vector<Step>& steps, int reopen_every) {
        driver_->execute(Statement(StatementText("DROP KEYSPACE IF EXISTS " + keyspace_)));
        const Outcome created = driver_->execute(Statement(
            StatementText("CREATE KEYSPACE " + keyspace_ +
                          " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}")));
        if (const auto* error = std::get_if<Error>(&created))
            throw std::runtime_error(driver_->name() + " cannot create a keyspace: " + error->message());
        for (int played = 0; const Step& step : steps) {
            if (reopen_every > 0 && ++played % reopen_every == 0) reopen();
            play_step(step);
        }
        driver_->execute(Statement(StatementText("DROP KEYSPACE IF EXISTS " + keyspace_)));
        return std::move(answers_);
    }

private:
    using ValuesOrError = std::variant<BoundValues, Error>;

    void reopen() {
        driver_->close();
        driver_.reset();
        driver_ = open_();
    }

    Answer new_answer(const Step& step, const std::string& bind) const {
        Answer answer;
        answer.statement = bind.empty() ? step.cql : step.cql + "\n-- bind: " + bind;
        answer.line = step.line;
        answer.mark = step.mark;
        answer.reason = step.reason;
        return answer;
    }

    void finish(Answer answer) {
        for (std::string& line : answer.lines) line = replaced(std::move(line), keyspace_, placeholder);
        // A recording's blocks are separated by empty lines, and it is text.
        answer.statement =
            replaced(replaced(answer.statement, "\n\n", "\n"), std::string_view("\0", 1), "\\0");
        answers_.push_back(std::move(answer));
    }

    void play_step(const Step& step) {
        if (step.sleep) std::this_thread::sleep_for(*step.sleep);
        if (!step.batch.empty()) return play_batch(step);
        if (step.describe) return play_describe(step);
        if (step.binds.empty()) return play_statement(step, "", BoundValues());
        for (const std::string& bind : step.binds) {
            ValuesOrError values = values_of(step.cql, bind);
            if (const auto* error = std::get_if<Error>(&values))
                add_error(new_answer(step, bind), *error);
            else
                play_statement(step, bind, std::move(std::get<BoundValues>(values)));
        }
    }

    void add_error(Answer answer, const Error& error) {
        answer.unsupported = error.kind() == ErrorKind::unsupported;
        answer.lines = {error_line(error)};
        finish(std::move(answer));
    }

    StatementText text_of(const std::string& cql) const {
        return StatementText(replaced(cql, placeholder, keyspace_));
    }

    std::variant<Description, Error> describe(const std::string& cql) {
        return driver_->describe(text_of(cql));
    }

    ValuesOrError values_of(const std::string& cql, const std::string& bind) {
        auto described = describe(cql);
        if (auto* error = std::get_if<Error>(&described)) return std::move(*error);
        const ColumnSpecs& parameters = std::get<Description>(described).parameters;
        const std::vector<std::string> literals = split_literals(bind);
        BoundValues values;
        for (std::size_t i = 0; i < literals.size(); ++i) {
            const std::string& literal = literals[i];
            std::string reason = "more values than parameters";
            std::optional<Bytes> content = raw_bytes(literal);
            if (literal == "null")
                values.add_null();
            else if (literal == "unset")
                values.add_unset();
            else if (content)
                values.add(*content);
            else if (i < parameters.size() && (content = parse_value(parameters[i].type, literal, reason)))
                values.add(*content);
            else
                return Error(ErrorKind::validation, "the test binds " + literal + ": " + reason);
        }
        return values;
    }

    void play_statement(const Step& step, const std::string& bind, BoundValues values) {
        Answer answer = new_answer(step, bind);
        answer.exact = !step.nondeterministic && !step.unordered && !step.loose_pages;
        Statement statement(text_of(step.cql), std::move(values));
        statement.set_keyspace(keyspace_);
        statement.options().page_size = step.page_size;
        std::vector<std::vector<std::string>> pages;
        for (std::size_t page = 0; page < max_pages; ++page) {
            const Outcome outcome = driver_->execute(statement);
            if (const auto* error = std::get_if<Error>(&outcome)) return add_error(std::move(answer), *error);
            const auto& result = std::get<Result>(outcome);
            if (!result.has_rows()) {
                answer.lines = {"ok"};
                return finish(std::move(answer));
            }
            if (page == 0) answer.lines = {"columns " + columns_line(result.columns())};
            if (result.row_count() > 0) {
                pages.push_back(row_lines(result, step.nondeterministic));
                answer.rows.emplace_back(result.row_bytes().begin(), result.row_bytes().end());
            }
            if (result.paging_state().empty()) break;
            statement.set_paging_state(Bytes(result.paging_state().begin(), result.paging_state().end()));
        }
        add_pages(step, std::move(pages), answer);
        finish(std::move(answer));
    }

    /// Empty pages are legal anywhere (semantics rule 23), so they do not count.
    static void add_pages(const Step& step, std::vector<std::vector<std::string>> pages, Answer& answer) {
        std::vector<std::string> rows;
        for (std::vector<std::string>& page : pages) {
            if (!rows.empty() && !step.loose_pages) rows.emplace_back("  -- next page");
            rows.insert(rows.end(), page.begin(), page.end());
        }
        const auto count =
            std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row != "  -- next page"; });
        if (step.unordered) std::sort(rows.begin(), rows.end());
        answer.lines.insert(answer.lines.end(), rows.begin(), rows.end());
        answer.lines.push_back(std::to_string(count) + (count == 1 ? " row" : " rows"));
    }

    void play_describe(const Step& step) {
        Answer answer = new_answer(step, "");
        answer.statement = "-- describe\n" + answer.statement;
        auto described = describe(step.cql);
        if (const auto* error = std::get_if<Error>(&described)) return add_error(std::move(answer), *error);
        const auto& description = std::get<Description>(described);
        answer.lines = {"parameters " + columns_line(description.parameters),
                        "columns " + columns_line(description.columns), "routing key"};
        for (const std::uint16_t position : description.routing_key)
            answer.lines.back() += " " + std::to_string(position);
        finish(std::move(answer));
    }

    void play_batch(const Step& step) {
        BatchStatement batch(step.batch_type);
        if (step.batch_timestamp) batch.set_timestamp(*step.batch_timestamp);
        for (const Step& member : step.batch) {
            ValuesOrError values =
                member.binds.empty() ? BoundValues() : values_of(member.cql, member.binds.front());
            if (const auto* error = std::get_if<Error>(&values))
                return add_error(new_answer(step, ""), *error);
            Statement statement(text_of(member.cql), std::move(std::get<BoundValues>(values)));
            statement.set_keyspace(keyspace_);
            batch.add(std::move(statement));
        }
        Answer answer = new_answer(step, "");
        const Outcome outcome = driver_->execute(batch);
        if (const auto* error = std::get_if<Error>(&outcome)) return add_error(std::move(answer), *error);
        const auto& result = std::get<Result>(outcome);
        answer.lines = {"ok"};
        if (result.has_rows()) {
            answer.lines = {"columns " + columns_line(result.columns())};
            add_pages(step, {row_lines(result, step.nondeterministic)}, answer);
        }
        finish(std::move(answer));
    }

    const DriverOpener& open_;
    const std::string& keyspace_;
    std::shared_ptr<Driver> driver_;
    std::vector<Answer> answers_;
};

}  // namespace

std::vector<Answer> play(const std::vector<Step>& steps, const DriverOpener& open,
                         const std::string& keyspace, int reopen_every) {
    return Player(open, keyspace).play_all(steps, reopen_every);
}

}  // namespace coodie::statements
