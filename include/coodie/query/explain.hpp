// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model_info.hpp>
#include <coodie/query/predicate.hpp>
#include <coodie/types/error.hpp>

#include <span>
#include <string_view>

namespace coodie::query {

/// What an operation was about, for the errors that its driver gives. Borrows everything.
struct OperationContext {
    const ModelInfo* model = nullptr;
    const char* operation = "";  ///< "save", "find", ...
    std::string_view keyspace{};
    std::span<const Predicate> where{};
};

/// The error with operation and table; a server's refusal for lack of ALLOW FILTERING names the column, too
/// (semantics rule 26).
[[nodiscard]] Error explained(const Error& error, const OperationContext& context);

/// Throws DocumentNotFound or MultipleDocumentsFound, with table and conditions.
[[noreturn]] void throw_not_found(const OperationContext& context);
[[noreturn]] void throw_several(const OperationContext& context);

}  // namespace coodie::query
