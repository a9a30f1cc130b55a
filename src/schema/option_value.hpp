// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/live_schema.hpp"

#include <string_view>

namespace coodie::schema {

/// Whether a table has an option already: `wanted` is CQL as after WITH, `live` what system_schema says.
///
/// Maps are compared as maps, and the wanted entries only: the database adds entries of its own (thresholds,
/// chunk lengths) and writes classes in full, so `LeveledCompactionStrategy` is
/// `org.apache.cassandra.db.compaction.LeveledCompactionStrategy`. Numbers are compared as numbers.
/// Everything else is exact and case-sensitive (semantics rule 28), save the two spellings that Cassandra
/// itself rewrites: caching's words (upper case) and speculative retry (`99PERCENTILE` becomes `99p`).
[[nodiscard]] bool same_option(std::string_view name, std::string_view wanted, const LiveOption& live);

}  // namespace coodie::schema
