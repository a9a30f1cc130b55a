// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/shape.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::cql {

/// Collects a statement's text, the types of its `?` and where the partition key is among them.
class Renderer {
public:
    void text(std::string_view words) { cql_ += words; }
    void name(std::string_view identifier) { append_quoted(cql_, identifier); }
    /// `"a", "b"`.
    void names(std::span<const std::string> identifiers);
    void table(const TableName& table) { cql_ += table.cql(); }
    void marker(DataType type);
    /// A `?` that gives `column` its value, which counts for the routing key.
    void key_marker(std::string_view column, DataType type);

    void using_clause(UsingClause clause);
    void relations(std::string_view word, std::span<const Relation> relations, bool routing);
    void if_clause(const IfClause& clause);

    [[nodiscard]] StatementText finish(StatementKind kind, std::span<const std::string> partition_key) &&;

private:
    struct KeyValue {
        std::string column;
        std::uint16_t position;
    };
    void relation(const Relation& relation, bool routing);
    void left_side(const Relation& relation);
    [[nodiscard]] std::vector<std::uint16_t> routing_key(std::span<const std::string> partition_key) const;

    std::string cql_;
    std::vector<DataType> types_;
    std::vector<KeyValue> key_values_;
};

/// A write's kind: conditional when it has an IF.
[[nodiscard]] StatementKind write_kind(StatementKind kind, bool conditional) noexcept;

}  // namespace coodie::cql
