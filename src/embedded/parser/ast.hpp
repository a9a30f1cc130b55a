// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The statement tree: what a text says, before anybody asks whether the table exists. Plain values that may
/// be copied; nesting is bounded by the parser, so that recursion over a tree is safe.
namespace coodie::embedded::ast {

/// Where a word stands in the text: line from 1, column from 0 (as Cassandra counts in its messages).
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 0;
};

/// A name as the catalog spells it: lower-cased unless it was quoted.
struct Identifier {
    std::string name;
    Position position{};
};

/// `keyspace.name`; keyspace is "" when the text left it out.
struct QualifiedName {
    std::string keyspace;
    std::string name;
    Position position{};
};

/// A type as written. A name that is no built-in type is a UDT without fields whose keyspace is "" unless
/// written.
struct TypeName {
    DataType type{TypeId::custom};
    Position position{};
};

// ---- terms ----

enum class LiteralKind : std::uint8_t {
    string,    ///< text is the content, unescaped
    integer,   ///< -12
    floating,  ///< -1.5e3, NaN, Infinity, -Infinity
    uuid,      ///< as written
    boolean,   ///< "true" or "false"
    blob,      ///< 0x and hexadecimal digits, an even number
    duration,  ///< 1h30m, P1Y2M, P1W, P0001-02-03T04:05:06, each maybe with a leading '-'
    null,      ///< text is empty
};

struct Literal {
    LiteralKind kind = LiteralKind::null;
    std::string text;
};

struct Term;
struct MapEntry;
struct FieldValue;

/// `?` or `:name`: the index-th bound value of the statement, from 0 in order of the text (also for names).
struct Marker {
    std::uint16_t index = 0;
    std::string name;  ///< "" for `?`
};
struct FunctionCall {
    QualifiedName function;
    std::vector<Term> arguments;
};
/// `[a, b]`: a list or a vector, as the column decides.
struct ListLiteral {
    std::vector<Term> elements;
};
/// `{a, b}`. `{}` is this one, too, with no elements: an empty set, map or UDT, as the column decides.
struct SetLiteral {
    std::vector<Term> elements;
};
struct MapLiteral {
    std::vector<MapEntry> entries;
};
/// `{street: 'x', number: 1}`: keys are bare identifiers.
struct UdtLiteral {
    std::vector<FieldValue> fields;
};
/// `(a, b)`
struct TupleLiteral {
    std::vector<Term> elements;
};
/// `(int) 5`, `(text) ?`
struct TypeHint {
    TypeName type;
    std::shared_ptr<const Term> term;  ///< never null
};

struct Term {
    std::variant<Literal, Marker, FunctionCall, ListLiteral, SetLiteral, MapLiteral, UdtLiteral, TupleLiteral,
                 TypeHint>
        node;
    Position position{};
};
struct MapEntry {
    Term key;
    Term value;
};
struct FieldValue {
    Identifier field;
    Term value;
};

// ---- WHERE and IF ----

enum class Operator : std::uint8_t {
    eq,
    ne,
    lt,
    le,
    gt,
    ge,
    in,
    contains,
    contains_key,
    like,
    is_not_null,
    not_in
};

enum class RelationKind : std::uint8_t {
    column,   ///< a > 1
    element,  ///< m['k'] = 1
    tuple,    ///< (a, b) > (1, 2)
    token,    ///< token(a, b) > ?
};

struct Relation {
    RelationKind kind = RelationKind::column;
    std::vector<Identifier> columns;  ///< one for column and element
    std::optional<Term> element;      ///< the key of `element`
    Operator op = Operator::eq;
    /// None for IS NOT NULL; one for most operators; for IN the list's terms (maybe none), or, when
    /// `whole_list`, the one term that gives the list (`IN ?`).
    std::vector<Term> values;
    bool whole_list = false;
    Position position{};
};

