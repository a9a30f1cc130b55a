// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"
#include "embedded/parser/ast.hpp"
#include "embedded/planner/selector.hpp"
#include "embedded/planner/term.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie::embedded {

/// How one key column, or several compared as one tuple, is restricted.
struct KeyRestriction {
    enum class Kind : std::uint8_t { eq, in, slice };
    Kind kind = Kind::eq;
    /// Places in the key (partition or clustering): first, first + 1, ..., first + count - 1.
    std::uint16_t first = 0;
    std::uint16_t count = 1;
    bool tuples =
        false;  ///< written (a, b) = ...: each term is a tuple of `count` parts (bounds may have fewer)
    std::vector<Term> terms;         ///< eq: one. in: any number, none too. slice: none
    std::optional<Term> whole_list;  ///< IN ?: a list; `terms` is empty then
    /// Bounds of a slice in the columns' own order (not reversed for DESC).
    struct Bound {
        Term term;
        std::uint16_t count = 1;  ///< parts of the tuple
        bool tuple = false;
        bool inclusive = true;
    };
    std::optional<Bound> lower;
    std::optional<Bound> upper;
};

/// A restriction that is checked row by row.
struct Filter {
    std::vector<std::uint16_t> columns;  ///< one, or the columns of a tuple
    ast::Operator op = ast::Operator::eq;
    bool tuples = false;          ///< the values are tuples with a part per column
    std::optional<Term> element;  ///< m[element]
    std::vector<Term> values;
    bool whole_list = false;  ///< IN ?: the one value is a list
};

/// Which index answers, and what is looked up in it: rows whose index entry equals the value.
struct IndexUse {
    const Index* index = nullptr;  ///< borrows from the plan's table
    Term value;
    std::optional<Term> key;  ///< entries: m[key] = value
};

struct TokenRestriction {
    std::optional<Term> lower;
    std::optional<Term> upper;
    bool lower_inclusive = true;
    bool upper_inclusive = true;
};

enum class Access : std::uint8_t {
    partitions,  ///< partitions by key
    scan,        ///< all partitions, or those in a token range
    index,       ///< rows that an index names (in a partition, when the key is given, too)
};

struct SelectPlan {
    std::shared_ptr<const Table> table;
    Access access = Access::scan;
    std::vector<KeyRestriction> partition_key;  ///< complete for Access::partitions; else empty
    std::vector<KeyRestriction> clustering;  ///< a prefix of the clustering key; a slice only as the last one
    std::optional<TokenRestriction> token;   ///< Access::partitions: bind leaves out those outside
    std::optional<IndexUse> index;
    /// Rows must pass all. Access::index: also the index's own restriction and those of key columns, so that
    /// a row found through the index needs nothing but these (and the token range).
    std::vector<Filter> filters;

    std::vector<Selector> selectors;   ///< one per result column
    bool plain = true;                 ///< every selector is a column: `fetch` in order is the result
    std::vector<std::uint16_t> fetch;  ///< columns that selectors, filters and sort need; plain: exactly the
                                       ///< result's columns first, others after them
    bool aggregate = false;            ///< one result row for all rows (see Aggregation)
    std::uint16_t aggregates = 0;      ///< how many aggregate states
    bool distinct = false;             ///< one row per partition (partition key and statics only)
    /// A partition whose rows are all gone shows once with its static cells (semantics rule 22): true when
    /// neither clustering nor regular columns are restricted and statics may be selected.
    bool statics_alone = false;
    bool reversed = false;  ///< read the clustering order backwards
    /// Result rows of several partitions are to be sorted by these columns before LIMIT (ORDER BY with IN on
    /// the partition key); no paging then.
    struct Sort {
        std::uint16_t column;
        bool descending;
    };
    std::vector<Sort> sort;
    std::optional<Term> limit;
    std::optional<Term> per_partition_limit;
};

enum class ModificationKind : std::uint8_t { insert, update, remove };

enum class OperationKind : std::uint8_t {
    set,              ///< the whole column; null: a tombstone; multi-cell: replaces all elements
    append,           ///< list: at the end; set: adds; map: puts
    prepend,          ///< list only
    discard,          ///< list: all equal elements; set: elements; map: keys (the value is a set of them)
    set_element,      ///< map: value at key; null removes it
    set_index,        ///< list: element at index; null removes it. Reads before it writes
    discard_element,  ///< DELETE c[k]: map: key, set: element
    discard_index,    ///< DELETE l[i]. Reads before it writes
    set_field,        ///< UDT field; null removes it
    add,              ///< counter: adds the value (bigint)
    subtract,         ///< counter
};

