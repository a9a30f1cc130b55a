// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of any response. What must hold:
//   - nothing crashes, whatever the bytes; every type has a text, every error has words;
//   - rows end where their bytes end, whatever their lengths say;
//   - the short cuts of the hot path agree with the way through all of the message;
//   - bytes behind a message change nothing about whether it can be read.
// The first three bytes of the input are version, flags and opcode.
#include "native/protocol/responses/response.hpp"
#include "native/protocol/type_option.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace {

using namespace coodie;
using namespace coodie::native;

void require(bool holds) {
    if (!holds) std::abort();
}

void read_columns(const ColumnSpecs& columns) {
    for (const ColumnSpec& column : columns)
        require(!column.type.to_string().empty() || column.type.name().empty());
}

void walk_rows(const RowsResult& rows) {
    if (rows.columns) {
        require(rows.columns->size() == rows.column_count);
        read_columns(*rows.columns);
    }
    require(std::uint64_t{rows.row_count} * rows.column_count * 4 <= rows.rows.size());
    RowReader reader(Result(nullptr, nullptr, rows.rows, rows.row_count));
    Cell cell;
    std::size_t read = 0;
    while (reader.next(cell)) {
        read += 4 + cell.content().size();
        require(read <= rows.rows.size());
    }
}

void check_short_cuts(const EnvelopeHeader& header, BytesView body, const Response& response) {
    if (is_plain_void(header, body)) require(std::holds_alternative<VoidResult>(response.message));
    const auto* const rows = std::get_if<RowsResult>(&response.message);
    if (rows == nullptr) return;
    const auto plain = parse_plain_rows(header, body, rows->column_count);
    if (!plain) return;
    require(plain->row_count == rows->row_count && plain->rows.data() == rows->rows.data());
    require(plain->paging_state.size() == rows->paging_state.size() && !rows->columns);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    const EnvelopeHeader header{.version = static_cast<std::uint8_t>(4 + data[0] % 2),
                                .flags = data[1],
                                .opcode = static_cast<Opcode>(data[2] % 20)};
    // A copy of exactly this size, so that AddressSanitizer sees a read beyond its end.
    const Bytes body(reinterpret_cast<const std::byte*>(data + 3),
                     reinterpret_cast<const std::byte*>(data + size));
    const auto parsed = parse_response(header, body);
    Bytes longer = body;
    longer.push_back(std::byte{0});
    if (const auto* const error = std::get_if<WireError>(&parsed)) {
        require(error->fault != WireFault::none && !error->where.empty());
        require(!parse_plain_rows(header, body, 1) && !is_plain_void(header, body));
    } else {
        const auto& response = std::get<Response>(parsed);
        require(std::holds_alternative<Response>(parse_response(header, longer)));
        if (const auto* const rows = std::get_if<RowsResult>(&response.message)) walk_rows(*rows);
        if (const auto* const prepared = std::get_if<PreparedResult>(&response.message))
            read_columns(prepared->parameters);
        if (const auto* const failed = std::get_if<ErrorResponse>(&response.message))
            require(to_error(*failed, "peer").code() == failed->code);
        check_short_cuts(header, body, response);
    }
    if (const auto type = parse_java_type({reinterpret_cast<const char*>(body.data()), body.size()}))
        (void)type->to_string();
    return 0;
}
