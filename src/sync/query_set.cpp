// SPDX-License-Identifier: Apache-2.0
#include <coodie/sync/query_set.hpp>

#include "query/page_token.hpp"

namespace coodie::sync::detail {
namespace {

query::OperationContext context_of(const query::QueryState& state, const char* operation) {
    return {.model = state.model,
            .operation = operation,
            .keyspace = state.keyspace,
            .where = state.where.items()};
}

}  // namespace

std::string page_token(const PageReader& reader, const Result& page) {
    return query::make_page_token(page.paging_state(), reader.statement());
}

PageReader open(const query::QueryState& state, query::SelectKind kind, const char* operation) {
    Statement statement = query::select_statement(state, kind);
    const query::OperationContext context = context_of(state, operation);
    if (state.where.matches_nothing()) return PageReader(context);
    return PageReader(query::driver_of(state), std::move(statement), context);
}

std::int64_t count(const query::QueryState& state) {
    PageReader reader = open(state, query::SelectKind::count, "count");
    while (reader.has_more()) {
        const Result page = reader.next();
        if (page.row_count() > 0) return query::read_count(page);
    }
    return 0;
}

WriteOutcome bulk_update(const query::QueryState& state, const query::ChangeList& changes,
                         const UpdateOptions& options) {
    Statement statement = query::bulk_update_statement(state, changes, options);
    if (state.where.matches_nothing()) return {};
    query::OperationContext context = context_of(state, "update");
    if (!options.keyspace.empty()) context.keyspace = options.keyspace;
    return write(context, query::driver_of(state, options.keyspace), std::move(statement), options.batch);
}

WriteOutcome bulk_remove(const query::QueryState& state, const RemoveOptions& options) {
    Statement statement = query::bulk_remove_statement(state, options);
    if (state.where.matches_nothing()) return {};
    query::OperationContext context = context_of(state, "remove");
    if (!options.keyspace.empty()) context.keyspace = options.keyspace;
    return write(context, query::driver_of(state, options.keyspace), std::move(statement), options.batch);
}

}  // namespace coodie::sync::detail
