// SPDX-License-Identifier: Apache-2.0
#include "stub/statement_guess.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace coodie::stub {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool starts_word(const std::string& token) { return !token.empty() && is_word(token[0]); }

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// Words, quoted names (without their quotes), strings (as "'"), and single characters.
std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> tokens;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        std::size_t end = at + 1;
        if (c == '"' || c == '\'') {
            end = std::min(text.find(c, at + 1), text.size() - 1) + 1;
            tokens.emplace_back(c == '"' ? text.substr(at + 1, end - at - 2) : "'");
        } else if (is_word(c)) {
            while (end < text.size() && is_word(text[end])) ++end;
            tokens.emplace_back(text.substr(at, end - at));
        } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
            tokens.emplace_back(1, c);
        }
        at = end;
    }
    return tokens;
}

class Guesser {
public:
    explicit Guesser(std::string_view text) : tokens_(split(text)) {}

    StatementGuess guess() {
        if (tokens_.empty()) return guess_;
        guess_.verb = upper(tokens_[0]);
        find_table();
        if (guess_.verb == "SELECT") find_columns();
        if (guess_.verb == "INSERT") {
            find_insert_parameters();
        } else {
            find_parameters(0);
        }
        return guess_;
    }

private:
    [[nodiscard]] std::string token(std::size_t at) const {
        return at < tokens_.size() ? tokens_[at] : std::string();
    }
    [[nodiscard]] std::size_t find(std::string_view word) const {
        std::size_t at = 0;
        while (at < tokens_.size() && upper(tokens_[at]) != word) ++at;
        return at;
    }

    void find_table() {
        std::size_t at = 1;
        if (guess_.verb == "SELECT" || guess_.verb == "DELETE") at = find("FROM") + 1;
        if (guess_.verb == "INSERT") at = find("INTO") + 1;
        guess_.table = token(at);
        if (token(at + 1) == ".") {
            guess_.keyspace = guess_.table;
            guess_.table = token(at + 2);
        }
        guess_.has_where = find("WHERE") < tokens_.size();
    }

    void find_columns() {
        const std::size_t from = find("FROM");
        for (std::size_t at = 1; at < from; ++at)
            if (tokens_[at] != "," && tokens_[at] != "*") guess_.columns.push_back(tokens_[at]);
    }

    void find_insert_parameters() {
        std::vector<std::string> names;
        std::size_t at = std::min(find("("), tokens_.size());
        for (; at < tokens_.size() && tokens_[at] != ")"; ++at)
            if (tokens_[at] != "(" && tokens_[at] != ",") names.push_back(tokens_[at]);
        std::size_t position = 0;
        at = find("VALUES");
        for (; at < tokens_.size() && tokens_[at] != ")"; ++at) {
            if (tokens_[at] == ",") ++position;
            if (tokens_[at] == "?")
                guess_.parameters.push_back(position < names.size() ? names[position] : "");
        }
        find_parameters(at);
    }

    /// `name = ?`, `name >= ?`, `name IN ?`: the last word before the mark that is not an operator.
    void find_parameters(std::size_t at) {
        for (; at < tokens_.size(); ++at) {
            if (tokens_[at] != "?") continue;
            std::size_t name = at;
            while (name > 0 && (!starts_word(tokens_[name]) || upper(tokens_[name]) == "IN")) --name;
            guess_.parameters.push_back(name > 0 ? tokens_[name] : "");
        }
    }

    std::vector<std::string> tokens_;
    StatementGuess guess_;
};

}  // namespace

StatementGuess guess_statement(std::string_view text) { return Guesser(text).guess(); }

}  // namespace coodie::stub
