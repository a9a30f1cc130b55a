// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/aio/insert_many.hpp>
#include <coodie/aio/read.hpp>
#include <coodie/aio/schema.hpp>
#include <coodie/aio/write.hpp>
#include <coodie/model/document_base.hpp>

#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace coodie::aio {

/// The operations of model D as members: nothing but calls of the free functions of this namespace, which see
/// for what they do. The library itself never calls an operation as a member, so a field may have one's name
/// and hides it.
template <class D>
struct Operations {
    template <query::ConditionExpression... C>
    [[nodiscard]] static auto find(const C&... conditions) {
        return aio::find<D>(conditions...);
    }
    template <query::ConditionExpression... C>
    [[nodiscard]] static auto find_one(const C&... conditions) {
        return aio::find_one<D>(conditions...);
    }
    template <query::ConditionExpression... C>
    [[nodiscard]] static auto get(const C&... conditions) {
        return aio::get<D>(conditions...);
    }

    // What takes a document has a second form for temporaries, which says why GCC 12 cannot take them. The
    // document is deduced, for D is not complete yet where this class is made.
    awaitable<void> save(SaveOptions options = {}) const& { return aio::save(self(), options); }
    template <class Document = D>
    awaitable<void> save(SaveOptions options = {}) const&& {
        detail::check_temporary<Document>();
        return aio::save(self(), options);
    }
    template <class Document = D>
    awaitable<LwtResult<Document>> insert(InsertOptions options = {}) const& {
        return aio::insert<Document>(self(), options);
    }
    template <class Document = D>
    awaitable<LwtResult<Document>> insert(InsertOptions options = {}) const&& {
        detail::check_temporary<Document>();
        return aio::insert<Document>(self(), options);
    }
    template <class Document = D>
    static awaitable<Document> create(const std::type_identity_t<Document>& document,
                                      SaveOptions options = {}) {
        return aio::create<Document>(document, options);
    }
    template <class Document = D>
    static awaitable<Document> create(const std::type_identity_t<Document>&& document,
                                      SaveOptions options = {}) {
        detail::check_temporary<Document>();
        return aio::create<Document>(document, options);
    }
    template <class Range>
    static awaitable<InsertManyResult> insert_many(const Range& documents, InsertManyOptions options = {}) {
        return aio::insert_many<D>(documents, options);
    }

    // Written back when the awaitable ends: the document must outlive it.
    template <query::AssignmentExpression... A>
    auto update(UpdateOptions options, const A&... assignments) & {
        return aio::update(self(), options, assignments...);
    }
    template <query::AssignmentExpression... A>
        requires(sizeof...(A) > 0)
    auto update(const A&... assignments) & {
        return aio::update(self(), assignments...);
    }
    template <class... C, query::AssignmentExpression... A>
    auto update(UpdateOptions options, const query::OnlyIf<C...>& only_if, const A&... assignments) & {
        return aio::update(self(), options, only_if, assignments...);
    }
    template <class... C, query::AssignmentExpression... A>
    auto update(const query::OnlyIf<C...>& only_if, const A&... assignments) & {
        return aio::update(self(), only_if, assignments...);
    }

    template <class Document = D>
    awaitable<LwtResult<Document>> remove(RemoveOptions options = {}) const& {
        return aio::remove<Document>(self(), options);
    }
    template <class Document = D>
    awaitable<LwtResult<Document>> remove(RemoveOptions options = {}) const&& {
        detail::check_temporary<Document>();
        return aio::remove<Document>(self(), options);
    }
    template <class... C>
    auto remove(const query::OnlyIf<C...>& only_if) const& {
        return aio::remove(self(), only_if);
    }
    template <class... C>
    auto remove(const query::OnlyIf<C...>& only_if) const&& {
        detail::check_temporary<std::tuple<D, C...>>();
        return aio::remove(self(), only_if);
    }
    template <class... C>
    auto remove(RemoveOptions options, const query::OnlyIf<C...>& only_if) const& {
        return aio::remove(self(), options, only_if);
    }
    template <class... C>
    auto remove(RemoveOptions options, const query::OnlyIf<C...>& only_if) const&& {
        detail::check_temporary<std::tuple<D, C...>>();
        return aio::remove(self(), options, only_if);
    }

    static awaitable<SyncResult> sync_table(SyncOptions options = {}) { return aio::sync_table<D>(options); }
    static awaitable<void> drop_table(DropOptions options = {}) { return aio::drop_table<D>(options); }
    static awaitable<void> truncate(TruncateOptions options = {}) { return aio::truncate<D>(options); }
    [[nodiscard]] static std::string_view table_name() { return coodie::table_name<D>(); }
    /// "" when the schema names none.
    [[nodiscard]] static std::string_view keyspace_name() { return coodie::keyspace_name<D>(); }

private:
    D& self() noexcept { return static_cast<D&>(*this); }
    const D& self() const noexcept { return static_cast<const D&>(*this); }
};

/// The base of a model of the coroutine front: `struct Review : coodie::aio::Document<Review> { ... };`.
/// Empty. A model that inherits columns names where from: `struct Cat : coodie::aio::Document<Cat, Pet>`.
template <class D, class Base = void>
struct Document : Base, DocumentBase<D>, Operations<D> {
    using coodie_base = Base;
    // Base may be a model with operations of its own.
    using Operations<D>::find;
    using Operations<D>::find_one;
    using Operations<D>::get;
    using Operations<D>::save;
    using Operations<D>::insert;
    using Operations<D>::create;
    using Operations<D>::insert_many;
    using Operations<D>::update;
    using Operations<D>::remove;
    using Operations<D>::sync_table;
    using Operations<D>::drop_table;
    using Operations<D>::truncate;
    using Operations<D>::table_name;
    using Operations<D>::keyspace_name;
};
template <class D>
struct Document<D, void> : DocumentBase<D>, Operations<D> {};

}  // namespace coodie::aio
