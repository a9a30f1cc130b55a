// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"
#include "embedded/parser/ast.hpp"
#include "embedded/planner/term.hpp"

#include <coodie/driver/result.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded {

/// What a term is for: gives the type, and the name in messages and of a marker's ColumnSpec.
struct Receiver {
    std::string keyspace;
    std::string table;
    std::string name;
    DataType type{TypeId::custom};
    /// The place in the partition key when it receives that key column's whole value; -1 otherwise.
    int partition_key_position = -1;

    [[nodiscard]] Receiver with(std::string other_name, DataType other_type) const {
        return {keyspace, table, std::move(other_name), std::move(other_type), -1};
    }
};

/// A statement at work in the planner: catalog, keyspace, and the markers found so far.
struct PlanContext {
    std::shared_ptr<const Catalog> catalog;
    std::string keyspace;  ///< of unqualified names
    ColumnSpecs parameters;
    std::vector<int> key_positions;  ///< Receiver::partition_key_position per parameter
    /// The table the statement is about; token(...) takes its partition key.
    std::shared_ptr<const Table> table;

    PlanContext(std::shared_ptr<const Catalog> catalog_, std::string_view keyspace_,
                const ast::Statement& statement);

    /// The table a name means, or a refusal.
    [[nodiscard]] std::shared_ptr<const Table> find_table(const ast::QualifiedName& name) const;
    /// The column; refuses an unknown one.
    [[nodiscard]] const Column& column(const Table& table, const ast::Identifier& name) const;
    void set_marker(const ast::Marker& marker, const Receiver& receiver);
};

/// The receiver of a column's whole value.
Receiver receiver_of(const Table& table, const Column& column);

enum class Assignable : std::uint8_t { no, weakly, exactly };
/// Whether Cassandra would accept the term for a value of this type.
Assignable test_assignment(const PlanContext& context, const ast::Term& term, const Receiver& receiver);

/// The term with its type; constants are folded. Refuses (Refused) what does not fit the receiver.
Term make_term(PlanContext& context, const ast::Term& term, const Receiver& receiver);

/// Whether Cassandra reads such a literal as a value of this type.
bool accepts_literal(ast::LiteralKind kind, TypeId type);

/// A literal of this type as content; refuses text that the type does not read.
Bytes parse_literal(const ast::Literal& literal, const DataType& type);

/// Whether a function's result or a hint of type `from` may go where `to` is wanted.
Assignable test_types(const DataType& from, const DataType& to);

/// Equal but for frozen.
bool same_type(const DataType& a, const DataType& b);

/// Resolves an overload; refuses unknown functions and ambiguous calls.
const Function& find_function(const PlanContext& context, const ast::FunctionCall& call,
                              const Receiver* receiver);

}  // namespace coodie::embedded
