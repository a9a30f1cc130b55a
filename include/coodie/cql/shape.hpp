// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/assignment.hpp>
#include <coodie/cql/identifier.hpp>
#include <coodie/cql/relation.hpp>
#include <coodie/cql/selector.hpp>
#include <coodie/driver/statement.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// The shape of a statement: everything but its values, as plain data. `render()` makes the text once per
/// shape; the caller keeps it. Values are always `?`, so are TTL, TIMESTAMP and the limits (semantics rule
/// 12). The order of the
/// `?` is that of the text, and is given at each shape.
namespace coodie::cql {

/// A column with its type: the parameter of its `?`.
struct TypedColumn {
    std::string name;  ///< unquoted
    DataType type;
};

/// USING TTL ? AND TIMESTAMP ?, in this order. TTL is an int (seconds), TIMESTAMP a bigint (microseconds).
struct UsingClause {
    bool ttl{};
    bool timestamp{};
};

/// The IF of a conditional write.
struct IfClause {
    enum class Kind : std::uint8_t { none, exists, not_exists, conditions };
    Kind kind = Kind::none;
    std::vector<Relation> conditions;  ///< of Kind::conditions; at least one
};

struct OrderBy {
    std::string column;  ///< unquoted
    bool descending{};
};

/// INSERT INTO t (columns) VALUES (?, ...) [IF NOT EXISTS] [USING ...].
/// Parameters: the columns' values, TTL, TIMESTAMP.
struct InsertShape {
    TableName table;
    std::vector<TypedColumn> columns;
    bool if_not_exists{};
    UsingClause using_clause{};
    /// The partition key in order, from which the text's routing key positions follow; empty: unknown.
    std::vector<std::string> partition_key{};

    [[nodiscard]] StatementText render() const;
};

/// UPDATE t [USING ...] SET assignments WHERE relations [IF ...].
/// Parameters: TTL, TIMESTAMP, the assignments', WHERE's, IF's.
struct UpdateShape {
    TableName table;
    UsingClause using_clause{};
    std::vector<Assignment> assignments;
    std::vector<Relation> where;
    IfClause if_clause{};
    std::vector<std::string> partition_key{};

    [[nodiscard]] StatementText render() const;
};

/// One item of DELETE's list: a column, or an element of a collection (one `?` of `element`'s type).
struct Deletion {
    std::string column;             ///< unquoted
    std::vector<DataType> element;  ///< empty, or the type of the element's key: "column"[?]
};

/// DELETE [columns] FROM t [USING TIMESTAMP ?] WHERE relations [IF ...]; no columns: whole rows.
/// Parameters: the elements' keys, TIMESTAMP, WHERE's, IF's.
struct DeleteShape {
    TableName table;
    std::vector<Deletion> columns{};
    bool timestamp{};
    std::vector<Relation> where;
    IfClause if_clause{};
    std::vector<std::string> partition_key{};

    [[nodiscard]] StatementText render() const;
};

/// SELECT [DISTINCT] selectors FROM t [WHERE ...] [GROUP BY ...] [ORDER BY ...] [PER PARTITION LIMIT ?]
/// [LIMIT ?] [ALLOW FILTERING]; no selectors: `*` (semantics rule 27: name the columns where you know them).
/// Parameters: WHERE's, PER PARTITION LIMIT (int), LIMIT (int).
struct SelectShape {
    TableName table;
    std::vector<Selector> selectors{};
    bool distinct{};
    std::vector<Relation> where{};
    std::vector<std::string> group_by{};
    std::vector<OrderBy> order_by{};
    bool per_partition_limit{};
    bool limit{};
    bool allow_filtering{};
    std::vector<std::string> partition_key{};

    [[nodiscard]] StatementText render() const;
};

}  // namespace coodie::cql
