// SPDX-License-Identifier: Apache-2.0
#include "embedded/parser/token_stream.hpp"

#include "embedded/parser/keywords.hpp"
#include "types/ascii_case.hpp"

namespace coodie::embedded {

namespace {

std::string at(ast::Position position) {
    return "line " + std::to_string(position.line) + ":" + std::to_string(position.column) + " ";
}

std::string shown(const Token& token) {
    return token.kind == TokenKind::end ? "'<EOF>'" : "'" + std::string(token.raw) + "'";
}

}  // namespace

bool TokenStream::at_identifier(std::size_t ahead) const noexcept {
    const Token& token = peek(ahead);
    return token.kind == TokenKind::quoted_name ||
           (token.kind == TokenKind::word && !is_reserved(token.text));
}

bool TokenStream::accept_word(std::string_view word) noexcept {
    if (!at_word(word)) return false;
    take();
    return true;
}

bool TokenStream::accept_symbol(std::string_view symbol) noexcept {
    if (!at_symbol(symbol)) return false;
    take();
    return true;
}

void TokenStream::expect_word(std::string_view word) {
    if (!accept_word(word)) fail_expecting(to_upper(word));
}

void TokenStream::expect_symbol(std::string_view symbol) {
    if (!accept_symbol(symbol)) fail_expecting("'" + std::string(symbol) + "'");
}

ast::Identifier TokenStream::identifier() {
    if (!at_identifier()) fail();
    const Token& token = take();
    if (token.text.empty()) fail(token, "a name must not be empty");
    return {token.text, token.position};
}

ast::QualifiedName TokenStream::qualified_name() {
    auto first = identifier();
    if (!accept_symbol(".")) return {"", std::move(first.name), first.position};
    auto second = identifier();
    return {std::move(first.name), std::move(second.name), first.position};
}

bool TokenStream::accept_if_not_exists() {
    if (!accept_word("if")) return false;
    expect_word("not");
    expect_word("exists");
    return true;
}

bool TokenStream::accept_if_exists() {
    if (!accept_word("if")) return false;
    expect_word("exists");
    return true;
}

void TokenStream::fail_expecting(std::string_view what) const {
    const auto& token = peek();
    throw ParseFailure{
        Error(server_code::syntax_error,
              at(token.position) + "mismatched input " + shown(token) + " expecting " + std::string(what))};
}

void TokenStream::fail(const Token& token, const std::string& reason) {
    throw ParseFailure{Error(server_code::syntax_error, at(token.position) +
                                                            "no viable alternative at input " + shown(token) +
                                                            (reason.empty() ? "" : ": " + reason))};
}

void TokenStream::fail_invalid(std::string message) {
    throw ParseFailure{Error(server_code::invalid, std::move(message))};
}

void TokenStream::fail_unsupported(const std::string& what) const {
    throw ParseFailure{Error(ErrorKind::unsupported, at(peek().position) +
                                                         "the embedded engine does not know " + what +
                                                         " yet; it stopped at " + shown(peek()))};
}

}  // namespace coodie::embedded
