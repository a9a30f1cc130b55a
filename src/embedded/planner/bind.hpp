// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/plan.hpp"
#include "embedded/planner/value.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <optional>
#include <vector>

/// From a plan and bound values to what the executor does: keys, bounds and values as bytes. Everything
/// borrows from the plan, the bound values and the object that is filled; filling one object again and again
/// allocates nothing for the common get and save by key.
namespace coodie::embedded {

using Components = boost::container::small_vector<BytesView, 4>;

struct PartitionKey {
    Components components;
    BytesView bytes;  ///< as storage and token() take it: a single component as is, several as a composite
    std::int64_t token = 0;
};

/// One end of a slice: rows whose first components are these come before (end) or after (start) or within it.
struct SliceBound {
    Components prefix;  ///< of the clustering key; empty: no bound
    bool inclusive = true;
};
/// Rows between two bounds in the order in which the table stores them (DESC columns are reversed there
/// already). start and end equal, inclusive and of full length: one row.
struct ClusteringSlice {
    SliceBound start;
    SliceBound end;
};

/// Tokens from..to, both ends included.
struct TokenRange {
    std::int64_t from = INT64_MIN;
    std::int64_t to = INT64_MAX;
};

struct BoundFilter {
    const Filter* plan = nullptr;
    const Table* table = nullptr;
    Value element;  ///< of m[element]
    /// IN lists are spread out; tuples are spread out, too: `columns.size()` values each.
    boost::container::small_vector<Value, 2> values;
};
/// Whether the row passes. Asks the row for the filter's columns only.
bool matches(const BoundFilter& filter, const RowView& row);

struct BoundSelect {
    Access access = Access::scan;
    bool empty = false;  ///< nothing can match (an empty IN, bounds that exclude each other): an empty result
    boost::container::small_vector<PartitionKey, 1> partitions;  ///< in the result's order
    TokenRange tokens;
    bool all_rows = true;  ///< no clustering restriction: `slices` is empty
    boost::container::small_vector<ClusteringSlice, 1> slices;  ///< in stored order, disjoint
    const Index* index = nullptr;
    Value index_value;
    Value index_key;  ///< entries only
    boost::container::small_vector<BoundFilter, 2> filters;
    std::optional<std::int32_t> limit;
    std::optional<std::int32_t> per_partition_limit;
    Arena arena;
};
/// @return an Error `invalid` (a null key, a value of a wrong length, LIMIT 0, ...) or nullopt.
std::optional<Error> bind(const SelectPlan& plan, const Bound& bound, BoundSelect& out);

struct BoundOperation {
    OperationKind kind = OperationKind::set;
    const Column* column = nullptr;
    std::uint16_t field = 0;
    Value key;
    Value value;
};

struct BoundCondition {
    const Column* column = nullptr;
    std::uint16_t index = 0;
    const Condition* plan = nullptr;
    Value key;
    boost::container::small_vector<Value, 1> values;
};
/// Whether the row's cell (whole collections serialised; null when the row does not exist) passes.
/// @return or an Error `invalid`, as Cassandra gives for `IF a < null`.
std::variant<bool, Error> holds(const BoundCondition& condition, Cell cell);

struct BoundModification {
    boost::container::small_vector<PartitionKey, 1> partitions;
    /// Target::rows: full clustering keys (one empty one for a table without clustering key).
    boost::container::small_vector<Components, 1> rows;
    /// Target::ranges.
    boost::container::small_vector<ClusteringSlice, 1> ranges;
    /// Unset values are left out already.
    boost::container::small_vector<BoundOperation, 16> operations;
    std::int32_t ttl = 0;                   ///< seconds, the table's default applied; 0: never expires
    std::optional<std::int64_t> timestamp;  ///< of USING TIMESTAMP, microseconds
    boost::container::small_vector<BoundCondition, 1> conditions;
    bool empty = false;  ///< an empty IN: nothing to do
    Arena arena;
};
std::optional<Error> bind(const ModificationPlan& plan, const Bound& bound, BoundModification& out);
/// `USING TIMESTAMP` of a whole batch.
std::variant<std::optional<std::int64_t>, Error> bind_timestamp(const std::optional<Term>& term,
                                                                const Bound& bound);

/// Appends one result row ([int] length + content per selector). Not for aggregates.
std::optional<Error> append_row(const SelectPlan& plan, const Bound& bound, const RowView& row, Bytes& out);

/// count, min, max, sum, avg over the rows of one SELECT.
class Aggregation {
public:
    Aggregation(const SelectPlan& plan, const Bound& bound);
    std::optional<Error> add(const RowView& row);
    /// Appends the one result row.
    std::optional<Error> finish(Bytes& out);

private:
    struct State {
        std::int64_t count = 0;
        std::int64_t integer = 0;
        double floating = 0;
        Bytes value;  ///< of min and max; the sum of varints and decimals
        bool has_value = false;
    };
    struct Finisher;
    void add_value(const Selector& selector, const Value& value);

    const SelectPlan& plan_;
    const Bound& bound_;
    std::vector<State> states_;
    Bytes first_row_;  ///< of the selectors that are no aggregates: Cassandra shows the first row's
    bool has_first_ = false;
};

}  // namespace coodie::embedded
