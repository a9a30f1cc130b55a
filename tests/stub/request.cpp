// SPDX-License-Identifier: Apache-2.0
#include "stub/request.hpp"

#include "native/protocol/envelope.hpp"
#include "native/protocol/requests/query_parameters_writer.hpp"

namespace coodie::stub {
namespace {

using native::Opcode;
using native::ProtocolVersion;
using native::WireReader;
namespace query_flag = native::query_flag;

Bytes to_bytes(BytesView view) { return {view.begin(), view.end()}; }

std::vector<BoundValue> read_values(WireReader& reader) {
    constexpr std::int32_t unset = -2;
    std::vector<BoundValue> values;
    const std::size_t count = reader.read_short_count(4);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        const std::int32_t size = reader.read_int();
        BoundValue value{.unset = size == unset, .content = std::nullopt};
        if (size < unset) reader.fail(native::WireFault::malformed);
        if (size >= 0) value.content = to_bytes(reader.take(static_cast<std::size_t>(size)));
        values.push_back(std::move(value));
    }
    return values;
}

std::uint32_t read_flags(WireReader& reader, ProtocolVersion version) {
    return version == ProtocolVersion::v4 ? reader.read_byte()
                                          : static_cast<std::uint32_t>(reader.read_int());
}

void read_tail(WireReader& reader, Request& request, std::uint32_t flags) {
    if ((flags & query_flag::serial_consistency) != 0)
        request.serial_consistency = static_cast<Consistency>(reader.read_short());
    if ((flags & query_flag::timestamp) != 0) request.timestamp = reader.read_long();
    if ((flags & query_flag::keyspace) != 0 && request.version == ProtocolVersion::v5)
        request.keyspace = reader.read_string();
}

void read_parameters(WireReader& reader, Request& request) {
    request.consistency = static_cast<Consistency>(reader.read_short());
    const std::uint32_t flags = read_flags(reader, request.version);
    request.skip_metadata = (flags & query_flag::skip_metadata) != 0;
    if ((flags & query_flag::values) != 0) request.values = read_values(reader);
    if ((flags & query_flag::page_size) != 0) request.page_size = reader.read_int();
    if ((flags & query_flag::paging_state) != 0)
        request.paging_state = to_bytes(reader.read_bytes().value_or(BytesView()));
    read_tail(reader, request, flags);
}

void read_prepare(WireReader& reader, Request& request) {
    request.query = reader.read_long_string();
    if (request.version == ProtocolVersion::v5 && (reader.read_int() & 1) != 0)
        request.keyspace = reader.read_string();
}

void read_execute(WireReader& reader, Request& request) {
    request.id = to_bytes(reader.read_short_bytes());
    if (request.version == ProtocolVersion::v5)
        request.result_metadata_id = to_bytes(reader.read_short_bytes());
    read_parameters(reader, request);
}

void read_batch(WireReader& reader, Request& request) {
    request.batch_type = reader.read_byte();
    const std::size_t count = reader.read_short_count(5);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        BatchItem item;
        if (reader.read_byte() == 0) {
            item.query = reader.read_long_string();
        } else {
            item.id = to_bytes(reader.read_short_bytes());
        }
        item.values = read_values(reader);
        request.items.push_back(std::move(item));
    }
    request.consistency = static_cast<Consistency>(reader.read_short());
    read_tail(reader, request, read_flags(reader, request.version));
}

}  // namespace

bool read_request(Request& request) {
    WireReader reader(request.body);
    if ((request.flags & native::envelope_flag::custom_payload) != 0)
        request.custom_payload = reader.read_bytes_map();
    switch (request.opcode) {
        case Opcode::startup: request.options = reader.read_string_map(); break;
        case Opcode::options: break;
        case Opcode::register_: request.event_types = reader.read_string_list(); break;
        case Opcode::query:
            request.query = reader.read_long_string();
            read_parameters(reader, request);
            break;
        case Opcode::prepare: read_prepare(reader, request); break;
        case Opcode::execute: read_execute(reader, request); break;
        case Opcode::batch: read_batch(reader, request); break;
        case Opcode::auth_response:
            if (const auto token = reader.read_bytes()) request.token = to_bytes(*token);
            break;
        default: return false;
    }
    return reader.ok() && reader.rest().empty();
}

}  // namespace coodie::stub
