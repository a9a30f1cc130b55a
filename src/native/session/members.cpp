// SPDX-License-Identifier: Apache-2.0
#include "native/session/members.hpp"

#include <algorithm>

namespace coodie::native {
namespace {

const Host* host_of(const std::shared_ptr<HostPool>& pool) noexcept { return pool->host().get(); }

}  // namespace

Members::Members(SnapshotPtr snapshot, std::vector<std::shared_ptr<HostPool>> pools)
    : snapshot_(std::move(snapshot)), pools_(std::move(pools)) {
    std::ranges::sort(pools_, std::less<>(), host_of);
}

HostPool& Members::pool(const Host& host) const noexcept {
    return **std::ranges::lower_bound(pools_, &host, std::less<>(), host_of);
}

}  // namespace coodie::native
