// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::statements {

/// What the embedded engine is expected to make of a step.
enum class EngineMark : std::uint8_t {
    same,         ///< Cassandra's answer
    unsupported,  ///< an error of kind `unsupported`
    differs,      ///< another answer, on purpose
};

/// One statement of a file, with the directives above it (README.md lists them).
struct Step {
    int line = 0;                    ///< where it begins, from 1
    std::string cql;                 ///< without the closing semicolon
    std::vector<std::string> binds;  ///< each a list of literals; one execution for each
    std::optional<std::int32_t> page_size{};
    std::optional<std::chrono::milliseconds> sleep{};
    bool loose_pages = false;
    bool nondeterministic = false;
    bool unordered = false;
    bool describe = false;
    EngineMark mark = EngineMark::same;
    std::string reason;       ///< why the engine differs
    std::vector<Step> batch;  ///< not empty: these go as one BatchStatement, `cql` is their text
    BatchType batch_type = BatchType::logged;
    std::optional<std::int64_t> batch_timestamp{};
};

/// A statement file with a mistake; the message names file and line.
class BadStatementFile : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Reads a statement file. @param name for messages. Throws BadStatementFile.
std::vector<Step> parse_statement_file(std::string_view name, std::string_view text);

/// Splits "1, 'a, b', [1, 2]" at the commas outside quotes and brackets; trims the parts.
std::vector<std::string> split_literals(std::string_view text);

}  // namespace coodie::statements
