// SPDX-License-Identifier: Apache-2.0
#include "native/policy/load_balancing.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <thread>

namespace coodie::native {
namespace {

// A well mixed number of the turn (the finalizer of splitmix64): whom to compare with must not depend on the
// turn in the same way as where to begin.
constexpr std::uint64_t mix(std::uint64_t turn) noexcept {
    turn += 0x9e3779b97f4a7c15U;
    turn = (turn ^ (turn >> 30U)) * 0xbf58476d1ce4e5b9U;
    turn = (turn ^ (turn >> 27U)) * 0x94d049bb133111ebU;
    return turn ^ (turn >> 31U);
}

// A number from 0 to most - 1 for a turn.
constexpr std::uint32_t below(std::uint32_t most, std::uint64_t turn) noexcept {
    return static_cast<std::uint32_t>((mix(turn) >> 32U) * most >> 32U);
}

constexpr std::size_t few = 16;

}  // namespace

Host* QueryPlan::next() noexcept {
    while (stage_ != Stage::end) {
        const Hosts hosts = hosts_of(stage_);
        Host* host = first_ == nullptr ? first_of(hosts) : following(hosts);
        if (host != nullptr) return host;
        stage_ = static_cast<Stage>(static_cast<std::uint8_t>(stage_) + 1);
        if (stage_ == Stage::remote_replicas && !allow_remote_) stage_ = Stage::end;
        first_ = nullptr;
        looked_at_ = 0;
    }
    return nullptr;
}

Hosts QueryPlan::hosts_of(Stage stage) const noexcept {
    switch (stage) {
        case Stage::local_replicas:
        case Stage::remote_replicas: return replicas_;
        case Stage::local_hosts: return snapshot_->local_hosts();
        case Stage::remote_hosts: return snapshot_->remote_hosts();
        case Stage::end: break;
    }
    return {};
}

// Whether a host is to be given in the current stage. Stages do not overlap, so no host comes twice.
bool QueryPlan::fits(const Host& host) const noexcept {
    if (!host.is_up()) return false;
    switch (stage_) {
        case Stage::local_replicas: return host.is_local();
        case Stage::remote_replicas: return !host.is_local();
        default: return std::find(replicas_.begin(), replicas_.end(), &host) == replicas_.end();
    }
}

// The first position from `at` on, round the end, whose host fits; the size when none does.
std::uint32_t QueryPlan::from(Hosts hosts, std::uint32_t at) const noexcept {
    const auto size = static_cast<std::uint32_t>(hosts.size());
    for (std::uint32_t step = 0; step < size; ++step) {
        const std::uint32_t position = at + step < size ? at + step : at + step - size;
        if (fits(*hosts[position])) return position;
    }
    return size;
}

// The one whose turn it is among those that fit, or another one if that has fewer requests in flight.
Host* QueryPlan::first_of(Hosts hosts) noexcept {
    const auto [turn_at, other_at] = hosts.size() > few ? pick_of_many(hosts) : pick_of_few(hosts);
    if (turn_at == hosts.size()) return nullptr;
    start_ = hosts[other_at]->in_flight() < hosts[turn_at]->in_flight() ? other_at : turn_at;
    first_ = hosts[start_];
    return first_;
}

// Among few hosts, each one that fits gets its turn exactly.
QueryPlan::Pick QueryPlan::pick_of_few(Hosts hosts) const noexcept {
    std::array<std::uint8_t, few> fitting;
    std::uint32_t count = 0;
    for (std::size_t at = 0; at < hosts.size(); ++at)
        if (fits(*hosts[at])) fitting[count++] = static_cast<std::uint8_t>(at);
    if (count == 0) return {static_cast<std::uint32_t>(hosts.size()), 0};
    const std::uint32_t turn = static_cast<std::uint32_t>(turn_) % count;
    std::uint32_t other = turn;
    if (count > 1) other += 1 + below(count - 1, turn_);
    return {fitting[turn], fitting[other < count ? other : other - count]};
}

// Among many, the one after a gap gets the turns of the gap, too, which saves looking at all of them.
QueryPlan::Pick QueryPlan::pick_of_many(Hosts hosts) const noexcept {
    const auto size = static_cast<std::uint32_t>(hosts.size());
    const std::uint32_t turn_at = from(hosts, static_cast<std::uint32_t>(turn_) % size);
    const std::uint32_t other_at = from(hosts, below(size, turn_));
    // Somebody may have set the last host down between the looks.
    return {turn_at, other_at == size ? turn_at : other_at};
}

// The others in ring order, or in the snapshot's.
Host* QueryPlan::following(Hosts hosts) noexcept {
    const auto size = static_cast<std::uint32_t>(hosts.size());
    while (++looked_at_ < size) {
        const std::uint32_t at = start_ + looked_at_;
        Host* host = hosts[at < size ? at : at - size];
        if (fits(*host)) return host;
    }
    return nullptr;
}

std::uint64_t LoadBalancing::next_turn() noexcept {
    thread_local std::uint64_t turn = 0;
    // Threads that begin at different turns do not all ask the same host first.
    if (turn == 0) turn = mix(std::hash<std::thread::id>()(std::this_thread::get_id()));
    return ++turn;
}

}  // namespace coodie::native
