// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/user_type.hpp>

#include <utility>

namespace coodie::cql {

CreateType& CreateType::if_not_exists() {
    if_not_exists_ = true;
    return *this;
}

CreateType& CreateType::field(std::string_view name, std::string_view cql_type) {
    fields_.emplace_back(name, cql_type);
    return *this;
}

std::string CreateType::cql() const {
    std::string out = "CREATE TYPE ";
    if (if_not_exists_) out += "IF NOT EXISTS ";
    out += type_.cql() + " (";
    std::string_view separator;
    for (const auto& [name, type] : fields_) {
        append_quoted(out.append(std::exchange(separator, ", ")), name);
        out += ' ' + type;
    }
    return out + ')';
}

AlterType& AlterType::add(std::string_view field, std::string_view cql_type) {
    field_ = field;
    cql_type_ = cql_type;
    return *this;
}

std::string AlterType::cql() const {
    return "ALTER TYPE " + type_.cql() + " ADD " + quote(field_) + ' ' + cql_type_;
}

CreateType create_type(TableName type) { return CreateType(std::move(type)); }
AlterType alter_type(TableName type) { return AlterType(std::move(type)); }

}  // namespace coodie::cql
