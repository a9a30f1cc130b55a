// SPDX-License-Identifier: Apache-2.0
#include "embedded/parser/grammar.hpp"

#include "embedded/parser/parser.hpp"

#include <array>

namespace coodie::embedded {

namespace {

/// First words of CQL that Cassandra knows and this engine does not (yet).
constexpr std::array<std::string_view, 8> unknown_statements{"grant", "revoke", "list",    "describe",
                                                             "desc",  "add",    "comment", "security"};
/// What CREATE, ALTER and DROP know besides keyspaces, tables, types and indexes.
constexpr std::array<std::string_view, 9> unknown_objects{
    "role", "user", "function", "aggregate", "materialized", "trigger", "or", "identity", "generated"};

}  // namespace

ast::Statement Grammar::statement() {
    ast::Statement statement;
    statement_body(statement);
    while (in_.accept_symbol(";")) {
    }
    if (!in_.at_kind(TokenKind::end)) in_.fail_expecting("EOF");
    statement.markers = std::move(markers_);
    return statement;
}

void Grammar::statement_body(ast::Statement& statement) {
    if (in_.at_word("select"))
        statement.node = select();
    else if (in_.at_word("insert"))
        statement.node = insert();
    else if (in_.at_word("update"))
        statement.node = update();
    else if (in_.at_word("delete"))
        statement.node = remove();
    else if (in_.at_word("begin"))
        statement.node = batch();
    else if (in_.at_word("use"))
        statement.node = use();
    else if (in_.at_word("truncate"))
        statement.node = truncate();
    else if (in_.accept_word("create"))
        create(statement);
    else if (in_.accept_word("alter"))
        alter(statement);
    else if (in_.accept_word("drop"))
        drop(statement);
    else {
        for (const auto word : unknown_statements)
            if (in_.at_word(word)) in_.fail_unsupported("this statement");
        in_.fail();
    }
}

void Grammar::refuse_unknown_object() {
    for (const auto word : unknown_objects)
        if (in_.at_word(word)) in_.fail_unsupported("this statement");
    in_.fail();
}

void Grammar::create(ast::Statement& statement) {
    if (in_.accept_word("keyspace") || in_.accept_word("schema")) {
        statement.node = create_keyspace();
    } else if (in_.accept_word("table") || in_.accept_word("columnfamily")) {
        statement.node = create_table();
    } else if (in_.accept_word("type")) {
        statement.node = create_type();
    } else if (in_.at_word("custom") || in_.at_word("index")) {
        const bool custom = in_.accept_word("custom");
        in_.expect_word("index");
        auto index = create_index();
        index.custom = custom;
        statement.node = std::move(index);
    } else {
        refuse_unknown_object();
    }
}

void Grammar::alter(ast::Statement& statement) {
    if (in_.accept_word("keyspace") || in_.accept_word("schema")) {
        statement.node = alter_keyspace();
    } else if (in_.accept_word("table") || in_.accept_word("columnfamily")) {
        statement.node = alter_table();
    } else if (in_.accept_word("type")) {
        statement.node = alter_type();
    } else {
        refuse_unknown_object();
    }
}

void Grammar::drop(ast::Statement& statement) {
    const bool keyspace = in_.accept_word("keyspace") || in_.accept_word("schema");
    const bool table = !keyspace && (in_.accept_word("table") || in_.accept_word("columnfamily"));
    const bool type = !keyspace && !table && in_.accept_word("type");
    const bool index = !keyspace && !table && !type && in_.accept_word("index");
    if (!keyspace && !table && !type && !index) refuse_unknown_object();
    const bool if_exists = in_.accept_if_exists();
    if (keyspace)
        statement.node = ast::DropKeyspace{in_.identifier(), if_exists};
    else if (table)
        statement.node = ast::DropTable{in_.qualified_name(), if_exists};
    else if (type)
        statement.node = ast::DropType{in_.qualified_name(), if_exists};
    else
        statement.node = ast::DropIndex{in_.qualified_name(), if_exists};
}

ast::Use Grammar::use() {
    in_.expect_word("use");
    auto name = in_.identifier();
    return {std::move(name.name), name.position};
}

ast::Truncate Grammar::truncate() {
    in_.expect_word("truncate");
    // TABLE and COLUMNFAMILY are reserved, so no table has such a name unquoted.
    if (!in_.accept_word("table")) in_.accept_word("columnfamily");
    return {in_.qualified_name()};
}

std::variant<ast::Statement, Error> parse(std::string_view cql) {
    auto tokens = tokenize(cql);
    if (auto* error = std::get_if<Error>(&tokens)) return std::move(*error);
    try {
        return Grammar(std::move(std::get<std::vector<Token>>(tokens))).statement();
    } catch (ParseFailure& failure) {
        return std::move(failure.error);
    }
}

}  // namespace coodie::embedded
