// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>
#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace coodie::native {

/// How QUERY and EXECUTE are to be executed (v5 specification, section 4.1.4). Borrows everything.
struct QueryParameters {
    /// Values as coodie::BoundValues has them: for each, [int] length (-1 null, -2 unset) + content.
    BytesView values{};
    std::uint16_t value_count = 0;
    Consistency consistency = Consistency::local_quorum;
    std::optional<Consistency> serial_consistency{};
    /// Rows; 0: no paging.
    std::int32_t page_size = 0;
    /// Empty: from the start.
    BytesView paging_state{};
    /// Microseconds since 1970, not negative.
    std::optional<std::int64_t> timestamp{};
    /// Of names without one, instead of the connection's; "" for the connection's. v5 only; v4 has no place
    /// for it.
    std::string_view keyspace{};
    /// Rows come without column metadata; for EXECUTE with known metadata.
    bool skip_metadata = false;
};

}  // namespace coodie::native
