// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/batch_query.hpp>

#include <coodie/sync/execute.hpp>

#include <exception>
#include <utility>

namespace coodie::sync {

BatchQuery::BatchQuery(BatchType type, BatchOptions options)
    : BatchState(type, options), exceptions_(std::uncaught_exceptions()) {}

BatchQuery::~BatchQuery() noexcept(false) {
    if (!executed() && !empty() && std::uncaught_exceptions() == exceptions_) static_cast<void>(execute());
}

BatchResult BatchQuery::execute() {
    const BatchStatement batch = take();
    if (batch.statements().empty()) return {};
    return BatchResult(detail::run(*driver(), batch));
}

void BatchQuery::add_raw(std::string_view cql, const query::RawArguments& arguments) {
    std::shared_ptr<Driver> driver = driver_for_raw();
    Statement statement = query::raw_statement(*driver, cql, arguments, {});
    join_raw(std::move(driver), std::move(statement));
}

}  // namespace coodie::sync
