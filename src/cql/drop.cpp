// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/drop.hpp>

#include <utility>

namespace coodie::cql {
namespace {

std::string_view word(Drop::What what) noexcept {
    switch (what) {
        case Drop::What::keyspace: return "KEYSPACE ";
        case Drop::What::table: return "TABLE ";
        case Drop::What::index: return "INDEX ";
        case Drop::What::type: return "TYPE ";
    }
    return "TABLE ";
}

}  // namespace

Drop& Drop::if_exists() {
    if_exists_ = true;
    return *this;
}

std::string Drop::cql() const {
    std::string out = "DROP ";
    out += word(what_);
    if (if_exists_) out += "IF EXISTS ";
    return out + name_.cql();
}

Drop drop_keyspace(std::string_view name) { return {Drop::What::keyspace, TableName(name)}; }
Drop drop_table(TableName table) { return {Drop::What::table, std::move(table)}; }
Drop drop_index(TableName index) { return {Drop::What::index, std::move(index)}; }
Drop drop_type(TableName type) { return {Drop::What::type, std::move(type)}; }

StatementText truncate_text(const TableName& table) {
    return StatementText("TRUNCATE TABLE " + table.cql(), StatementKind::truncate);
}

}  // namespace coodie::cql
