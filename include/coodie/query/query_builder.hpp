// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/connection.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/query_state.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/query/write_options.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::query {

template <class C>
struct OrderedColumn {
    using type = C;
    static constexpr bool descending = false;
    static const C& column(const C& expression) { return expression; }
};
template <class C>
struct OrderedColumn<Descending<C>> {
    using type = C;
    static constexpr bool descending = true;
    static const C& column(const Descending<C>& expression) { return expression.column(); }
};

template <class T, class O>
[[nodiscard]] Ordering ordering(const O& expression) {
    using Named = OrderedColumn<O>;
    using C = typename Named::type;
    static_assert(ColumnExpression<C>, "coodie: order_by takes columns: \"a\"_c, or -\"b\"_c for descending");
    if constexpr (ColumnOf<C>::is_static) {
        if constexpr (names_column<T, C>) {
            constexpr ColumnKind kind = column_info<T, ColumnOf<C>::template index<T>()>().kind;
            static_assert(kind == ColumnKind::clustering,
                          "coodie: order_by takes clustering columns; CQL orders by no others");
        }
    }
    return {.column = index_of<T>(Named::column(expression)), .descending = Named::descending};
}

/// What can be said of a query before it ends: the part of QuerySet that both fronts share. An immutable
/// value; each function gives a new one. `Derived` is the front's QuerySet, `PartialSet` the one that reads
/// parts of documents.
template <class Derived, class T, class PartialSet>
class QueryBuilder {
public:
    /// Reads these columns and the primary key only.
    template <class... C>
    [[nodiscard]] PartialSet only(const C&... columns) const {
        QueryState next = state_;
        next.set_only(indexes(columns...));
        return PartialSet(std::move(next));
    }
    /// Reads all columns but these.
    template <class... C>
    [[nodiscard]] PartialSet defer(const C&... columns) const {
        QueryState next = state_;
        next.set_defer(indexes(columns...));
        return PartialSet(std::move(next));
    }
    /// Conditions that must all hold. Throws ValidationError for a value that does not fit its column,
    /// InvalidQueryError for a column that a name known at run time does not name.
    template <ConditionExpression... C>
    [[nodiscard]] Derived filter(const C&... conditions) const {
        return with([&](QueryState& state) { add_conditions<T>(state.where, conditions...); });
    }
    /// At most this many rows, 1 or more.
    [[nodiscard]] Derived limit(std::int64_t rows) const {
        return with([&](QueryState& state) { state.set_limit(rows); });
    }
    /// At most this many rows of each partition, 1 or more.
    [[nodiscard]] Derived per_partition_limit(std::int64_t rows) const {
        return with([&](QueryState& state) { state.set_per_partition_limit(rows); });
    }
    /// By clustering columns: `order_by("a"_c, -"b"_c)`.
    template <class... O>
    [[nodiscard]] Derived order_by(const O&... columns) const {
        static_assert(sizeof...(O) > 0, "coodie: order_by takes at least one column");
        return with([&](QueryState& state) { state.add_order({ordering<T>(columns)...}); });
    }
    /// Lets the server read rows only to drop them. Without it such a query is refused (semantics rule 26).
    [[nodiscard]] Derived allow_filtering() const {
        return with([](QueryState& state) { state.say(Modifier::allow_filtering); });
    }
    /// Rows per page, 1 or more. Not set: the driver's (5000).
    [[nodiscard]] Derived fetch_size(std::int64_t rows) const {
        return with([&](QueryState& state) { state.set_fetch_size(rows); });
    }
    /// Goes on where a page ended; `token` is its `paging_state`. "" begins at the start. Throws (at the
    /// query's end) InvalidQueryError for a token of another query or an altered one.
    [[nodiscard]] Derived page(std::string_view token) const {
        return with([&](QueryState& state) {
            state.page_token = token;
            if (!token.empty()) state.say(Modifier::page);
        });
    }
    /// For update: 0 s (never expires) to 630,720,000 s. Throws ValidationError outside.
    [[nodiscard]] Derived ttl(std::chrono::seconds time) const {
        return with([&](QueryState& state) { state.set_ttl(time); });
    }
    /// For update and remove: the write's time.
    [[nodiscard]] Derived timestamp(WriteTime time) const {
        return with([&](QueryState& state) { state.set_timestamp(time); });
    }
    [[nodiscard]] Derived using_(UsingOptions options) const {
        return with([&](QueryState& state) {
            if (options.ttl) state.set_ttl(*options.ttl);
            if (options.timestamp) state.set_timestamp(*options.timestamp);
        });
    }
    [[nodiscard]] Derived consistency(Consistency level) const {
        return with([&](QueryState& state) { state.execution.consistency = level; });
    }
    /// Of a conditional write, or a read with consistency serial.
    [[nodiscard]] Derived serial_consistency(Consistency level) const {
        return with([&](QueryState& state) { state.execution.serial_consistency = level; });
    }
    [[nodiscard]] Derived timeout(std::chrono::milliseconds time) const {
        return with([&](QueryState& state) { state.execution.timeout = time; });
    }
    /// For update and remove: IF EXISTS.
    [[nodiscard]] Derived if_exists() const {
        return with([](QueryState& state) { state.say(Modifier::if_exists); });
    }
    /// For update and remove: IF these conditions hold.
    template <ConditionExpression... C>
    [[nodiscard]] Derived only_if(const C&... conditions) const {
        static_assert(sizeof...(C) > 0, "coodie: only_if needs a condition; use if_exists() for IF EXISTS");
        return with([&](QueryState& state) {
            add_conditions<T, false>(state.conditions, conditions...);
            state.say(Modifier::only_if);
        });
    }
    /// In place of the model's keyspace.
    [[nodiscard]] Derived in_keyspace(std::string_view keyspace) const {
        return with([&](QueryState& state) { state.keyspace = keyspace; });
    }
    /// On this driver in place of the model's connection.
    [[nodiscard]] Derived on(const Connection& connection) const { return on(connection.shared_driver()); }
    [[nodiscard]] Derived on(std::shared_ptr<Driver> driver) const {
        return with([&](QueryState& state) { state.driver = std::move(driver); });
    }
    /// The driver's lifetime is the caller's.
    [[nodiscard]] Derived on(Driver& driver) const {
        return on(std::shared_ptr<Driver>(std::shared_ptr<void>(), &driver));
    }
    /// On the driver of that name. Throws ConfigurationError when there is none.
    [[nodiscard]] Derived on(std::string_view name) const;

