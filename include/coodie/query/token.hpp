// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model_info.hpp>
#include <coodie/query/column.hpp>

#include <cstdint>
#include <tuple>
#include <utility>

/// `token("a"_c, "b"_c) > ...`: conditions on the partition key's token, for scans by range (semantics rule
/// 25).
namespace coodie::query {

/// `token_of(a, b)`: the token of these partition key values, computed by the server.
template <class... Values>
class TokenOfValues {
public:
    explicit TokenOfValues(Values... values) : values_(std::move(values)...) {}
    [[nodiscard]] const std::tuple<Values...>& values() const noexcept { return values_; }

private:
    std::tuple<Values...> values_;
};

/// `token_of(document)`: the partition key, encoded already.
class TokenOfDocument {
public:
    TokenOfDocument(const ModelInfo& model, const void* document);
    [[nodiscard]] const ModelInfo& model() const noexcept { return *model_; }
    /// One `[int] length + content` for each column of the partition key.
    [[nodiscard]] const Bytes& values() const noexcept { return values_; }

private:
    const ModelInfo* model_;
    Bytes values_;
};

template <class V>
inline constexpr bool is_token_of_values = false;
template <class... Values>
inline constexpr bool is_token_of_values<TokenOfValues<Values...>> = true;

/// `token(...) op value`: a std::int64_t, a TokenOfValues or a TokenOfDocument.
template <class Columns, Operator Op, class Value>
class TokenComparison : public ConditionBase {
public:
    using columns_type = Columns;
    using value_type = Value;
    static constexpr Operator op = Op;

    TokenComparison(Columns columns, Value value) : columns_(std::move(columns)), value_(std::move(value)) {}
    [[nodiscard]] const Columns& columns() const noexcept { return columns_; }
    [[nodiscard]] const Value& value() const noexcept { return value_; }

private:
    Columns columns_;
    Value value_;
};

template <ColumnExpression... Columns>
class TokenExpression {
public:
    explicit TokenExpression(const Columns&... columns) : columns_(columns...) {}

    template <class V>
    [[nodiscard]] auto operator==(const V& value) const {
        return compare<Operator::equal>(value);
    }
    template <class V>
    [[nodiscard]] auto operator<(const V& value) const {
        return compare<Operator::less>(value);
    }
    template <class V>
    [[nodiscard]] auto operator<=(const V& value) const {
        return compare<Operator::less_equal>(value);
    }
    template <class V>
    [[nodiscard]] auto operator>(const V& value) const {
        return compare<Operator::greater>(value);
    }
    template <class V>
    [[nodiscard]] auto operator>=(const V& value) const {
        return compare<Operator::greater_equal>(value);
    }

private:
    template <Operator Op, class V>
    auto compare(const V& value) const {
        constexpr bool is_key = is_token_of_values<V> || std::is_same_v<V, TokenOfDocument>;
        constexpr bool is_number = std::is_integral_v<V> && !std::is_same_v<V, bool>;
        static_assert(is_key || is_number,
                      "coodie: a token is compared with token_of(...) or with a 64-bit token");
        if constexpr (is_key)
            return TokenComparison<std::tuple<Columns...>, Op, V>(columns_, value);
        else
            return TokenComparison<std::tuple<Columns...>, Op, std::int64_t>(columns_, std::int64_t{value});
    }

    std::tuple<Columns...> columns_;
};

}  // namespace coodie::query

namespace coodie {

/// The token of a row's partition key. Takes the columns of the partition key in order.
template <query::ColumnExpression... Columns>
[[nodiscard]] auto token(const Columns&... columns) {
    static_assert(sizeof...(Columns) > 0, "coodie: token() takes the columns of the partition key, in order");
    return query::TokenExpression<Columns...>(columns...);
}

}  // namespace coodie
