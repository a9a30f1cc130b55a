// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/row_access.hpp"
#include "embedded/engine/schema.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/plan.hpp"

#include <coodie/driver/result.hpp>

#include <memory>
#include <variant>

namespace coodie::embedded {

/// The row that a conditional write looks at, as it is now. The partition's lock is held. Borrows the
/// statement.
class ConditionalRow {
public:
    ConditionalRow(const ModificationPlan& plan, const OpenTable& table, const BoundModification& bound,
                   std::int64_t now);

    /// Reads it. Call first.
    std::optional<Error> read(storage::Store& store);
    /// Whether IF holds (semantics rule 16).
    [[nodiscard]] std::variant<bool, Error> applies() const;

    [[nodiscard]] const ModificationPlan& plan() const noexcept { return plan_; }
    [[nodiscard]] const BoundModification& bound() const noexcept { return bound_; }
    [[nodiscard]] bool of_statics() const noexcept { return plan_.target != ModificationPlan::Target::rows; }
    [[nodiscard]] BytesView clustering() const noexcept { return clustering_.form; }
    [[nodiscard]] const storage::Row& row() const noexcept { return row_; }
    [[nodiscard]] const storage::Row& statics() const noexcept { return statics_; }

private:
    const ModificationPlan& plan_;
    const OpenTable& table_;
    const BoundModification& bound_;
    std::int64_t now_;
    storage::ClusteringKey clustering_;
    storage::Row row_;
    storage::Row statics_;
    StoredRowView view_;
};

/// What a request's conditions are, all together: which rows its answer shows, and what of them.
class Conditions {
public:
    /// Two kinds of conditions on one row are refused. Call for each conditional statement.
    std::optional<Error> add(const ConditionalRow& row);
    /// Call for each statement, whether conditional or not.
    void add_write(const ModificationPlan& plan);

    /// Rows with `[applied]` = false and the columns' cells, for a request that was not applied. As in
    /// Cassandra: the rows that conditions are on, in their order; without any, static cells; for conditions
    /// on static cells alone, the partition's first row. @return how many.
    std::variant<std::uint32_t, Error> append_not_applied(storage::Store& store, const OpenTable& table,
                                                          std::int64_t now,
                                                          const std::vector<std::uint16_t>& fetch,
                                                          Bytes& out) const;

private:
    [[nodiscard]] bool shows(const Column& column) const noexcept;
    void append(const StoredRowView& view, const Table& table, const std::vector<std::uint16_t>& fetch,
                Bytes& out) const;

    std::vector<const ConditionalRow*> rows_;  ///< by clustering; of several on one row the first
    std::vector<const ConditionalRow*> statics_;
    bool on_existence_ = false;
    bool names_statics_ = false;
    bool writes_statics_ = false;
    bool writes_rows_ = false;
};

/// One row: `[applied]`.
Result applied_result(const std::shared_ptr<const ColumnSpecs>& columns, bool applied);
void append_applied(bool applied, Bytes& out);

}  // namespace coodie::embedded
