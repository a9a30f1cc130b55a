// SPDX-License-Identifier: Apache-2.0
#include "schema/execution.hpp"

#include <string_view>
#include <utility>
#include <variant>

namespace coodie::schema {
namespace {

Error with_context(const Error& error, std::string_view doing, const std::string& cql) {
    std::string message = std::string(doing) + ": " + error.message() + " (in: " + cql + ')';
    if (error.kind() == ErrorKind::server) return {error.code(), std::move(message)};
    return {error.kind(), std::move(message)};
}

}  // namespace

Steps<Result> run(Statement statement, std::string doing) {
    Outcome outcome = co_await Ask(statement);
    if (const Error* error = std::get_if<Error>(&outcome))
        raise(with_context(*error, doing, statement.text().cql()));
    co_return std::get<Result>(std::move(outcome));
}

Steps<void> run_ddl(std::string cql, std::string doing, StatementKind kind) {
    Statement statement(StatementText(std::move(cql), kind));
    co_await run(std::move(statement), std::move(doing));
}

}  // namespace coodie::schema
