// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/codec.hpp>
#include <coodie/codec/rearrangement.hpp>

#include <algorithm>
#include <string>
#include <utility>

#include "codec/nesting.hpp"

namespace coodie {

namespace {

/// The fields of the shorter type are those that the longer one begins with.
bool same_beginning(const DataType& a, const DataType& b) {
    const auto& names = a.field_names();
    const auto& others = b.field_names();
    const auto common = static_cast<std::ptrdiff_t>(std::min(names.size(), others.size()));
    return std::equal(names.begin(), names.begin() + common, others.begin());
}

void refuse_lacking(const DataType& from, const DataType& to) {
    for (const std::string& name : from.field_names()) {
        const auto& known = to.field_names();
        if (std::find(known.begin(), known.end(), name) == known.end())
            wire::refuse("the user type " + to.name() + " of the database has no field " + name +
                         ", which the value has; sync_type or sync_table adds it");
    }
}

}  // namespace

bool has_user_type(const DataType& type) noexcept {
    if (type.id() == TypeId::udt) return true;
    if (type.id() < TypeId::list) return false;
    return std::any_of(type.children().begin(), type.children().end(), has_user_type);
}

Rearrangement Rearrangement::between(const DataType& from, const DataType& to, Extra extra) {
    return between(from, to, extra, 0);
}

Rearrangement Rearrangement::between(const DataType& from, const DataType& to, Extra extra, int depth) {
    Rearrangement made;
    if (from.id() != to.id() || from.id() < TypeId::list || depth > deepest_nesting) return made;
    if (from.id() == TypeId::udt || from.id() == TypeId::tuple) return of_fields(from, to, extra, depth);
    for (std::size_t i = 0; i < from.children().size(); ++i)
        made.children_.push_back(between(from.children()[i], to.children()[i], extra, depth + 1));
    const bool moves = std::any_of(made.children_.begin(), made.children_.end(),
                                   [](const auto& child) { return child.moves(); });
    if (!moves || from.dimensions() != to.dimensions()) return {};
    made.kind_ = from.id() == TypeId::vector ? Kind::vector : Kind::elements;
    made.source_fields_ = from.dimensions();
    return made;
}

Rearrangement Rearrangement::of_fields(const DataType& from, const DataType& to, Extra extra, int depth) {
    const bool named = from.id() == TypeId::udt;
    // A UDT that only a name is known of (DataType::parse).
    if (from.children().empty() || to.children().empty()) return {};
    if (named && extra == Extra::refuse) refuse_lacking(from, to);
    Rearrangement made;
    bool moves = named && !same_beginning(from, to);
    for (std::size_t i = 0; i < to.children().size(); ++i) {
        std::size_t source = i;
        if (named) {
            const auto& names = from.field_names();
            source = static_cast<std::size_t>(std::find(names.begin(), names.end(), to.field_names()[i]) -
                                              names.begin());
        }
        const bool found = source < from.children().size();
        made.sources_.push_back(found ? static_cast<std::uint16_t>(source) : missing);
        made.children_.push_back(found ? between(from.children()[source], to.children()[i], extra, depth + 1)
                                       : Rearrangement());
        moves = moves || made.children_.back().moves();
    }
    if (!moves) return {};
    made.kind_ = Kind::fields;
    made.source_fields_ = static_cast<std::uint32_t>(from.children().size());
    return made;
}

void Rearrangement::append(BytesView content, Bytes& out) const {
    switch (kind_) {
        case Kind::copy: return wire::append(out, content);
        case Kind::elements: return append_elements(content, out);
        case Kind::fields: return append_fields(content, out);
        case Kind::vector: return append_vector(content, out);
    }
}

void Rearrangement::append_value(BytesView content, Bytes& out) const {
    const std::size_t at = wire::begin_length(out);
    append(content, out);
    wire::end_length(out, at);
}

void Rearrangement::append_elements(BytesView content, Bytes& out) const {
    wire::ValueReader reader(content, "collection");
    const std::uint32_t count = reader.read_count(static_cast<std::uint32_t>(children_.size()));
    wire::append(out, static_cast<std::int32_t>(count));
    for (std::uint32_t i = 0; i < count; ++i)
        for (const Rearrangement& child : children_) child.append_value(reader.read_element(), out);
    reader.finish();
}

void Rearrangement::append_fields(BytesView content, Bytes& out) const {
    wire::ValueReader reader(content, "user type");
    std::vector<Cell> cells(source_fields_);  // what is missing at the end is null
    for (Cell& cell : cells) {
        if (reader.at_end()) break;
        cell = reader.read();
    }
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const Cell cell = sources_[i] == missing ? Cell() : cells[sources_[i]];
        if (cell.is_null())
            wire::append(out, wire::null_length);
        else
            children_[i].append_value(cell.content(), out);
    }
}

void Rearrangement::append_vector(BytesView content, Bytes& out) const {
    Bytes element;
    for (std::uint32_t i = 0; i < source_fields_; ++i) {
        element.clear();
        children_.front().append(detail::take_vector_element(content, "vector"), element);
        wire::append_unsigned_vint(out, element.size());
        wire::append(out, element);
    }
    if (!content.empty()) detail::refuse_vector_rest("vector", content.size());
}

}  // namespace coodie
