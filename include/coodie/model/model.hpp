// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/model/check.hpp>
#include <coodie/model/layout.hpp>
#include <coodie/model/model_info.hpp>
#include <coodie/model/user_type.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace coodie {

namespace mapping {

/// Makes a field of a document, given as `void*`, the argument of a function. These are the only templates
/// between a document and compiled code: three small functions per column.
template <class T, std::size_t Field>
struct Accessor {
    using Type = reflect::FieldAt<T, Field>;

    static Type& of(void* document) {
        return reflect::ref_at<Field>(reflect::refs(*static_cast<T*>(document)));
    }
    static const Type& of(const void* document) {
        return reflect::ref_at<Field>(reflect::refs(*static_cast<const T*>(document)));
    }

    static void encode(const void* document, Bytes& out) { coodie::encode_value(of(document), out); }
    static void decode(void* document, Cell cell) { coodie::decode_value(cell, of(document)); }
    static void decode_or_default(void* document, Cell cell) {
        if (cell.is_null())
            of(document) = Type{};
        else
            coodie::decode_value(cell, of(document));
    }
    static bool is_null(const void* document) { return coodie::is_null_value(of(document)); }
};

template <class T, std::size_t Field>
constexpr ColumnInfo make_column() {
    using Access = Accessor<T, Field>;
    using Type = typename Access::Type;
    constexpr const Draft& draft = layout<T>.drafts[Field];
    return {
        .name = draft.name,
        .field = draft.field,
        .cql_type = cql_type_name<Type>,
        .kind = draft.kind,
        .position = draft.position,
        .order = draft.order,
        .indexed = draft.indexed,
        .index_name = draft.index_name,
        .nullable = is_nullable_v<Type> || is_multi_cell_v<Type> || draft.null_as_default,
        .multi_cell = is_multi_cell_v<Type>,
        .counter = is_counter_v<Type>,
        .type = &Codec<Type>::type,
        .encode = &Access::encode,
        .decode = draft.null_as_default ? &Access::decode_or_default : &Access::decode,
        .is_null = &Access::is_null,
    };
}

/// The constants of one model.
template <class T>
struct ModelTable {
    static constexpr std::array columns = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array<ColumnInfo, sizeof...(I)>{make_column<T, column_fields<T>[I]>()...};
    }(std::make_index_sequence<layout<T>.columns>{});
    static constexpr auto partition_key =
        make_key_columns<T, ColumnKind::partition_key, layout<T>.partition>();
    static constexpr auto clustering = make_key_columns<T, ColumnKind::clustering, layout<T>.clustering>();
    static constexpr std::size_t option_count = schema_of<T>.option_count;
    static constexpr auto options = [] {
        std::array<TableOption, option_count> result{};
        constexpr const SchemaData& schema = schema_of<T>;
        for (std::size_t i = 0; i < option_count; ++i) result[i] = schema.options[i];
        return result;
    }();
};

template <class T>
constexpr ModelInfo make_model_info() {
    using Tables = ModelTable<T>;
    constexpr const SchemaData& schema = schema_of<T>;
    bool counter_table = false;
    for (const ColumnInfo& column : Tables::columns) counter_table = counter_table || column.counter;
    return {
        .type_name = reflect::class_text<T>().view(),
        .table = schema.name.empty() ? reflect::snake_text<T>.view() : schema.name,
        .keyspace = schema.keyspace,
        .connection = schema.connection,
        .columns = Tables::columns,
        .partition_key = Tables::partition_key,
        .clustering = Tables::clustering,
        .options = Tables::options,
        .comment = schema.comment,
        .default_ttl = static_cast<std::int32_t>(schema.default_ttl),
        .consistency = schema.consistency,
        .skip_nulls = schema.skip_nulls,
        .abstract = schema.abstract,
        .counter_table = counter_table,
    };
}

/// After a mistake: empty, so that the sentence is not buried.
template <class T, bool Right>
inline constexpr ModelInfo model_info_of{};
template <class T>
inline constexpr ModelInfo model_info_of<T, true> = make_model_info<T>();

}  // namespace mapping

