// SPDX-License-Identifier: Apache-2.0
// What an execution tells of its attempts to who wants to know.
#include "native/session/execution.hpp"

#include <algorithm>

namespace coodie::native {
namespace {

// CREATE ROLE ... WITH PASSWORD = '...' has no markers: the text is told up to that word.
std::string_view without_password(const StatementText& text) {
    const std::string_view cql = text.cql();
    if (text.kind() != StatementKind::other && text.kind() != StatementKind::schema) return cql;
    constexpr std::string_view word = "password";
    const auto is_same = [](char each, char lower) { return (each | 0x20) == lower; };
    const auto* const found = std::search(cql.begin(), cql.end(), word.begin(), word.end(), is_same);
    return cql.substr(0, static_cast<std::size_t>(found - cql.begin()));
}

}  // namespace

AttemptWatch& Execution::made_watch() {
    if (!watch_) watch_ = std::make_unique<AttemptWatch>(first_ == nullptr ? nullptr : &first_->made_watch());
    return *watch_;
}

void Execution::watch_attempt() {
    std::string_view text;
    if (prepares())
        text = without_password(part(preparing_).text());
    else if (part_count() > 0)
        text = without_password(part(0).text());
    made_watch().begin(*host_, text, part_count(), prepares());
}

void Execution::end_watched(Next next) noexcept {
    const Error* error = next == Next::finished && outcome_ ? std::get_if<Error>(&*outcome_) : nullptr;
    // Other errors were told before, or are not the node's: values that do not fit what it prepared.
    const bool is_nonsense = error != nullptr && error->kind() == ErrorKind::connection;
    watch_->end(is_nonsense ? std::optional(ErrorKind::connection) : std::nullopt);
}

}  // namespace coodie::native
