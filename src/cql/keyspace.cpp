// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/keyspace.hpp>

#include <coodie/cql/identifier.hpp>

#include <utility>

namespace coodie::cql {

Replication Replication::simple(std::uint32_t factor) {
    Replication made;
    made.factor_ = factor;
    return made;
}

Replication& Replication::datacenter(std::string_view name, std::uint32_t factor) {
    datacenters_.emplace_back(name, factor);
    return *this;
}

std::string Replication::cql() const {
    if (datacenters_.empty())
        return "{'class': 'SimpleStrategy', 'replication_factor': '" + std::to_string(factor_) + "'}";
    std::string out = "{'class': 'NetworkTopologyStrategy'";
    for (const auto& [name, factor] : datacenters_)
        out += ", " + text_literal(name) + ": '" + std::to_string(factor) + '\'';
    return out + '}';
}

Replication replication() { return {}; }

KeyspaceStatement& KeyspaceStatement::if_not_exists() {
    if_not_exists_ = true;
    return *this;
}

KeyspaceStatement& KeyspaceStatement::replication(Replication replication) {
    replication_ = std::move(replication);
    return *this;
}

KeyspaceStatement& KeyspaceStatement::durable_writes(bool on) {
    durable_writes_ = on;
    return *this;
}

std::string KeyspaceStatement::cql() const {
    std::string out = kind_ == Kind::create ? "CREATE KEYSPACE " : "ALTER KEYSPACE ";
    if (kind_ == Kind::create && if_not_exists_) out += "IF NOT EXISTS ";
    append_quoted(out, name_);
    std::string_view word = " WITH ";
    if (replication_ || kind_ == Kind::create) {
        out.append(std::exchange(word, " AND ")).append("replication = ");
        out += replication_.value_or(Replication()).cql();
    }
    if (durable_writes_)
        out.append(word).append("durable_writes = ").append(*durable_writes_ ? "true" : "false");
    return out;
}

KeyspaceStatement create_keyspace(std::string_view name) { return {KeyspaceStatement::Kind::create, name}; }
KeyspaceStatement alter_keyspace(std::string_view name) { return {KeyspaceStatement::Kind::alter, name}; }

}  // namespace coodie::cql
