// SPDX-License-Identifier: Apache-2.0
#include "codec/literal_reader.hpp"

#include "types/identifier.hpp"

namespace coodie {

namespace {
bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lower[i]) return false;
    }
    return true;
}
}  // namespace

bool LiteralReader::take_null() noexcept {
    skip_space();
    if (!equals_ignoring_case(rest_.substr(0, 4), "null")) return false;
    if (rest_.size() > 4 && is_identifier_char(rest_[4])) return false;
    rest_.remove_prefix(4);
    return true;
}

std::string_view LiteralReader::take_word(bool with_colons) noexcept {
    skip_space();
    const std::string_view ends = with_colons ? " \t\n\v\f\r,()[]{}" : " \t\n\v\f\r,()[]{}:";
    const std::string_view word = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(word.size());
    return word;
}

bool LiteralReader::take_quoted(char quote, std::string& text) {
    text.clear();
    for (std::size_t i = 1; i < rest_.size(); ++i) {
        if (rest_[i] == quote) {
            if (i + 1 >= rest_.size() || rest_[i + 1] != quote) {
                rest_.remove_prefix(i + 1);
                return true;
            }
            ++i;
        }
        text += rest_[i];
    }
    return false;
}

bool LiteralReader::take_string(std::string& text) {
    skip_space();
    if (rest_.starts_with('\'')) return take_quoted('\'', text);
    if (!rest_.starts_with("$$")) return false;
    const std::size_t end = rest_.find("$$", 2);
    if (end == std::string_view::npos) return false;
    text = rest_.substr(2, end - 2);
    rest_.remove_prefix(end + 2);
    return true;
}

std::string LiteralReader::take_name() {
    skip_space();
    std::string name;
    if (rest_.starts_with('"')) return take_quoted('"', name) ? name : std::string();
    while (!rest_.empty() && is_identifier_char(rest_.front())) {
        const char c = rest_.front();
        name += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        rest_.remove_prefix(1);
    }
    return name;
}

std::string LiteralReader::excerpt() {
    skip_space();
    if (rest_.empty()) return "the end";
    return "'" + std::string(rest_.substr(0, 30)) + (rest_.size() > 30 ? "'..." : "'");
}

}  // namespace coodie
