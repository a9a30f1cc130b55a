// SPDX-License-Identifier: Apache-2.0
#include "judge_driver.hpp"

#include "messages.hpp"

#include <charconv>
#include <optional>

namespace coodie::judge {
namespace {

std::string quoted(const std::string& identifier) {
    std::string text = "\"";
    for (const char c : identifier) text.append(c == '"' ? 2 : 1, c);
    return text + "\"";
}

}  // namespace

JudgeDriver::JudgeDriver(std::string host, std::uint16_t port, std::string keyspace)
    : host_(std::move(host)), port_(port), keyspace_(std::move(keyspace)) {}

std::unique_ptr<JudgeDriver> JudgeDriver::from_endpoint(std::string_view endpoint, std::string keyspace) {
    const std::size_t colon = endpoint.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return nullptr;
    std::uint16_t port = 0;
    const char* const last = endpoint.data() + endpoint.size();
    const auto [end, error] = std::from_chars(endpoint.data() + colon + 1, last, port);
    if (error != std::errc() || end != last || port == 0) return nullptr;
    return std::make_unique<JudgeDriver>(std::string(endpoint.substr(0, colon)), port, std::move(keyspace));
}

template <class Answer, class Work>
Answer JudgeDriver::guarded(Work work) {
    const std::lock_guard lock(mutex_);
    if (closed_) return Error(ErrorKind::cancelled, name() + " was closed");
    try {
        ensure_connected();
        return work();
    } catch (const std::exception& failure) {
        connection_.reset();
        return Error(ErrorKind::connection, name() + ": " + failure.what());
    }
}

void JudgeDriver::ensure_connected() {
    if (connection_) return;
    auto fresh = std::make_unique<Connection>(host_, port_);
    WireWriter startup;
    startup.write_short(1);
    startup.write_string("CQL_VERSION");
    startup.write_string("3.0.0");
    if (fresh->exchange(Opcode::startup, startup.bytes()).opcode != Opcode::ready)
        throw ConnectionLost("the server does not say READY (it may want a user and a password)");
    connection_ = std::move(fresh);
    current_keyspace_.clear();
    prepared_.clear();
}

Outcome JudgeDriver::exchange(Opcode opcode, BytesView body) {
    std::optional<std::string> keyspace;
    Outcome outcome = read_outcome(connection_->exchange(opcode, body), keyspace);
    if (keyspace) current_keyspace_ = std::move(*keyspace);
    return outcome;
}

Outcome JudgeDriver::use_keyspace(const std::string& wanted) {
    const std::string& keyspace = wanted.empty() ? keyspace_ : wanted;
    if (keyspace.empty() || keyspace == current_keyspace_) return Result();
    Outcome used = run(Statement(StatementText("USE " + quoted(keyspace))));
    // The statement may be the one that creates it; if it needs it, the server says so.
    const auto* error = std::get_if<Error>(&used);
    return error != nullptr && error->code() == server_code::invalid ? Result() : std::move(used);
}

JudgeDriver::PreparedOrError JudgeDriver::prepare(const std::string& cql) {
    std::string key = current_keyspace_ + '\0' + cql;
    if (const auto known = prepared_.find(key); known != prepared_.end()) return known->second;
    WireWriter body;
    body.write_long_string(cql);
    auto answer = read_prepared(connection_->exchange(Opcode::prepare, body.bytes()));
    if (auto* error = std::get_if<Error>(&answer)) return std::move(*error);
    auto& fresh = std::get<PreparedAnswer>(answer);
    auto entry =
        std::make_shared<const Prepared>(Prepared{std::move(fresh.id), std::move(fresh.description)});
    prepared_.emplace(std::move(key), entry);
    return entry;
}

Outcome JudgeDriver::run(const Statement& statement) {
    if (statement.values().count() > 0) return run_prepared(statement);
    WireWriter body;
    body.write_long_string(statement.text().cql());
    write_query_parameters(body, statement);
    return exchange(Opcode::query, body.bytes());
}

Outcome JudgeDriver::run_prepared(const Statement& statement) {
    for (bool again = false;; again = true) {
        PreparedOrError prepared = prepare(statement.text().cql());
        if (auto* error = std::get_if<Error>(&prepared)) return std::move(*error);
        WireWriter body;
        body.write_short_bytes(std::get<0>(prepared)->id);
        write_query_parameters(body, statement);
        Outcome outcome = exchange(Opcode::execute, body.bytes());
        const auto* error = std::get_if<Error>(&outcome);
        if (again || error == nullptr || error->code() != server_code::unprepared) return outcome;
        prepared_.clear();
    }
}

Outcome JudgeDriver::run_batch(const BatchStatement& batch) {
    for (bool again = false;; again = true) {
        WireWriter body;
        body.write_byte(static_cast<std::uint8_t>(batch.type()));
        body.write_short(static_cast<std::uint16_t>(batch.statements().size()));
        for (const Statement& statement : batch.statements()) {
            if (statement.values().count() == 0) {
                body.write_byte(0);
                body.write_long_string(statement.text().cql());
            } else {
                PreparedOrError prepared = prepare(statement.text().cql());
                if (auto* error = std::get_if<Error>(&prepared)) return std::move(*error);
                body.write_byte(1);
                body.write_short_bytes(std::get<0>(prepared)->id);
            }
            body.write_short(statement.values().count());
            body.append(statement.values().bytes());
        }
        write_batch_parameters(body, batch);
        Outcome outcome = exchange(Opcode::batch, body.bytes());
        const auto* error = std::get_if<Error>(&outcome);
        if (again || error == nullptr || error->code() != server_code::unprepared) return outcome;
        prepared_.clear();
    }
}

Outcome JudgeDriver::execute(const Statement& statement) {
    return guarded<Outcome>([&]() -> Outcome {
        Outcome used = use_keyspace(std::string(statement.keyspace()));
        return std::holds_alternative<Error>(used) ? used : run(statement);
    });
}

Outcome JudgeDriver::execute(const BatchStatement& batch) {
    return guarded<Outcome>([&]() -> Outcome {
        const std::string wanted(batch.statements().empty() ? "" : batch.statements().front().keyspace());
        Outcome used = use_keyspace(wanted);
        return std::holds_alternative<Error>(used) ? used : run_batch(batch);
    });
}

Ticket JudgeDriver::start(Statement&& statement, std::shared_ptr<Request> request) {
    request->complete(execute(statement));
    return Ticket::none;
}

Ticket JudgeDriver::start(BatchStatement&& batch, std::shared_ptr<Request> request) {
    request->complete(execute(batch));
    return Ticket::none;
}

void JudgeDriver::cancel(Ticket) noexcept {}

std::variant<Description, Error> JudgeDriver::describe(const StatementText& text) {
    using Answer = std::variant<Description, Error>;
    return guarded<Answer>([&]() -> Answer {
        Outcome used = use_keyspace({});
        if (auto* error = std::get_if<Error>(&used)) return std::move(*error);
        PreparedOrError prepared = prepare(text.cql());
        if (auto* error = std::get_if<Error>(&prepared)) return std::move(*error);
        return std::get<0>(prepared)->description;
    });
}

std::string JudgeDriver::keyspace() const { return keyspace_; }

Outcome JudgeDriver::connect() {
    return guarded<Outcome>([]() -> Outcome { return Result(); });
}

void JudgeDriver::close() noexcept {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    connection_.reset();
}

std::string JudgeDriver::name() const { return "cassandra " + host_ + ":" + std::to_string(port_); }

}  // namespace coodie::judge
