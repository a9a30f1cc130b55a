// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/parser/ast.hpp"

#include <string>

/// Parts of the statement tree as Cassandra prints them in messages and as names of result columns.
namespace coodie::embedded {

std::string to_text(const ast::Term& term);
std::string to_text(const ast::Relation& relation);
std::string to_text(const ast::Assignment& assignment);
std::string_view to_text(ast::Operator op);
std::string_view to_text(ast::LiteralKind kind);

}  // namespace coodie::embedded
