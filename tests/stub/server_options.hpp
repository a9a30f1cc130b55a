// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"
#include "native/protocol/wire_reader.hpp"
#include "stub/table.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace coodie::stub {

struct ServerOptions {
    /// Nodes 0, 1, ... listen on 127.0.0.1, 127.0.0.2, ..., all on the same port. 1 to 100.
    std::size_t nodes = 1;
    /// 0: any free one.
    std::uint16_t port = 0;
    /// What it speaks; anything else is answered with a protocol error.
    std::vector<native::ProtocolVersion> versions{native::ProtocolVersion::v4, native::ProtocolVersion::v5};
    /// Whether SUPPORTED offers lz4.
    bool compression = true;
    /// Both empty: no authentication. Otherwise SASL PLAIN with these.
    std::string user{};
    std::string password{};
    /// One for each node; nodes beyond the list are in "dc1".
    std::vector<std::string> datacenters{};
    /// For system_schema.keyspaces: name and replication.
    std::vector<std::pair<std::string, native::StringMap>> keyspaces{
        {"ks", {{"class", "org.apache.cassandra.locator.SimpleStrategy"}, {"replication_factor", "1"}}}};
    /// Tables that SELECT finds, by keyspace and name. All rows are the answer, whatever WHERE says. The
    /// first column is the partition key.
    std::vector<Table> tables{};
    /// Keeps every request for Server::requests(). Without it only the numbers are kept.
    bool record = true;
    /// As fast as it can: an EXECUTE is not looked at. A SELECT with WHERE is answered with the first row of
    /// its table, a write with void. Rules do not see EXECUTE then, and no number counts it.
    bool fast = false;
};

}  // namespace coodie::stub
