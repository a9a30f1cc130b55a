// SPDX-License-Identifier: Apache-2.0
#include "stub/encode.hpp"

#include "native/protocol/envelope.hpp"
#include "native/protocol/responses/column_metadata.hpp"
#include "native/protocol/responses/result_kind.hpp"

#include <algorithm>
#include <string>

namespace coodie::stub {
namespace {

using native::ResultKind;
namespace metadata_flag = native::metadata_flag;

std::string java_name(TypeId id) {
    switch (id) {
        case TypeId::float_: return "FloatType";
        case TypeId::double_: return "DoubleType";
        case TypeId::int_: return "Int32Type";
        case TypeId::bigint: return "LongType";
        default: return "UTF8Type";
    }
}

void write_columns(Body& body, const Table& table) {
    body.string(table.keyspace).string(table.name);
    for (const Column& column : table.columns) {
        body.string(column.name);
        write_type(body, column.type);
    }
}

void write_udt(Body& body, const DataType& type) {
    body.string(type.keyspace())
        .string(type.name())
        .short_(static_cast<std::uint16_t>(type.children().size()));
    for (std::size_t i = 0; i < type.children().size(); ++i) {
        body.string(type.field_names()[i]);
        write_type(body, type.children()[i]);
    }
}

void write_row(Body& body, const std::vector<Value>& row) {
    for (const Value& value : row) {
        if (value) {
            body.bytes(*value);
        } else {
            body.null();
        }
    }
}

std::uint32_t flags_of(const RowsOptions& options) {
    std::uint32_t flags = 0;
    if (!options.new_metadata_id.empty()) {
        flags |= metadata_flag::metadata_changed | metadata_flag::global_table_spec;
    } else {
        flags |= options.skip_metadata ? metadata_flag::no_metadata : metadata_flag::global_table_spec;
    }
    if (!options.paging_state.empty()) flags |= metadata_flag::has_more_pages;
    return flags;
}

}  // namespace

void write_type(Body& body, const DataType& type) {
    if (type.id() == TypeId::vector) {
        const std::string package = "org.apache.cassandra.db.marshal.";
        body.short_(0).string(package + "VectorType(" + package + java_name(type.children()[0].id()) + " , " +
                              std::to_string(type.dimensions()) + ")");
        return;
    }
    body.short_(static_cast<std::uint16_t>(type.id()));
    if (type.id() == TypeId::custom) body.string(type.name());
    if (type.id() == TypeId::udt) return write_udt(body, type);
    if (type.id() == TypeId::tuple) body.short_(static_cast<std::uint16_t>(type.children().size()));
    for (const DataType& child : type.children()) write_type(body, child);
}

Bytes rows_body(const Table& table, const RowsOptions& options) {
    Body body;
    const std::uint32_t flags = flags_of(options);
    body.int_(static_cast<std::int32_t>(ResultKind::rows)).int_(static_cast<std::int32_t>(flags));
    body.int_(static_cast<std::int32_t>(table.columns.size()));
    if (!options.paging_state.empty()) body.bytes(options.paging_state);
    if (!options.new_metadata_id.empty()) body.short_bytes(options.new_metadata_id);
    if ((flags & metadata_flag::no_metadata) == 0) write_columns(body, table);
    const std::size_t first = std::min(options.first, table.rows.size());
    const std::size_t count = std::min(options.count, table.rows.size() - first);
    body.int_(static_cast<std::int32_t>(count));
    for (std::size_t i = first; i < first + count; ++i) write_row(body, table.rows[i]);
    return std::move(body).take();
}

Bytes prepared_body(const Prepared& prepared, native::ProtocolVersion version) {
    Body body;
    body.int_(static_cast<std::int32_t>(ResultKind::prepared)).short_bytes(prepared.id);
    if (version == native::ProtocolVersion::v5) body.short_bytes(prepared.result_metadata_id);
    const bool has_parameters = !prepared.parameters.columns.empty();
    body.int_(has_parameters ? static_cast<std::int32_t>(metadata_flag::global_table_spec) : 0);
    body.int_(static_cast<std::int32_t>(prepared.parameters.columns.size()));
    body.int_(static_cast<std::int32_t>(prepared.routing_key.size()));
    for (const std::uint16_t position : prepared.routing_key) body.short_(position);
    if (has_parameters) write_columns(body, prepared.parameters);
    if (prepared.result.columns.empty()) {
        body.int_(static_cast<std::int32_t>(metadata_flag::no_metadata)).int_(0);
    } else {
        body.int_(static_cast<std::int32_t>(metadata_flag::global_table_spec));
        body.int_(static_cast<std::int32_t>(prepared.result.columns.size()));
        write_columns(body, prepared.result);
    }
    return std::move(body).take();
}

void append_envelope(Bytes& out, std::uint8_t version, std::uint8_t flags, std::int16_t stream,
                     native::Opcode opcode, BytesView body) {
    Body header;
    header.byte(static_cast<std::uint8_t>(0x80U | version)).byte(flags);
    header.short_(static_cast<std::uint16_t>(stream)).byte(static_cast<std::uint8_t>(opcode));
    header.int_(static_cast<std::int32_t>(body.size()));
    out.insert(out.end(), header.view().begin(), header.view().end());
    out.insert(out.end(), body.begin(), body.end());
}

}  // namespace coodie::stub