    /// The SELECT and its values, for logs and tests: `SELECT "a" FROM "t" WHERE "b" > ? [3]`.
    [[nodiscard]] std::string cql() const { return to_string(select_statement(state_, SelectKind::rows)); }

    [[nodiscard]] const QueryState& state() const noexcept { return state_; }

protected:
    QueryBuilder() : state_(model_info<T>()) {}
    explicit QueryBuilder(PredicateList where) : state_(model_info<T>()) { state_.where = std::move(where); }
    explicit QueryBuilder(QueryState state) : state_(std::move(state)) {}

private:
    template <class... C>
    [[nodiscard]] static std::vector<std::uint16_t> indexes(const C&... columns) {
        static_assert((ColumnExpression<C> && ...), "coodie: only and defer take columns: \"a\"_c, \"b\"_c");
        static_assert(sizeof...(C) > 0, "coodie: only and defer take at least one column");
        return {index_of<T>(columns)...};
    }
    template <class Change>
    [[nodiscard]] Derived with(Change change) const {
        Derived next(static_cast<const Derived&>(*this));
        change(static_cast<QueryBuilder&>(next).state_);
        return next;
    }

    QueryState state_;
};

/// The driver that an operation runs on: the query's, else that of the model's connection. Throws
/// ConfigurationError naming the call that is missing (no driver, no such name, no keyspace).
[[nodiscard]] std::shared_ptr<Driver> driver_of(const ModelInfo& model, std::string_view keyspace = {});
[[nodiscard]] std::shared_ptr<Driver> driver_of(const QueryState& state, std::string_view keyspace = {});
/// The driver of that name, as `get_driver` finds it.
[[nodiscard]] std::shared_ptr<Driver> named_driver(std::string_view name);

template <class Derived, class T, class PartialSet>
Derived QueryBuilder<Derived, T, PartialSet>::on(std::string_view name) const {
    return on(named_driver(name));
}

}  // namespace coodie::query
