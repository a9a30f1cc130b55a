// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/assignment.hpp>

#include "cql/element_types.hpp"

#include <algorithm>

namespace coodie::cql {
namespace {

DataType field_type(const DataType& udt, std::string_view field) {
    const auto& names = udt.field_names();
    const auto found = std::find(names.begin(), names.end(), field);
    if (found == names.end()) return udt;
    return udt.children()[static_cast<std::size_t>(found - names.begin())];
}

std::vector<DataType> parameters_of(Assignment::Kind kind, const DataType& type, std::string_view field) {
    switch (kind) {
        case Assignment::Kind::subtract:
            // `m = m - ?` takes the set of the keys to remove.
            if (type.id() == TypeId::map) return {DataType::set(key_type(type))};
            [[fallthrough]];
        case Assignment::Kind::add:
        case Assignment::Kind::prepend:
        case Assignment::Kind::set: return {type};
        case Assignment::Kind::element: return {key_type(type), element_type(type)};
        case Assignment::Kind::field: return {field_type(type, field)};
    }
    return {type};
}

}  // namespace

Assignment assign(std::string_view column, Assignment::Kind kind, const DataType& column_type,
                  std::string_view field) {
    return {.kind = kind,
            .column = std::string(column),
            .field = std::string(field),
            .parameters = parameters_of(kind, column_type, field)};
}

}  // namespace coodie::cql
