// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/opcode.hpp"
#include "native/protocol/version.hpp"
#include "native/protocol/wire_reader.hpp"

#include <coodie/driver/options.hpp>
#include <coodie/types/bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace coodie::stub {

/// A bound value as it came.
struct BoundValue {
    bool unset = false;
    /// nullopt: null (or unset).
    std::optional<Bytes> content;
};

/// One statement of a BATCH.
struct BatchItem {
    /// Empty: not prepared.
    Bytes id;
    /// Of a prepared one the text that was prepared; empty when the node does not know the id.
    std::string query;
    std::vector<BoundValue> values;
};

/// What a client sent, in pieces. Fields that the message has not are empty.
struct Request {
    /// Counts from 0 in the order in which connections were accepted, over all nodes.
    std::size_t connection = 0;
    /// Counts from 0.
    std::size_t node = 0;
    native::ProtocolVersion version = native::ProtocolVersion::v4;
    std::uint8_t flags = 0;
    std::int16_t stream = 0;
    native::Opcode opcode = native::Opcode::options;
    /// Decompressed.
    Bytes body;

    /// QUERY, PREPARE; EXECUTE: the text that was prepared ("" when the node does not know the id); BATCH:
    /// all texts, joined by "; ".
    std::string query;
    /// The statement's own keyspace (v5).
    std::string keyspace;
    /// What the connection was told by USE.
    std::string used_keyspace;
    Bytes id;
    Bytes result_metadata_id;
    std::vector<BoundValue> values;
    std::vector<BatchItem> items;
    std::uint8_t batch_type = 0;
    Consistency consistency = Consistency::any;
    std::optional<Consistency> serial_consistency;
    std::int32_t page_size = 0;
    Bytes paging_state;
    std::optional<std::int64_t> timestamp;
    bool skip_metadata = false;
    native::StringMap options;             ///< STARTUP
    std::vector<std::string> event_types;  ///< REGISTER
    std::optional<Bytes> token;            ///< AUTH_RESPONSE
    native::BytesMap custom_payload;

    [[nodiscard]] const std::string& keyspace_in_force() const noexcept {
        return keyspace.empty() ? used_keyspace : keyspace;
    }
};

/// Fills the fields from `request.body`. `query` of EXECUTE and of a BATCH's prepared items stays empty.
/// @returns false when the body is not what the opcode says.
[[nodiscard]] bool read_request(Request& request);

}  // namespace coodie::stub
