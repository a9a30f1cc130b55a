// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/comparable.hpp"
#include "embedded/storage/row.hpp"

#include <vector>

namespace coodie::embedded::storage {

/// The range deletions of one partition, to be asked for each of its rows.
class RangeDeletions {
public:
    void clear() noexcept;
    /// In the order of their lower bounds.
    void add(const ClusteringRange& range, const Deletion& deletion);
    /// The strongest one over a row; to be called after the last add().
    [[nodiscard]] Deletion over(BytesView clustering);
    [[nodiscard]] bool empty() const noexcept { return deletions_.empty(); }

private:
    struct Entry {
        ClusteringRange range;
        Deletion deletion;
    };
    /// From `start` up to the next segment's.
    struct Segment {
        Bytes start;
        Deletion deletion;
    };
    void build();

    std::vector<Entry> deletions_;
    std::vector<Segment> segments_;
};

}  // namespace coodie::embedded::storage
