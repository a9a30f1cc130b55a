// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/parser/ast.hpp"

#include <coodie/types/error.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie::embedded {

enum class TokenKind : std::uint8_t {
    end,
    word,         ///< text is lower-cased
    quoted_name,  ///< text is the name without quotes
    string,       ///< text is the content
    integer,
    floating,
    duration,
    uuid,
    blob,
    symbol,  ///< ( ) [ ] { } , ; : . .. ? = != < <= > >= + += - -= * / %
};

struct Token {
    TokenKind kind = TokenKind::end;
    std::string text;
    std::string_view raw;  ///< as written; borrows from the text that was given to tokenize()
    ast::Position position;
};

/// Splits CQL into tokens; the last one is `end`. Comments (--, //, /* */) and white space separate tokens.
/// @return an Error (syntax_error) for a character that begins no token, and for a quote or comment without
/// an end.
std::variant<std::vector<Token>, Error> tokenize(std::string_view cql);

}  // namespace coodie::embedded
