// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/catalog.hpp"

namespace coodie::embedded {
namespace {

template <class T>
std::shared_ptr<const T> lookup(const ByName<T>& names, std::string_view name) {
    const auto found = names.find(name);
    return found == names.end() ? nullptr : found->second;
}

}  // namespace

std::shared_ptr<const Keyspace> Catalog::keyspace(std::string_view name) const {
    return lookup(keyspaces_, name);
}

std::shared_ptr<const Table> Catalog::table(std::string_view keyspace, std::string_view name) const {
    const auto found = keyspaces_.find(keyspace);
    return found == keyspaces_.end() ? nullptr : lookup(found->second->tables, name);
}

std::shared_ptr<const UserType> Catalog::type(std::string_view keyspace, std::string_view name) const {
    const auto found = keyspaces_.find(keyspace);
    return found == keyspaces_.end() ? nullptr : lookup(found->second->types, name);
}

std::shared_ptr<const Table> Catalog::table_of_index(std::string_view keyspace,
                                                     std::string_view index) const {
    const auto found = keyspaces_.find(keyspace);
    if (found == keyspaces_.end()) return nullptr;
    for (const auto& [name, table] : found->second->tables)
        if (table->find_index(index) != nullptr) return table;
    return nullptr;
}

std::shared_ptr<const Catalog> Catalog::with(Keyspace keyspace, std::uint32_t next_storage_id) const {
    auto copy = std::make_shared<Catalog>(*this);
    ++copy->version_;
    copy->next_storage_id_ = next_storage_id;
    std::string name = keyspace.name;
    copy->keyspaces_.insert_or_assign(std::move(name), std::make_shared<const Keyspace>(std::move(keyspace)));
    return copy;
}

std::shared_ptr<const Catalog> Catalog::without(std::string_view keyspace) const {
    auto copy = std::make_shared<Catalog>(*this);
    ++copy->version_;
    const auto found = copy->keyspaces_.find(keyspace);
    if (found != copy->keyspaces_.end()) copy->keyspaces_.erase(found);
    return copy;
}

std::shared_ptr<const Catalog> Catalog::with_storage_ids(std::uint32_t next_storage_id) const {
    auto copy = std::make_shared<Catalog>(*this);
    copy->next_storage_id_ = next_storage_id;
    return copy;
}

}  // namespace coodie::embedded
