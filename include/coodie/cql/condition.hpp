// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/relation.hpp>
#include <coodie/cql/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace coodie::cql {

/// A relation with its values, for WHERE and IF. Build it with the functions below.
struct Condition {
    Relation relation;
    std::vector<Value> values;
};

[[nodiscard]] Condition eq(std::string_view column, Value value);
[[nodiscard]] Condition ne(std::string_view column, Value value);
[[nodiscard]] Condition lt(std::string_view column, Value value);
[[nodiscard]] Condition le(std::string_view column, Value value);
[[nodiscard]] Condition gt(std::string_view column, Value value);
[[nodiscard]] Condition ge(std::string_view column, Value value);
/// `"column" IN ?`; `list` is one value of a list type, e.g. std::vector<std::int32_t>{1, 2} (semantics rule
/// 14).
[[nodiscard]] Condition in(std::string_view column, Value list);
[[nodiscard]] Condition contains(std::string_view column, Value element);
[[nodiscard]] Condition contains_key(std::string_view column, Value key);
[[nodiscard]] Condition like(std::string_view column, Value pattern);
[[nodiscard]] Condition is_not_null(std::string_view column);
/// `"column"[key] op value`.
[[nodiscard]] Condition element(std::string_view column, Value key, Operator op, Value value);
/// `token(columns) op value`, the value being a token.
[[nodiscard]] Condition token_is(std::vector<std::string> columns, Operator op, std::int64_t token);
/// `token(columns) op token(values)`.
[[nodiscard]] Condition token_like(std::vector<std::string> columns, Operator op, std::vector<Value> values);

}  // namespace coodie::cql
