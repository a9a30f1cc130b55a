// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/requests/custom_payload.hpp"
#include "native/protocol/requests/query_parameters.hpp"
#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>

namespace coodie::native {

/// EXECUTE (v5 specification, section 4.1.6). Borrows everything.
struct ExecuteRequest {
    /// PreparedResult::id
    BytesView id{};
    /// PreparedResult::result_metadata_id; v5 only, v4 does not send it.
    BytesView result_metadata_id{};
    QueryParameters parameters{};
    CustomPayload custom_payload{};
    bool tracing = false;
};

/// Appends the whole envelope; one resize, no other allocation. @returns false, and appends nothing, when the
/// body would be larger than max_body_size, or an id or name longer than 65535 bytes.
[[nodiscard]] bool append_execute(Bytes& out, ProtocolVersion version, std::int16_t stream,
                                  const ExecuteRequest& request);

}  // namespace coodie::native
