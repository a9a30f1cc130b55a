// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/parser/token.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::embedded {

/// Thrown by the parser and caught in parse().
struct ParseFailure {
    Error error;
};

/// The tokens of one statement with a cursor, and the errors that may happen at it.
class TokenStream {
public:
    explicit TokenStream(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    /// The token at the cursor, or some after it; the last one is always TokenKind::end.
    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const noexcept {
        return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : tokens_.back();
    }
    const Token& take() noexcept {
        const Token& token = peek();
        if (at_ + 1 < tokens_.size()) ++at_;
        return token;
    }

    /// `word` is lower case.
    [[nodiscard]] bool at_word(std::string_view word, std::size_t ahead = 0) const noexcept {
        return peek(ahead).kind == TokenKind::word && peek(ahead).text == word;
    }
    [[nodiscard]] bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const noexcept {
        return peek(ahead).kind == TokenKind::symbol && peek(ahead).text == symbol;
    }
    [[nodiscard]] bool at_kind(TokenKind kind, std::size_t ahead = 0) const noexcept {
        return peek(ahead).kind == kind;
    }
    /// A word that is not reserved, or a quoted name.
    [[nodiscard]] bool at_identifier(std::size_t ahead = 0) const noexcept;

    bool accept_word(std::string_view word) noexcept;
    bool accept_symbol(std::string_view symbol) noexcept;
    void expect_word(std::string_view word);
    void expect_symbol(std::string_view symbol);
    ast::Identifier identifier();
    /// `name` or `keyspace.name`
    ast::QualifiedName qualified_name();
    /// IF NOT EXISTS, IF EXISTS; false when the next word is not IF.
    bool accept_if_not_exists();
    bool accept_if_exists();

    /// "line 1:7 mismatched input 'x' expecting FROM"
    [[noreturn]] void fail_expecting(std::string_view what) const;
    /// "line 1:7 no viable alternative at input 'x'"
    [[noreturn]] void fail(const std::string& reason = {}) const { fail(peek(), reason); }
    /// The same with a reason after it.
    [[noreturn]] static void fail(const Token& token, const std::string& reason);
    /// A request that Cassandra refuses as invalid while it parses.
    [[noreturn]] static void fail_invalid(std::string message);
    /// CQL that this engine does not know; names the word at the cursor, or the one given.
    [[noreturn]] void fail_unsupported(const std::string& what) const;

private:
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace coodie::embedded