struct Operation {
    OperationKind kind = OperationKind::set;
    std::uint16_t column = 0;
    std::uint16_t field = 0;  ///< set_field
    Term key;                 ///< *_element, *_index
    Term value;
};

struct Condition {
    enum class Part : std::uint8_t { column, element, index, field };
    Part part = Part::column;  ///< element: map key; index: list index
    std::uint16_t column = 0;
    std::uint16_t field = 0;
    ast::Operator op = ast::Operator::eq;
    DataType type{TypeId::custom};  ///< of what is compared
    Term key;
    std::vector<Term> values;
    bool whole_list = false;
};

struct ModificationPlan {
    std::shared_ptr<const Table> table;
    ModificationKind kind = ModificationKind::insert;
    std::vector<KeyRestriction> partition_key;  ///< complete; eq or in
    std::vector<KeyRestriction> clustering;
    enum class Target : std::uint8_t {
        rows,       ///< rows by full primary key (a table without clustering key: its one row)
        statics,    ///< static cells only: no clustering key given
        partition,  ///< DELETE of whole partitions
        ranges,     ///< DELETE of slices of rows
    };
    Target target = Target::rows;
    std::vector<Operation> operations;
    bool row_marker = false;  ///< INSERT: writes the row's liveness (semantics rule 9)
    bool is_counter = false;
    bool reads_before_write = false;  ///< set_index, discard_index
    std::optional<Term> ttl;
    std::optional<Term> timestamp;

    ast::IfKind condition = ast::IfKind::none;
    std::vector<Condition> conditions;
    /// Columns of a conditional write's answer: `[applied]`, and, when it was not applied, also
    /// `not_applied_fetch`.
    std::shared_ptr<const ColumnSpecs> applied_columns;
    std::shared_ptr<const ColumnSpecs> not_applied_columns;
    std::vector<std::uint16_t> not_applied_fetch;

    [[nodiscard]] bool is_conditional() const noexcept { return condition != ast::IfKind::none; }
};

struct BatchPlan {
    ast::BatchKind kind = ast::BatchKind::logged;
    std::vector<ModificationPlan> statements;
    std::optional<Term> timestamp;
    bool conditional = false;
    /// As in ModificationPlan; the keys come first: `[applied]`, primary key, condition columns.
    std::shared_ptr<const ColumnSpecs> applied_columns;
    std::shared_ptr<const ColumnSpecs> not_applied_columns;
    std::vector<std::uint16_t> not_applied_fetch;
};

struct TruncatePlan {
    std::shared_ptr<const Table> table;
};
struct UsePlan {
    std::string keyspace;
};
/// CREATE, ALTER, DROP: to be given to `apply` (catalog/ddl.hpp) under the schema lock.
struct SchemaPlan {
    ast::Statement statement;
};

/// A prepared statement. Immutable once made: any thread may execute it. Valid while the catalog has the same
/// version, or, at least, while the tables it names are the same objects.
struct Plan {
    std::variant<SelectPlan, ModificationPlan, BatchPlan, TruncatePlan, UsePlan, SchemaPlan> node;
    ColumnSpecs parameters;
    std::vector<std::uint16_t>
        routing_key;  ///< positions of the partition key among the parameters; empty if not all
    /// Of SELECT's rows; else null. (A conditional write's depend on its outcome: see ModificationPlan.)
    std::shared_ptr<const ColumnSpecs> columns;
    std::shared_ptr<const Catalog> catalog;
};

/// Plans one statement, with Cassandra 5's refusals and error codes; what this engine does not know is
/// ErrorKind::unsupported naming the word.
/// @param keyspace of unqualified names; "" when there is none.
std::variant<Plan, Error> make_plan(const ast::Statement& statement,
                                    const std::shared_ptr<const Catalog>& catalog, std::string_view keyspace);

/// What batches of several statements may not mix (semantics rules 18 and 20): counters, tables of a
/// conditional batch, timestamps with IF. For BATCH texts make_plan has asked already.
std::optional<Error> check_batch(const std::vector<const ModificationPlan*>& statements, ast::BatchKind kind,
                                 bool has_timestamp);
/// The answer's columns for a conditional batch; call after check_batch.
void describe_conditional_batch(const std::vector<const ModificationPlan*>& statements, BatchPlan& out);

}  // namespace coodie::embedded
