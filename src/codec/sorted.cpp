// SPDX-License-Identifier: Apache-2.0
#include "codec/sorted.hpp"

#include "codec/prefixed.hpp"

#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>

#include <algorithm>
#include <utility>

namespace coodie {

namespace {

Bytes canonical_sequence(const DataType& type, BytesView content) {
    const auto& children = type.children();
    wire::ValueReader reader(content, "collection");
    const std::uint32_t count = reader.read_count(static_cast<std::uint32_t>(children.size()));
    std::vector<SortableEntry> entries(count);
    for (SortableEntry& entry : entries) {
        entry.key = canonical_value(children[0], reader.read_element());
        if (children.size() > 1) entry.value = canonical_value(children[1], reader.read_element());
    }
    Bytes out;
    append_sorted(type, std::move(entries), out);
    return out;
}

Bytes canonical_fields(const DataType& type, BytesView content) {
    wire::ValueReader reader(content, "fields");
    Bytes out;
    for (const DataType& child : type.children()) {
        if (reader.at_end()) break;
        const Cell cell = reader.read();
        if (cell.is_null())
            wire::append(out, wire::null_length);
        else
            wire::append_prefixed(out, canonical_value(child, cell.content()));
    }
    return out;
}

bool holds_sorted(const DataType& type) {
    return type.id() == TypeId::set || type.id() == TypeId::map ||
           std::ranges::any_of(type.children(), holds_sorted);
}

}  // namespace

void append_sorted(const DataType& type, std::vector<SortableEntry> entries, Bytes& out) {
    const DataType& key = type.children().at(0);
    const bool is_map = type.id() == TypeId::map;
    if (type.id() != TypeId::list) {
        for (std::size_t i = 0; i < entries.size(); ++i) entries[i].position = i;
        std::ranges::sort(entries, [&](const SortableEntry& a, const SortableEntry& b) {
            const int order = compare_values(key, a.key, b.key);
            return order != 0 ? order < 0 : a.position < b.position;
        });
        // Backwards, so that of equal keys the last one stays.
        const auto repeated =
            std::unique(entries.rbegin(), entries.rend(),
                        [&](const auto& a, const auto& b) { return compare_values(key, a.key, b.key) == 0; });
        entries.erase(entries.begin(), repeated.base());
    }
    wire::append(out, static_cast<std::int32_t>(entries.size()));
    for (const SortableEntry& entry : entries) {
        wire::append_prefixed(out, entry.key);
        if (is_map) wire::append_prefixed(out, entry.value);
    }
}

Bytes canonical_value(const DataType& type, BytesView content) {
    if (holds_sorted(type)) {
        if (type.is_collection()) return canonical_sequence(type, content);
        if (type.id() == TypeId::tuple || type.id() == TypeId::udt) return canonical_fields(type, content);
        if (type.id() == TypeId::vector) {
            Bytes out;
            for (std::uint32_t i = 0; i < type.dimensions(); ++i) {
                const Bytes element =
                    canonical_value(type.children()[0], detail::take_vector_element(content, "vector"));
                wire::append_unsigned_vint(out, element.size());
                wire::append(out, element);
            }
            return out;
        }
    }
    return {content.begin(), content.end()};
}

}  // namespace coodie
