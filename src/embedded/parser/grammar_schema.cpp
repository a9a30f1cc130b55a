// SPDX-License-Identifier: Apache-2.0
// Keyspaces, tables, types and indexes.
#include "embedded/parser/grammar.hpp"

namespace coodie::embedded {

std::vector<ast::Identifier> Grammar::identifiers_in_parentheses() {
    in_.expect_symbol("(");
    std::vector<ast::Identifier> names;
    do {
        names.push_back(in_.identifier());
    } while (in_.accept_symbol(","));
    in_.expect_symbol(")");
    return names;
}

ast::Literal Grammar::property_literal() {
    if (auto literal = accept_literal()) return std::move(*literal);
    if (in_.at_kind(TokenKind::word) && in_.at_identifier())
        return {ast::LiteralKind::string, in_.take().text};
    in_.fail();
}

ast::Property Grammar::property() {
    ast::Property result{in_.identifier(), {}};
    in_.expect_symbol("=");
    if (!in_.accept_symbol("{")) {
        result.value = property_literal();
        return result;
    }
    std::vector<std::pair<ast::Literal, ast::Literal>> entries;
    if (!in_.accept_symbol("}")) {
        do {
            auto key = property_literal();
            in_.expect_symbol(":");
            entries.emplace_back(std::move(key), property_literal());
        } while (in_.accept_symbol(","));
        in_.expect_symbol("}");
    }
    result.value = std::move(entries);
    return result;
}

/// After WITH.
std::vector<ast::Property> Grammar::properties() {
    std::vector<ast::Property> result;
    do {
        result.push_back(property());
    } while (in_.accept_word("and"));
    return result;
}

ast::CreateKeyspace Grammar::create_keyspace() {
    ast::CreateKeyspace create;
    create.if_not_exists = in_.accept_if_not_exists();
    create.keyspace = in_.identifier();
    in_.expect_word("with");
    create.properties = properties();
    return create;
}

ast::AlterKeyspace Grammar::alter_keyspace() {
    ast::AlterKeyspace alter;
    alter.if_exists = in_.accept_if_exists();
    alter.keyspace = in_.identifier();
    in_.expect_word("with");
    alter.properties = properties();
    return alter;
}

ast::CreateTable Grammar::create_table() {
    ast::CreateTable table;
    table.if_not_exists = in_.accept_if_not_exists();
    table.table = in_.qualified_name();
    if (in_.at_word("like")) in_.fail_unsupported("CREATE TABLE ... LIKE");
    in_.expect_symbol("(");
    do {
        table_element(table);
    } while (in_.accept_symbol(","));
    in_.expect_symbol(")");
    if (in_.accept_word("with")) table_options(table);
    return table;
}

void Grammar::table_element(ast::CreateTable& table) {
    if (in_.at_word("primary")) return primary_key(table);
    auto column = column_definition();
    if (in_.accept_word("primary")) {
        in_.expect_word("key");
        column.is_primary_key = true;
    }
    table.columns.push_back(std::move(column));
}

ast::ColumnDefinition Grammar::column_definition() {
    ast::ColumnDefinition column;
    column.column = in_.identifier();
    column.type = type();
    column.is_static = in_.accept_word("static");
    if (in_.at_word("masked")) in_.fail_unsupported("column masking");
    if (in_.at_word("check")) in_.fail_unsupported("constraints");
    return column;
}

void Grammar::primary_key(ast::CreateTable& table) {
    in_.expect_word("primary");
    in_.expect_word("key");
    if (table.has_primary_key_clause)
        TokenStream::fail_invalid("Multiple PRIMARY KEYs specified (exactly one required)");
    table.has_primary_key_clause = true;
    in_.expect_symbol("(");
    if (in_.at_symbol("(")) {
        table.partition_key = identifiers_in_parentheses();
    } else {
        table.partition_key.push_back(in_.identifier());
    }
    while (in_.accept_symbol(",")) table.clustering_key.push_back(in_.identifier());
    in_.expect_symbol(")");
}

void Grammar::table_options(ast::CreateTable& table) {
    do {
        if (in_.at_word("compact")) in_.fail_unsupported("COMPACT STORAGE");
        if (in_.at_word("clustering") && in_.at_word("order", 1)) {
            clustering_order(table);
        } else {
            table.properties.push_back(property());
        }
    } while (in_.accept_word("and"));
}

void Grammar::clustering_order(ast::CreateTable& table) {
    in_.expect_word("clustering");
    in_.expect_word("order");
    in_.expect_word("by");
    in_.expect_symbol("(");
    do {
        ast::ClusteringOrder order{in_.identifier(), false};
        order.descending = in_.accept_word("desc");
        if (!order.descending) in_.expect_word("asc");
        table.clustering_order.push_back(std::move(order));
    } while (in_.accept_symbol(","));
    in_.expect_symbol(")");
}

ast::AlterTable Grammar::alter_table() {
    ast::AlterTable alter;
    alter.if_exists = in_.accept_if_exists();
    alter.table = in_.qualified_name();
    if (in_.accept_word("add")) {
        alter.action = add_columns();
    } else if (in_.accept_word("drop")) {
        if (in_.at_word("compact") && in_.at_word("storage", 1)) in_.fail_unsupported("COMPACT STORAGE");
        alter.action = drop_columns();
    } else if (in_.accept_word("rename")) {
        ast::RenameColumns rename;
        rename.if_exists = in_.accept_if_exists();
        rename.names = renamed_names();
        alter.action = std::move(rename);
    } else if (in_.accept_word("with")) {
        alter.action = ast::SetProperties{properties()};
    } else if (in_.at_word("alter") && !in_.at_word("mask", 2)) {
        TokenStream::fail_invalid("Altering column types is no longer supported");
    } else if (in_.at_word("alter")) {
        in_.fail_unsupported("column masking");
    } else {
        in_.fail();
    }
    return alter;
}

ast::AddColumns Grammar::add_columns() {
    ast::AddColumns add;
    add.if_not_exists = in_.accept_if_not_exists();
    const bool parentheses = in_.accept_symbol("(");
    do {
        add.columns.push_back(column_definition());
    } while (in_.accept_symbol(","));
    if (parentheses) in_.expect_symbol(")");
    return add;
}

ast::DropColumns Grammar::drop_columns() {
    ast::DropColumns drop;
    drop.if_exists = in_.accept_if_exists();
    if (in_.at_symbol("(")) {
        drop.columns = identifiers_in_parentheses();
    } else {
        drop.columns.push_back(in_.identifier());
        while (in_.accept_symbol(",")) drop.columns.push_back(in_.identifier());
    }
    if (in_.accept_word("using")) {
        in_.expect_word("timestamp");
        drop.timestamp = integer_or_marker();
    }
    return drop;
}

std::vector<ast::RenamedName> Grammar::renamed_names() {
    std::vector<ast::RenamedName> names;
    do {
        auto from = in_.identifier();
        in_.expect_word("to");
        names.push_back({std::move(from), in_.identifier()});
    } while (in_.accept_word("and"));
    return names;
}

ast::CreateType Grammar::create_type() {
    ast::CreateType create;
    create.if_not_exists = in_.accept_if_not_exists();
    create.type = in_.qualified_name();
    in_.expect_symbol("(");
    do {
        auto field = in_.identifier();
        create.fields.push_back({std::move(field), type()});
    } while (in_.accept_symbol(","));
    in_.expect_symbol(")");
    return create;
}

ast::AlterType Grammar::alter_type() {
    ast::AlterType alter;
    alter.if_exists = in_.accept_if_exists();
    alter.type = in_.qualified_name();
    if (in_.accept_word("add")) {
        ast::AddFields add;
        add.if_not_exists = in_.accept_if_not_exists();
        auto field = in_.identifier();
        add.fields.push_back({std::move(field), type()});
        alter.action = std::move(add);
    } else if (in_.accept_word("rename")) {
        ast::RenameFields rename;
        rename.if_exists = in_.accept_if_exists();
        rename.names = renamed_names();
        alter.action = std::move(rename);
    } else if (in_.at_word("alter")) {
        TokenStream::fail_invalid("Altering field types is no longer supported");
    } else {
        in_.fail();
    }
    return alter;
}

ast::CreateIndex Grammar::create_index() {
    ast::CreateIndex create;
    create.if_not_exists = in_.accept_if_not_exists();
    if (!in_.at_word("on")) {
        auto name = in_.identifier();
        create.name = std::move(name.name);
    }
    in_.expect_word("on");
    create.table = in_.qualified_name();
    in_.expect_symbol("(");
    if (!in_.at_symbol(")")) do {
            create.targets.push_back(index_target());
        } while (in_.accept_symbol(","));
    in_.expect_symbol(")");
    if (in_.accept_word("using")) {
        if (!in_.at_kind(TokenKind::string) && !in_.at_identifier()) in_.fail_expecting("STRING_LITERAL");
        create.using_class = in_.take().text;
    }
    if (in_.accept_word("with")) create.properties = properties();
    return create;
}

ast::IndexTarget Grammar::index_target() {
    using enum ast::IndexTargetKind;
    ast::IndexTarget target;
    if (in_.at_symbol("(", 1)) {
        if (in_.accept_word("keys"))
            target.kind = keys;
        else if (in_.accept_word("values"))
            target.kind = values;
        else if (in_.accept_word("entries"))
            target.kind = entries;
        else if (in_.accept_word("full"))
            target.kind = full;
        else
            in_.fail();
    }
    if (target.kind == plain) {
        target.column = in_.identifier();
        return target;
    }
    in_.expect_symbol("(");
    target.column = in_.identifier();
    in_.expect_symbol(")");
    return target;
}

}  // namespace coodie::embedded
