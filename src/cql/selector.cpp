// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/selector.hpp>

#include <utility>

namespace coodie::cql {
namespace {

Selector of_one(Selector::Kind kind, std::string_view column, std::string_view alias) {
    return {.kind = kind, .columns = {std::string(column)}, .alias = std::string(alias)};
}

}  // namespace

Selector select_column(std::string_view column, std::string_view alias) {
    return of_one(Selector::Kind::column, column, alias);
}

Selector count_all(std::string_view alias) {
    return {.kind = Selector::Kind::count_all, .alias = std::string(alias)};
}

Selector writetime(std::string_view column, std::string_view alias) {
    return of_one(Selector::Kind::writetime, column, alias);
}

Selector ttl(std::string_view column, std::string_view alias) {
    return of_one(Selector::Kind::ttl, column, alias);
}

Selector token(std::vector<std::string> columns, std::string_view alias) {
    return {.kind = Selector::Kind::token, .columns = std::move(columns), .alias = std::string(alias)};
}

Selector function(std::string_view name, std::vector<std::string> columns, std::string_view alias) {
    return {.kind = Selector::Kind::function,
            .columns = std::move(columns),
            .function = std::string(name),
            .alias = std::string(alias)};
}

}  // namespace coodie::cql
