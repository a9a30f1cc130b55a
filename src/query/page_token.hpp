// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>
#include <coodie/types/bytes.hpp>

#include <string>
#include <string_view>

namespace coodie::query {

/// A paging state as text for the outside (URL-safe base64), bound to the statement and its values (semantics
/// rule 24). "" for an empty state.
[[nodiscard]] std::string make_page_token(BytesView paging_state, const Statement& statement);
/// The paging state back. Throws InvalidQueryError when the token was altered or belongs to another query.
[[nodiscard]] Bytes open_page_token(std::string_view token, const Statement& statement);

}  // namespace coodie::query
