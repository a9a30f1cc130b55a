// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/range_deletions.hpp"

#include <algorithm>
#include <set>

namespace coodie::embedded::storage {

namespace {

struct StrongestFirst {
    bool operator()(const Deletion& a, const Deletion& b) const noexcept { return a.supersedes(b); }
};

bool ends_before(const ClusteringRange& a, const ClusteringRange& b) noexcept {
    if (a.to_end || b.to_end) return !a.to_end && b.to_end;
    return std::ranges::lexicographical_compare(a.upper, b.upper);
}

}  // namespace

void RangeDeletions::clear() noexcept {
    deletions_.clear();
    segments_.clear();
}

void RangeDeletions::add(const ClusteringRange& range, const Deletion& deletion) {
    segments_.clear();
    // A queue's "all up to here", again and again, takes one entry.
    if (!deletions_.empty()) {
        Entry& last = deletions_.back();
        if (last.range.lower == range.lower && !ends_before(range, last.range) &&
            !last.deletion.supersedes(deletion)) {
            last = {range, deletion};
            return;
        }
    }
    deletions_.push_back({range, deletion});
}

void RangeDeletions::build() {
    struct Edge {
        const Bytes* at;
        const Deletion* deletion;
        bool start;
    };
    std::vector<Edge> edges;
    edges.reserve(deletions_.size() * 2);
    for (const auto& [range, deletion] : deletions_) {
        edges.push_back({&range.lower, &deletion, true});
        if (!range.to_end) edges.push_back({&range.upper, &deletion, false});
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return *a.at < *b.at; });
    std::multiset<Deletion, StrongestFirst> active;
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (edges[i].start) {
            active.insert(*edges[i].deletion);
        } else if (const auto found = active.find(*edges[i].deletion); found != active.end()) {
            active.erase(found);
        }
        if (i + 1 < edges.size() && *edges[i + 1].at == *edges[i].at) continue;
        segments_.push_back({*edges[i].at, active.empty() ? Deletion() : *active.begin()});
    }
}

Deletion RangeDeletions::over(BytesView clustering) {
    if (deletions_.empty()) return {};
    if (segments_.empty()) build();
    const auto behind = [](BytesView key, const Segment& segment) {
        return std::ranges::lexicographical_compare(key, segment.start);
    };
    const auto next = std::upper_bound(segments_.begin(), segments_.end(), clustering, behind);
    return next == segments_.begin() ? Deletion() : std::prev(next)->deletion;
}

}  // namespace coodie::embedded::storage
