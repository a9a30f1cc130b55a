// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/endpoint.hpp"
#include "native/protocol/responses/schema_change.hpp"
#include "native/protocol/wire_reader.hpp"

#include <cstdint>
#include <string>
#include <variant>

namespace coodie::native {

/// EVENT TOPOLOGY_CHANGE.
struct TopologyChange {
    enum class Change : std::uint8_t { unknown, new_node, removed_node, moved_node };
    Change change = Change::unknown;
    Endpoint node;
};

/// EVENT STATUS_CHANGE.
struct StatusChange {
    enum class Change : std::uint8_t { unknown, up, down };
    Change change = Change::unknown;
    Endpoint node;
};

/// An event of a type that this driver did not register for. To be ignored.
struct UnknownEvent {
    std::string type;
};

/// EVENT (v5 specification, section 4.2.6).
struct EventResponse {
    std::variant<TopologyChange, StatusChange, SchemaChange, UnknownEvent> event;
};

[[nodiscard]] EventResponse read_event(WireReader& reader);

}  // namespace coodie::native
