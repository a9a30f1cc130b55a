// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/statements.hpp>
#include <coodie/query/write_options.hpp>
#include <coodie/sync/execute.hpp>
#include <coodie/types/error.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace coodie {

/// What became of many writes.
class InsertManyResult {
public:
    struct Failure {
        std::size_t index;  ///< of the document in the range
        Error error;
    };

    InsertManyResult() = default;
    InsertManyResult(std::size_t written, std::vector<Failure> failures)
        : failures_(std::move(failures)), written_(written) {}

    [[nodiscard]] std::size_t written() const noexcept { return written_; }
    /// By index.
    [[nodiscard]] const std::vector<Failure>& failures() const noexcept { return failures_; }
    [[nodiscard]] bool all_written() const noexcept { return failures_.empty(); }
    /// Throws the first failure's error, saying how many there are.
    void or_throw() const;

private:
    std::vector<Failure> failures_;
    std::size_t written_ = 0;
};

namespace sync {

namespace detail {

/// The next document to write, or nullptr after the last one.
using NextDocument = const void* (*)(void* range);
[[nodiscard]] InsertManyResult insert_many(const ModelInfo& model, NextDocument next, void* range,
                                           const InsertManyOptions& options);

}  // namespace detail

/// Saves many documents, at most `options.concurrency` at once; a document that fails stops none of the
/// others. Throws only what concerns them all (ConfigurationError, a TTL out of range).
template <Model T, class Range>
[[nodiscard]] InsertManyResult insert_many(const Range& documents, InsertManyOptions options = {}) {
    static_assert(!model_info<T>().counter_table, "coodie: a counter table takes no save or insert");
    struct Walk {
        decltype(documents.begin()) at;
        decltype(documents.end()) end;
    } walk{documents.begin(), documents.end()};
    const auto next = [](void* state) -> const void* {
        Walk& range = *static_cast<Walk*>(state);
        if (range.at == range.end) return nullptr;
        const T& document = *range.at;
        ++range.at;
        return &document;
    };
    return detail::insert_many(model_info<T>(), next, &walk, options);
}
template <class Range>
    requires Model<std::remove_cvref_t<decltype(*std::declval<const Range&>().begin())>>
[[nodiscard]] InsertManyResult insert_many(const Range& documents, InsertManyOptions options = {}) {
    return sync::insert_many<std::remove_cvref_t<decltype(*documents.begin())>>(documents, options);
}

}  // namespace sync
}  // namespace coodie
