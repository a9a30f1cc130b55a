// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/replication.hpp"

#include "native/cluster/system_rows.hpp"
#include "types/scan.hpp"

#include <algorithm>

namespace coodie::native {
namespace {

// "org.apache.cassandra.locator.SimpleStrategy" -> "SimpleStrategy"
std::string_view simple_name(std::string_view java_class) {
    return java_class.substr(java_class.rfind('.') + 1);  // npos + 1 is 0
}

ReplicationStrategy parse_simple(ReplicationStrategy::Options options) {
    for (const auto& [name, value] : options) {
        if (name != "replication_factor") continue;
        const std::optional<ReplicationFactor> factor = ReplicationFactor::parse(value);
        if (factor) return {ReplicationStrategy::Kind::simple, *factor, {}};
    }
    return {};
}

// Every option but the class is a datacenter; "replication_factor" is for those that are not listed (servers
// write it out into datacenters, but nothing in the format says so).
ReplicationStrategy parse_network_topology(ReplicationStrategy::Options options) {
    ReplicationStrategy strategy{ReplicationStrategy::Kind::network_topology, {}, {}};
    for (const auto& [name, value] : options) {
        if (name == "class") continue;
        const std::optional<ReplicationFactor> factor = ReplicationFactor::parse(value);
        if (!factor) return {};
        if (name == "replication_factor")
            strategy.factor = *factor;
        else
            strategy.datacenters.emplace_back(name, *factor);
    }
    std::sort(strategy.datacenters.begin(), strategy.datacenters.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return strategy;
}

}  // namespace

std::optional<ReplicationFactor> ReplicationFactor::parse(std::string_view text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    ReplicationFactor factor;
    const auto all = parse_integer<std::uint32_t>(text.substr(0, slash));
    if (!all) return std::nullopt;
    factor.all = *all;
    if (slash == text.size()) return factor;
    const auto transient = parse_integer<std::uint32_t>(text.substr(slash + 1));
    if (!transient || *transient >= factor.all) return std::nullopt;
    factor.transient = *transient;
    return factor;
}

ReplicationStrategy ReplicationStrategy::parse(Options options) {
    for (const auto& [name, value] : options) {
        if (name != "class") continue;
        const std::string_view strategy = simple_name(value);
        if (strategy == "SimpleStrategy") return parse_simple(options);
        if (strategy == "NetworkTopologyStrategy") return parse_network_topology(options);
        if (strategy == "LocalStrategy") return {Kind::local, {}, {}};
    }
    return {};
}

ReplicationFactor ReplicationStrategy::in(std::string_view datacenter) const noexcept {
    const auto found =
        std::lower_bound(datacenters.begin(), datacenters.end(), datacenter,
                         [](const auto& entry, std::string_view dc) { return entry.first < dc; });
    return found != datacenters.end() && found->first == datacenter ? found->second : factor;
}

std::vector<KeyspaceRecord> read_keyspaces(const Result& keyspaces) {
    std::vector<KeyspaceRecord> records;
    for (SystemRows rows(keyspaces); rows.next();) {
        std::optional<std::string> name = rows.text("keyspace_name");
        const auto options = rows.text_map("replication");
        if (name && options) records.push_back({std::move(*name), ReplicationStrategy::parse(*options)});
    }
    return records;
}

}  // namespace coodie::native
