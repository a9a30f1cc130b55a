// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/document_base.hpp>
#include <coodie/query/bind.hpp>
#include <coodie/query/row_decoder.hpp>

#include <cstddef>
#include <utility>

namespace coodie {

namespace query {
/// Throws InvalidQueryError: "catalog.reviews.content was not read: ...".
[[noreturn]] void refuse_unread(const ModelInfo& model, std::size_t column);
}  // namespace query

/// Some columns of a row of model T, its primary key among them: what `only` and `defer` give, and what a
/// failed conditional write shows of the row. It can be read and updated, not saved: that would write columns
/// that were never read.
template <class T>
class Partial {
public:
    using document_type = T;

    Partial() = default;
    Partial(T document, const query::LoadedColumns& loaded)
        : document_(std::move(document)), loaded_(loaded) {}

    /// The document; columns that were not read have the values of `T{}`.
    [[nodiscard]] const T& operator*() const noexcept { return document_; }
    [[nodiscard]] const T* operator->() const noexcept { return &document_; }

    /// Whether a column was read: `partial.has("content"_c)`.
    template <query::ColumnExpression C>
    [[nodiscard]] bool has(const C& column) const {
        return loaded_[query::index_of<T>(column)];
    }
    /// A column's value: `partial["content"_c]`. Throws InvalidQueryError when it was not read.
    template <query::ColumnExpression C>
    [[nodiscard]] const auto& operator[](const C&) const {
        static_assert(query::ColumnOf<C>::is_static, "coodie: the column must be known at compile time");
        constexpr std::size_t index = query::ColumnOf<C>::template index<T>();
        if (!loaded_[index]) query::refuse_unread(model_info<T>(), index);
        return field<index>(document_);
    }
    [[nodiscard]] const query::LoadedColumns& loaded() const noexcept { return loaded_; }

    /// For the fronts, which write back what was updated.
    [[nodiscard]] T& document_to_change() noexcept { return document_; }
    [[nodiscard]] query::LoadedColumns& loaded_to_change() noexcept { return loaded_; }
    void set_loaded(const query::LoadedColumns& loaded) noexcept { loaded_ = loaded; }

private:
    T document_{};
    query::LoadedColumns loaded_;
};

}  // namespace coodie
