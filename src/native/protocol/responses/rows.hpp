// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/envelope.hpp"
#include "native/protocol/responses/column_metadata.hpp"
#include "native/protocol/wire_reader.hpp"

#include <coodie/driver/result.hpp>
#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace coodie::native {

/// RESULT Rows (v5 specification, section 4.2.5.2). Its views borrow from the body that was parsed.
struct RowsResult {
    /// nullptr: the reply has none (asked for by QueryParameters::skip_metadata).
    std::shared_ptr<const ColumnSpecs> columns;
    std::uint32_t column_count = 0;
    std::uint32_t row_count = 0;
    /// Empty: this is the last page.
    BytesView paging_state{};
    /// v5, when the metadata is another than the one whose id EXECUTE named; comes with `columns`. Empty: not
    /// changed.
    BytesView new_metadata_id{};
    /// As coodie::Result takes them: row_count x column_count x ([int] length + content). There are at least
    /// 4 bytes for each cell; what the lengths say is checked by whoever walks them (RowReader).
    BytesView rows{};
};

[[nodiscard]] RowsResult read_rows(WireReader& reader);

/// The same of a reply without metadata.
struct PlainRows {
    BytesView rows;
    std::uint32_t row_count;
    BytesView paging_state;  ///< empty: this is the last page
};

/// The hot path: a RESULT Rows without metadata and without tracing id, warnings and custom payload, read
/// without an allocation.
/// @param body decompressed.
/// @param column_count how many the known metadata has.
/// @returns nullopt for everything else: another message, another number of columns, metadata, anything
/// wrong. Whoever gets it asks parse_response.
[[nodiscard]] std::optional<PlainRows> parse_plain_rows(const EnvelopeHeader& header, BytesView body,
                                                        std::uint32_t column_count) noexcept;

}  // namespace coodie::native
