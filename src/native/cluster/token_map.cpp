// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/token_map.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace coodie::native {
namespace {

// Hosts and racks of the ring as small numbers, so that walks compare no text.
struct Numbered {
    struct Place {
        std::uint32_t host;
        std::uint32_t datacenter;
        std::uint32_t rack;  // counted over all datacenters: rack1 of dc1 is not rack1 of dc2
    };
    struct Datacenter {
        std::string_view name;
        std::uint32_t hosts = 0;
        std::uint32_t racks = 0;
    };
    std::vector<Place> places;  // by ring position
    std::vector<Datacenter> datacenters;
    std::uint32_t hosts = 0;
    std::uint32_t racks = 0;

    explicit Numbered(const TokenRing& ring) {
        std::unordered_map<const Host*, Place> by_host;
        std::unordered_map<std::string_view, std::uint32_t> by_datacenter;
        std::vector<std::unordered_map<std::string_view, std::uint32_t>> by_rack;
        places.reserve(ring.size());
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Host& host = *ring.owner(i);
            const auto [place, is_new] = by_host.try_emplace(&host);
            if (is_new) {
                const auto [dc, new_dc] = by_datacenter.try_emplace(
                    host.datacenter(), static_cast<std::uint32_t>(datacenters.size()));
                if (new_dc) {
                    datacenters.push_back({host.datacenter()});
                    by_rack.emplace_back();
                }
                const auto [rack, new_rack] = by_rack[dc->second].try_emplace(host.rack(), racks);
                if (new_rack) ++racks, ++datacenters[dc->second].racks;
                ++datacenters[dc->second].hosts;
                place->second = {hosts++, dc->second, rack->second};
            }
            places.push_back(place->second);
        }
    }
};

// One walk after the other over the same ring; "seen" marks hold the walk's number, so that nothing is
// cleared.
class Placement {
public:
    Placement(const TokenRing& ring, const Numbered& numbered)
        : ring_(ring), numbered_(numbered), host_seen_(numbered.hosts), rack_seen_(numbered.racks) {}

    // The first `count` distinct hosts from a position on.
    void simple(std::size_t from, std::uint32_t count, std::vector<Host*>& out) {
        ++walk_;
        for (std::size_t step = 0; step < ring_.size() && count > 0; ++step) {
            const std::size_t at = position(from, step);
            if (mark(host_seen_[numbered_.places[at].host])) out.push_back(ring_.owner(at)), --count;
        }
    }

    // What one datacenter still takes; see NetworkTopologyStrategy.java, DatacenterEndpoints.
    struct Demand {
        std::uint32_t left = 0;     // replicas
        std::uint32_t repeats = 0;  // of them, how many may be in a rack that has one already
        std::uint32_t full = 0;     // of them, the first ones; the rest is transient
    };

    // Per datacenter: a host of a new rack is taken; one of a rack that has one, only as far as there are
    // fewer racks than replicas.
    void network_topology(std::size_t from, std::vector<Demand> demands, std::size_t open,
                          std::vector<Host*>& out) {
        ++walk_;
        for (std::size_t step = 0; step < ring_.size() && open > 0; ++step) {
            const std::size_t at = position(from, step);
            const Numbered::Place& place = numbered_.places[at];
            Demand& demand = demands[place.datacenter];
            if (demand.left == 0 || host_seen_[place.host] == walk_) continue;
            if (!mark(rack_seen_[place.rack])) {
                if (demand.repeats == 0) continue;
                --demand.repeats;
            }
            host_seen_[place.host] = walk_;
            if (demand.full > 0) out.push_back(ring_.owner(at)), --demand.full;
            if (--demand.left == 0) --open;
        }
    }

private:
    [[nodiscard]] std::size_t position(std::size_t from, std::size_t step) const noexcept {
        const std::size_t at = from + step;
        return at < ring_.size() ? at : at - ring_.size();
    }
    bool mark(std::uint64_t& seen) const noexcept {
        if (seen == walk_) return false;
        seen = walk_;
        return true;
    }

    const TokenRing& ring_;
    const Numbered& numbered_;
    std::vector<std::uint64_t> host_seen_;
    std::vector<std::uint64_t> rack_seen_;
    std::uint64_t walk_ = 0;
};

// With fewer hosts than replicas, it is the transient ones that are missing.
std::uint32_t full_replicas(ReplicationFactor factor, std::uint32_t hosts) noexcept {
    return std::min(factor.all - factor.transient, hosts);
}

Placement::Demand demand_of(const Numbered::Datacenter& datacenter, ReplicationFactor factor) noexcept {
    return {std::min(factor.all, datacenter.hosts),
            factor.all > datacenter.racks ? factor.all - datacenter.racks : 0,
            full_replicas(factor, datacenter.hosts)};
}

}  // namespace

TokenRing::TokenRing(const std::vector<std::pair<std::int64_t, Host*>>& tokens) {
    std::vector<std::pair<std::int64_t, std::size_t>> order;  // token, place among those given
    order.reserve(tokens.size());
    for (const auto& [token, owner] : tokens) order.emplace_back(token, order.size());
    std::sort(order.begin(), order.end());
    tokens_.reserve(order.size());
    owners_.reserve(order.size());
    for (const auto& [token, place] : order) {
        if (!tokens_.empty() && tokens_.back() == token) continue;
        tokens_.push_back(token);
        owners_.push_back(tokens[place].second);
    }
}

// A binary search without branches on the tokens: those of requests are random, so a processor would guess
// each of them wrong half the time.
std::size_t TokenRing::position(std::int64_t token) const noexcept {
    if (tokens_.empty()) return 0;
    const std::int64_t* first = tokens_.data();
    std::size_t count = tokens_.size();
    while (count > 1) {
        const std::size_t half = count / 2;
        first += static_cast<std::size_t>(first[half - 1] < token) * half;
        count -= half;
    }
    const auto found =
        static_cast<std::size_t>(first - tokens_.data()) + static_cast<std::size_t>(*first < token);
    return found == tokens_.size() ? 0 : found;
}

ReplicaMap::ReplicaMap(const TokenRing& ring, const ReplicationStrategy& strategy) {
    if (ring.empty() || !strategy.has_replicas()) return;
    const Numbered numbered(ring);
    Placement placement(ring, numbered);
    if (strategy.kind == ReplicationStrategy::Kind::simple) {
        const std::uint32_t count = full_replicas(strategy.factor, numbered.hosts);
        for (std::size_t i = 0; i < ring.size(); ++i) placement.simple(i, count, replicas_);
    } else {
        std::vector<Placement::Demand> demands;
        std::size_t open = 0;
        for (const Numbered::Datacenter& datacenter : numbered.datacenters) {
            demands.push_back(demand_of(datacenter, strategy.in(datacenter.name)));
            if (demands.back().left > 0) ++open;
        }
        for (std::size_t i = 0; i < ring.size(); ++i) placement.network_topology(i, demands, open, replicas_);
    }
    per_position_ = replicas_.size() / ring.size();
}

}  // namespace coodie::native
