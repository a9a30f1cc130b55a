// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/execute.hpp>

#include <coodie/query/query_builder.hpp>
#include <coodie/types/error.hpp>

#include <variant>

namespace coodie::sync::detail {

Result run(Driver& driver, const Statement& statement, const query::OperationContext& given) {
    Outcome outcome = driver.execute(statement);
    if (const Error* error = std::get_if<Error>(&outcome)) {
        query::OperationContext context = given;
        context.conditional = statement.text().kind() == StatementKind::conditional;
        raise(query::explained(*error, context));
    }
    return std::move(*std::get_if<Result>(&outcome));
}

Result run(Driver& driver, const BatchStatement& batch) {
    Outcome outcome = driver.execute(batch);
    if (const Error* error = std::get_if<Error>(&outcome)) raise(query::explained_batch(*error));
    return std::move(*std::get_if<Result>(&outcome));
}

WriteOutcome write(const ModelInfo& model, std::string_view keyspace, const char* operation,
                   Statement statement, query::BatchState* batch) {
    return write({.model = &model, .operation = operation, .keyspace = keyspace},
                 query::driver_of(model, keyspace), std::move(statement), batch);
}

WriteOutcome write(const query::OperationContext& context, std::shared_ptr<Driver> driver,
                   Statement statement, query::BatchState* batch) {
    if (batch == nullptr) return {.result = run(*driver, statement, context)};
    batch->join(*context.model, context.keyspace, std::move(driver), std::move(statement));
    return {.in_batch = true};
}

Result PageReader::next() {
    Result page = run(*driver_, statement_, context_);
    const BytesView state = page.paging_state();
    more_ = !state.empty();
    if (more_) statement_.set_paging_state(Bytes(state.begin(), state.end()));
    return page;
}

}  // namespace coodie::sync::detail