/// One of `IF a = 1 AND m['k'] IN (...) AND u.f > 2`.
struct Condition {
    Identifier column;
    std::optional<Term> element;
    std::optional<Identifier> field;
    Operator op = Operator::eq;
    std::vector<Term> values;  ///< as in Relation
    bool whole_list = false;
    Position position{};
};

enum class IfKind : std::uint8_t { none, exists, not_exists, conditions };
struct If {
    IfKind kind = IfKind::none;
    std::vector<Condition> conditions;
};

// ---- data ----

struct Using {
    std::optional<Term> timestamp;
    std::optional<Term> ttl;
};

struct Insert {
    QualifiedName table;
    std::vector<Identifier> columns;
    std::vector<Term> values;
    std::optional<Term> json;         ///< INSERT ... JSON term; columns and values are empty then
    bool json_default_unset = false;  ///< DEFAULT UNSET
    If condition;                     ///< none or not_exists
    Using using_;
};

enum class AssignmentKind : std::uint8_t {
    set,          ///< c = term
    set_element,  ///< c[key] = term
    set_field,    ///< c.field = term
    add,          ///< c = c + term, c += term
    prepend,      ///< c = term + c
    subtract,     ///< c = c - term, c -= term
};
struct Assignment {
    AssignmentKind kind = AssignmentKind::set;
    Identifier column;
    std::optional<Term> key;
    std::optional<Identifier> field;
    Term value;
};
struct Update {
    QualifiedName table;
    Using using_;
    std::vector<Assignment> assignments;
    std::vector<Relation> where;
    If condition;
};

/// `c`, `c[key]` or `c.field`
struct DeleteTarget {
    Identifier column;
    std::optional<Term> key;
    std::optional<Identifier> field;
};
struct Delete {
    QualifiedName table;
    std::vector<DeleteTarget> targets;  ///< empty: rows
    Using using_;                       ///< timestamp only
    std::vector<Relation> where;
    If condition;
};

enum class BatchKind : std::uint8_t { logged, unlogged, counter };
struct Batch {
    BatchKind kind = BatchKind::logged;
    Using using_;
    std::vector<std::variant<Insert, Update, Delete>> statements;
};

// ---- SELECT ----

struct Selector;
struct ColumnSelector {
    std::string name;
};
/// `count(*)`, `count(1)`
struct CountRowsSelector {};
/// Any function by its lower-cased name: also writetime, maxwritetime, ttl, token, count(c), min, max, sum,
/// avg.
struct FunctionSelector {
    QualifiedName function;
    std::vector<Selector> arguments;
};
/// CAST(selector AS type)
struct CastSelector {
    std::shared_ptr<const Selector> selector;  ///< never null
    TypeName type;
};
/// u.field
struct FieldSelector {
    std::shared_ptr<const Selector> selector;  ///< never null
    Identifier field;
};
/// m[key]
struct ElementSelector {
    std::shared_ptr<const Selector> selector;  ///< never null
    Term key;
};
/// m[from..to]
struct SliceSelector {
    std::shared_ptr<const Selector> selector;  ///< never null
    std::optional<Term> from;
    std::optional<Term> to;
};
/// A literal, a marker, a collection.
struct TermSelector {
    Term term;
};
struct Selector {
    std::variant<ColumnSelector, CountRowsSelector, FunctionSelector, CastSelector, FieldSelector,
                 ElementSelector, SliceSelector, TermSelector>
        node;
    Position position{};
};
struct SelectItem {
    Selector selector;
    std::optional<Identifier> alias;
};

struct Ordering {
    Identifier column;
    bool descending = false;
    std::optional<Term> ann_of;  ///< ORDER BY c ANN OF term
};

struct Select {
    bool distinct = false;
    bool json = false;
    std::vector<SelectItem> items;  ///< empty: *
    QualifiedName table;
    std::vector<Relation> where;
    std::vector<Selector> group_by;
    std::vector<Ordering> order_by;
    std::optional<Term> per_partition_limit;
    std::optional<Term> limit;
    bool allow_filtering = false;
};

