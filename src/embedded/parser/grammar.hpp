// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/parser/ast.hpp"
#include "embedded/parser/token_stream.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coodie::embedded {

/// Recursive descent over one statement. Its functions are spread over one file per part of the language;
/// each leaves the cursor behind what it read, or throws ParseFailure.
class Grammar {
public:
    explicit Grammar(std::vector<Token> tokens) : in_(std::move(tokens)) {}
    /// The whole text: one statement, maybe a semicolon, nothing else.
    ast::Statement statement();

private:
    static constexpr unsigned max_depth = 64;
    /// Counts nested terms, types and selectors while it lives.
    class Nested {
    public:
        explicit Nested(Grammar& grammar);
        Nested(const Nested&) = delete;
        Nested& operator=(const Nested&) = delete;
        ~Nested() { --grammar_.depth_; }

    private:
        Grammar& grammar_;
    };

    // grammar.cpp
    void statement_body(ast::Statement& statement);
    void create(ast::Statement& statement);
    void alter(ast::Statement& statement);
    void drop(ast::Statement& statement);
    void refuse_unknown_object();
    ast::Use use();
    ast::Truncate truncate();

    // grammar_terms.cpp
    ast::Term term();
    ast::Term term_body();
    std::optional<ast::Literal> accept_literal();
    std::optional<ast::Literal> accept_word_literal();
    ast::Term marker();
    ast::Term function_call();
    ast::Term parenthesised();
    ast::Term braced();
    ast::UdtLiteral udt_literal();
    std::vector<ast::Term> terms_until(std::string_view closing);
    [[nodiscard]] bool at_marker() const noexcept { return in_.at_symbol("?") || in_.at_symbol(":"); }
    [[nodiscard]] bool at_function() const noexcept;
    [[nodiscard]] bool at_type_hint() const noexcept;
    void refuse_arithmetic() const;
    /// An integer literal or a marker: LIMIT, TTL, TIMESTAMP.
    ast::Term integer_or_marker();

    // grammar_types.cpp
    ast::TypeName type();
    DataType type_body();
    DataType frozen_type();
    DataType vector_type();
    DataType user_type();

    // grammar_where.cpp
    std::vector<ast::Relation> where();
    void relation(std::vector<ast::Relation>& relations);
    ast::Relation token_relation();
    ast::Relation tuple_relation();
    ast::Relation column_relation();
    [[nodiscard]] bool at_tuple_relation() const noexcept;
    std::optional<ast::Operator> accept_comparison();
    /// IN (...), IN ?: fills op, values and whole_list.
    template <class T>
    void in_values(T& target);
    ast::If if_clause();
    ast::Condition condition();

    // grammar_modify.cpp
    ast::Insert insert();
    void insert_json(ast::Insert& insert);
    ast::Update update();
    ast::Assignment assignment();
    ast::Assignment assigned_value(ast::Assignment assignment);
    ast::Delete remove();
    ast::DeleteTarget delete_target();
    ast::Batch batch();
    ast::Using using_clause(bool with_ttl);

    // grammar_select.cpp
    ast::Select select();
    void select_head(ast::Select& select);
    void order_by(ast::Select& select);
    ast::SelectItem select_item();
    ast::Selector selector();
    ast::Selector selector_base();
    ast::Selector selector_suffixes(ast::Selector selector);
    ast::Selector element_or_slice(ast::Selector selector);
    ast::Selector cast_selector();
    ast::Selector function_selector();
    [[nodiscard]] bool at_select_modifier(std::string_view word) const noexcept;

    // grammar_schema.cpp
    ast::CreateKeyspace create_keyspace();
    ast::AlterKeyspace alter_keyspace();
    ast::CreateTable create_table();
    void table_element(ast::CreateTable& table);
    void primary_key(ast::CreateTable& table);
    void table_options(ast::CreateTable& table);
    void clustering_order(ast::CreateTable& table);
    ast::ColumnDefinition column_definition();
    ast::AlterTable alter_table();
    ast::AddColumns add_columns();
    ast::DropColumns drop_columns();
    std::vector<ast::RenamedName> renamed_names();
    ast::CreateType create_type();
    ast::AlterType alter_type();
    ast::CreateIndex create_index();
    ast::IndexTarget index_target();
    std::vector<ast::Property> properties();
    ast::Property property();
    ast::Literal property_literal();
    std::vector<ast::Identifier> identifiers_in_parentheses();

    TokenStream in_;
    std::vector<std::string> markers_;
    unsigned depth_ = 0;
};

}  // namespace coodie::embedded
