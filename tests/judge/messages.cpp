// SPDX-License-Identifier: Apache-2.0
#include "messages.hpp"

#include "wire_type.hpp"

#include <algorithm>
#include <memory>

namespace coodie::judge {
namespace {

constexpr std::uint8_t warning_flag = 0x08;
constexpr std::int32_t default_page_size = 5000;

enum ResultKind : std::int32_t {
    void_result = 1,
    rows = 2,
    set_keyspace = 3,
    prepared = 4,
    schema_change = 5
};
enum MetadataFlag : std::int32_t { global_table_spec = 1, has_more_pages = 2, no_metadata = 4 };
enum QueryFlag : std::uint8_t {
    with_values = 0x01,
    with_page_size = 0x04,
    with_paging_state = 0x08,
    with_serial_consistency = 0x10,
    with_timestamp = 0x20,
};

/// A count that the server claims; each thing counted takes at least `bytes_each` bytes of the frame.
std::uint32_t read_count(WireReader& reader, std::size_t bytes_each) {
    const std::int32_t count = reader.read_int();
    if (count < 0 || static_cast<std::size_t>(count) * bytes_each > reader.rest().size())
        throw MalformedFrame("a frame claims more elements than it has bytes");
    return static_cast<std::uint32_t>(count);
}

ColumnSpecs read_columns(WireReader& reader, std::int32_t flags, std::uint32_t count) {
    if ((flags & no_metadata) != 0) return {};
    std::string keyspace;
    std::string table;
    const bool global = (flags & global_table_spec) != 0;
    if (global) keyspace = reader.read_string(), table = reader.read_string();
    ColumnSpecs columns;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (!global) keyspace = reader.read_string(), table = reader.read_string();
        std::string name = reader.read_string();
        columns.push_back({keyspace, table, std::move(name), read_wire_type(reader)});
    }
    return columns;
}

Result read_rows(WireReader reader, std::shared_ptr<const Bytes> body) {
    const std::int32_t flags = reader.read_int();
    const std::uint32_t column_count = read_count(reader, 0);
    Bytes paging_state;
    if ((flags & has_more_pages) != 0) {
        const BytesView state = reader.read_bytes();
        paging_state.assign(state.begin(), state.end());
    }
    auto columns = std::make_shared<ColumnSpecs>(read_columns(reader, flags, column_count));
    const std::uint32_t row_count = read_count(reader, std::size_t{4} * column_count);
    return {std::move(columns), std::move(body), reader.rest(), row_count, std::move(paging_state)};
}

Error read_error(WireReader reader) {
    const std::int32_t code = reader.read_int();
    return {code, reader.read_string()};
}

/// Skips what may precede a body; returns the warnings.
std::vector<std::string> read_prelude(WireReader& reader, std::uint8_t flags) {
    if ((flags & ~warning_flag) != 0) throw MalformedFrame("a frame with flags that nobody asked for");
    return (flags & warning_flag) != 0 ? reader.read_string_list() : std::vector<std::string>();
}

std::uint16_t protocol_number(Consistency level) { return static_cast<std::uint16_t>(level); }

}  // namespace

Outcome read_outcome(Response response, std::optional<std::string>& keyspace) {
    const auto body = std::make_shared<const Bytes>(std::move(response.body));
    WireReader reader(*body);
    std::vector<std::string> warnings = read_prelude(reader, response.flags);
    if (response.opcode == Opcode::error) return read_error(reader);
    Result result;
    if (response.opcode == Opcode::result) {
        const std::int32_t kind = reader.read_int();
        if (kind == rows) result = read_rows(reader, body);
        if (kind == set_keyspace) keyspace = reader.read_string();
    } else if (response.opcode != Opcode::ready) {
        throw MalformedFrame("an unexpected opcode");
    }
    if (!warnings.empty()) result.set_notes({.warnings = std::move(warnings)});
    return result;
}

std::variant<PreparedAnswer, Error> read_prepared(const Response& response) {
    WireReader reader(response.body);
    read_prelude(reader, response.flags);
    if (response.opcode == Opcode::error) return read_error(reader);
    if (response.opcode != Opcode::result || reader.read_int() != prepared)
        throw MalformedFrame("PREPARE was answered by something else");
    PreparedAnswer answer;
    const BytesView id = reader.read_short_bytes();
    answer.id.assign(id.begin(), id.end());
    std::int32_t flags = reader.read_int();
    std::uint32_t count = read_count(reader, 0);
    for (std::uint32_t left = read_count(reader, 2); left > 0; --left)
        answer.description.routing_key.push_back(reader.read_short());
    answer.description.parameters = read_columns(reader, flags, count);
    flags = reader.read_int();
    count = read_count(reader, 0);
    answer.description.columns = read_columns(reader, flags, count);
    return answer;
}

void write_query_parameters(WireWriter& writer, const Statement& statement) {
    const ExecutionOptions& options = statement.options();
    const std::int32_t page_size = options.page_size.value_or(default_page_size);
    const bool has_values = statement.values().count() > 0;
    const bool has_state = !statement.paging_state().empty();
    writer.write_short(protocol_number(options.consistency.value_or(Consistency::local_one)));
    writer.write_byte(static_cast<std::uint8_t>(
        (has_values ? with_values : 0) | (page_size > 0 ? with_page_size : 0) |
        (has_state ? with_paging_state : 0) | (options.serial_consistency ? with_serial_consistency : 0)));
    if (has_values) {
        writer.write_short(statement.values().count());
        writer.append(statement.values().bytes());
    }
    if (page_size > 0) writer.write_int(page_size);
    if (has_state) writer.write_bytes(statement.paging_state());
    if (options.serial_consistency) writer.write_short(protocol_number(*options.serial_consistency));
}

void write_batch_parameters(WireWriter& writer, const BatchStatement& batch) {
    const ExecutionOptions& options = batch.options();
    writer.write_short(protocol_number(options.consistency.value_or(Consistency::local_one)));
    writer.write_byte(static_cast<std::uint8_t>((options.serial_consistency ? with_serial_consistency : 0) |
                                                (batch.timestamp() ? with_timestamp : 0)));
    if (options.serial_consistency) writer.write_short(protocol_number(*options.serial_consistency));
    if (batch.timestamp()) writer.write_long(*batch.timestamp());
}

}  // namespace coodie::judge
