// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/term.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace coodie::embedded {

/// The row under the executor's hands, as selectors and filters see it. Columns are places in Table::columns.
class RowView {
public:
    virtual ~RowView() = default;
    /// The column's live value in CQL binary; for a multi-cell column the whole collection or UDT (null when
    /// it has no live cell). Valid until the row changes.
    virtual Cell cell(std::uint16_t column) const = 0;
    /// Of a live cell, microseconds since 1970; nullopt when there is none.
    virtual std::optional<std::int64_t> write_time(std::uint16_t column) const = 0;
    /// Remaining seconds of a live cell; nullopt when it never expires or there is none.
    virtual std::optional<std::int32_t> ttl(std::uint16_t column) const = 0;
};

enum class AggregateKind : std::uint8_t { none, count_rows, count, min, max, sum, avg };

/// One item of a SELECT's list, typed.
struct Selector {
    enum class Kind : std::uint8_t {
        column,      ///< `column`
        write_time,  ///< of `column`
        ttl,         ///< of `column`
        term,        ///< `term`
        call,        ///< `function` of the children
        field,       ///< UDT field number `field` of children[0]
        element,     ///< children[0][term]
        slice,       ///< children[0][term..to], ends that are absent are not there
        aggregate,   ///< `aggregate` of children[0] (none for count_rows)
    };
    Kind kind = Kind::column;
    AggregateKind aggregate = AggregateKind::none;
    std::uint16_t column = 0;
    std::uint16_t field = 0;
    std::uint16_t state = 0;  ///< an aggregate's place among the plan's aggregates
    DataType type{TypeId::custom};
    std::optional<Term> term;
    std::optional<Term> to;
    const Function* function = nullptr;
    std::vector<Selector> children;
};

}  // namespace coodie::embedded
