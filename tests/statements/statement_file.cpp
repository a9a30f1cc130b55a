// SPDX-License-Identifier: Apache-2.0
#include "statement_file.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace coodie::statements {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return result;
}

/// Length of the quoted text, $$text$$ or comment that begins here; 0 when none does.
std::size_t opaque_length(std::string_view text) {
    const auto until = [&](std::string_view closing, std::size_t from) {
        const std::size_t at = text.find(closing, from);
        return at == std::string_view::npos ? text.size() : at + closing.size();
    };
    if (text.starts_with('\'')) return until("'", 1);  // '' inside reads as two texts in a row
    if (text.starts_with('"')) return until("\"", 1);
    if (text.starts_with("$$")) return until("$$", 2);
    if (text.starts_with("/*")) return until("*/", 2);
    if (text.starts_with("--") || text.starts_with("//")) return until("\n", 2);
    return 0;
}

/// Reads `\n`, `\t`, `\0`, `\\` of a raw statement.
std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            result.push_back(text[i]);
            continue;
        }
        const char c = text[++i];
        result.push_back(c == 'n' ? '\n' : c == 't' ? '\t' : c == '0' ? '\0' : c);
    }
    return result;
}

template <class Number>
std::optional<Number> number_in(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

class FileParser {
public:
    FileParser(std::string_view name, std::string_view text) : name_(name), rest_(text) {}

    std::vector<Step> parse() {
        for (skip_spaces(); !rest_.empty(); skip_spaces()) {
            if (rest_.starts_with("--"))
                read_comment();
            else
                finish_step(read_statement());
        }
        if (batch_) fail("the batch has no '-- end batch'");
        if (pending_directives_) fail("directives without a statement");
        return std::move(steps_);
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw BadStatementFile(std::string(name_) + ":" + std::to_string(line_) + ": " + what);
    }

    void advance(std::size_t count) {
        line_ += static_cast<int>(
            std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(count), '\n'));
        rest_.remove_prefix(count);
    }

    void skip_spaces() { advance(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size())); }

    /// A comment of a known shape is a directive; every other is for people.
    void read_comment() {
        std::string_view line = rest_.substr(
            2, rest_.find('\n') == std::string_view::npos ? std::string_view::npos : rest_.find('\n') - 2);
        const std::size_t length = line.size() + 2;
        line = trimmed(line);
        const std::size_t colon = line.find(':');
        const std::string_view word = trimmed(line.substr(0, colon));
        const std::string_view argument =
            colon == std::string_view::npos ? "" : trimmed(line.substr(colon + 1));
        read_directive(word, argument);
        advance(length);
    }

    void read_directive(std::string_view word, std::string_view argument) {
        if (word == "raw") {
            next_.line = line_;
            finish_step(unescaped(argument));
            return;
        }
        if (word == "batch") return begin_batch(argument);
        if (word == "end batch") return end_batch();
        pending_directives_ = true;
        if (word == "bind")
            next_.binds.emplace_back(argument);
        else if (word == "page")
            read_page(argument);
        else if (word == "sleep")
            read_sleep(argument);
        else if (word == "engine")
            read_engine_mark(argument);
        else if (word == "nondeterministic")
            next_.nondeterministic = true;
        else if (word == "unordered")
            next_.unordered = true;
        else if (word == "describe")
            next_.describe = true;
        else
            pending_directives_ = false;
    }

    void read_page(std::string_view argument) {
        const std::size_t space = std::min(argument.find(' '), argument.size());
        next_.page_size = number_in<std::int32_t>(argument.substr(0, space));
        next_.loose_pages = trimmed(argument.substr(space)) == "loose";
        if (!next_.page_size) fail("page takes a number of rows, then maybe 'loose'");
    }

    void read_sleep(std::string_view argument) {
        const auto milliseconds = number_in<int>(argument);
        if (!milliseconds) fail("sleep takes milliseconds");
        next_.sleep = std::chrono::milliseconds(*milliseconds);
    }

    void read_engine_mark(std::string_view argument) {
        const std::size_t space = std::min(argument.find(' '), argument.size());
        const std::string_view mark = argument.substr(0, space);
        if (mark != "unsupported" && mark != "differs")
            fail("engine takes 'unsupported' or 'differs', then a reason");
        next_.mark = mark == "differs" ? EngineMark::differs : EngineMark::unsupported;
        next_.reason = trimmed(argument.substr(space));
    }

    void begin_batch(std::string_view argument) {
        if (batch_) fail("a batch inside a batch");
        batch_ = std::exchange(next_, {});
        batch_->line = line_;
        pending_directives_ = false;
        const std::size_t space = std::min(argument.find(' '), argument.size());
        const std::string_view type = argument.substr(0, space);
        const std::string_view timestamp = trimmed(argument.substr(space));
        if (type != "logged" && type != "unlogged" && type != "counter")
            fail("batch takes logged, unlogged or counter");
        batch_->batch_type = type == "logged"     ? BatchType::logged
                             : type == "unlogged" ? BatchType::unlogged
                                                  : BatchType::counter;
        batch_->cql = "batch " + std::string(argument);
        if (timestamp.empty()) return;
        batch_->batch_timestamp = number_in<std::int64_t>(timestamp);
        if (!batch_->batch_timestamp) fail("a batch's timestamp is a number");
    }

    void end_batch() {
        if (!batch_) fail("'end batch' without a batch");
        for (const Step& member : batch_->batch) {
            batch_->cql += "\n  " + member.cql;
            for (const std::string& bind : member.binds) batch_->cql += "\n    bind " + bind;
        }
        steps_.push_back(std::move(*batch_));
        batch_.reset();
    }

    /// Up to the semicolon that ends the statement; the one after APPLY BATCH for a batch in CQL.
    std::string read_statement() {
        next_.line = line_;
        std::string text;
        for (std::size_t at = 0; at < rest_.size();) {
            if (const std::size_t length = opaque_length(rest_.substr(at)); length > 0) {
                at += length;
            } else if (rest_[at] == ';' && ends_here(trimmed(rest_.substr(0, at)))) {
                text = trimmed(rest_.substr(0, at));
                advance(at + 1);
                return text;
            } else {
                ++at;
            }
        }
        fail("a statement without a semicolon");
    }

    static bool ends_here(std::string_view text) {
        const std::string words = upper(text);
        return !words.starts_with("BEGIN") || words.ends_with("APPLY BATCH");
    }

    void finish_step(std::string cql) {
        next_.cql = std::move(cql);
        pending_directives_ = false;
        (batch_ ? batch_->batch : steps_).push_back(std::exchange(next_, {}));
    }

    std::string_view name_;
    std::string_view rest_;
    int line_ = 1;
    Step next_;
    bool pending_directives_ = false;
    std::optional<Step> batch_;
    std::vector<Step> steps_;
};

}  // namespace

std::vector<Step> parse_statement_file(std::string_view name, std::string_view text) {
    return FileParser(name, text).parse();
}

std::vector<std::string> split_literals(std::string_view text) {
    std::vector<std::string> parts;
    if (trimmed(text).empty()) return parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\'' || c == '"') at = std::min(text.find(c, at + 1), text.size() - 1);
        if (c == '[' || c == '{' || c == '(') ++depth;
        if (c == ']' || c == '}' || c == ')') --depth;
        if (c != ',' || depth > 0) continue;
        parts.emplace_back(trimmed(text.substr(begin, at - begin)));
        begin = at + 1;
    }
    parts.emplace_back(trimmed(text.substr(begin)));
    return parts;
}

}  // namespace coodie::statements
