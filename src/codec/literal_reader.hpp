// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace coodie {

/// Takes the tokens of CQL literals off the front of a text, white space before each.
class LiteralReader {
public:
    explicit LiteralReader(std::string_view text) noexcept : rest_(text) {}

    /// One character, if it comes next.
    bool take(char c) noexcept {
        skip_space();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool at(char c) noexcept {
        skip_space();
        return rest_.starts_with(c);
    }
    [[nodiscard]] bool done() noexcept {
        skip_space();
        return rest_.empty();
    }
    /// The word `null` in any case, if it comes next.
    bool take_null() noexcept;
    /// Characters up to white space, a comma, a bracket or (unless `with_colons`) a colon; may be empty.
    [[nodiscard]] std::string_view take_word(bool with_colons = false) noexcept;
    /// 'text' with doubled quotes, or $$text$$; false when there is none or it does not end.
    [[nodiscard]] bool take_string(std::string& text);
    /// A field's name: plain (folded to lower case) or in double quotes; "" when there is none.
    [[nodiscard]] std::string take_name();
    /// What is left, for messages; at most 30 bytes.
    [[nodiscard]] std::string excerpt();

private:
    void skip_space() noexcept {
        while (!rest_.empty() && (rest_.front() == ' ' || (rest_.front() >= '\t' && rest_.front() <= '\r')))
            rest_.remove_prefix(1);
    }
    bool take_quoted(char quote, std::string& text);

    std::string_view rest_;
};

}  // namespace coodie
