// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace coodie::stub {

/// What a statement seems to be about, by its words. Enough for the statements that the library and
/// benchmarks write; no CQL parser.
struct StatementGuess {
    /// Upper case: "SELECT", "INSERT", "USE", "CREATE", ...
    std::string verb;
    /// "" when the table's name has none. Quotes are taken off.
    std::string keyspace;
    std::string table;
    /// SELECT: the columns; empty for `*`.
    std::vector<std::string> columns;
    /// For each `?` the column that it stands beside; "" when there is none.
    std::vector<std::string> parameters;
    bool has_where = false;
};

[[nodiscard]] StatementGuess guess_statement(std::string_view text);

}  // namespace coodie::stub
