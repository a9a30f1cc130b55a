// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/paging.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/plan.hpp"

#include <coodie/driver/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace coodie::embedded {

/// Where the rows of one SELECT go, whatever they come from: filters, LIMIT, PER PARTITION LIMIT, the page's
/// size, aggregates and sorting. Borrows the plan and the bound values.
class RowSink {
public:
    enum class Next : std::uint8_t {
        more,
        skip_partition,  ///< PER PARTITION LIMIT: the partition's other rows are not wanted
        stop,            ///< the page or the result is full, or something failed
    };

    /// @param page_size rows, 0: no paging. @param start where the page before ended.
    RowSink(const SelectPlan& plan, const Bound& bound, const BoundSelect& select, std::int32_t page_size,
            const PagePosition& start);

    void start_partition() noexcept { of_partition_ = 0; }
    Next offer(const RowView& row);

    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
    /// The page is full and the result may go on: the caller says where with a paging state.
    [[nodiscard]] bool paused() const noexcept { return paused_; }
    /// The counts; `scan` is the caller's.
    [[nodiscard]] PagePosition position(storage::ScanPosition scan) const;
    /// The result with the rows so far.
    Outcome finish(const std::shared_ptr<const ColumnSpecs>& columns, Bytes paging_state);

private:
    struct SortedRow {
        Bytes bytes;
        std::vector<std::optional<Bytes>> keys;
    };
    [[nodiscard]] bool passes(const RowView& row) const;
    void append(const RowView& row, Bytes& out);
    Next keep_for_sort(const RowView& row);
    [[nodiscard]] bool sorts_before(const SortedRow& a, const SortedRow& b) const;
    void write_sorted();

    const SelectPlan& plan_;
    const Bound& bound_;
    const BoundSelect& select_;
    std::shared_ptr<Bytes> body_;
    std::optional<Aggregation> aggregation_;
    std::vector<SortedRow> sorted_;
    std::optional<Error> error_;
    std::int64_t page_size_;
    std::int64_t returned_;
    std::int64_t of_partition_;
    std::uint32_t rows_ = 0;
    bool paused_ = false;
};

}  // namespace coodie::embedded
