// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/event.hpp"

#include <string_view>

namespace coodie::native {
namespace {

TopologyChange read_topology_change(WireReader& reader) {
    const std::string_view word = reader.read_string();
    TopologyChange event;
    if (word == "NEW_NODE") event.change = TopologyChange::Change::new_node;
    if (word == "REMOVED_NODE") event.change = TopologyChange::Change::removed_node;
    if (word == "MOVED_NODE") event.change = TopologyChange::Change::moved_node;
    event.node = reader.read_endpoint();
    return event;
}

StatusChange read_status_change(WireReader& reader) {
    const std::string_view word = reader.read_string();
    StatusChange event;
    if (word == "UP") event.change = StatusChange::Change::up;
    if (word == "DOWN") event.change = StatusChange::Change::down;
    event.node = reader.read_endpoint();
    return event;
}

}  // namespace

EventResponse read_event(WireReader& reader) {
    const std::string_view type = reader.read_string();
    if (type == "TOPOLOGY_CHANGE") return {read_topology_change(reader)};
    if (type == "STATUS_CHANGE") return {read_status_change(reader)};
    if (type == "SCHEMA_CHANGE") return {read_schema_change(reader)};
    return {UnknownEvent{std::string(type)}};
}

}  // namespace coodie::native
