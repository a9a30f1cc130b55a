// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/requests/batch.hpp"

#include "native/protocol/requests/envelope_builder.hpp"
#include "native/protocol/requests/query_parameters_writer.hpp"

namespace coodie::native {
namespace {

constexpr std::uint8_t item_is_query = 0;
constexpr std::uint8_t item_is_prepared = 1;

std::size_t item_size(const BatchItem& item) noexcept {
    const std::size_t statement = item.id.empty() ? long_string_size(item.query) : short_bytes_size(item.id);
    return 1 + statement + 2 + item.values.size();
}

void write_item(WireWriter& writer, const BatchItem& item) noexcept {
    if (item.id.empty()) {
        writer.write_byte(item_is_query);
        writer.write_long_string(item.query);
    } else {
        writer.write_byte(item_is_prepared);
        writer.write_short_bytes(item.id);
    }
    writer.write_short(item.value_count);
    writer.write_raw(item.values);
}

std::uint32_t batch_flags(const BatchRequest& request, ProtocolVersion version) noexcept {
    std::uint32_t flags = 0;
    if (request.serial_consistency) flags |= query_flag::serial_consistency;
    if (request.timestamp) flags |= query_flag::timestamp;
    if (version == ProtocolVersion::v5 && !request.keyspace.empty()) flags |= query_flag::keyspace;
    return flags;
}

/// @returns more than max_body_size when an item cannot be sent.
std::size_t body_size(const BatchRequest& request, std::uint32_t flags, ProtocolVersion version) noexcept {
    constexpr std::size_t too_large = std::size_t{max_body_size} + 1;
    std::size_t size = custom_payload_size(request.custom_payload) + 1 + 2 + 2 + query_flags_size(version);
    if ((flags & query_flag::serial_consistency) != 0) size += 2;
    if ((flags & query_flag::timestamp) != 0) size += 8;
    if ((flags & query_flag::keyspace) != 0) size += string_size(request.keyspace);
    for (const BatchItem& item : request.items) {
        if (item.id.size() > max_short) return too_large;
        size += item_size(item);
    }
    return size;
}

}  // namespace

bool append_batch(Bytes& out, ProtocolVersion version, std::int16_t stream, const BatchRequest& request) {
    if (request.items.size() > max_short || request.keyspace.size() > max_short ||
        !fits_custom_payload(request.custom_payload))
        return false;
    const std::uint32_t flags = batch_flags(request, version);
    const std::size_t size = body_size(request, flags, version);
    if (size > max_body_size) return false;

    WireWriter writer = begin_envelope(out, version, request_flags(request.tracing, request.custom_payload),
                                       stream, Opcode::batch, size);
    write_custom_payload(writer, request.custom_payload);
    writer.write_byte(static_cast<std::uint8_t>(request.type));
    writer.write_short(static_cast<std::uint16_t>(request.items.size()));
    for (const BatchItem& item : request.items) write_item(writer, item);
    writer.write_short(static_cast<std::uint16_t>(request.consistency));
    write_query_flags(writer, flags, version);
    if ((flags & query_flag::serial_consistency) != 0)
        writer.write_short(static_cast<std::uint16_t>(*request.serial_consistency));
    if ((flags & query_flag::timestamp) != 0) writer.write_long(*request.timestamp);
    if ((flags & query_flag::keyspace) != 0) writer.write_string(request.keyspace);
    return true;
}

}  // namespace coodie::native
