// SPDX-License-Identifier: Apache-2.0
#include "schema/execution.hpp"

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

Result run(Driver& driver, const Statement& statement, std::string_view doing) {
    Outcome outcome = driver.execute(statement);
    if (const Error* error = std::get_if<Error>(&outcome))
        raise(with_context(*error, doing, statement.text().cql()));
    return std::get<Result>(std::move(outcome));
}

void run_ddl(Driver& driver, const std::string& cql, std::string_view doing, StatementKind kind) {
    run(driver, Statement(StatementText(cql, kind)), doing);
}

}  // namespace coodie::schema
