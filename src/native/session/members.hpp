// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/snapshot.hpp"
#include "native/session/host_pool.hpp"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace coodie::native {

/// The hosts of one snapshot and their pools. Immutable: a request takes the session's once and needs no lock
/// afterwards. A pool whose host has left since, or whose session was closed, is closed and says why.
class Members {
public:
    /// @param pools one for each host of the snapshot.
    Members(SnapshotPtr snapshot, std::vector<std::shared_ptr<HostPool>> pools);

    [[nodiscard]] const SnapshotPtr& snapshot() const noexcept { return snapshot_; }
    [[nodiscard]] std::span<const std::shared_ptr<HostPool>> pools() const noexcept { return pools_; }
    /// @param host one of this snapshot's. Lives as long as this.
    [[nodiscard]] HostPool& pool(const Host& host) const noexcept;

private:
    SnapshotPtr snapshot_;
    std::vector<std::shared_ptr<HostPool>> pools_;  // by the address of their host
};

using MembersPtr = std::shared_ptr<const Members>;

}  // namespace coodie::native