// ---- schema ----

/// `name = literal` or `name = {literal: literal, ...}` of a WITH clause.
struct Property {
    Identifier name;  ///< lower-cased unless quoted
    std::variant<Literal, std::vector<std::pair<Literal, Literal>>> value;
};

struct Use {
    std::string keyspace;
    Position position{};
};
struct CreateKeyspace {
    Identifier keyspace;
    bool if_not_exists = false;
    std::vector<Property> properties;
};
struct AlterKeyspace {
    Identifier keyspace;
    bool if_exists = false;
    std::vector<Property> properties;
};
struct DropKeyspace {
    Identifier keyspace;
    bool if_exists = false;
};

struct ColumnDefinition {
    Identifier column;
    TypeName type;
    bool is_static = false;
    bool is_primary_key = false;  ///< `c int PRIMARY KEY`
};
struct ClusteringOrder {
    Identifier column;
    bool descending = false;
};
struct CreateTable {
    QualifiedName table;
    bool if_not_exists = false;
    std::vector<ColumnDefinition> columns;
    /// Of PRIMARY KEY (...); both empty when the text has none (then one column should say PRIMARY KEY
    /// itself).
    std::vector<Identifier> partition_key;
    std::vector<Identifier> clustering_key;
    bool has_primary_key_clause = false;
    std::vector<ClusteringOrder> clustering_order;
    std::vector<Property> properties;
};

struct AddColumns {
    std::vector<ColumnDefinition> columns;
    bool if_not_exists = false;
};
struct DropColumns {
    std::vector<Identifier> columns;
    bool if_exists = false;
    std::optional<Term> timestamp;
};
struct RenamedName {
    Identifier from;
    Identifier to;
};
struct RenameColumns {
    std::vector<RenamedName> names;
    bool if_exists = false;
};
struct SetProperties {
    std::vector<Property> properties;
};
struct AlterTable {
    QualifiedName table;
    bool if_exists = false;
    std::variant<AddColumns, DropColumns, RenameColumns, SetProperties> action;
};
struct DropTable {
    QualifiedName table;
    bool if_exists = false;
};

struct FieldDefinition {
    Identifier field;
    TypeName type;
};
struct CreateType {
    QualifiedName type;
    bool if_not_exists = false;
    std::vector<FieldDefinition> fields;
};
struct AddFields {
    std::vector<FieldDefinition> fields;
    bool if_not_exists = false;
};
struct RenameFields {
    std::vector<RenamedName> names;
    bool if_exists = false;
};
struct AlterType {
    QualifiedName type;
    bool if_exists = false;
    std::variant<AddFields, RenameFields> action;
};
struct DropType {
    QualifiedName type;
    bool if_exists = false;
};

enum class IndexTargetKind : std::uint8_t { plain, keys, values, entries, full };
struct IndexTarget {
    IndexTargetKind kind = IndexTargetKind::plain;
    Identifier column;
};
struct CreateIndex {
    std::string keyspace;  ///< always ""; the index lives where its table does
    std::string name;      ///< "" when the text gives none
    bool if_not_exists = false;
    QualifiedName table;
    std::vector<IndexTarget> targets;
    bool custom = false;
    std::string using_class;  ///< of USING '...'; "" when there is none
    std::vector<Property> properties;
};
struct DropIndex {
    QualifiedName index;
    bool if_exists = false;
};
struct Truncate {
    QualifiedName table;
};

struct Statement {
    std::variant<Use, Select, Insert, Update, Delete, Batch, CreateKeyspace, AlterKeyspace, DropKeyspace,
                 CreateTable, AlterTable, DropTable, CreateType, AlterType, DropType, CreateIndex, DropIndex,
                 Truncate>
        node;
    /// The bound values in order: their names, "" for `?`.
    std::vector<std::string> markers;
};

}  // namespace coodie::embedded::ast
