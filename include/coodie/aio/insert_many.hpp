// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/insert_many_result.hpp>
#include <coodie/query/write_options.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <type_traits>
#include <utility>

namespace coodie::aio {

using boost::asio::awaitable;

namespace detail {

class ManyWrites;

/// Encodes documents one by one, then sends them.
class ManyWritesMaker {
public:
    ManyWritesMaker(const ModelInfo& model, const InsertManyOptions& options);
    void add(const void* document);
    [[nodiscard]] awaitable<InsertManyResult> send();

private:
    const ModelInfo& model_;
    SaveOptions options_;
    std::shared_ptr<ManyWrites> writes_;
};

}  // namespace detail

/// Saves many documents, at most `options.concurrency` at once; a document that fails stops none of the
/// others. The call encodes them all, so the range is not needed any more when it returns; it throws only
/// what concerns them all (ConfigurationError, a TTL out of range). A cancellation (of type terminal or
/// partial) stops what has not been sent yet; then the failures say, as ErrorKind::cancelled, what was not
/// written.
template <Model T, class Range>
awaitable<InsertManyResult> insert_many(const Range& documents, InsertManyOptions options = {}) {
    query::check_insertable<T>();
    detail::ManyWritesMaker writes(model_info<T>(), options);
    for (const T& document : documents) writes.add(&document);
    return writes.send();
}
template <class Range>
    requires Model<std::remove_cvref_t<decltype(*std::declval<const Range&>().begin())>>
awaitable<InsertManyResult> insert_many(const Range& documents, InsertManyOptions options = {}) {
    return aio::insert_many<std::remove_cvref_t<decltype(*documents.begin())>>(documents, options);
}

}  // namespace coodie::aio
