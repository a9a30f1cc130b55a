// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/parser/ast.hpp"

#include <coodie/types/error.hpp>

#include <string_view>
#include <variant>

namespace coodie::embedded {

/// Reads one CQL statement (a trailing `;` is fine). Never throws, save for lack of memory.
/// @param cql any bytes; nesting of terms, types and selectors is limited to 64.
/// @return the tree, or: a server error `syntax_error` whose message starts with `line L:C`;
/// ErrorKind::unsupported, naming the word, for CQL that this engine does not know yet.
std::variant<ast::Statement, Error> parse(std::string_view cql);

}  // namespace coodie::embedded
