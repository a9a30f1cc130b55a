// SPDX-License-Identifier: Apache-2.0
// INSERT, UPDATE, DELETE, BATCH.
#include "embedded/parser/grammar.hpp"

namespace coodie::embedded {

ast::Using Grammar::using_clause(bool with_ttl) {
    ast::Using result;
    if (!in_.accept_word("using")) return result;
    do {
        if (in_.accept_word("timestamp")) {
            result.timestamp = integer_or_marker();
        } else if (with_ttl && in_.accept_word("ttl")) {
            result.ttl = integer_or_marker();
        } else if (in_.at_word("timeout")) {
            in_.fail_unsupported("USING TIMEOUT");
        } else {
            in_.fail_expecting(with_ttl ? "TIMESTAMP or TTL" : "TIMESTAMP");
        }
    } while (in_.accept_word("and"));
    return result;
}

ast::Insert Grammar::insert() {
    ast::Insert insert;
    in_.expect_word("insert");
    in_.expect_word("into");
    insert.table = in_.qualified_name();
    if (in_.accept_word("json")) {
        insert_json(insert);
    } else {
        insert.columns = identifiers_in_parentheses();
        in_.expect_word("values");
        in_.expect_symbol("(");
        insert.values = terms_until(")");
        if (insert.columns.size() != insert.values.size())
            TokenStream::fail_invalid("Unmatched column names/values");
    }
    if (in_.accept_if_not_exists()) insert.condition.kind = ast::IfKind::not_exists;
    insert.using_ = using_clause(true);
    return insert;
}

void Grammar::insert_json(ast::Insert& insert) {
    if (!at_marker() && !in_.at_kind(TokenKind::string)) in_.fail();
    insert.json = term();
    if (!in_.accept_word("default")) return;
    insert.json_default_unset = in_.accept_word("unset");
    if (!insert.json_default_unset) in_.expect_word("null");
}

ast::Update Grammar::update() {
    ast::Update update;
    in_.expect_word("update");
    update.table = in_.qualified_name();
    update.using_ = using_clause(true);
    in_.expect_word("set");
    do {
        update.assignments.push_back(assignment());
    } while (in_.accept_symbol(","));
    in_.expect_word("where");
    update.where = where();
    update.condition = if_clause();
    return update;
}

ast::Assignment Grammar::assignment() {
    ast::Assignment result;
    result.column = in_.identifier();
    if (in_.accept_symbol("[")) {
        result.kind = ast::AssignmentKind::set_element;
        result.key = term();
        in_.expect_symbol("]");
    } else if (in_.accept_symbol(".")) {
        result.kind = ast::AssignmentKind::set_field;
        result.field = in_.identifier();
    } else if (in_.at_symbol("+=") || in_.at_symbol("-=")) {
        result.kind = in_.take().text == "+=" ? ast::AssignmentKind::add : ast::AssignmentKind::subtract;
        result.value = term();
        return result;
    }
    in_.expect_symbol("=");
    if (result.kind == ast::AssignmentKind::set) return assigned_value(std::move(result));
    result.value = term();
    refuse_arithmetic();
    return result;
}

/// After `c =`: a term, `c + term`, `c - term`, `c -1` or `term + c`.
ast::Assignment Grammar::assigned_value(ast::Assignment result) {
    if (in_.at_identifier() && !at_function() && !in_.at_word("true") && !in_.at_word("false")) {
        const Token& name = in_.peek();
        const bool other = name.text != result.column.name;
        in_.take();
        if (other) in_.fail("only expressions of the form X = X + <value> or X = X - <value> are supported");
        if (in_.at_kind(TokenKind::integer) &&
            in_.peek().text.front() == '-') {  // the lexer gave the sign to the number
            result.kind = ast::AssignmentKind::subtract;
            const auto position = in_.peek().position;
            result.value = {ast::Literal{ast::LiteralKind::integer, in_.take().text.substr(1)}, position};
            return result;
        }
        if (!in_.at_symbol("+") && !in_.at_symbol("-")) in_.fail_expecting("'+' or '-'");
        result.kind = in_.take().text == "+" ? ast::AssignmentKind::add : ast::AssignmentKind::subtract;
        result.value = term();
        refuse_arithmetic();
        return result;
    }
    result.value = term();
    if (in_.at_symbol("+") && in_.at_identifier(1) && in_.peek(1).text == result.column.name) {
        in_.take(), in_.take();
        result.kind = ast::AssignmentKind::prepend;
    }
    refuse_arithmetic();
    return result;
}

ast::Delete Grammar::remove() {
    ast::Delete remove;
    in_.expect_word("delete");
    if (!in_.at_word("from")) do {
            remove.targets.push_back(delete_target());
        } while (in_.accept_symbol(","));
    in_.expect_word("from");
    remove.table = in_.qualified_name();
    remove.using_ = using_clause(false);
    in_.expect_word("where");
    remove.where = where();
    remove.condition = if_clause();
    return remove;
}

ast::DeleteTarget Grammar::delete_target() {
    ast::DeleteTarget target;
    target.column = in_.identifier();
    if (in_.accept_symbol("[")) {
        target.key = term();
        in_.expect_symbol("]");
    } else if (in_.accept_symbol(".")) {
        target.field = in_.identifier();
    }
    return target;
}

ast::Batch Grammar::batch() {
    ast::Batch batch;
    in_.expect_word("begin");
    if (in_.at_word("transaction")) in_.fail_unsupported("transactions");
    if (in_.accept_word("unlogged")) {
        batch.kind = ast::BatchKind::unlogged;
    } else if (in_.accept_word("counter")) {
        batch.kind = ast::BatchKind::counter;
    }
    in_.expect_word("batch");
    batch.using_ = using_clause(true);
    for (;;) {
        if (in_.at_word("insert")) {
            batch.statements.emplace_back(insert());
        } else if (in_.at_word("update")) {
            batch.statements.emplace_back(update());
        } else if (in_.at_word("delete")) {
            batch.statements.emplace_back(remove());
        } else {
            break;
        }
        in_.accept_symbol(";");
    }
    in_.expect_word("apply");
    in_.expect_word("batch");
    if (batch.using_.ttl) TokenStream::fail_invalid("Global TTL on the BATCH statement is not supported.");
    return batch;
}

}  // namespace coodie::embedded
