// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/codec.hpp>
#include <coodie/model/layout.hpp>
#include <coodie/types/data_type.hpp>
#include <coodie/types/error.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace coodie {

/// A struct with a `schema()` that returns a `coodie::user_type()`: its fields are the type's, in order.
template <class T>
concept UserType = std::is_class_v<T> && requires {
    { T::schema() } -> std::convertible_to<UserTypeSchema>;
};

namespace mapping {

/// Throws ValidationError "field zip of address: <reason>".
[[noreturn]] void refuse_udt_field(std::string_view type, std::string_view field, const char* reason);

/// Whether CQL takes the name only in double quotes: not all lower case, or a reserved word or a built-in
/// type.
[[nodiscard]] constexpr bool needs_quotes(std::string_view name) noexcept {
    constexpr std::string_view words =
        " add allow alter and apply asc ascii authorize batch begin bigint blob boolean by column "
        "columnfamily "
        "counter create date decimal default delete desc describe double drop duration empty entries execute "
        "float "
        "from frozen full grant if in index inet infinity insert int into is keyspace limit list map "
        "materialized "
        "mbean mbeans modify nan norecursive not null of on or order primary rename replace revoke schema "
        "select set "
        "smallint table text time timestamp timeuuid tinyint to token truncate tuple unlogged unset update "
        "use using "
        "uuid varchar varint vector view where with ";
    if (name.empty() || name[0] < 'a' || name[0] > 'z') return true;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return true;
    for (std::size_t at = words.find(name); at != std::string_view::npos; at = words.find(name, at + 1))
        if (words[at - 1] == ' ' && words[at + name.size()] == ' ') return true;
    return false;
}

template <class T>
inline constexpr std::string_view udt_name =
    schema_of<T>.name.empty() ? reflect::snake_text<T>.view() : schema_of<T>.name;

/// The name as CQL writes it, in static storage.
template <class T>
inline constexpr auto udt_text = [] {
    reflect::ShortText<2 * udt_name<T>.size() + 2> text;
    const bool quotes = needs_quotes(udt_name<T>);
    if (quotes) text.push('"');
    for (const char c : udt_name<T>) {
        if (c == '"') text.push('"');
        text.push(c);
    }
    if (quotes) text.push('"');
    return text;
}();

/// The sentence for one field; its name and type are in the error message's trace.
template <class T, FieldName Name, class Field>
constexpr bool refuse_udt_field() {
    static_assert(
        sizeof(T) == 0,
        "coodie: the type of this field of a user-defined type is no CQL type; see the table of types, "
        "write coodie::adapter<T>, or leave the member out with .ignore<>()");
    return false;
}

template <class T, std::size_t Column, class Field>
constexpr bool check_udt_field() {
    if constexpr (!CqlValue<Field>) {
        return refuse_udt_field<T, field_name<T, column_fields<T>[Column]>, Field>();
    } else {
        static_assert(!is_counter_v<Field>, "coodie: a user-defined type cannot hold counters");
        return true;
    }
}

template <class T>
constexpr bool check_udt() {
    constexpr bool bindable = reflect::is_bindable<T>();
    static_assert(
        bindable,
        "coodie: the fields of this user-defined type cannot be reflected: it must be a plain struct of 1 to "
        "128 fields");
    constexpr Problems problems = layout<T>.problems;
    static_assert(!problems.unknown_member,
                  "coodie: the schema names a member that is not among the struct's fields");
    static_assert(!problems.no_name && !problems.same_name,
                  "coodie: the fields of a user-defined type need names that differ");
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return (check_udt_field<T, I, ColumnType<T, I>>() && ...);
    }(std::make_index_sequence<layout<T>.columns>{});
}

}  // namespace mapping

/// A UDT's value: each field as [int] length + content. An empty optional is a null field; a field that is
/// missing at the end (the type has grown since) reads as null, fields that the struct does not know are
/// ignored (semantics rule 7). Collections and UDTs within it are frozen.
template <UserType T>
    requires(!detail::HasAdapter<T>)
struct Codec<T> {
    static_assert(mapping::check_udt<T>());
    static constexpr std::string_view unfrozen_name = mapping::udt_text<T>.view();
    static constexpr std::string_view name = joined_name<frozen_open_name, unfrozen_name, close_name>;

    /// The keyspace is that of the schema, mostly "".
    static DataType unfrozen_type() {
        static const DataType type = make_type(Columns{});
        return type;
    }
    static DataType type() {
        static const DataType type = unfrozen_type().frozen();
        return type;
    }
    static void encode(const T& value, Bytes& out) { encode_fields(value, out, Columns{}); }
    static void decode(BytesView content, T& value) { decode_fields(content, value, Columns{}); }

private:
    using Columns = std::make_index_sequence<mapping::layout<T>.columns>;
    template <std::size_t... I>
    static DataType make_type(std::index_sequence<I...>) {
        return DataType::udt(std::string(mapping::schema_of<T>.keyspace), std::string(mapping::udt_name<T>),
                             std::vector<std::string>{std::string(mapping::draft_of<T, I>.name)...},
                             std::vector<DataType>{Codec<mapping::ColumnType<T, I>>::type().frozen()...});
    }
    template <std::size_t... I>
    static void encode_fields(const T& value, Bytes& out, std::index_sequence<I...>) {
        const auto fields = reflect::refs(value);
        std::string_view at;
        try {
            ((at = mapping::draft_of<T, I>.name,
              coodie::encode_nested(reflect::ref_at<mapping::column_fields<T>[I]>(fields), out)),
             ...);
        } catch (const ValidationError& error) {
            mapping::refuse_udt_field(unfrozen_name, at, error.what());
        }
    }
    template <std::size_t... I>
    static void decode_fields(BytesView content, T& value, std::index_sequence<I...>) {
        const auto fields = reflect::refs(value);
        wire::ValueReader reader(content, unfrozen_name);
        std::string_view at;
        try {
            ((at = mapping::draft_of<T, I>.name,
              decode_field<mapping::draft_of<T, I>.null_as_default>(
                  reader, reflect::ref_at<mapping::column_fields<T>[I]>(fields))),
             ...);
        } catch (const ValidationError& error) {
            mapping::refuse_udt_field(unfrozen_name, at, error.what());
        }
    }
    template <bool NullAsDefault, class F>
    static void decode_field(wire::ValueReader& reader, F& field) {
        const Cell cell = reader.at_end() ? Cell() : reader.read();
        if (NullAsDefault && cell.is_null())
            field = F{};
        else
            coodie::decode_value(cell, field);
    }
};

}  // namespace coodie
