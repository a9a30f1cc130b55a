// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/schema_change.hpp"

#include <string_view>

namespace coodie::native {
namespace {

SchemaChange::Change to_change(std::string_view word) noexcept {
    if (word == "CREATED") return SchemaChange::Change::created;
    if (word == "UPDATED") return SchemaChange::Change::updated;
    if (word == "DROPPED") return SchemaChange::Change::dropped;
    return SchemaChange::Change::unknown;
}

SchemaChange::Target to_target(std::string_view word) noexcept {
    if (word == "KEYSPACE") return SchemaChange::Target::keyspace;
    if (word == "TABLE") return SchemaChange::Target::table;
    if (word == "TYPE") return SchemaChange::Target::type;
    if (word == "FUNCTION") return SchemaChange::Target::function;
    if (word == "AGGREGATE") return SchemaChange::Target::aggregate;
    return SchemaChange::Target::unknown;
}

}  // namespace

SchemaChange read_schema_change(WireReader& reader) {
    SchemaChange change;
    change.change = to_change(reader.read_string());
    change.target = to_target(reader.read_string());
    if (change.target == SchemaChange::Target::unknown) return change;
    change.keyspace = reader.read_string();
    if (change.target == SchemaChange::Target::keyspace) return change;
    change.name = reader.read_string();
    if (change.target == SchemaChange::Target::function || change.target == SchemaChange::Target::aggregate)
        change.argument_types = reader.read_string_list();
    return change;
}

}  // namespace coodie::native
