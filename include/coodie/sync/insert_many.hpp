// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/insert_many_result.hpp>
#include <coodie/query/write_options.hpp>

#include <type_traits>
#include <utility>

namespace coodie::sync {

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
    query::check_insertable<T>();
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

}  // namespace coodie::sync
