// SPDX-License-Identifier: Apache-2.0
#include <coodie/cql/query.hpp>

#include <utility>

namespace coodie::cql {

std::vector<std::string> Query::readable_values() const {
    std::vector<std::string> readable;
    for (const Value& value : values()) readable.push_back(value.to_string());
    return readable;
}

std::string Query::to_string() const {
    std::string out = cql();
    std::string_view separator = " [";
    const std::vector<std::string> readable = readable_values();
    for (const std::string& value : readable) out.append(std::exchange(separator, ", ")).append(value);
    return readable.empty() ? out : out + ']';
}

Statement Query::statement(ExecutionOptions options) const {
    BoundValues bound;
    bind(bound, values());
    return Statement(text(), std::move(bound), options);
}

}  // namespace coodie::cql
