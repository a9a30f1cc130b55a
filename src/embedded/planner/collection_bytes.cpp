// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/collection_bytes.hpp"

#include "embedded/catalog/refuse.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <algorithm>
#include <numeric>

namespace coodie::embedded {
namespace {

Bytes build_vector(const DataType& type, std::span<const Value> elements) {
    Bytes out;
    const bool packed = packed_element_size(type.children()[0]) != 0;
    for (const Value& element : elements) {
        if (!packed) wire::append_unsigned_vint(out, element.content.size());
        wire::append(out, element.content);
    }
    return out;
}

/// Elements (maps: keys) in order, each once. Of equal keys the first one written stays, as in Cassandra.
std::vector<Value> sorted(const DataType& type, std::span<const Value> elements) {
    const std::size_t width = type.id() == TypeId::map ? 2 : 1;
    const DataType& key = type.children()[0];
    std::vector<std::size_t> order(elements.size() / width);
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto compare = [&](std::size_t a, std::size_t b) {
        return compare_values(key, elements[a * width].content, elements[b * width].content);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int by_key = compare(a, b);
        return by_key != 0 ? by_key < 0 : a < b;
    });
    std::vector<Value> made;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && compare(order[i - 1], order[i]) == 0) continue;
        for (std::size_t part = 0; part < width; ++part) made.push_back(elements[order[i] * width + part]);
    }
    return made;
}

}  // namespace

void append_value(Bytes& out, const Value& value) {
    if (!value.is_value()) return wire::append(out, wire::null_length);
    wire::append(out, static_cast<std::int32_t>(value.content.size()));
    wire::append(out, value.content);
}

Bytes build_collection(const DataType& type, std::span<const Value> elements) {
    if (type.id() == TypeId::tuple || type.id() == TypeId::udt) {
        Bytes out;
        for (const Value& element : elements) append_value(out, element);
        return out;
    }
    if (std::ranges::any_of(elements, [](const Value& element) { return !element.is_value(); }))
        refuse_invalid("null is not supported inside collections");
    if (type.id() == TypeId::vector) return build_vector(type, elements);
    std::vector<Value> in_order;
    if (type.id() != TypeId::list) {
        in_order = sorted(type, elements);
        elements = in_order;
    }
    Bytes out;
    const std::size_t count = type.id() == TypeId::map ? elements.size() / 2 : elements.size();
    wire::append(out, static_cast<std::int32_t>(count));
    for (const Value& element : elements) append_value(out, element);
    return out;
}

std::vector<Value> split_collection(const DataType& type, BytesView content) {
    const std::string name = type.to_string();
    wire::ValueReader reader(content, name);
    std::vector<Value> parts;
    const auto read = [&] {
        const Cell cell = reader.read();
        parts.push_back(cell.is_null() ? Value{} : Value::of(cell.content()));
    };
    if (type.is_collection()) {
        const std::uint32_t width = type.id() == TypeId::map ? 2 : 1;
        for (std::uint32_t left = reader.read_count(width) * width; left > 0; --left) read();
        reader.finish();
        return parts;
    }
    while (!reader.at_end() && parts.size() < type.children().size()) read();
    parts.resize(type.children().size());
    return parts;
}

bool is_sorted_collection(const DataType& type, BytesView content) {
    const std::uint32_t width = type.id() == TypeId::map ? 2 : 1;
    wire::ValueReader reader(content, "collection");
    BytesView last;
    const std::uint32_t count = reader.read_count(width);
    for (std::uint32_t i = 0; i < count; ++i) {
        const BytesView element = reader.read_element();
        if (width == 2) (void)reader.read();
        if (i > 0 && compare_values(type.children()[0], last, element) >= 0) return false;
        last = element;
    }
    return true;
}

std::uint32_t collection_size(BytesView content) {
    if (content.size() < 4) return 0;
    const auto count = wire::load<std::int32_t>(content.data());
    return count < 0 ? 0 : static_cast<std::uint32_t>(count);
}

}  // namespace coodie::embedded
