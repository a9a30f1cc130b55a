// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/statements.hpp>

#include <coodie/codec/dynamic.hpp>

namespace coodie::query {

std::string to_string(const Statement& statement) {
    std::string text = statement.text().cql();
    if (statement.values().count() == 0) return text;
    const std::span<const DataType> types = statement.text().parameter_types();
    BoundValueReader reader(statement.values());
    BoundValueReader::State state{};
    BytesView content;
    text += " [";
    for (std::size_t i = 0; reader.next(state, content); ++i) {
        if (i > 0) text += ", ";
        const DataType type = i < types.size() ? types[i] : DataType(TypeId::blob);
        if (state == BoundValueReader::State::unset)
            text += "unset";
        else
            text += format_value(type, state == BoundValueReader::State::null ? Cell() : Cell(content));
    }
    return text + ']';
}

}  // namespace coodie::query
