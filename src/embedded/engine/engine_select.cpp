// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/engine.hpp"
#include "embedded/engine/select.hpp"

namespace coodie::embedded {

namespace {

constexpr std::int32_t default_page_size = 5000;

/// As Cassandra: rows of several partitions are sorted as a whole or not at all.
std::optional<Error> check_sorted_paging(const SelectPlan& plan, const BoundSelect& select,
                                         std::int32_t page_size) {
    const bool one_page = page_size <= 0 || (select.limit && *select.limit <= page_size);
    if (plan.sort.empty() || one_page) return std::nullopt;
    return Error(
        server_code::invalid,
        "Cannot page queries with both ORDER BY and a IN restriction on the partition key; you must "
        "either remove the ORDER BY or the IN and sort client side, or disable paging for this query");
}

}  // namespace

Outcome Engine::select(const Prepared& prepared, const SelectPlan& plan, const Statement& statement,
                       Call& call) {
    BoundValues kept;
    auto values = prepared.values_of(statement, kept);
    if (auto* error = std::get_if<Error>(&values)) return std::move(*error);
    const auto& bound = std::get<Bound>(values);
    BoundSelect select;
    if (auto error = bind(plan, bound, select)) return std::move(*error);
    if (auto error = call.running.check_now()) return std::move(*error);

    const PagedQuery query{statement.text().cql(), prepared.keyspace, statement.values().bytes(),
                           plan.table->id};
    PagePosition start;
    const bool resumes = !statement.paging_state().empty();
    if (resumes) {
        auto position = read_paging_state(paging_key_, query, statement.paging_state());
        if (auto* error = std::get_if<Error>(&position)) return std::move(*error);
        start = std::move(std::get<PagePosition>(position));
    }
    const bool pages = !plan.aggregate && plan.sort.empty();
    const auto wanted_size = statement.options().page_size.value_or(default_page_size);
    if (auto error = check_sorted_paging(plan, select, wanted_size)) return std::move(*error);
    const auto page_size = pages ? wanted_size : 0;
    RowSink sink(plan, bound, select, page_size, start);

    storage::ScanPosition end;
    if (const auto* table = prepared.tables.front().get()) {
        StoredSelect run(*store_, *table, plan, select, sink, call.running, Clock::now_seconds());
        if (auto error = run.run(resumes ? &start.scan : nullptr)) return std::move(*error);
        if (sink.paused()) end = run.position();
    } else {
        const auto rows = virtual_rows(*plan.table, *prepared.plan.catalog, facts_);
        end.token = select_virtual(rows, plan, select, sink, start.scan.token);
        end.clustering.emplace();
    }
    auto state =
        sink.paused() ? write_paging_state(paging_key_, query, sink.position(std::move(end))) : Bytes{};
    return sink.finish(prepared.plan.columns, std::move(state));
}

}  // namespace coodie::embedded
