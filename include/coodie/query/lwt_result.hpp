// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/partial.hpp>
#include <coodie/types/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace coodie {

/// A conditional write that was not applied, with what the database showed of the row.
template <class T>
class NotAppliedTo : public NotApplied {
public:
    NotAppliedTo(const std::string& message, std::optional<Partial<T>> existing)
        : NotApplied(message), existing_(std::move(existing)) {}
    [[nodiscard]] const std::optional<Partial<T>>& existing() const noexcept { return existing_; }

private:
    std::optional<Partial<T>> existing_;
};

namespace query {
/// Throws InvalidQueryError: the write waits in a batch.
[[noreturn]] void refuse_pending();
[[nodiscard]] std::string not_applied_text(const ModelInfo& model, const void* existing,
                                           const LoadedColumns& loaded);
}  // namespace query

/// What became of a write. One without condition is always applied.
template <class T>
class LwtResult {
public:
    enum class State : std::uint8_t { applied, refused, in_batch };

    LwtResult() = default;
    explicit LwtResult(State state) : state_(state) {}
    explicit LwtResult(std::optional<Partial<T>> existing)
        : existing_(std::move(existing)), state_(State::refused) {}

    /// Throws InvalidQueryError when the write joined a batch: its result is that of `BatchQuery::execute`.
    [[nodiscard]] bool applied() const {
        if (state_ == State::in_batch) query::refuse_pending();
        return state_ == State::applied;
    }
    [[nodiscard]] explicit operator bool() const { return applied(); }
    /// The row that stood in the way: the whole of it for `insert`, the condition's columns for `update` and
    /// `remove`; none when it was applied, or when there was no row (semantics rule 16).
    [[nodiscard]] const std::optional<Partial<T>>& existing() const noexcept { return existing_; }
    /// Throws NotApplied (as NotAppliedTo<T>, with the row) unless the write was applied.
    void or_throw() const {
        if (applied()) return;
        if (existing_)
            throw NotAppliedTo<T>(query::not_applied_text(model_info<T>(), &**existing_, existing_->loaded()),
                                  existing_);
        throw NotAppliedTo<T>(query::not_applied_text(model_info<T>(), nullptr, {}), existing_);
    }

private:
    std::optional<Partial<T>> existing_;
    State state_ = State::applied;
};

}  // namespace coodie
