// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/result.hpp>

#include <string>
#include <vector>

namespace coodie::statements {

/// A type as the wire tells it: without `frozen`, which native protocol metadata does not carry.
std::string wire_type_name(const DataType& type);
/// "k int, v text".
std::string columns_line(const ColumnSpecs& columns);
/// One line per row. @param hide_values `?` for each value that is not null.
/// Text that no reader should have to guess at is escaped: control characters as \xNN.
std::vector<std::string> row_lines(const Result& result, bool hide_values);
/// "error 0x2200 # message", or "error unsupported # message" for one that is not a server's.
std::string error_line(const Error& error);

}  // namespace coodie::statements
