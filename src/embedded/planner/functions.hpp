// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/value.hpp"

#include <coodie/types/data_type.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::embedded {

/// A native scalar function; a constant.
struct Function {
    std::string name;  ///< lower case, without "system."
    std::vector<DataType> arguments;
    DataType result{TypeId::custom};
    /// Appends the result's content; false for a null result. Gets no null and no unset argument. Refuses by
    /// throwing.
    bool (*call)(const Function& self, std::span<const Value> arguments, Bytes& out) = nullptr;
    bool pure = true;  ///< the same arguments give the same result (false: now(), uuid(), ...)
};

/// All overloads of a name; empty when there is no such function. `token` is not among them: its arguments
/// are the table's partition key (see token_function).
std::span<const Function> find_functions(std::string_view name);

/// A function of Cassandra 5 that this engine does not have.
bool is_missing_function(std::string_view name);

/// token(a, b) of a table whose partition key has these types. Lives as long as the process.
const Function* token_function(const std::vector<DataType>& partition_key);

/// CAST(x AS type): null when Cassandra has no such cast.
const Function* cast_function(const DataType& from, const DataType& to);

/// "system.todate : (timeuuid) -> date"
std::string signature(const Function& function);

}  // namespace coodie::embedded
