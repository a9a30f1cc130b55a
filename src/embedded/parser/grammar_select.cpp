// SPDX-License-Identifier: Apache-2.0
// SELECT.
#include "embedded/parser/grammar.hpp"

#include <memory>

namespace coodie::embedded {

ast::Select Grammar::select() {
    ast::Select select;
    in_.expect_word("select");
    select_head(select);
    in_.expect_word("from");
    select.table = in_.qualified_name();
    if (in_.accept_word("where")) select.where = where();
    if (in_.accept_word("group")) {
        in_.expect_word("by");
        do {
            select.group_by.push_back(selector());
        } while (in_.accept_symbol(","));
    }
    if (in_.accept_word("order")) order_by(select);
    if (in_.accept_word("per")) {
        in_.expect_word("partition");
        in_.expect_word("limit");
        select.per_partition_limit = integer_or_marker();
    }
    if (in_.accept_word("limit")) select.limit = integer_or_marker();
    if (in_.accept_word("allow")) {
        in_.expect_word("filtering");
        select.allow_filtering = true;
    }
    if (in_.at_word("bypass") || in_.at_word("using")) in_.fail_unsupported("this clause of SELECT");
    return select;
}

/// DISTINCT and JSON are names of columns, too: they are modifiers when something to select follows.
bool Grammar::at_select_modifier(std::string_view word) const noexcept {
    if (!in_.at_word(word)) return false;
    if (in_.at_kind(TokenKind::symbol, 1)) return in_.at_symbol("*", 1) || in_.at_symbol("?", 1);
    return !in_.at_word("from", 1) && !in_.at_word("as", 1) && !in_.at_kind(TokenKind::end, 1);
}

void Grammar::select_head(ast::Select& select) {
    if (at_select_modifier("json")) {
        in_.take();
        select.json = true;
    }
    if (at_select_modifier("distinct")) {
        in_.take();
        select.distinct = true;
    }
    if (in_.accept_symbol("*")) return;
    do {
        select.items.push_back(select_item());
    } while (in_.accept_symbol(","));
}

ast::SelectItem Grammar::select_item() {
    ast::SelectItem item{selector(), std::nullopt};
    refuse_arithmetic();
    if (in_.accept_word("as")) item.alias = in_.identifier();
    return item;
}

void Grammar::order_by(ast::Select& select) {
    in_.expect_word("by");
    do {
        ast::Ordering ordering;
        ordering.column = in_.identifier();
        if (in_.accept_word("ann")) {
            in_.expect_word("of");
            ordering.ann_of = term();
        }
        ordering.descending = in_.accept_word("desc");
        if (!ordering.descending) in_.accept_word("asc");
        select.order_by.push_back(std::move(ordering));
    } while (in_.accept_symbol(","));
}

ast::Selector Grammar::selector() {
    const Nested nested(*this);
    const auto position = in_.peek().position;
    auto result = selector_suffixes(selector_base());
    result.position = position;
    return result;
}

ast::Selector Grammar::selector_base() {
    if (in_.at_word("cast") && in_.at_symbol("(", 1)) return cast_selector();
    if (at_function()) return function_selector();
    const bool name = in_.at_identifier() && !in_.at_word("true") && !in_.at_word("false");
    if (name) return {ast::ColumnSelector{in_.identifier().name}};
    return {ast::TermSelector{term()}};
}

/// `.field`, `[key]` and `[from..to]` behind a selector, in any number up to the limit of nesting.
ast::Selector Grammar::selector_suffixes(ast::Selector selector) {
    for (unsigned count = 0;; ++count) {
        if (count > max_depth) TokenStream::fail(in_.peek(), "too many nested fields");
        if (in_.accept_symbol(".")) {
            auto inner = std::make_shared<const ast::Selector>(std::move(selector));
            selector = {ast::FieldSelector{std::move(inner), in_.identifier()}};
        } else if (in_.accept_symbol("[")) {
            selector = element_or_slice(std::move(selector));
        } else {
            return selector;
        }
    }
}

ast::Selector Grammar::element_or_slice(ast::Selector selector) {
    auto inner = std::make_shared<const ast::Selector>(std::move(selector));
    std::optional<ast::Term> from;
    if (!in_.at_symbol("..")) from = term();
    if (!in_.accept_symbol("..")) {
        in_.expect_symbol("]");
        return {ast::ElementSelector{std::move(inner), std::move(*from)}};
    }
    std::optional<ast::Term> to;
    if (!in_.at_symbol("]")) to = term();
    in_.expect_symbol("]");
    return {ast::SliceSelector{std::move(inner), std::move(from), std::move(to)}};
}

ast::Selector Grammar::cast_selector() {
    in_.expect_word("cast");
    in_.expect_symbol("(");
    auto inner = std::make_shared<const ast::Selector>(selector());
    refuse_arithmetic();
    in_.expect_word("as");
    auto to = type();
    in_.expect_symbol(")");
    return {ast::CastSelector{std::move(inner), std::move(to)}};
}

ast::Selector Grammar::function_selector() {
    ast::FunctionSelector call;
    if (in_.at_word("token")) {
        call.function = {"", in_.peek().text, in_.peek().position};
        in_.take();
    } else {
        call.function = in_.qualified_name();
    }
    in_.expect_symbol("(");
    const bool count = call.function.keyspace.empty() && call.function.name == "count";
    const bool all_rows = in_.at_symbol("*") || (in_.at_kind(TokenKind::integer) && in_.peek().text == "1");
    if (count && all_rows && in_.at_symbol(")", 1)) {
        in_.take(), in_.take();
        return {ast::CountRowsSelector{}};
    }
    if (in_.accept_symbol(")")) return {std::move(call)};
    do {
        call.arguments.push_back(selector());
        refuse_arithmetic();
    } while (in_.accept_symbol(","));
    in_.expect_symbol(")");
    return {std::move(call)};
}

}  // namespace coodie::embedded
