// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/envelope.hpp"
#include "native/protocol/responses/auth_challenge.hpp"
#include "native/protocol/responses/auth_success.hpp"
#include "native/protocol/responses/authenticate.hpp"
#include "native/protocol/responses/error.hpp"
#include "native/protocol/responses/event.hpp"
#include "native/protocol/responses/prefix.hpp"
#include "native/protocol/responses/prepared.hpp"
#include "native/protocol/responses/ready.hpp"
#include "native/protocol/responses/rows.hpp"
#include "native/protocol/responses/schema_change.hpp"
#include "native/protocol/responses/set_keyspace.hpp"
#include "native/protocol/responses/supported.hpp"
#include "native/protocol/responses/void.hpp"
#include "native/protocol/wire_error.hpp"

#include <coodie/types/bytes.hpp>

#include <variant>

namespace coodie::native {

/// Each message that a server sends; RESULT by its kind.
using ResponseMessage = std::variant<ErrorResponse, ReadyResponse, AuthenticateResponse, SupportedResponse,
                                     AuthChallengeResponse, AuthSuccessResponse, EventResponse, VoidResult,
                                     RowsResult, SetKeyspaceResult, PreparedResult, SchemaChange>;

/// A whole response. Owns everything, save for the views of RowsResult.
struct Response {
    ResponsePrefix prefix;
    ResponseMessage message;
};

/// Reads any response. Bytes after the message are ignored (the specification wants it).
/// @param header as parse_header or parse_handshake_header gave it; its body_size and compression flag are
/// not looked at.
/// @param body all of it, decompressed. RowsResult borrows from it.
[[nodiscard]] Parsed<Response> parse_response(const EnvelopeHeader& header, BytesView body);

}  // namespace coodie::native
