// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "statement_file.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace coodie::statements {

/// What a driver made of one execution, as text: what is compared and recorded.
struct Answer {
    std::string statement;           ///< the CQL, with `-- bind:` below it when values were bound
    std::vector<std::string> lines;  ///< "ok", or "error 0x2200 # message", or columns, rows and their count
    std::vector<Bytes> rows;         ///< the rows' bytes, page by page; never recorded
    int line = 0;
    EngineMark mark = EngineMark::same;
    std::string reason;
    bool unsupported = false;  ///< an error of kind `unsupported`
    bool exact = false;        ///< whether the bytes have to agree, too
};

/// Whether two answers agree: error codes, not error messages; column names and types; rows.
bool agree(const Answer& a, const Answer& b);

/// The text of an .expected file.
std::string write_recording(const std::vector<Answer>& answers);
/// Reads what write_recording wrote.
std::vector<Answer> read_recording(std::string_view text);

}  // namespace coodie::statements
