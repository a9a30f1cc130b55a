// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model_info.hpp>
#include <coodie/query/predicate.hpp>
#include <coodie/types/bytes.hpp>
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
    BytesView values{};  ///< of a read: those of `where`, each as `[int] length + content`; may end early
    bool conditional = false;  ///< a write with IF
};

/// The error with operation and table; a server's refusal for lack of ALLOW FILTERING names the column, too
/// (semantics rule 26), and an error that leaves open whether a conditional write was applied says so (rule
/// 19).
[[nodiscard]] Error explained(const Error& error, const OperationContext& context);
/// The same for a batch; a refusal for its size says what to do (semantics rule 21).
[[nodiscard]] Error explained_batch(const Error& error);

/// Throws DocumentNotFound or MultipleDocumentsFound, with table, model and the conditions with their values,
/// long ones cut short.
[[noreturn]] void throw_not_found(const OperationContext& context);
[[noreturn]] void throw_several(const OperationContext& context);

}  // namespace coodie::query
