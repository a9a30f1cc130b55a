// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/document_base.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/query_state.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/types/types.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace query_test {

struct Review : coodie::DocumentBase<Review> {
    std::string product;
    std::int32_t at = 0;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::vector<std::string> tags;
    std::set<std::int32_t> marks;
    std::map<std::string, std::int64_t> votes;
    coodie::frozen<std::vector<std::int32_t>> fixed;
    double price = 0;
    std::int8_t tiny = 0;
    std::string brand;

    static constexpr auto schema() {
        return coodie::table("reviews")
            .keyspace("catalog")
            .partition_key<&Review::product>()
            .clustering_key<&Review::at>(coodie::desc)
            .static_column<&Review::brand>()
            .name<&Review::brand>("class");
    }
};

struct Visit : coodie::DocumentBase<Visit> {
    std::int32_t a = 0;
    std::string b;
    coodie::counter hits;

    static constexpr auto schema() { return coodie::table("visits").partition_key<&Visit::a, &Visit::b>(); }
};

/// A query of model T with these conditions.
template <class T, class... C>
coodie::query::QueryState query_of(const C&... conditions) {
    coodie::query::QueryState state(coodie::model_info<T>());
    coodie::query::add_conditions<T>(state.where, conditions...);
    return state;
}

/// The SELECT of these conditions, without its columns: "WHERE ... [values]".
template <class T, class... C>
std::string where(const C&... conditions) {
    const std::string text = coodie::query::to_string(
        coodie::query::select_statement(query_of<T>(conditions...), coodie::query::SelectKind::rows));
    const std::size_t at = text.find("WHERE");
    return at == std::string::npos ? text : text.substr(at);
}

/// The SET of these assignments with their values: what stands between SET and WHERE, then all values.
template <class T, class... A>
std::string set(const A&... assignments) {
    const T document{};
    const std::string text = coodie::query::to_string(coodie::query::update_statement(
        coodie::model_info<T>(), &document, coodie::query::change_list<T>(assignments...), {}, {}));
    const std::size_t from = text.find("SET") + 4;
    const std::size_t values = text.find(" [") + 1;
    return text.substr(from, text.find(" WHERE") - from) + ' ' + text.substr(values);
}

/// What an operation throws.
template <class E, class F>
std::string thrown(F operation) {
    try {
        operation();
    } catch (const E& error) {
        return error.what();
    }
    return "nothing was thrown";
}

}  // namespace query_test
