// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/requests/custom_payload.hpp"
#include "native/protocol/version.hpp"

#include <coodie/driver/options.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace coodie::native {

/// One statement of a batch, prepared (id) or not (query). Borrows everything.
struct BatchItem {
    /// Empty: `query` is sent instead.
    BytesView id{};
    std::string_view query{};
    /// As QueryParameters::values.
    BytesView values{};
    std::uint16_t value_count = 0;
};

/// BATCH (v5 specification, section 4.1.7). Borrows everything.
struct BatchRequest {
    BatchType type = BatchType::logged;
    std::span<const BatchItem> items{};
    Consistency consistency = Consistency::local_quorum;
    std::optional<Consistency> serial_consistency{};
    /// Microseconds since 1970, not negative.
    std::optional<std::int64_t> timestamp{};
    /// As QueryParameters::keyspace: v5 only.
    std::string_view keyspace{};
    CustomPayload custom_payload{};
    bool tracing = false;
};

/// Appends the whole envelope. @returns false, and appends nothing, when there are more than 65535 items, the
/// body would be larger than max_body_size, or an id or name longer than 65535 bytes.
[[nodiscard]] bool append_batch(Bytes& out, ProtocolVersion version, std::int16_t stream,
                                const BatchRequest& request);

}  // namespace coodie::native
