// SPDX-License-Identifier: Apache-2.0
#include "mock/readable_values.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/mock/mock_driver.hpp>

#include <span>

namespace coodie {
namespace {

std::string readable(BoundValueReader::State state, BytesView content, const DataType& type) {
    if (state == BoundValueReader::State::unset) return "unset";
    return format_value(type, state == BoundValueReader::State::null ? Cell() : Cell(content));
}

}  // namespace

std::vector<std::string> readable_values(const Statement& statement) {
    std::span<const DataType> types;
    if (statement.text()) types = statement.text().parameter_types();
    std::vector<std::string> values;
    BoundValueReader reader(statement.values());
    BoundValueReader::State state{};
    BytesView content;
    while (reader.next(state, content)) {
        const bool known = values.size() < types.size();
        values.push_back(readable(state, content, known ? types[values.size()] : DataType(TypeId::blob)));
    }
    if (!reader.ok()) values.emplace_back("(malformed)");
    return values;
}

std::string MockStatement::to_string() const {
    if (values.empty()) return cql;
    std::string text = cql + " [";
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i != 0) text += ", ";
        text += values[i];
    }
    return text + ']';
}

}  // namespace coodie
