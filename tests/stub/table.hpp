// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::stub {

/// A cell's content; nullopt: null.
using Value = std::optional<Bytes>;

/// A C++ value in CQL binary, by the library's own codec.
template <class T>
[[nodiscard]] Value value_of(const T& value) {
    Bytes content;
    Codec<T>::encode(value, content);
    return content;
}
[[nodiscard]] inline Value value_of(std::string_view text) { return value_of(std::string(text)); }
[[nodiscard]] inline Value value_of(const char* text) { return value_of(std::string(text)); }

struct Column {
    std::string name;
    DataType type;
};

/// Rows as a server answers with them. Each row has one value for each column.
struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Value>> rows{};
    std::string keyspace = "ks";
    std::string name = "t";
};

}  // namespace coodie::stub
