// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/options.hpp>
#include <coodie/model/model_info.hpp>
#include <coodie/model/type_text.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace coodie {

/// Orders of a clustering key: `.clustering_key<&Review::created_at>(coodie::desc)`.
inline constexpr Order asc = Order::asc;
inline constexpr Order desc = Order::desc;

/// Something that a schema says of one member.
enum class NoteKind : std::uint8_t {
    partition_key,
    clustering,
    index,
    static_,
    name,
    ignore,
    null_as_default
};
struct Note {
    std::string_view field;  ///< the member's name
    std::string_view text{};
    NoteKind kind = NoteKind::name;
    Order order = Order::asc;
};

/// What a `schema()` says: plain data, the same type for every model. Made by `table()` or `user_type()`.
struct SchemaData {
    static constexpr std::size_t max_notes = 192;
    static constexpr std::size_t max_options = 24;

    std::string_view name{};  ///< "" for the snake_case of the struct's name
    std::string_view keyspace{};
    std::string_view connection{};
    std::string_view comment{};
    std::int64_t default_ttl = 0;
    std::optional<Consistency> consistency{};
    bool abstract = false;
    bool skip_nulls = false;
    std::array<Note, max_notes> notes{};
    std::size_t note_count = 0;
    std::array<TableOption, max_options> options{};
    std::size_t option_count = 0;

    constexpr void add(const Note& note) {
        if (note_count == max_notes) coodie_schema_says_too_much();
        notes[note_count++] = note;
    }
    constexpr void add(const TableOption& option) {
        if (option_count == max_options) coodie_schema_says_too_much();
        options[option_count++] = option;
    }

private:
    /// Not constexpr, so that calling it is a compile error with this name in it.
    static void coodie_schema_says_too_much() {}
};

namespace mapping {
template <auto M>
concept DataMember = std::is_member_object_pointer_v<decltype(M)>;
}  // namespace mapping

/// The schema of a model, built by chaining; each call gives a new value. Begin with `table()`.
///
///     static constexpr auto schema() {
///         return coodie::table("reviews").keyspace("catalog")
///             .partition_key<&Review::product_id>()
///             .clustering_key<&Review::created_at>(coodie::desc);
///     }
///
/// Texts must be literals (or otherwise live as long as the program). `Extras` are types that carry what
/// plain data cannot.
template <class... Extras>
class Table : public SchemaData {
public:
    constexpr Table() = default;
    constexpr explicit Table(const SchemaData& data) : SchemaData(data) {}

