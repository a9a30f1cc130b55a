// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/compression.hpp"
#include "native/protocol/opcode.hpp"
#include "native/protocol/version.hpp"
#include "stub/body.hpp"
#include "stub/table.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace coodie::stub {

/// What a server writes (v4 and v5 specifications, section 4.2). The driver has no code for it.

/// [option]; a vector goes as a custom type with its Java class name.
void write_type(Body& body, const DataType& type);

struct RowsOptions {
    bool skip_metadata = false;
    /// Empty: the last page.
    Bytes paging_state{};
    /// Not empty (v5): the metadata is another than the client thinks; overrules skip_metadata.
    Bytes new_metadata_id{};
    /// Which rows of the table.
    std::size_t first = 0;
    std::size_t count = static_cast<std::size_t>(-1);
};
[[nodiscard]] Bytes rows_body(const Table& table, const RowsOptions& options = {});

/// What PREPARE is answered with.
struct Prepared {
    Bytes id;
    /// v5 only.
    Bytes result_metadata_id;
    /// Columns of the parameters; its rows are not looked at.
    Table parameters;
    std::vector<std::uint16_t> routing_key;
    /// Columns of the result; none for a write.
    Table result;
};
[[nodiscard]] Bytes prepared_body(const Prepared& prepared, native::ProtocolVersion version);

/// A whole envelope of a response.
/// @param version the number of the protocol version, without the direction bit.
void append_envelope(Bytes& out, std::uint8_t version, std::uint8_t flags, std::int16_t stream,
                     native::Opcode opcode, BytesView body);

}  // namespace coodie::stub
