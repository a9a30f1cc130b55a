// SPDX-License-Identifier: Apache-2.0
#include "answer.hpp"

#include <algorithm>

namespace coodie::statements {
namespace {

constexpr std::string_view heading =
    "# Answers of Apache Cassandra to the statements of the .cql file beside this one.\n"
    "# Written by coodie_statements --record; not to be edited.\n";
constexpr std::string_view statement_mark = "> ";

/// The part of an answer's line that is compared.
std::string_view compared(std::string_view line) {
    return line.starts_with("error ") ? line.substr(0, line.find(" # ")) : line;
}

template <class Visitor>
void each_line(std::string_view text, Visitor visit) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        visit(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

}  // namespace

bool agree(const Answer& a, const Answer& b) {
    const bool same_text =
        std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
                   [](const auto& x, const auto& y) { return compared(x) == compared(y); });
    return same_text && (!a.exact || !b.exact || a.rows == b.rows);
}

std::string write_recording(const std::vector<Answer>& answers) {
    std::string text(heading);
    for (const Answer& answer : answers) {
        text += '\n';
        each_line(answer.statement,
                  [&](std::string_view line) { text.append(statement_mark).append(line).append("\n"); });
        for (const std::string& line : answer.lines) text.append(line).append("\n");
    }
    return text;
}

std::vector<Answer> read_recording(std::string_view text) {
    std::vector<Answer> answers;
    bool in_statement = false;
    each_line(text, [&](std::string_view line) {
        const bool statement = line.starts_with(statement_mark);
        if (statement && !in_statement) answers.emplace_back();
        if (statement) {
            std::string& whole = answers.back().statement;
            if (in_statement) whole += '\n';
            whole += line.substr(statement_mark.size());
        } else if (!line.empty() && !answers.empty()) {
            answers.back().lines.emplace_back(line);
        }
        in_statement = statement;
    });
    return answers;
}

}  // namespace coodie::statements
