// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/bind.hpp"

/// Keys and slices from restrictions and bound values. All functions refuse by throwing.
namespace coodie::embedded {

/// All partition keys (the product of IN lists), each once, in the order of the columns' types (as
/// Cassandra gives the partitions of an IN, not in token order).
void bind_partition_keys(const Table& table, const std::vector<KeyRestriction>& key, const Bound& bound,
                         Arena& arena, boost::container::small_vector<PartitionKey, 1>& out);

/// All full clustering keys (= and IN only), in stored order, each once.
void bind_clustering_keys(const Table& table, const std::vector<KeyRestriction>& key, const Bound& bound,
                          Arena& arena, boost::container::small_vector<Components, 1>& out);

/// The slices that the restrictions of a clustering prefix leave, in stored order; none when nothing can
/// match.
void bind_slices(const Table& table, const std::vector<KeyRestriction>& key, const Bound& bound, Arena& arena,
                 boost::container::small_vector<ClusteringSlice, 1>& out);

}  // namespace coodie::embedded
