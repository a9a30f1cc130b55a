// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/virtual_tables.hpp"
#include "embedded/engine/wire.hpp"

#include <algorithm>
#include <cstring>

namespace coodie::embedded {

namespace {

class VirtualRowView final : public RowView {
public:
    explicit VirtualRowView(const VirtualRow& row) : row_(row) {}
    Cell cell(std::uint16_t column) const override {
        const auto& cell = row_.cells[column];
        return cell ? Cell(*cell) : Cell();
    }
    std::optional<std::int64_t> write_time(std::uint16_t) const override { return std::nullopt; }
    std::optional<std::int32_t> ttl(std::uint16_t) const override { return std::nullopt; }

private:
    const VirtualRow& row_;
};

/// Keys of system tables with rows are text, so their order is that of their bytes.
int compare_bytes(BytesView a, BytesView b) {
    const auto common = std::min(a.size(), b.size());
    const int order = common == 0 ? 0 : std::memcmp(a.data(), b.data(), common);
    if (order != 0) return order;
    return a.size() < b.size() ? -1 : static_cast<int>(a.size() > b.size());
}

int compare_prefix(const Table& table, const VirtualRow& row, const Components& prefix) {
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        const int order = compare_bytes(*row.cells[table.partition_key_size + i], prefix[i]);
        if (order != 0) return order;
    }
    return 0;
}

bool in_slice(const Table& table, const VirtualRow& row, const ClusteringSlice& slice) {
    if (!slice.start.prefix.empty()) {
        const int order = compare_prefix(table, row, slice.start.prefix);
        if (order < 0 || (order == 0 && !slice.start.inclusive)) return false;
    }
    if (slice.end.prefix.empty()) return true;
    const int order = compare_prefix(table, row, slice.end.prefix);
    return order < 0 || (order == 0 && slice.end.inclusive);
}

bool in_partition(const Table& table, const VirtualRow& row, const PartitionKey& key) {
    for (std::size_t i = 0; i < table.partition_key_size; ++i)
        if (!equal_bytes(*row.cells[i], key.components[i])) return false;
    return true;
}

bool same_partition(const Table& table, const VirtualRow& a, const VirtualRow& b) {
    return std::equal(a.cells.begin(), a.cells.begin() + table.partition_key_size, b.cells.begin());
}

/// The rows that the key restrictions leave, in the result's order.
std::vector<const VirtualRow*> restricted(const std::vector<VirtualRow>& rows, const SelectPlan& plan,
                                          const BoundSelect& select) {
    std::vector<const VirtualRow*> result;
    const auto take = [&](const VirtualRow& row) {
        const bool fits =
            select.all_rows || std::any_of(select.slices.begin(), select.slices.end(),
                                           [&](const auto& s) { return in_slice(*plan.table, row, s); });
        if (fits && row.token >= select.tokens.from && row.token <= select.tokens.to) result.push_back(&row);
    };
    if (select.partitions.empty()) {
        for (const auto& row : rows) take(row);
    } else {
        for (const auto& key : select.partitions)
            for (const auto& row : rows)
                if (in_partition(*plan.table, row, key)) take(row);
    }
    if (!plan.reversed) return result;
    for (auto begin = result.begin(); begin != result.end();) {
        const auto end = std::find_if(begin, result.end(), [&](const VirtualRow* row) {
            return !same_partition(*plan.table, **begin, *row);
        });
        std::reverse(begin, end);
        begin = end;
    }
    return result;
}

}  // namespace

std::int64_t select_virtual(const std::vector<VirtualRow>& rows, const SelectPlan& plan,
                            const BoundSelect& select, RowSink& sink, std::int64_t skip) {
    std::int64_t seen = 0;
    if (select.empty) return seen;
    const VirtualRow* before = nullptr;
    auto next = RowSink::Next::more;
    for (const auto* row : restricted(rows, plan, select)) {
        const bool starts = before == nullptr || !same_partition(*plan.table, *before, *row);
        before = row;
        if (++seen <= skip) continue;
        if (starts) sink.start_partition();
        if (starts || next != RowSink::Next::skip_partition) {
            if (plan.distinct && !starts) continue;
            next = sink.offer(VirtualRowView(*row));
        }
        if (next == RowSink::Next::stop) break;
    }
    return seen;
}

}  // namespace coodie::embedded
