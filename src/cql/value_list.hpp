// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/cql/value.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace coodie::cql {

inline void append(std::vector<Value>& out, const std::vector<Value>& values) {
    out.insert(out.end(), values.begin(), values.end());
}

inline void append(std::vector<Value>& out, const std::optional<Value>& value) {
    if (value) out.push_back(*value);
}

}  // namespace coodie::cql
