// SPDX-License-Identifier: Apache-2.0
#include <coodie/mock/mock_driver.hpp>

#include "mock/mock_paging.hpp"
#include "mock/readable_values.hpp"

#include <utility>

namespace coodie {
namespace {

Error closed_error() { return {ErrorKind::cancelled, "the MockDriver was closed"}; }

Result empty_rows() { return {std::make_shared<const ColumnSpecs>(), nullptr, {}, 0}; }

Result applied_row() { return MockRows{{"[applied]", TypeId::boolean}}.row({true}).result(); }

}  // namespace

MockDriver::MockDriver(std::string keyspace)
    : keyspace_(std::move(keyspace)), empty_rows_(empty_rows()), applied_(applied_row()) {}

MockDriver::~MockDriver() = default;

MockAnswers MockDriver::on(std::string_view fragment) {
    const std::lock_guard lock(mutex_);
    rules_.push_back({.fragment = std::string(fragment)});
    return {*this, rules_.size() - 1};
}

MockAnswers MockDriver::next() {
    const std::lock_guard lock(mutex_);
    rules_.push_back({.once = true});
    return {*this, rules_.size() - 1};
}

void MockDriver::reset_answers() {
    const std::lock_guard lock(mutex_);
    rules_.clear();
}

void MockDriver::record(bool on) noexcept {
    const std::lock_guard lock(mutex_);
    recording_ = on;
}

std::vector<MockStatement> MockDriver::statements() const {
    const std::lock_guard lock(mutex_);
    return statements_;
}

std::vector<std::string> MockDriver::texts() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> texts;
    texts.reserve(statements_.size());
    for (const MockStatement& statement : statements_) texts.push_back(statement.cql);
    return texts;
}

MockStatement MockDriver::last() const {
    const std::lock_guard lock(mutex_);
    return statements_.empty() ? MockStatement() : statements_.back();
}

std::vector<MockBatch> MockDriver::batches() const {
    const std::lock_guard lock(mutex_);
    return batches_;
}

void MockDriver::clear() {
    const std::lock_guard lock(mutex_);
    statements_.clear();
    batches_.clear();
    calls_ = 0;
}

std::uint64_t MockDriver::call_count() const noexcept {
    const std::lock_guard lock(mutex_);
    return calls_;
}

void MockDriver::add_answer(std::size_t rule, std::vector<Outcome> pages) {
    rules_[rule].answers.push_back({std::move(pages)});
}

MockDriver::Rule* MockDriver::find_rule(std::string_view cql) noexcept {
    Rule* first = nullptr;
    for (Rule& rule : rules_) {
        if (rule.next == rule.answers.size()) continue;
        if (rule.once) return &rule;
        if (first == nullptr && cql.find(rule.fragment) != std::string_view::npos) first = &rule;
    }
    return first;
}

Outcome MockDriver::answer_first_page(Rule* rule, StatementKind kind) {
    if (rule == nullptr) {
        if (kind == StatementKind::select) return empty_rows_;
        return kind == StatementKind::conditional ? applied_ : Result();
    }
    const Answer& answer = rule->answers[rule->next];
    if (rule->once || rule->next + 1 < rule->answers.size()) ++rule->next;
    return answer.pages.front();
}

Outcome MockDriver::answer_later_page(std::string_view cql, BytesView paging_state) const {
    const std::optional<MockPosition> at = MockPosition::from_bytes(paging_state);
    const bool known = at && at->rule < rules_.size() && at->answer < rules_[at->rule].answers.size() &&
                       at->page < rules_[at->rule].answers[at->answer].pages.size();
    if (!known || cql.find(rules_[at->rule].fragment) == std::string_view::npos)
        return Error(server_code::invalid, "Invalid value for the paging state");
    return rules_[at->rule].answers[at->answer].pages[at->page];
}

MockStatement MockDriver::recorded(const Statement& statement) const {
    return {.cql = statement.text() ? statement.text().cql() : std::string(),
            .values = readable_values(statement),
            .kind = statement.text() ? statement.text().kind() : StatementKind::other,
            .keyspace = std::string(statement.keyspace()),
            .options = statement.options(),
            .paging_state = Bytes(statement.paging_state().begin(), statement.paging_state().end())};
}

Outcome MockDriver::execute(const Statement& statement) {
    if (!statement.text()) return Error(ErrorKind::invalid_query, "MockDriver: the statement has no text");
    const std::lock_guard lock(mutex_);
    if (closed_) return closed_error();
    ++calls_;
    if (recording_) statements_.push_back(recorded(statement));
    const std::string_view cql = statement.text().cql();
    if (!statement.paging_state().empty()) return answer_later_page(cql, statement.paging_state());
    return answer_first_page(find_rule(cql), statement.text().kind());
}

Outcome MockDriver::execute(const BatchStatement& batch) {
    const std::lock_guard lock(mutex_);
    if (closed_) return closed_error();
    ++calls_;
    MockBatch seen{.type = batch.type(), .options = batch.options(), .timestamp = batch.timestamp()};
    std::string text = "BEGIN BATCH";
    StatementKind kind = StatementKind::other;
    for (const Statement& statement : batch.statements()) {
        if (!statement.text())
            return Error(ErrorKind::invalid_query, "MockDriver: a statement of a batch has no text");
        text += ' ' + statement.text().cql() + ';';
        if (statement.text().kind() == StatementKind::conditional) kind = StatementKind::conditional;
        if (!recording_) continue;
        seen.statements.push_back(recorded(statement));
        seen.statements.back().batch = batches_.size();
    }
    if (recording_) {
        statements_.insert(statements_.end(), seen.statements.begin(), seen.statements.end());
        batches_.push_back(std::move(seen));
    }
    return answer_first_page(find_rule(text), kind);
}

Ticket MockDriver::start(Statement&& statement, std::shared_ptr<Request> request) {
    request->complete(execute(statement));
    return Ticket::none;
}

Ticket MockDriver::start(BatchStatement&& batch, std::shared_ptr<Request> request) {
    request->complete(execute(batch));
    return Ticket::none;
}

void MockDriver::cancel(Ticket /*ticket*/) noexcept {}

std::variant<Description, Error> MockDriver::describe(const StatementText& text) {
    if (!text) return Error(ErrorKind::invalid_query, "MockDriver: the statement has no text");
    const std::lock_guard lock(mutex_);
    if (closed_) return closed_error();
    Description description;
    for (const DataType& type : text.parameter_types()) description.parameters.push_back({"", "", "", type});
    description.routing_key.assign(text.routing_key().begin(), text.routing_key().end());
    for (const Rule& rule : rules_) {
        if (!rule.parameters || text.cql().find(rule.fragment) == std::string::npos) continue;
        description.parameters = *rule.parameters;
        break;
    }
    const Rule* rule = find_rule(text.cql());
    if (rule == nullptr) return description;
    if (const Result* page = std::get_if<Result>(&rule->answers[rule->next].pages.front()))
        description.columns = page->columns();
    return description;
}

std::string MockDriver::keyspace() const { return keyspace_; }

Outcome MockDriver::connect() {
    const std::lock_guard lock(mutex_);
    if (closed_) return closed_error();
    return Result();
}

void MockDriver::close() noexcept {
    const std::lock_guard lock(mutex_);
    closed_ = true;
}

std::string MockDriver::name() const { return "mock"; }

}  // namespace coodie