    /// The keyspace; without it the driver's.
    [[nodiscard]] constexpr Table keyspace(std::string_view name) const {
        return changed([&](Table& t) { t.SchemaData::keyspace = name; });
    }
    /// Members of the partition key in order; a second call appends.
    template <auto... M>
        requires(mapping::DataMember<M> && ...)
    [[nodiscard]] constexpr Table partition_key() const {
        return changed([](Table& t) { (t.note<M>(NoteKind::partition_key), ...); });
    }
    /// Members of the clustering key in order, all in the same `order`; a second call appends.
    template <auto... M>
        requires(mapping::DataMember<M> && ...)
    [[nodiscard]] constexpr Table clustering_key(Order order = Order::asc) const {
        return changed([&](Table& t) { (t.note<M>(NoteKind::clustering, {}, order), ...); });
    }
    /// A secondary index; without a name it is `{table}_{column}_idx`.
    template <auto M>
        requires mapping::DataMember<M>
    [[nodiscard]] constexpr Table index(std::string_view name = {}) const {
        return changed([&](Table& t) { t.note<M>(NoteKind::index, name); });
    }
    /// Columns of the partition instead of the row.
    template <auto... M>
        requires(mapping::DataMember<M> && ...)
    [[nodiscard]] constexpr Table static_column() const {
        return changed([](Table& t) { (t.note<M>(NoteKind::static_), ...); });
    }
    /// The column's name where it cannot be the member's: `.name<&T::class_>("class")`.
    template <auto M>
        requires mapping::DataMember<M>
    [[nodiscard]] constexpr Table name(std::string_view column) const {
        return changed([&](Table& t) { t.note<M>(NoteKind::name, column); });
    }
    /// Members that are no columns.
    template <auto... M>
        requires(mapping::DataMember<M> && ...)
    [[nodiscard]] constexpr Table ignore() const {
        return changed([](Table& t) { (t.note<M>(NoteKind::ignore), ...); });
    }
    /// A null reads as the member's type's `{}` instead of being an error.
    template <auto... M>
        requires(mapping::DataMember<M> && ...)
    [[nodiscard]] constexpr Table null_as_default() const {
        return changed([](Table& t) { (t.note<M>(NoteKind::null_as_default), ...); });
    }
    /// Seconds that a row lives when its write names no TTL: 0 (for ever) to 630720000 (20 years).
    [[nodiscard]] constexpr Table default_ttl(std::chrono::seconds ttl) const {
        return changed([&](Table& t) { t.SchemaData::default_ttl = ttl.count(); });
    }
    /// A table option; `value` is CQL as it is written after `WITH name =`: `"{'class':
    /// 'LeveledCompactionStrategy'}"`.
    [[nodiscard]] constexpr Table option(std::string_view name, std::string_view value) const {
        return changed([&](Table& t) { t.add(TableOption{name, value}); });
    }
    [[nodiscard]] constexpr Table comment(std::string_view text) const {
        return changed([&](Table& t) { t.SchemaData::comment = text; });
    }
    /// The name of the driver that this model's operations use (see `init_coodie`); without it the default
    /// one.
    [[nodiscard]] constexpr Table connection(std::string_view name) const {
        return changed([&](Table& t) { t.SchemaData::connection = name; });
    }
    /// The consistency of this model's operations, unless an operation names its own.
    [[nodiscard]] constexpr Table consistency(Consistency level) const {
        return changed([&](Table& t) { t.SchemaData::consistency = level; });
    }
    /// No table of its own: a set of columns for models to inherit.
    [[nodiscard]] constexpr Table abstract() const {
        return changed([](Table& t) { t.SchemaData::abstract = true; });
    }
    /// A save leaves empty optionals unset instead of writing nulls.
    [[nodiscard]] constexpr Table skip_nulls() const {
        return changed([](Table& t) { t.SchemaData::skip_nulls = true; });
    }

private:
    template <class F>
    [[nodiscard]] constexpr Table changed(F change) const {
        Table copy = *this;
        change(copy);
        return copy;
    }
    template <auto M>
    constexpr void note(NoteKind kind, std::string_view text = {}, Order order = Order::asc) {
        add(Note{reflect::member_text<M>().view(), text, kind, order});
    }
};

/// The schema of a user-defined type. Begin with `user_type()`.
class UserTypeSchema : public SchemaData {
public:
    constexpr UserTypeSchema() = default;

    /// The keyspace; without it that of the table which uses the type.
    [[nodiscard]] constexpr UserTypeSchema keyspace(std::string_view name) const {
        UserTypeSchema copy = *this;
        copy.SchemaData::keyspace = name;
        return copy;
    }
    /// The field's name in CQL where it cannot be the member's.
    template <auto M>
        requires mapping::DataMember<M>
    [[nodiscard]] constexpr UserTypeSchema name(std::string_view field) const {
        return with<M>(NoteKind::name, field);
    }
    /// A member that is no field of the type.
    template <auto M>
        requires mapping::DataMember<M>
    [[nodiscard]] constexpr UserTypeSchema ignore() const {
        return with<M>(NoteKind::ignore);
    }
    /// A null reads as `{}` instead of being an error.
    template <auto M>
        requires mapping::DataMember<M>
    [[nodiscard]] constexpr UserTypeSchema null_as_default() const {
        return with<M>(NoteKind::null_as_default);
    }

private:
    template <auto M>
    [[nodiscard]] constexpr UserTypeSchema with(NoteKind kind, std::string_view text = {}) const {
        UserTypeSchema copy = *this;
        copy.add(Note{reflect::member_text<M>().view(), text, kind});
        return copy;
    }
};

/// Begins the schema of a model. @param name the table's, case-sensitive, unquoted; "" for the snake_case of
/// the struct's name.
[[nodiscard]] constexpr Table<> table(std::string_view name = {}) {
    Table<> schema;
    schema.SchemaData::name = name;
    return schema;
}

/// Begins the schema of a user-defined type; the name likewise.
[[nodiscard]] constexpr UserTypeSchema user_type(std::string_view name = {}) {
    UserTypeSchema schema;
    schema.SchemaData::name = name;
    return schema;
}

}  // namespace coodie