namespace mapping {
/// model_info<T>() for reading: T may be abstract.
template <class T>
[[nodiscard]] constexpr const ModelInfo& info() noexcept {
    return model_info_of<std::remove_cv_t<T>, check_model<T>()>;
}
}  // namespace mapping

/// Everything that the library knows of model T: a constant in static storage. A mistake in T is a compile
/// error here. Every operation on T asks for it, so an abstract model is refused, too.
template <class T>
[[nodiscard]] constexpr const ModelInfo& model_info() noexcept {
    constexpr bool abstract = mapping::info<T>().abstract;
    static_assert(!abstract,
                  "coodie: this model is abstract(), it has no table: use the models that inherit from it");
    return mapping::info<T>();
}

/// The columns of model T, in the order of its fields.
template <class T>
[[nodiscard]] constexpr std::span<const ColumnInfo> columns() noexcept {
    return mapping::info<T>().columns;
}

/// Number of columns of T (ignored members are none).
template <class T>
inline constexpr std::size_t column_count = mapping::layout<T>.columns;

/// The index of the column of that CQL name; column_count<T> when there is none.
template <class T>
[[nodiscard]] consteval std::size_t column_index(std::string_view name) noexcept {
    for (std::size_t i = 0; i < column_count<T>; ++i)
        if (mapping::layout<T>.drafts[mapping::column_fields<T>[i]].name == name) return i;
    return column_count<T>;
}

/// The index of the column that a member is: `member_index<Review, &Review::rating>()`; column_count<T> when
/// it is none.
template <class T, auto Member>
[[nodiscard]] consteval std::size_t member_index() noexcept {
    for (std::size_t i = 0; i < column_count<T>; ++i)
        if (mapping::layout<T>.drafts[mapping::column_fields<T>[i]].field ==
            reflect::member_text<Member>().view())
            return i;
    return column_count<T>;
}

/// The C++ type of column I.
template <class T, std::size_t I>
using field_type = reflect::FieldAt<T, mapping::column_fields<T>[I]>;

/// Column I of a document, which may be const.
template <std::size_t I, class T>
[[nodiscard]] constexpr auto& field(T& document) noexcept {
    return reflect::ref_at<mapping::column_fields<std::remove_const_t<T>>[I]>(reflect::refs(document));
}

/// Column I as a constant expression: its kind, position, name, ...
template <class T, std::size_t I>
[[nodiscard]] constexpr const ColumnInfo& column_info() noexcept {
    return mapping::ModelTable<T>::columns[I];
}

template <class T>
[[nodiscard]] constexpr std::string_view table_name() noexcept {
    return model_info<T>().table;
}
/// "" when the schema names none (then the driver's keyspace is used).
template <class T>
[[nodiscard]] constexpr std::string_view keyspace_name() noexcept {
    return model_info<T>().keyspace;
}

/// Calls `f(const ColumnInfo&, field)` for each column in order; the document may be const.
template <class T, class F>
constexpr void for_each_column(T& document, F&& f) {
    using Plain = std::remove_const_t<T>;
    const std::span<const ColumnInfo> infos = columns<Plain>();
    const auto fields = reflect::refs(document);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (f(infos[I], reflect::ref_at<mapping::column_fields<Plain>[I]>(fields)), ...);
    }(std::make_index_sequence<column_count<Plain>>{});
}

/// The values of the primary key: partition key, then clustering key, in key order, as a std::tuple.
template <class T>
[[nodiscard]] constexpr auto primary_key(const T& document) {
    constexpr const auto& partition = mapping::ModelTable<T>::partition_key;
    constexpr const auto& clustering = mapping::ModelTable<T>::clustering;
    return [&]<std::size_t... I, std::size_t... J>(std::index_sequence<I...>, std::index_sequence<J...>) {
        return std::tuple<field_type<T, partition[I]>..., field_type<T, clustering[J]>...>{
            field<partition[I]>(document)..., field<clustering[J]>(document)...};
    }(std::make_index_sequence<partition.size()>{}, std::make_index_sequence<clustering.size()>{});
}

}  // namespace coodie
