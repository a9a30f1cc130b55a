// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/table.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace coodie::embedded {

/// A user-defined type. The UDTs of its field types carry their own fields.
struct UserType {
    std::string keyspace;
    std::string name;
    std::vector<std::string> field_names;
    std::vector<DataType> field_types;

    /// The type as a column has it; not frozen.
    [[nodiscard]] DataType data_type() const {
        return DataType::udt(keyspace, name, field_names, field_types);
    }
    friend bool operator==(const UserType&, const UserType&) = default;
};

template <class T>
using ByName = std::map<std::string, std::shared_ptr<const T>, std::less<>>;

struct Keyspace {
    std::string name;
    /// "class" (a full Java class name, as system_schema shows it) and the strategy's options.
    std::map<std::string, std::string> replication;
    bool durable_writes = true;
    /// Held by the engine itself (system, system_schema, ...): read only, never stored.
    bool is_system = false;
    ByName<Table> tables;
    ByName<UserType> types;
};

/// One snapshot of the schema. Immutable: a change makes a new one (see ddl.hpp), which shares whatever
/// stayed the same, so that running statements keep the snapshot that they were planned with. Any thread may
/// read it.
class Catalog {
public:
    /// The system keyspaces and nothing else; version 1.
    static std::shared_ptr<const Catalog> initial();
    /// Reads what the records of all Changes (ddl.hpp) left behind, in any order.
    /// @param records name and bytes of each stored record.
    /// @return the snapshot, or ErrorKind::connection naming the record whose bytes are damaged.
    static std::variant<std::shared_ptr<const Catalog>, Error> load(
        std::span<const std::pair<std::string, Bytes>> records);

    /// Grows with each change.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    [[nodiscard]] const ByName<Keyspace>& keyspaces() const noexcept { return keyspaces_; }
    /// Null when there is none.
    [[nodiscard]] std::shared_ptr<const Keyspace> keyspace(std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const Table> table(std::string_view keyspace, std::string_view name) const;
    [[nodiscard]] std::shared_ptr<const UserType> type(std::string_view keyspace,
                                                       std::string_view name) const;
    /// The table with that index; null when the keyspace has no index of that name.
    [[nodiscard]] std::shared_ptr<const Table> table_of_index(std::string_view keyspace,
                                                              std::string_view index) const;
    /// The storage id that the next table or index gets. Ids are never used twice.
    [[nodiscard]] std::uint32_t next_storage_id() const noexcept { return next_storage_id_; }

    /// A copy with this keyspace added or replaced, version + 1. For ddl.cpp and tests.
    [[nodiscard]] std::shared_ptr<const Catalog> with(Keyspace keyspace, std::uint32_t next_storage_id) const;
    [[nodiscard]] std::shared_ptr<const Catalog> without(std::string_view keyspace) const;
    [[nodiscard]] std::shared_ptr<const Catalog> with_storage_ids(std::uint32_t next_storage_id) const;

private:
    ByName<Keyspace> keyspaces_;
    std::uint64_t version_ = 1;
    std::uint32_t next_storage_id_ = 1;
};

}  // namespace coodie::embedded
