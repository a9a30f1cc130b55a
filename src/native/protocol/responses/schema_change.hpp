// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/wire_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace coodie::native {

/// What a schema change did, as a result and as an event (v5 specification, section 4.2.6). Words that this
/// driver does not know become `unknown` and leave what follows them empty: the reader of the schema looks at
/// everything again then.
struct SchemaChange {
    enum class Change : std::uint8_t { unknown, created, updated, dropped };
    enum class Target : std::uint8_t { unknown, keyspace, table, type, function, aggregate };

    Change change = Change::unknown;
    Target target = Target::unknown;
    std::string keyspace;
    /// Empty for a keyspace.
    std::string name;
    /// Of functions and aggregates, in CQL.
    std::vector<std::string> argument_types;
};

/// Reads the three or more strings.
[[nodiscard]] SchemaChange read_schema_change(WireReader& reader);

}  // namespace coodie::native
