// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/siphash.hpp"
#include "embedded/storage/reader.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>

#include <cstdint>
#include <string_view>
#include <variant>

namespace coodie::embedded {

/// Where a page ended.
struct PagePosition {
    storage::ScanPosition
        scan;  ///< behind the last row that was looked at; a virtual table: token is how many rows
    std::int64_t returned = 0;      ///< rows of all pages so far, for LIMIT
    std::int64_t of_partition = 0;  ///< rows of the partition so far, for PER PARTITION LIMIT
    friend bool operator==(const PagePosition& a, const PagePosition& b) {
        return a.scan.token == b.scan.token && a.scan.partition_key == b.scan.partition_key &&
               a.scan.clustering == b.scan.clustering && a.returned == b.returned &&
               a.of_partition == b.of_partition;
    }
};

/// To which query and values a paging state belongs (semantics rule 24): any difference makes it foreign.
/// Borrows.
struct PagedQuery {
    std::string_view cql;
    std::string_view keyspace;
    BytesView values;
    BytesView table_id;
};

/// A paging state: format 1, the position, and a keyed hash of it and the query it belongs to.
Bytes write_paging_state(const SipKey& key, const PagedQuery& query, const PagePosition& position);
/// @return the position, or a server error (protocol_error, as Cassandra gives) for a state that was altered,
/// that belongs to another query, or that this engine did not make.
std::variant<PagePosition, Error> read_paging_state(const SipKey& key, const PagedQuery& query,
                                                    BytesView state);

}  // namespace coodie::embedded
