// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/document_base.hpp>
#include <coodie/sync/insert_many.hpp>
#include <coodie/sync/read.hpp>
#include <coodie/sync/schema.hpp>
#include <coodie/sync/write.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace coodie::sync {

/// The operations of model D as members: nothing but calls of the free functions of this namespace, which see
/// for what they do. The library itself never calls an operation as a member, so a field may have one's name
/// and hides it.
template <class D>
struct Operations {
    template <query::ConditionExpression... C>
    [[nodiscard]] static auto find(const C&... conditions) {
        return sync::find<D>(conditions...);
    }
    template <query::ConditionExpression... C>
    [[nodiscard]] static auto find_one(const C&... conditions) {
        return sync::find_one<D>(conditions...);
    }
    template <query::ConditionExpression... C>
    [[nodiscard]] static auto get(const C&... conditions) {
        return sync::get<D>(conditions...);
    }

    void save(SaveOptions options = {}) const { sync::save(self(), options); }
    [[nodiscard]] auto insert(InsertOptions options = {}) const { return sync::insert(self(), options); }
    // The document is deduced, for D is not complete yet where this class is made.
    template <class Document = D>
    static Document create(std::type_identity_t<Document> document, SaveOptions options = {}) {
        return sync::create<Document>(std::move(document), options);
    }
    template <class Range>
    [[nodiscard]] static InsertManyResult insert_many(const Range& documents,
                                                      InsertManyOptions options = {}) {
        return sync::insert_many<D>(documents, options);
    }

    template <query::AssignmentExpression... A>
    auto update(UpdateOptions options, const A&... assignments) {
        return sync::update(self(), options, assignments...);
    }
    template <query::AssignmentExpression... A>
        requires(sizeof...(A) > 0)
    auto update(const A&... assignments) {
        return sync::update(self(), assignments...);
    }
    template <class... C, query::AssignmentExpression... A>
    [[nodiscard]] auto update(UpdateOptions options, const query::OnlyIf<C...>& only_if,
                              const A&... assignments) {
        return sync::update(self(), options, only_if, assignments...);
    }
    template <class... C, query::AssignmentExpression... A>
    [[nodiscard]] auto update(const query::OnlyIf<C...>& only_if, const A&... assignments) {
        return sync::update(self(), only_if, assignments...);
    }

    auto remove(RemoveOptions options = {}) const { return sync::remove(self(), options); }
    template <class... C>
    [[nodiscard]] auto remove(const query::OnlyIf<C...>& only_if) const {
        return sync::remove(self(), only_if);
    }
    template <class... C>
    [[nodiscard]] auto remove(RemoveOptions options, const query::OnlyIf<C...>& only_if) const {
        return sync::remove(self(), options, only_if);
    }

    static SyncResult sync_table(SyncOptions options = {}) { return sync::sync_table<D>(options); }
    static void drop_table(DropOptions options = {}) { sync::drop_table<D>(options); }
    static void truncate(TruncateOptions options = {}) { sync::truncate<D>(options); }
    [[nodiscard]] static std::string_view table_name() { return coodie::table_name<D>(); }
    /// "" when the schema names none.
    [[nodiscard]] static std::string_view keyspace_name() { return coodie::keyspace_name<D>(); }

private:
    D& self() noexcept { return static_cast<D&>(*this); }
    const D& self() const noexcept { return static_cast<const D&>(*this); }
};

/// The base of a model of the blocking front: `struct Review : coodie::sync::Document<Review> { ... };`.
/// Empty. A model that inherits columns names where from: `struct Cat : coodie::sync::Document<Cat, Pet>`.
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

}  // namespace coodie::sync
