// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>
#include <coodie/query/query_state.hpp>
#include <coodie/query/write_options.hpp>

#include <cstdint>
#include <string>
#include <string_view>

/// Plain data to statements: the third of three stages, shared by both fronts. The text of a statement is
/// made once per shape (model, columns, operators, clauses) and kept; a call only binds values. Errors are
/// thrown: InvalidQueryError (what the query asks cannot be), ValidationError (a value does not fit its
/// column).
namespace coodie::query {

/// What a select is for.
enum class SelectKind : std::uint8_t {
    rows,   ///< all, iteration, pages: the query's own limit
    first,  ///< at most one row
    one,    ///< at most two, to tell one from several
    count,
};

/// SELECT of the query. Refuses modifiers that `kind` cannot honour. The caller has looked at
/// `state.where.matches_nothing()`.
[[nodiscard]] Statement select_statement(const QueryState& state, SelectKind kind);

/// INSERT of the whole document (an upsert), its static columns included.
[[nodiscard]] Statement save_statement(const ModelInfo& model, const void* document,
                                       const SaveOptions& options);
/// INSERT ... IF NOT EXISTS; nulls are left unset.
[[nodiscard]] Statement insert_statement(const ModelInfo& model, const void* document,
                                         const InsertOptions& options);

/// UPDATE of the document's row. `if_conditions` may be empty. Static columns alone need the partition key
/// only (semantics rule 11).
[[nodiscard]] Statement update_statement(const ModelInfo& model, const void* document,
                                         const ChangeList& changes, const PredicateList& if_conditions,
                                         const UpdateOptions& options);
/// DELETE of the document's row.
[[nodiscard]] Statement remove_statement(const ModelInfo& model, const void* document,
                                         const PredicateList& if_conditions, const RemoveOptions& options);

/// UPDATE and DELETE of what the query selects, options joined with those of the query (its own win over the
/// query's).
[[nodiscard]] Statement bulk_update_statement(const QueryState& state, const ChangeList& changes,
                                              const UpdateOptions& options);
[[nodiscard]] Statement bulk_remove_statement(const QueryState& state, const RemoveOptions& options);

/// The statement as text with its values: `SELECT "id" FROM "t" WHERE "a" > ? [3]`. Values are CQL literals.
[[nodiscard]] std::string to_string(const Statement& statement);

/// "catalog.reviews", or "reviews" when the keyspace is the driver's. For messages.
[[nodiscard]] std::string table_label(const ModelInfo& model, std::string_view keyspace = {});

}  // namespace coodie::query
