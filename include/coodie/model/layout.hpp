// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model_info.hpp>
#include <coodie/model/reflect.hpp>
#include <coodie/model/table.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

/// Fields and what the schema says of them, put together: not yet types.
namespace coodie::mapping {

/// One field with what the schema says of it.
struct Draft {
    std::string_view field{};
    std::string_view name{};
    std::string_view index_name{};
    ColumnKind kind = ColumnKind::regular;
    std::uint16_t position = 0;
    Order order = Order::asc;
    bool indexed = false;
    bool null_as_default = false;
    bool ignored = false;
};

/// What a schema got wrong; check.hpp has the sentences.
struct Problems {
    bool unknown_member = false;  ///< a member that is no field
    bool key_twice = false;       ///< a member of both keys, or twice of one
    bool key_is_static = false;
    bool key_is_ignored = false;
    bool no_name = false;    ///< a column named ""
    bool same_name = false;  ///< two columns of one name
};

/// What is said of the members, base classes first. Non-template, so that the compiler works on it once.
class Drafting {
public:
    constexpr Drafting(std::span<Draft> drafts, Problems& problems) : drafts_(drafts), problems_(problems) {}

    /// A class's keys replace those that it inherits.
    constexpr void apply(const SchemaData& schema) {
        if (says(schema, NoteKind::partition_key)) forget_keys(ColumnKind::partition_key), partition_ = 0;
        if (says(schema, NoteKind::clustering)) forget_keys(ColumnKind::clustering), clustering_ = 0;
        for (std::size_t i = 0; i < schema.note_count; ++i) apply(schema.notes[i]);
    }
    /// After the last class.
    constexpr void finish() {
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            if (drafts_[i].ignored) {
                if (is_key(drafts_[i])) problems_.key_is_ignored = true;
                continue;
            }
            if (drafts_[i].name.empty()) problems_.no_name = true;
            for (std::size_t j = 0; j < i; ++j)
                if (!drafts_[j].ignored && drafts_[j].name == drafts_[i].name) problems_.same_name = true;
        }
    }

private:
    static constexpr bool says(const SchemaData& schema, NoteKind kind) {
        for (std::size_t i = 0; i < schema.note_count; ++i)
            if (schema.notes[i].kind == kind) return true;
        return false;
    }
    static constexpr bool is_key(const Draft& draft) {
        return draft.kind == ColumnKind::partition_key || draft.kind == ColumnKind::clustering;
    }
    constexpr void forget_keys(ColumnKind kind) {
        for (Draft& draft : drafts_)
            if (draft.kind == kind) draft.kind = ColumnKind::regular;
    }
    constexpr void apply(const Note& note) {
        for (Draft& draft : drafts_)
            if (draft.field == note.field) return apply(note, draft);
        problems_.unknown_member = true;
    }
    constexpr void apply(const Note& note, Draft& draft) {
        switch (note.kind) {
            case NoteKind::partition_key: make_key(draft, ColumnKind::partition_key, partition_++); break;
            case NoteKind::clustering:
                make_key(draft, ColumnKind::clustering, clustering_++);
                draft.order = note.order;
                break;
            case NoteKind::index:
                draft.indexed = true;
                draft.index_name = note.text;
                break;
            case NoteKind::static_:
                if (is_key(draft)) problems_.key_is_static = true;
                draft.kind = ColumnKind::static_;
                break;
            case NoteKind::name: draft.name = note.text; break;
            case NoteKind::ignore: draft.ignored = true; break;
            case NoteKind::null_as_default: draft.null_as_default = true; break;
        }
    }
    constexpr void make_key(Draft& draft, ColumnKind kind, std::uint16_t position) {
        if (is_key(draft)) problems_.key_twice = true;
        if (draft.kind == ColumnKind::static_) problems_.key_is_static = true;
        draft.kind = kind;
        draft.position = position;
    }

    std::span<Draft> drafts_;
    Problems& problems_;
    std::uint16_t partition_ = 0;
    std::uint16_t clustering_ = 0;
};

template <class T>
concept HasSchema = requires {
    { T::schema() } -> std::derived_from<SchemaData>;
};

/// What T's schema says, evaluated once.
template <class T>
inline constexpr SchemaData schema_of = T::schema();

/// Applies the schemas of T's base classes, then T's own.
template <class T>
constexpr void apply_schemas(Drafting& drafting) {
    if constexpr (!std::is_void_v<typename reflect::BaseOf<T>::type>)
        apply_schemas<typename reflect::BaseOf<T>::type>(drafting);
    if constexpr (HasSchema<T>) drafting.apply(schema_of<T>);
}

/// The fields of T with what the schemas say, and what is wrong with that.
template <class T>
struct Layout {
    static constexpr std::size_t fields = reflect::field_count<T>;
    std::array<Draft, fields> drafts{};
    Problems problems{};
    std::size_t columns = 0;     ///< fields that are not ignored
    std::size_t partition = 0;   ///< components of the partition key
    std::size_t clustering = 0;  ///< components of the clustering key

    constexpr Layout() {
        for (std::size_t i = 0; i < fields; ++i)
            drafts[i].field = drafts[i].name = reflect::field_names<T>[i];
        Drafting drafting(drafts, problems);
        apply_schemas<T>(drafting);
        drafting.finish();
        for (const Draft& draft : drafts) {
            columns += draft.ignored ? 0 : 1;
            partition += draft.kind == ColumnKind::partition_key ? 1 : 0;
            clustering += draft.kind == ColumnKind::clustering ? 1 : 0;
        }
    }
};
template <class T>
inline constexpr Layout<T> layout{};

/// The field of each column: columns are the fields that are not ignored, in order.
template <class T>
inline constexpr auto column_fields = [] {
    std::array<std::size_t, layout<T>.columns> fields{};
    std::size_t at = 0;
    for (std::size_t i = 0; i < layout<T>.fields; ++i)
        if (!layout<T>.drafts[i].ignored) fields[at++] = i;
    return fields;
}();

/// A member's name as a template argument: compilers print it.
template <std::size_t N>
struct FieldName {
    char text[N + 1]{};
    constexpr explicit FieldName(std::string_view name) {
        for (std::size_t i = 0; i < N; ++i) text[i] = name[i];
    }
};
template <class T, std::size_t Field>
inline constexpr FieldName<layout<T>.drafts[Field].field.size()> field_name{layout<T>.drafts[Field].field};

template <class T, std::size_t Column>
using ColumnType = reflect::FieldAt<T, column_fields<T>[Column]>;
template <class T, std::size_t Column>
inline constexpr const Draft& draft_of = layout<T>.drafts[column_fields<T>[Column]];

/// Indexes of the columns of one key, in key order.
template <class T, ColumnKind Kind, std::size_t Size>
constexpr auto make_key_columns() {
    std::array<std::uint16_t, Size> key{};
    for (std::size_t i = 0; i < layout<T>.columns; ++i) {
        const Draft& draft = layout<T>.drafts[column_fields<T>[i]];
        if (draft.kind == Kind && draft.position < Size) key[draft.position] = static_cast<std::uint16_t>(i);
    }
    return key;
}

}  // namespace coodie::mapping
