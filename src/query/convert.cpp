// SPDX-License-Identifier: Apache-2.0
#include <coodie/query/dynamic.hpp>

#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>
#include <coodie/types/types.hpp>

#include <string>

namespace coodie::query {
namespace {

/// Types nest at most as deep as DataType::parse lets them; this is a second line of defence.
constexpr int deepest = 64;

bool is_integer(TypeId id) noexcept {
    return id == TypeId::tinyint || id == TypeId::smallint || id == TypeId::int_ || id == TypeId::bigint ||
           id == TypeId::counter;
}

std::int64_t load_integer(TypeId id, BytesView content) {
    const auto read = [&]<class I>(I value) {
        Codec<I>::decode(content, value);
        return static_cast<std::int64_t>(value);
    };
    switch (id) {
        case TypeId::tinyint: return read(std::int8_t{});
        case TypeId::smallint: return read(std::int16_t{});
        case TypeId::int_: return read(std::int32_t{});
        default: return read(std::int64_t{});
    }
}

[[noreturn]] void refuse(const DataType& source, const DataType& target) {
    wire::refuse("a value of type " + source.to_string() + " does not fit " + target.to_string());
}

void append_integer(std::int64_t value, const DataType& source, const DataType& target, Bytes& out) {
    switch (target.id()) {
        case TypeId::tinyint: return append_as<std::int8_t>(value, out);
        case TypeId::smallint: return append_as<std::int16_t>(value, out);
        case TypeId::int_: return append_as<std::int32_t>(value, out);
        case TypeId::bigint:
        case TypeId::counter: return append_as<std::int64_t>(value, out);
        case TypeId::float_: return append_as<float>(value, out);
        case TypeId::double_: return append_as<double>(value, out);
        case TypeId::varint: return detail::append_value(varint(value), out);
        case TypeId::decimal: return detail::append_value(decimal(varint(value)), out);
        default: refuse(source, target);
    }
}

/// How deep in a type, and what becomes of a UDT's field that the target lacks.
struct Place {
    Rearrangement::Extra extra;
    int depth = 0;
    [[nodiscard]] Place inside() const noexcept { return {extra, depth + 1}; }
};

void append_converted(const DataType& source, const DataType& target, BytesView content, Bytes& out,
                      Place place);

/// `each` values stand for one element: their types are the children, in turn.
void append_elements(const DataType& source, const DataType& target, BytesView content, Bytes& out,
                     Place place) {
    const auto each = static_cast<std::uint32_t>(target.children().size());
    wire::ValueReader reader(content, "collection");
    const std::uint32_t count = reader.read_count(each);
    const std::size_t at = wire::begin_length(out);
    detail::append_count(out, count, "collection");
    for (std::uint32_t i = 0; i < count; ++i)
        for (std::uint32_t j = 0; j < each; ++j)
            append_converted(source.children()[j], target.children()[j], reader.read_element(), out, place);
    reader.finish();
    wire::end_length(out, at);
}

void append_fields(const DataType& source, const DataType& target, BytesView content, Bytes& out,
                   Place place) {
    wire::ValueReader reader(content, "tuple");
    const std::size_t at = wire::begin_length(out);
    for (std::size_t i = 0; i < target.children().size() && !reader.at_end(); ++i) {
        const Cell field = reader.read();
        if (field.is_null())
            wire::append(out, wire::null_length);
        else
            append_converted(source.children()[i], target.children()[i], field.content(), out, place);
    }
    wire::end_length(out, at);
}

/// A UDT of the same name may have grown since, or have been made with another order.
void append_rearranged(const DataType& source, const DataType& target, BytesView content, Bytes& out,
                       Rearrangement::Extra extra) {
    const std::size_t at = wire::begin_length(out);
    Rearrangement::between(source, target, extra).append(content, out);
    wire::end_length(out, at);
}

void append_content(BytesView content, Bytes& out) {
    const std::size_t at = wire::begin_length(out);
    wire::append(out, content);
    wire::end_length(out, at);
}

/// Types that share their bytes, save for what check_value then finds.
bool same_bytes(TypeId source, TypeId target) noexcept {
    const auto text = [](TypeId id) { return id == TypeId::text || id == TypeId::ascii; };
    const auto uuid = [](TypeId id) { return id == TypeId::uuid || id == TypeId::timeuuid; };
    return (text(source) && text(target)) || (uuid(source) && uuid(target));
}

bool is_list_or_set(const DataType& type) noexcept {
    return type.id() == TypeId::list || type.id() == TypeId::set;
}

void append_converted(const DataType& source, const DataType& target, BytesView content, Bytes& out,
                      Place place) {
    if (place.depth > deepest) refuse(source, target);
    if (source.frozen() == target.frozen()) return append_content(content, out);
    if (source.id() == TypeId::counter || is_integer(source.id()))
        return append_integer(load_integer(source.id(), content), source, target, out);
    if (source.id() == TypeId::float_ && target.id() == TypeId::double_) {
        float value = 0;
        Codec<float>::decode(content, value);
        return append_as<double>(double{value}, out);
    }
    if (same_bytes(source.id(), target.id())) {
        if (const auto reason = check_value(target, content)) wire::refuse(*reason);
        return append_content(content, out);
    }
    if ((is_list_or_set(source) && is_list_or_set(target)) ||
        (source.id() == TypeId::map && target.id() == TypeId::map))
        return append_elements(source, target, content, out, place.inside());
    if (source.id() == TypeId::tuple && target.id() == TypeId::tuple &&
        source.children().size() == target.children().size())
        return append_fields(source, target, content, out, place.inside());
    if (source.id() == TypeId::udt && target.id() == TypeId::udt && source.name() == target.name())
        return append_rearranged(source, target, content, out, place.extra);
    refuse(source, target);
}

Bytes take_content(Bytes& out, std::size_t at) {
    Bytes content(out.begin() + static_cast<std::ptrdiff_t>(at) + 4, out.end());
    out.resize(at);
    return content;
}

}  // namespace

void refuse_inexact(std::string_view type, std::int64_t value) {
    wire::refuse(std::to_string(value) + " does not fit " + std::string(type) + " exactly");
}

void convert_value(const DataType& source, const DataType& target, Bytes& out, std::size_t at,
                   Rearrangement::Extra extra) {
    if (source.frozen() == target.frozen()) return;
    const Bytes content = take_content(out, at);
    append_converted(source, target, content, out, {extra});
}

void convert_change(const DataType& source, const DataType& target, ChangeKind kind, Bytes& out,
                    std::size_t at) {
    const bool element = kind != ChangeKind::set && is_list_or_set(target) && !source.is_collection();
    if (!element) return convert_value(source, target, out, at);
    const Bytes content = take_content(out, at);
    const std::size_t begin = wire::begin_length(out);
    detail::append_count(out, 1, "collection");
    append_converted(source, target.children()[0], content, out, {Rearrangement::Extra::refuse});
    wire::end_length(out, begin);
}

}  // namespace coodie::query
