// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/bind.hpp"
#include "embedded/planner/collection_bytes.hpp"

namespace coodie::embedded {

/// Gives the value of a finished aggregate while its row is written.
class AggregateValues {
public:
    virtual ~AggregateValues() = default;
    virtual Value operator()(const Selector& selector, Arena& arena) const = 0;
};

struct SelectorInput {
    const RowView& row;
    const Bound& bound;
    Arena& arena;
    const AggregateValues* aggregates;  ///< null while rows are read
};

/// The selector's value for a row; refuses by throwing.
Value select_value(const Selector& selector, const SelectorInput& input);

}  // namespace coodie::embedded
