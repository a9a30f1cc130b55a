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
    /// Whether there is a row, or at least static cells, to show.
    [[nodiscard]] bool exists() const noexcept { return row_.exists() || statics_.exists(); }
    [[nodiscard]] BytesView clustering() const noexcept { return clustering_.form; }
    /// Appends `[applied]` = false and the columns' cells.
    void append_not_applied(const std::vector<std::uint16_t>& fetch, Bytes& out) const;

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

/// One row: `[applied]`.
Result applied_result(const std::shared_ptr<const ColumnSpecs>& columns, bool applied);
void append_applied(bool applied, Bytes& out);

}  // namespace coodie::embedded
