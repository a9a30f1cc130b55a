// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/batch_query.hpp>

#include <coodie/sync/execute.hpp>
#include <coodie/types/error.hpp>

#include <exception>
#include <utility>

namespace coodie {

void BatchResult::or_throw() const {
    if (!applied_)
        throw NotApplied(
            "the batch was not applied: the condition of one of its writes did not hold, so none of them "
            "was written");
}

}  // namespace coodie

namespace coodie::sync {

BatchQuery::BatchQuery(BatchType type, BatchOptions options)
    : BatchState(type, options), exceptions_(std::uncaught_exceptions()) {}

BatchQuery::~BatchQuery() noexcept(false) {
    if (!executed() && !empty() && std::uncaught_exceptions() == exceptions_) static_cast<void>(execute());
}

BatchResult BatchQuery::execute() {
    const BatchStatement& batch = take();
    if (empty()) return {};
    return BatchResult(detail::run(*driver(), batch));
}

void BatchQuery::add_raw(std::string_view cql, const query::RawArguments& arguments) {
    std::shared_ptr<Driver> driver = driver_for_raw();
    Statement statement = query::raw_statement(*driver, cql, arguments, {});
    join_raw(std::move(driver), std::move(statement));
}

}  // namespace coodie::sync
