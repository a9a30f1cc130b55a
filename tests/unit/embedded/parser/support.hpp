// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/parser/parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace coodie::embedded {

/// The statement of kind T that the text is; a failed test (and an empty T) when it is none.
template <class T>
T parse_as(std::string_view cql) {
    auto parsed = parse(cql);
    if (const auto* error = std::get_if<Error>(&parsed)) {
        ADD_FAILURE() << cql << "\n" << error->message();
        return {};
    }
    auto* statement = std::get_if<T>(&std::get<ast::Statement>(parsed).node);
    if (statement == nullptr) {
        ADD_FAILURE() << cql << "\nis another statement";
        return {};
    }
    return std::move(*statement);
}

/// The error that the text gives; a failed test when it gives none.
inline Error parse_error(std::string_view cql) {
    auto parsed = parse(cql);
    if (auto* error = std::get_if<Error>(&parsed)) return *error;
    ADD_FAILURE() << cql << "\nshould be refused";
    return Error(ErrorKind::validation, "");
}

/// A term as one line, for comparing trees: int:5, str:a, marker 0, f(..), [..], {..}, {k:v}, {a=v}, (..),
/// <int>x.
std::string shown(const ast::Term& term);

}  // namespace coodie::embedded
