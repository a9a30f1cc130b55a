// SPDX-License-Identifier: Apache-2.0
// Terms: what stands where a value is expected.
#include "embedded/parser/grammar.hpp"

#include <limits>
#include <memory>

namespace coodie::embedded {

Grammar::Nested::Nested(Grammar& grammar) : grammar_(grammar) {
    if (grammar.depth_ >= max_depth)
        TokenStream::fail(grammar.in_.peek(), "nested deeper than " + std::to_string(max_depth) + " levels");
    ++grammar_.depth_;
}

ast::Term Grammar::term() {
    const Nested nested(*this);
    const auto position = in_.peek().position;
    auto result = term_body();
    result.position = position;
    return result;
}

ast::Term Grammar::term_body() {
    if (auto literal = accept_literal()) return {std::move(*literal)};
    if (at_marker()) return marker();
    if (at_function()) return function_call();
    if (in_.at_symbol("(")) return parenthesised();
    if (in_.at_symbol("{")) return braced();
    if (in_.accept_symbol("[")) return {ast::ListLiteral{terms_until("]")}};
    if (in_.at_symbol("-")) in_.fail_unsupported("arithmetic");
    in_.fail();
}

std::optional<ast::Literal> Grammar::accept_literal() {
    using enum ast::LiteralKind;
    const auto taken = [this](ast::LiteralKind kind) { return ast::Literal{kind, in_.take().text}; };
    switch (in_.peek().kind) {
        case TokenKind::string: return taken(string);
        case TokenKind::integer: return taken(integer);
        case TokenKind::floating: return taken(floating);
        case TokenKind::duration: return taken(duration);
        case TokenKind::uuid: return taken(uuid);
        case TokenKind::blob:
            if (in_.peek().text.size() % 2 != 0)
                TokenStream::fail_invalid("Invalid HEX constant (" + in_.peek().text +
                                          "): an odd number of hexadecimal digits");
            return taken(blob);
        default: return accept_word_literal();
    }
}

std::optional<ast::Literal> Grammar::accept_word_literal() {
    using enum ast::LiteralKind;
    if (in_.accept_word("null")) return ast::Literal{null, ""};
    if (in_.at_word("true") || in_.at_word("false")) return ast::Literal{boolean, in_.take().text};
    if (in_.accept_word("nan")) return ast::Literal{floating, "NaN"};
    if (in_.accept_word("infinity")) return ast::Literal{floating, "Infinity"};
    if (!in_.at_symbol("-")) return std::nullopt;
    if (in_.at_word("nan", 1)) {
        in_.take(), in_.take();
        return ast::Literal{floating, "NaN"};
    }
    if (in_.at_word("infinity", 1)) {
        in_.take(), in_.take();
        return ast::Literal{floating, "-Infinity"};
    }
    return std::nullopt;
}

ast::Term Grammar::marker() {
    if (markers_.size() >= std::numeric_limits<std::uint16_t>::max())
        TokenStream::fail(in_.peek(), "more than 65535 bound values");
    ast::Marker marker{static_cast<std::uint16_t>(markers_.size()), ""};
    if (!in_.accept_symbol("?")) {
        in_.expect_symbol(":");
        marker.name = in_.identifier().name;
    }
    markers_.push_back(marker.name);
    return {std::move(marker)};
}

bool Grammar::at_function() const noexcept {
    if (!in_.at_identifier() && !in_.at_word("token")) return false;
    return in_.at_symbol("(", 1) || (in_.at_symbol(".", 1) && in_.at_identifier(2) && in_.at_symbol("(", 3));
}

ast::Term Grammar::function_call() {
    ast::FunctionCall call;
    if (in_.at_word("token")) {
        call.function = {"", in_.peek().text, in_.peek().position};
        in_.take();
    } else {
        call.function = in_.qualified_name();
    }
    in_.expect_symbol("(");
    call.arguments = terms_until(")");
    return {std::move(call)};
}

/// After the opening bracket: terms with commas between, maybe none, and the closing bracket.
std::vector<ast::Term> Grammar::terms_until(std::string_view closing) {
    std::vector<ast::Term> terms;
    if (in_.accept_symbol(closing)) return terms;
    do {
        terms.push_back(term());
        refuse_arithmetic();
    } while (in_.accept_symbol(","));
    in_.expect_symbol(closing);
    return terms;
}

/// `(` and a type: in a term no bare name stands for a value, so a name that calls no function is a type.
bool Grammar::at_type_hint() const noexcept {
    if (!in_.at_identifier(1)) return false;
    if (in_.at_symbol(".", 2)) return !in_.at_symbol("(", 4);
    return in_.at_symbol(")", 2) || in_.at_symbol("<", 2);
}

ast::Term Grammar::parenthesised() {
    if (!at_type_hint()) {
        in_.expect_symbol("(");
        auto elements = terms_until(")");
        if (elements.empty()) in_.fail();
        return {ast::TupleLiteral{std::move(elements)}};
    }
    in_.expect_symbol("(");
    ast::TypeHint hint{type(), nullptr};
    in_.expect_symbol(")");
    hint.term = std::make_shared<const ast::Term>(term());
    return {std::move(hint)};
}

ast::Term Grammar::braced() {
    in_.expect_symbol("{");
    if (in_.accept_symbol("}")) return {ast::SetLiteral{}};
    if (in_.at_identifier() && in_.at_symbol(":", 1)) return {udt_literal()};
    auto first = term();
    if (!in_.at_symbol(":")) {
        ast::SetLiteral set;
        set.elements.push_back(std::move(first));
        while (in_.accept_symbol(",")) set.elements.push_back(term());
        refuse_arithmetic();
        in_.expect_symbol("}");
        return {std::move(set)};
    }
    ast::MapLiteral map;
    in_.expect_symbol(":");
    map.entries.push_back({std::move(first), term()});
    while (in_.accept_symbol(",")) {
        auto key = term();
        in_.expect_symbol(":");
        map.entries.push_back({std::move(key), term()});
    }
    refuse_arithmetic();
    in_.expect_symbol("}");
    return {std::move(map)};
}

ast::UdtLiteral Grammar::udt_literal() {
    ast::UdtLiteral udt;
    do {
        auto field = in_.identifier();
        in_.expect_symbol(":");
        udt.fields.push_back({std::move(field), term()});
        refuse_arithmetic();
    } while (in_.accept_symbol(","));
    in_.expect_symbol("}");
    return udt;
}

void Grammar::refuse_arithmetic() const {
    for (const std::string_view symbol : {"+", "-", "*", "/", "%"})
        if (in_.at_symbol(symbol)) in_.fail_unsupported("arithmetic");
}

ast::Term Grammar::integer_or_marker() {
    const auto position = in_.peek().position;
    if (!at_marker() && !in_.at_kind(TokenKind::integer)) in_.fail_expecting("an integer or ?");
    auto result = term_body();
    result.position = position;
    return result;
}

}  // namespace coodie::embedded
