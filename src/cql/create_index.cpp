// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/create_index.hpp>

#include <coodie/cql/identifier.hpp>

#include <utility>

namespace coodie::cql {

CreateIndex& CreateIndex::if_not_exists() {
    if_not_exists_ = true;
    return *this;
}

CreateIndex& CreateIndex::on(TableName table, std::string_view column) {
    table_ = std::move(table);
    column_ = column;
    return *this;
}

CreateIndex& CreateIndex::target(Target target) {
    target_ = target;
    return *this;
}

CreateIndex& CreateIndex::using_class(std::string_view class_name) {
    class_ = class_name;
    return *this;
}

std::string CreateIndex::cql() const {
    std::string out = class_.empty() ? "CREATE INDEX " : "CREATE CUSTOM INDEX ";
    if (if_not_exists_) out += "IF NOT EXISTS ";
    if (!name_.empty()) out += quote(name_) + ' ';
    out += "ON " + table_.cql() + " (";
    switch (target_) {
        case Target::values: out += quote(column_); break;  // also what `values(c)` of a collection means
        case Target::keys: out += "KEYS(" + quote(column_) + ')'; break;
        case Target::entries: out += "ENTRIES(" + quote(column_) + ')'; break;
        case Target::full: out += "FULL(" + quote(column_) + ')'; break;
    }
    out += ')';
    return class_.empty() ? out : out + " USING " + text_literal(class_);
}

CreateIndex create_index(std::string_view name) { return CreateIndex(name); }

}  // namespace coodie::cql
