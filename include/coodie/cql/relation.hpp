// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace coodie::cql {

enum class Operator : std::uint8_t {
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    in,
    contains,
    contains_key,
    like,
    is_not_null,
};

/// The operator in CQL: "=", "!=", "IN", "CONTAINS KEY", "IS NOT NULL", ...
[[nodiscard]] std::string_view to_string(Operator op) noexcept;

/// One term of a WHERE or of an IF, without its values. Build it with the functions below.
struct Relation {
    enum class Left : std::uint8_t {
        column,   ///< "a" = ?
        element,  ///< "m"[?] = ?
        field,    ///< "u"."f" = ? (IF only); the field's name is columns[1]
        token,    ///< token("a", "b") > ?
        tuple,    ///< ("a", "b") > ?
    };
    enum class Right : std::uint8_t {
        marker,           ///< ? (none for IS NOT NULL)
        token_of_values,  ///< token(?, ?), one ? for each column
    };

    Left left = Left::column;
    Right right = Right::marker;
    Operator op = Operator::equal;
    std::vector<std::string> columns;  ///< unquoted
    std::vector<DataType> parameters;  ///< the types of its `?`, in order
};

/// `"column" op ?`. The parameter's type follows from the column's: a list of it for IN (one bound list,
/// semantics rule 14), the element's for CONTAINS, the key's for CONTAINS KEY, none for IS NOT NULL.
[[nodiscard]] Relation compare(std::string_view column, Operator op, const DataType& column_type);
/// `"column"[?] op ?` for a map (key, value) or a list (int index, element).
[[nodiscard]] Relation compare_element(std::string_view column, Operator op, const DataType& column_type);
/// `token("a", "b") op ?` with a bigint.
[[nodiscard]] Relation compare_token(std::vector<std::string> columns, Operator op);
/// `token("a", "b") op token(?, ?)`, the types being those of the columns.
[[nodiscard]] Relation compare_token_of(std::vector<std::string> columns, Operator op,
                                        std::vector<DataType> types);
/// `("a", "b") op ?` with one tuple, or a list of tuples for IN.
[[nodiscard]] Relation compare_tuple(std::vector<std::string> columns, Operator op,
                                     std::vector<DataType> types);

}  // namespace coodie::cql
