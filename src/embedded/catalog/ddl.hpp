// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"
#include "embedded/parser/ast.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace coodie::embedded {

enum class ChangeKind : std::uint8_t { none, created, updated, dropped };
enum class ChangeTarget : std::uint8_t { keyspace, table, type };

/// What a schema statement does. Nothing has happened yet: the engine stores `records` and then publishes
/// `catalog`.
struct Change {
    std::shared_ptr<const Catalog> catalog;  ///< the schema afterwards; the same one when kind is none
    ChangeKind kind = ChangeKind::none;      ///< none: IF [NOT] EXISTS found nothing to do
    ChangeTarget target = ChangeTarget::keyspace;
    std::string keyspace;
    std::string name;  ///< of the table or type; an index's is its table's
    /// What to store: the record's name and its bytes; nullopt deletes the record.
    std::vector<std::pair<std::string, std::optional<Bytes>>> records;
    /// Storage ids of tables and indexes whose data goes.
    std::vector<std::uint32_t> dropped_storage;
    /// CREATE INDEX: the new index's name in table `name`, to be filled from the table's rows; else "".
    std::string created_index;
};

/// Applies one schema statement to a snapshot, with Cassandra 5's refusals and their codes: already_exists,
/// config_error, invalid; ErrorKind::unsupported for what this engine does not know. Pure: no storage, no
/// clock.
/// @param keyspace of unqualified names; "" when there is none.
/// @param now microseconds since 1970: a new table's id, the time of a dropped column.
std::variant<Change, Error> apply(const std::shared_ptr<const Catalog>& catalog,
                                  const ast::Statement& statement, std::string_view keyspace,
                                  std::int64_t now);

}  // namespace coodie::embedded
