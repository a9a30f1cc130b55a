// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/statements.hpp>

#include "query/clauses.hpp"
#include "query/page_token.hpp"
#include "query/select_one.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace coodie::query {
namespace {

/// Of ExecutionOptions: for a read of one row by its whole primary key.
constexpr std::int32_t no_paging = 0;

struct SelectParts {
    const ModelInfo& model;
    std::span<const Predicate> where;
    std::span<const std::uint16_t> columns{};
    std::span<const Ordering> order{};
    std::string_view keyspace{};
    bool count = false;
    bool per_partition_limit = false;
    bool limit = false;
    bool allow_filtering = false;
};

std::vector<cql::Selector> selectors(const SelectParts& parts) {
    std::vector<cql::Selector> list;
    if (parts.count) {
        list.push_back(cql::count_all());
        return list;
    }
    if (parts.columns.empty())
        for (const ColumnInfo& column : parts.model.columns) list.push_back(cql::select_column(column.name));
    for (const std::uint16_t index : parts.columns)
        list.push_back(cql::select_column(parts.model.columns[index].name));
    return list;
}

StatementText render(const SelectParts& parts) {
    cql::SelectShape shape{.table = table_name(parts.model, parts.keyspace)};
    shape.selectors = selectors(parts);
    shape.where = relations(parts.model, parts.where);
    for (const Ordering& order : parts.order)
        shape.order_by.push_back({std::string(parts.model.columns[order.column].name), order.descending});
    shape.per_partition_limit = parts.per_partition_limit;
    shape.limit = parts.limit;
    shape.allow_filtering = parts.allow_filtering;
    shape.partition_key = partition_key_names(parts.model);
    return shape.render();
}

StatementText text_of(const SelectParts& parts) {
    ShapeKey key;
    key.add(ShapeTag::select, &parts.model, parts.count, parts.per_partition_limit, parts.limit,
            parts.allow_filtering);
    key.add(parts.keyspace);
    add_to_key(key, parts.where);
    key.add(static_cast<std::uint16_t>(parts.columns.size()));
    for (const std::uint16_t column : parts.columns) key.add(column);
    for (const Ordering& order : parts.order) key.add(order.column, order.descending);
    return shape_text(key, [&] { return render(parts); });
}

/// Whether at most one row can match: each column of the primary key has its `=`.
bool names_one_row(const ModelInfo& model, std::span<const Predicate> where) {
    std::size_t keys = 0;
    for (const Predicate& predicate : where)
        if (predicate.op == cql::Operator::equal && predicate.left == cql::Relation::Left::column &&
            (model.columns[predicate.column].kind == ColumnKind::partition_key ||
             model.columns[predicate.column].kind == ColumnKind::clustering))
            ++keys;
    return keys == model.partition_key.size() + model.clustering.size();
}

void refuse(const QueryState& state, Modifier modifier, const char* name, const char* ending,
            const char* why) {
    if (state.has(modifier))
        throw InvalidQueryError(std::string(ending) + " of " + table_label(*state.model, state.keyspace) +
                                " cannot honour " + name + ": " + why);
}

void refuse_write_modifiers(const QueryState& state, const char* ending) {
    const char* const why = "it belongs to a write";
    refuse(state, Modifier::ttl, "ttl", ending, why);
    refuse(state, Modifier::timestamp, "timestamp", ending, why);
    refuse(state, Modifier::if_exists, "if_exists", ending, why);
    refuse(state, Modifier::only_if, "only_if", ending, why);
}

void refuse_modifiers(const QueryState& state, SelectKind kind) {
    switch (kind) {
        case SelectKind::rows: refuse_write_modifiers(state, "all"); return;
        case SelectKind::first:
            refuse_write_modifiers(state, "first");
            refuse(state, Modifier::page, "page", "first", "it reads one row from the start");
            return;
        case SelectKind::one:
            refuse_write_modifiers(state, "find_one");
            refuse(state, Modifier::page, "page", "find_one", "it reads from the start");
            refuse(state, Modifier::limit, "limit", "find_one",
                   "it has to see whether there are several rows");
            return;
        case SelectKind::count: {
            refuse_write_modifiers(state, "count");
            const char* const why = "COUNT(*) gives one row over all that match";
            refuse(state, Modifier::limit, "limit", "count", why);
            refuse(state, Modifier::per_partition_limit, "per_partition_limit", "count", why);
            refuse(state, Modifier::order_by, "order_by", "count", why);
            refuse(state, Modifier::only, "only", "count", why);
            refuse(state, Modifier::defer, "defer", "count", why);
            refuse(state, Modifier::page, "page", "count", why);
            return;
        }
    }
}

std::int32_t row_limit(const QueryState& state, SelectKind kind) {
    if (kind == SelectKind::first) return 1;
    if (kind == SelectKind::one) return names_one_row(*state.model, state.where.items()) ? 0 : 2;
    return state.limit;
}

}  // namespace

Statement select_statement(const QueryState& state, SelectKind kind) {
    refuse_modifiers(state, kind);
    state.where.refuse_nulls(*state.model);
    const std::int32_t limit = row_limit(state, kind);
    const SelectParts parts{.model = *state.model,
                            .where = state.where.items(),
                            .columns = state.columns,
                            .order = state.order,
                            .keyspace = state.keyspace,
                            .count = kind == SelectKind::count,
                            .per_partition_limit = state.has(Modifier::per_partition_limit),
                            .limit = limit != 0,
                            .allow_filtering = state.has(Modifier::allow_filtering)};
    BoundValues values;
    values.reserve(state.where.values().size() + 16);
    bind(values, *state.model, state.where);
    if (parts.per_partition_limit) bind_int(values, state.per_partition_limit);
    if (parts.limit) bind_int(values, limit);
    ExecutionOptions execution = state.execution;
    if (!execution.consistency) execution.consistency = state.model->consistency;
    if ((kind == SelectKind::first || kind == SelectKind::one) && !execution.page_size &&
        names_one_row(*state.model, state.where.items()))
        execution.page_size = no_paging;
    execution.idempotent = true;
    Statement statement(text_of(parts), std::move(values), execution);
    if (!state.page_token.empty()) statement.set_paging_state(open_page_token(state.page_token, statement));
    return statement;
}

SelectOne::SelectOne(const ModelInfo& model, const PredicateList& where)
    : model_(&model),
      where_(std::make_shared<const Predicates>(where.predicates())),
      execution_(execution_options(model, {}, {}, true)),
      limit_(!names_one_row(model, where.items())) {
    where.refuse_nulls(model);
    text_ = text_of({.model = model, .where = where.items(), .limit = limit_});
    for (const Predicate& predicate : where.items()) value_count_ += value_count(model, predicate);
    if (!limit_) execution_.page_size = no_paging;
}

bool SelectOne::is_of(const ModelInfo& model, std::span<const Predicate> where) const noexcept {
    return model_ == &model && std::ranges::equal(where_->view(), where);
}

const SelectOne& SelectOne::of(const ModelInfo& model, const PredicateList& where) {
    thread_local std::array<SelectOne, 16> recent;
    const auto address = reinterpret_cast<std::uintptr_t>(&model);
    const auto hash = address >> 4U ^ address >> 10U ^ where.items().size() ^ where.items().front().column;
    SelectOne& place = recent[hash % recent.size()];
    if (!place.is_of(model, where.items())) place = SelectOne(model, where);
    return place;
}

Statement SelectOne::statement(Bytes&& values) const {
    BoundValues bound(std::move(values), value_count_);
    if (limit_) bind_int(bound, 2);
    return {text_, std::move(bound), execution_};
}

}  // namespace coodie::query
