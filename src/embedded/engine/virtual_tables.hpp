// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"
#include "embedded/engine/row_sink.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/plan.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

/// system, system_schema and system_virtual_schema: tables whose rows are made from the catalog when they are
/// read.
namespace coodie::embedded {

/// A row of a system table: content by place in Table::columns; nullopt: null.
struct VirtualRow {
    std::vector<std::optional<Bytes>> cells;
    std::int64_t token = 0;
};

/// What system.local says of this engine besides the schema.
struct NodeFacts {
    std::array<std::byte, 16> host_id{};
};

/// All rows of a system table in the order of token and clustering key; none for a table that has none.
std::vector<VirtualRow> virtual_rows(const Table& table, const Catalog& catalog, const NodeFacts& facts);

/// Reads a system table for one SELECT into a sink.
/// @param skip rows that the pages before looked at.
/// @return rows looked at so far, where the next page goes on.
std::int64_t select_virtual(const std::vector<VirtualRow>& rows, const SelectPlan& plan,
                            const BoundSelect& select, RowSink& sink, std::int64_t skip);

}  // namespace coodie::embedded
