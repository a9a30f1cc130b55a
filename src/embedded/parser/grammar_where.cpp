// SPDX-License-Identifier: Apache-2.0
// WHERE and IF.
#include "embedded/parser/grammar.hpp"

namespace coodie::embedded {

std::vector<ast::Relation> Grammar::where() {
    std::vector<ast::Relation> relations;
    do {
        relation(relations);
    } while (in_.accept_word("and"));
    if (in_.at_word("or")) in_.fail();
    return relations;
}

void Grammar::relation(std::vector<ast::Relation>& relations) {
    const Nested nested(*this);
    const auto position = in_.peek().position;
    if (in_.at_symbol("(") && !at_tuple_relation()) {  // a relation in parentheses
        in_.expect_symbol("(");
        relation(relations);
        in_.expect_symbol(")");
        return;
    }
    relations.push_back(in_.at_word("token") ? token_relation()
                        : in_.at_symbol("(") ? tuple_relation()
                                             : column_relation());
    relations.back().position = position;
    refuse_arithmetic();
}

/// `(a, b)` or `(a) IN`: identifiers with commas between and a closing parenthesis.
bool Grammar::at_tuple_relation() const noexcept {
    std::size_t ahead = 1;
    while (in_.at_identifier(ahead)) {
        if (in_.at_symbol(")", ahead + 1)) return true;
        if (!in_.at_symbol(",", ahead + 1)) return false;
        ahead += 2;
    }
    return false;
}

std::optional<ast::Operator> Grammar::accept_comparison() {
    using enum ast::Operator;
    if (in_.accept_symbol("=")) return eq;
    if (in_.accept_symbol("!=")) return ne;
    if (in_.accept_symbol("<=")) return le;
    if (in_.accept_symbol("<")) return lt;
    if (in_.accept_symbol(">=")) return ge;
    if (in_.accept_symbol(">")) return gt;
    return std::nullopt;
}

template <class T>
void Grammar::in_values(T& target) {
    target.op = ast::Operator::in;
    if (at_marker()) {
        target.whole_list = true;
        target.values.push_back(term());
        return;
    }
    in_.expect_symbol("(");
    target.values = terms_until(")");
}

ast::Relation Grammar::token_relation() {
    ast::Relation relation;
    relation.kind = ast::RelationKind::token;
    in_.expect_word("token");
    relation.columns = identifiers_in_parentheses();
    const auto op = accept_comparison();
    if (!op) in_.fail();
    relation.op = *op;
    relation.values.push_back(term());
    return relation;
}

ast::Relation Grammar::tuple_relation() {
    ast::Relation relation;
    relation.kind = ast::RelationKind::tuple;
    relation.columns = identifiers_in_parentheses();
    if (in_.accept_word("in")) {
        in_values(relation);
    } else if (const auto op = accept_comparison()) {
        relation.op = *op;
        relation.values.push_back(term());
    } else {
        in_.fail();
    }
    return relation;
}

ast::Relation Grammar::column_relation() {
    ast::Relation relation;
    relation.columns.push_back(in_.identifier());
    if (in_.accept_symbol("[")) {
        relation.kind = ast::RelationKind::element;
        relation.element = term();
        in_.expect_symbol("]");
    }
    if (in_.at_word("between")) in_.fail_unsupported("BETWEEN");
    if (in_.at_word("not")) in_.fail_unsupported("NOT in a WHERE clause");
    if (in_.accept_word("in")) {
        in_values(relation);
    } else if (in_.accept_word("is")) {
        in_.expect_word("not");
        in_.expect_word("null");
        relation.op = ast::Operator::is_not_null;
    } else if (in_.accept_word("contains")) {
        relation.op = in_.accept_word("key") ? ast::Operator::contains_key : ast::Operator::contains;
        relation.values.push_back(term());
    } else if (in_.accept_word("like")) {
        relation.op = ast::Operator::like;
        relation.values.push_back(term());
    } else if (const auto op = accept_comparison()) {
        relation.op = *op;
        relation.values.push_back(term());
    } else {
        in_.fail();
    }
    return relation;
}

ast::If Grammar::if_clause() {
    ast::If result;
    if (!in_.accept_word("if")) return result;
    if (in_.at_word("exists") &&
        (in_.at_kind(TokenKind::end, 1) || !in_.at_kind(TokenKind::symbol, 1) || in_.at_symbol(";", 1))) {
        in_.take();
        result.kind = ast::IfKind::exists;
        return result;
    }
    result.kind = ast::IfKind::conditions;
    do {
        result.conditions.push_back(condition());
    } while (in_.accept_word("and"));
    return result;
}

ast::Condition Grammar::condition() {
    ast::Condition condition;
    condition.position = in_.peek().position;
    condition.column = in_.identifier();
    if (in_.accept_symbol("[")) {
        condition.element = term();
        in_.expect_symbol("]");
    } else if (in_.accept_symbol(".")) {
        condition.field = in_.identifier();
    }
    if (in_.accept_word("in")) {
        in_values(condition);
    } else if (in_.accept_word("contains")) {
        condition.op = in_.accept_word("key") ? ast::Operator::contains_key : ast::Operator::contains;
        condition.values.push_back(term());
    } else if (const auto op = accept_comparison()) {
        condition.op = *op;
        condition.values.push_back(term());
    } else {
        in_.fail();
    }
    refuse_arithmetic();
    return condition;
}

}  // namespace coodie::embedded
