// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/alter_table.hpp>

#include "cql/option_list.hpp"

#include <utility>

namespace coodie::cql {

void AlterTable::item(Change change, std::string text) {
    if (change_ != change) items_.clear();
    change_ = change;
    items_.push_back(std::move(text));
}

AlterTable& AlterTable::add(std::string_view column, std::string_view cql_type) {
    item(Change::add, quote(column) + ' ' + std::string(cql_type));
    return *this;
}

AlterTable& AlterTable::add_static(std::string_view column, std::string_view cql_type) {
    item(Change::add, quote(column) + ' ' + std::string(cql_type) + " STATIC");
    return *this;
}

AlterTable& AlterTable::drop(std::string_view column) {
    item(Change::drop, quote(column));
    return *this;
}

AlterTable& AlterTable::rename(std::string_view from, std::string_view to) {
    item(Change::rename, quote(from) + " TO " + quote(to));
    return *this;
}

AlterTable& AlterTable::option(std::string_view name, std::string_view cql_value) {
    item(Change::with, option_assignment(name, cql_value));
    return *this;
}

AlterTable& AlterTable::comment(std::string_view text) { return option("comment", text_literal(text)); }

AlterTable& AlterTable::default_ttl(std::chrono::seconds ttl) {
    return option("default_time_to_live", std::to_string(ttl.count()));
}

std::string AlterTable::cql() const {
    std::string_view word;
    switch (change_) {
        case Change::none: break;
        case Change::add: word = " ADD "; break;
        case Change::drop: word = " DROP "; break;
        case Change::rename: word = " RENAME "; break;
        case Change::with: word = " WITH "; break;
    }
    const bool parentheses = items_.size() > 1 && (change_ == Change::add || change_ == Change::drop);
    const std::string_view comma = change_ == Change::with || change_ == Change::rename ? " AND " : ", ";
    std::string out = "ALTER TABLE " + table_.cql();
    out += word;
    if (parentheses) out += '(';
    std::string_view separator;
    for (const std::string& text : items_) out.append(std::exchange(separator, comma)).append(text);
    return parentheses ? out + ')' : out;
}

AlterTable alter_table(TableName table) { return AlterTable(std::move(table)); }

}  // namespace coodie::cql
