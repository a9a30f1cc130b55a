// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/codec.hpp>
#include <coodie/codec/dynamic.hpp>
#include <coodie/types/error.hpp>

#include <algorithm>
#include <utility>
#include <vector>

#include "codec/literal_reader.hpp"
#include "codec/nesting.hpp"
#include "codec/parse_scalar.hpp"
#include "codec/prefixed.hpp"
#include "codec/sorted.hpp"

namespace coodie {

namespace {

Bytes parse(const DataType& type, LiteralReader& in, int depth);

void expect(LiteralReader& in, char c) {
    if (!in.take(c)) wire::refuse(std::string("expected '") + c + "', found " + in.excerpt());
}

Bytes parse_element(const DataType& type, LiteralReader& in, int depth) {
    if (in.take_null()) wire::refuse_null_element("a collection");
    return parse(type, in, depth);
}

/// null is a value here.
void append_nullable(const DataType& type, LiteralReader& in, int depth, Bytes& out) {
    if (in.take_null())
        wire::append(out, wire::null_length);
    else
        wire::append_prefixed(out, parse(type, in, depth));
}

Bytes parse_collection(const DataType& type, LiteralReader& in, int depth) {
    const bool is_list = type.id() == TypeId::list;
    const char close = is_list ? ']' : '}';
    const auto& children = type.children();
    std::vector<SortableEntry> entries;
    expect(in, is_list ? '[' : '{');
    if (!in.take(close)) {
        do {
            SortableEntry entry;
            entry.key = parse_element(children[0], in, depth);
            if (type.id() == TypeId::map) {
                expect(in, ':');
                entry.value = parse_element(children[1], in, depth);
            }
            entries.push_back(std::move(entry));
        } while (in.take(','));
        expect(in, close);
    }
    Bytes out;
    append_sorted(type, std::move(entries), out);
    return out;
}

Bytes parse_tuple(const DataType& type, LiteralReader& in, int depth) {
    Bytes out;
    expect(in, '(');
    for (std::size_t i = 0; i < type.children().size(); ++i) {
        if (i > 0) expect(in, ',');
        append_nullable(type.children()[i], in, depth, out);
    }
    expect(in, ')');
    return out;
}

Bytes parse_udt(const DataType& type, LiteralReader& in, int depth) {
    const auto& names = type.field_names();
    std::vector<Bytes> fields(names.size());  // with their lengths; empty: not mentioned
    expect(in, '{');
    if (!in.take('}')) {
        do {
            const std::string name = in.take_name();
            const auto found = static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
            if (found == names.size() || found >= type.children().size())
                wire::refuse("user type " + type.name() + " has no field '" + name + "'");
            expect(in, ':');
            if (!fields[found].empty()) wire::refuse("field '" + name + "' is given twice");
            append_nullable(type.children()[found], in, depth, fields[found]);
        } while (in.take(','));
        expect(in, '}');
    }
    Bytes out;
    for (const Bytes& field : fields) {
        if (field.empty())
            wire::append(out, wire::null_length);
        else
            wire::append(out, field);
    }
    return out;
}

Bytes parse_vector(const DataType& type, LiteralReader& in, int depth) {
    const DataType& element = type.children()[0];
    const bool packed = packed_element_size(element) != 0;
    Bytes out;
    expect(in, '[');
    for (std::uint32_t i = 0; i < type.dimensions(); ++i) {
        if (i > 0) expect(in, ',');
        const Bytes content = parse_element(element, in, depth);
        // Elements back to back leave no room for a zero-length one.
        if (packed && content.size() != packed_element_size(element))
            wire::refuse_length(element.to_string(), packed_element_size(element), content.size());
        if (!packed) wire::append_unsigned_vint(out, content.size());
        wire::append(out, content);
    }
    expect(in, ']');
    return out;
}

Bytes parse(const DataType& type, LiteralReader& in, int depth) {
    if (depth > deepest_nesting) wire::refuse("a type nested more than 64 levels deep");
    switch (type.id()) {
        case TypeId::list:
        case TypeId::set:
        case TypeId::map: return parse_collection(type, in, depth + 1);
        case TypeId::tuple: return parse_tuple(type, in, depth + 1);
        case TypeId::udt: return parse_udt(type, in, depth + 1);
        case TypeId::vector: return parse_vector(type, in, depth + 1);
        default: break;
    }
    Bytes out;
    parse_scalar(type, in, out);
    return out;
}

}  // namespace

std::optional<Bytes> parse_value(const DataType& type, std::string_view text, std::string& reason) {
    try {
        LiteralReader in(text);
        if (in.take_null()) wire::refuse("null has no content");
        Bytes content = parse(type, in, 0);
        if (!in.done()) wire::refuse("unexpected " + in.excerpt() + " after the value");
        return content;
    } catch (const ValidationError& error) {
        reason = error.what();
        return std::nullopt;
    }
}

}  // namespace coodie
