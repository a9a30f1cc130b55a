// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/row_sink.hpp"

#include "embedded/engine/wire.hpp"

#include <coodie/codec/dynamic.hpp>

#include <algorithm>
#include <utility>

namespace coodie::embedded {

RowSink::RowSink(const SelectPlan& plan, const Bound& bound, const BoundSelect& select,
                 std::int32_t page_size, const PagePosition& start)
    : plan_(plan),
      bound_(bound),
      select_(select),
      body_(std::make_shared<Bytes>()),
      page_size_(page_size),
      returned_(start.returned),
      of_partition_(start.of_partition) {
    if (plan.aggregate) aggregation_.emplace(plan, bound);
    constexpr std::size_t usual_row = 512;  // one allocation for a read by key
    body_->reserve(usual_row);
}

bool RowSink::passes(const RowView& row) const {
    for (const auto& filter : select_.filters)
        if (!matches(filter, row)) return false;
    return true;
}

void RowSink::append(const RowView& row, Bytes& out) {
    if (!plan_.plain) {
        error_ = append_row(plan_, bound_, row, out);
        return;
    }
    for (std::size_t i = 0; i < plan_.selectors.size(); ++i) append_cell(out, row.cell(plan_.fetch[i]));
}

RowSink::Next RowSink::offer(const RowView& row) {
    if (!passes(row)) return Next::more;
    if (aggregation_) {
        error_ = aggregation_->add(row);
        return error_ ? Next::stop : Next::more;
    }
    if (!plan_.sort.empty()) return keep_for_sort(row);
    append(row, *body_);
    if (error_) return Next::stop;
    ++rows_, ++returned_, ++of_partition_;
    if (select_.limit && returned_ >= *select_.limit) return Next::stop;
    const bool partition_full = select_.per_partition_limit && of_partition_ >= *select_.per_partition_limit;
    if (page_size_ > 0 && rows_ >= page_size_) {
        paused_ = true;
        return Next::stop;
    }
    return partition_full ? Next::skip_partition : Next::more;
}

RowSink::Next RowSink::keep_for_sort(const RowView& row) {
    SortedRow kept;
    append(row, kept.bytes);
    if (error_) return Next::stop;
    for (const auto& sort : plan_.sort) {
        const auto cell = row.cell(sort.column);
        if (cell.is_null()) {
            kept.keys.emplace_back();
        } else {
            kept.keys.emplace_back(std::in_place, cell.content().begin(), cell.content().end());
        }
    }
    sorted_.push_back(std::move(kept));
    ++of_partition_;
    const bool partition_full = select_.per_partition_limit && of_partition_ >= *select_.per_partition_limit;
    return partition_full ? Next::skip_partition : Next::more;
}

bool RowSink::sorts_before(const SortedRow& a, const SortedRow& b) const {
    for (std::size_t i = 0; i < plan_.sort.size(); ++i) {
        const auto& [column, descending] = plan_.sort[i];
        if (!a.keys[i] || !b.keys[i]) {  // nulls come first, as in Cassandra
            if (a.keys[i].has_value() == b.keys[i].has_value()) continue;
            return !a.keys[i].has_value();
        }
        const int order = compare_values(plan_.table->columns[column].type, *a.keys[i], *b.keys[i]);
        if (order != 0) return descending ? order > 0 : order < 0;
    }
    return false;
}

void RowSink::write_sorted() {
    std::stable_sort(sorted_.begin(), sorted_.end(),
                     [this](const SortedRow& a, const SortedRow& b) { return sorts_before(a, b); });
    for (const auto& row : sorted_) {
        if (select_.limit && rows_ >= static_cast<std::uint32_t>(*select_.limit)) break;
        append_bytes(*body_, row.bytes);
        ++rows_;
    }
}

PagePosition RowSink::position(storage::ScanPosition scan) const {
    PagePosition position{std::move(scan), returned_, of_partition_};
    if (select_.per_partition_limit && of_partition_ >= *select_.per_partition_limit)
        position.scan.clustering.reset();
    if (!position.scan.clustering) position.of_partition = 0;
    return position;
}

Outcome RowSink::finish(const std::shared_ptr<const ColumnSpecs>& columns, Bytes paging_state) {
    if (error_) return std::move(*error_);
    if (aggregation_) {
        if (auto error = aggregation_->finish(*body_)) return std::move(*error);
        rows_ = 1;
    }
    if (!plan_.sort.empty()) write_sorted();
    const BytesView rows(*body_);
    return Result(columns, std::move(body_), rows, rows_, std::move(paging_state));
}

}  // namespace coodie::embedded
