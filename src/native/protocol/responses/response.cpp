// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/responses/response.hpp"

#include "native/protocol/responses/result_kind.hpp"

#include <string>
#include <utility>

namespace coodie::native {
namespace {

std::optional<Bytes> read_token(WireReader& reader) {
    const auto token = reader.read_bytes();
    if (!token) return std::nullopt;
    return Bytes(token->begin(), token->end());
}

/// v3 and older answer a handshake only, with an ERROR that v4 reads the same way.
ProtocolVersion layout_of(std::uint8_t version) noexcept {
    return version >= static_cast<std::uint8_t>(ProtocolVersion::v5) ? ProtocolVersion::v5
                                                                     : ProtocolVersion::v4;
}

/// @param where becomes the name of the kind.
ResponseMessage read_result(WireReader& reader, ProtocolVersion version, std::string_view& where) {
    switch (static_cast<ResultKind>(reader.read_int())) {
        case ResultKind::void_: where = "RESULT Void"; return VoidResult{};
        case ResultKind::rows: where = "RESULT Rows"; return read_rows(reader);
        case ResultKind::set_keyspace:
            where = "RESULT Set_keyspace";
            return SetKeyspaceResult{std::string(reader.read_string())};
        case ResultKind::prepared: where = "RESULT Prepared"; return read_prepared(reader, version);
        case ResultKind::schema_change: where = "RESULT Schema_change"; return read_schema_change(reader);
    }
    reader.fail(WireFault::unknown_kind);
    return VoidResult{};
}

ResponseMessage read_message(WireReader& reader, const EnvelopeHeader& header, std::string_view& where) {
    const ProtocolVersion version = layout_of(header.version);
    switch (header.opcode) {
        case Opcode::error: return read_error(reader, version);
        case Opcode::ready: return ReadyResponse{};
        case Opcode::authenticate: return AuthenticateResponse{std::string(reader.read_string())};
        case Opcode::supported: return SupportedResponse{reader.read_string_multimap()};
        case Opcode::result: return read_result(reader, version, where);
        case Opcode::event: return read_event(reader);
        case Opcode::auth_challenge: return AuthChallengeResponse{read_token(reader)};
        case Opcode::auth_success: return AuthSuccessResponse{read_token(reader)};
        default: break;
    }
    reader.fail(WireFault::unknown_opcode);
    return ReadyResponse{};
}

}  // namespace

Parsed<Response> parse_response(const EnvelopeHeader& header, BytesView body) {
    WireReader reader(body);
    std::string_view where = to_string(header.opcode);
    ResponsePrefix prefix = read_prefix(reader, header.flags);
    ResponseMessage message = read_message(reader, header, where);
    if (!reader.ok()) return WireError{reader.fault(), where};
    return Response{std::move(prefix), std::move(message)};
}

}  // namespace coodie::native
