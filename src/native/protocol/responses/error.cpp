// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/error.hpp"

#include <utility>

namespace coodie::native {
namespace {

constexpr std::pair<WriteType, std::string_view> write_types[] = {
    {WriteType::simple, "SIMPLE"},
    {WriteType::batch, "BATCH"},
    {WriteType::unlogged_batch, "UNLOGGED_BATCH"},
    {WriteType::counter, "COUNTER"},
    {WriteType::batch_log, "BATCH_LOG"},
    {WriteType::cas, "CAS"},
    {WriteType::view, "VIEW"},
    {WriteType::cdc, "CDC"},
};

Consistency read_consistency(WireReader& reader) noexcept {
    return static_cast<Consistency>(reader.read_short());
}

WriteType read_write_type(WireReader& reader) noexcept {
    const std::string_view word = reader.read_string();
    for (const auto& [type, name] : write_types)
        if (name == word) return type;
    return WriteType::unknown;
}

/// The fields that all timeouts and failures start with.
template <class Detail>
Detail read_answers(WireReader& reader) {
    Detail detail;
    detail.consistency = read_consistency(reader);
    detail.received = reader.read_int();
    detail.block_for = reader.read_int();
    return detail;
}

/// v4 has the number of failures, v5 the replicas with the reasons.
template <class Detail>
void read_failures(WireReader& reader, ProtocolVersion version, Detail& detail) {
    constexpr std::size_t smallest_reason = 1 + 4 + 2;
    if (version == ProtocolVersion::v4) {
        detail.failures = reader.read_int();
        return;
    }
    const std::size_t count = reader.read_count(smallest_reason);
    detail.failures = static_cast<std::int32_t>(count);
    detail.reasons.reserve(count);
    for (std::size_t i = 0; i < count && reader.ok(); ++i) {
        const inet replica = reader.read_address();
        detail.reasons.push_back({replica, reader.read_short()});
    }
}

UnavailableDetail read_unavailable(WireReader& reader) {
    UnavailableDetail detail;
    detail.consistency = read_consistency(reader);
    detail.required = reader.read_int();
    detail.alive = reader.read_int();
    return detail;
}

WriteTimeoutDetail read_write_timeout(WireReader& reader, ProtocolVersion version) {
    auto detail = read_answers<WriteTimeoutDetail>(reader);
    detail.write_type = read_write_type(reader);
    if (version == ProtocolVersion::v5 && detail.write_type == WriteType::cas)
        detail.contentions = reader.read_short();
    return detail;
}

ReadTimeoutDetail read_read_timeout(WireReader& reader) {
    auto detail = read_answers<ReadTimeoutDetail>(reader);
    detail.data_present = reader.read_byte() != 0;
    return detail;
}

ReadFailureDetail read_read_failure(WireReader& reader, ProtocolVersion version) {
    auto detail = read_answers<ReadFailureDetail>(reader);
    read_failures(reader, version, detail);
    detail.data_present = reader.read_byte() != 0;
    return detail;
}

WriteFailureDetail read_write_failure(WireReader& reader, ProtocolVersion version) {
    auto detail = read_answers<WriteFailureDetail>(reader);
    read_failures(reader, version, detail);
    detail.write_type = read_write_type(reader);
    return detail;
}

FunctionFailureDetail read_function_failure(WireReader& reader) {
    FunctionFailureDetail detail;
    detail.keyspace = reader.read_string();
    detail.function = reader.read_string();
    detail.argument_types = reader.read_string_list();
    return detail;
}

AlreadyExistsDetail read_already_exists(WireReader& reader) {
    AlreadyExistsDetail detail;
    detail.keyspace = reader.read_string();
    detail.table = reader.read_string();
    return detail;
}

UnpreparedDetail read_unprepared(WireReader& reader) {
    const BytesView id = reader.read_short_bytes();
    return {Bytes(id.begin(), id.end())};
}

ErrorDetail read_detail(WireReader& reader, std::int32_t code, ProtocolVersion version) {
    switch (code) {
        case server_code::unavailable: return read_unavailable(reader);
        case server_code::write_timeout: return read_write_timeout(reader, version);
        case server_code::read_timeout: return read_read_timeout(reader);
        case server_code::read_failure: return read_read_failure(reader, version);
        case server_code::write_failure: return read_write_failure(reader, version);
        case server_code::function_failure: return read_function_failure(reader);
        case server_code::already_exists: return read_already_exists(reader);
        case server_code::unprepared: return read_unprepared(reader);
        case server_code::cas_write_unknown: return read_answers<CasWriteUnknownDetail>(reader);
        default: return std::monostate();
    }
}

}  // namespace

std::string_view to_string(WriteType type) noexcept {
    for (const auto& [each, name] : write_types)
        if (each == type) return name;
    return "UNKNOWN";
}

ErrorResponse read_error(WireReader& reader, ProtocolVersion version) {
    ErrorResponse response;
    response.code = reader.read_int();
    response.message = reader.read_string();
    response.detail = read_detail(reader, response.code, version);
    return response;
}

}  // namespace coodie::native
