// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/version.hpp"
#include "native/protocol/wire_reader.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace coodie::native {

/// RESULT Prepared (v5 specification, section 4.2.5.4).
struct PreparedResult {
    /// Up to 65535 bytes, not empty.
    Bytes id;
    /// v5 only; empty in v4.
    Bytes result_metadata_id;
    ColumnSpecs parameters;
    /// Positions of the partition key among the parameters, in key order; each is below parameters.size().
    /// Empty: unknown.
    std::vector<std::uint16_t> routing_key;
    /// Of the rows that it will give; nullptr when the server does not tell, or there are none (writes).
    std::shared_ptr<const ColumnSpecs> columns;
};

[[nodiscard]] PreparedResult read_prepared(WireReader& reader, ProtocolVersion version);

}  // namespace coodie::native
