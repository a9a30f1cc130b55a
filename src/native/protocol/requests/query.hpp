// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/requests/custom_payload.hpp"
#include "native/protocol/requests/query_parameters.hpp"
#include "native/protocol/version.hpp"

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <string_view>

namespace coodie::native {

/// QUERY (v5 specification, section 4.1.4). Borrows everything.
struct QueryRequest {
    std::string_view query;
    QueryParameters parameters{};
    CustomPayload custom_payload{};
    bool tracing = false;
};

/// Appends the whole envelope. @returns false, and appends nothing, when the body would be larger than
/// max_body_size, or a name longer than 65535 bytes.
[[nodiscard]] bool append_query(Bytes& out, ProtocolVersion version, std::int16_t stream,
                                const QueryRequest& request);

}  // namespace coodie::native
