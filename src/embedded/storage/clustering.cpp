// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/comparable.hpp"
#include "embedded/storage/comparable_parts.hpp"

#include <algorithm>

namespace coodie::embedded::storage {

namespace {

/// Whether the form of a type may stand for contents with different bytes.
bool may_lose_bytes(const DataType& type) {
    switch (type.id()) {
        case TypeId::ascii:
        case TypeId::text:
        case TypeId::blob:
        case TypeId::inet:
        case TypeId::custom:
        case TypeId::tinyint:
        case TypeId::smallint:
        case TypeId::int_:
        case TypeId::bigint:
        case TypeId::timestamp:
        case TypeId::date:
        case TypeId::time:
        case TypeId::uuid:
        case TypeId::timeuuid: return false;
        case TypeId::list:
        case TypeId::set:
        case TypeId::map:
        case TypeId::vector:
            return std::any_of(type.children().begin(), type.children().end(), may_lose_bytes);
        default: return true;
    }
}

bool gives_back(const DataType& type, bool descending, BytesView form, BytesView content) {
    Bytes again;
    return read_comparable(type, descending, form, again) && std::ranges::equal(again, content);
}

bool append_prefix(const std::vector<ClusteringColumn>& columns, std::span<const BytesView> values,
                   Bytes& out) {
    if (values.size() > columns.size()) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!append_comparable(columns[i].type, columns[i].descending, values[i], out)) return false;
    }
    return true;
}

}  // namespace

BytesView ClusteringValues::operator[](std::size_t i) const noexcept {
    const std::size_t start = i == 0 ? 0 : ends_[i - 1];
    return BytesView(bytes_).subspan(start, ends_[i] - start);
}

bool ClusteringRange::empty() const noexcept {
    return !to_end && !std::ranges::lexicographical_compare(lower, upper);
}

bool ClusteringCodec::encode(std::span<const BytesView> values, ClusteringKey& out) const {
    out.form.clear();
    out.original.clear();
    if (values.size() > columns_.size()) return false;
    bool same = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& [type, descending] = columns_[i];
        const std::size_t start = out.form.size();
        if (!append_comparable(type, descending, values[i], out.form)) return false;
        if (same && may_lose_bytes(type)) {
            same = gives_back(type, descending, BytesView(out.form).subspan(start), values[i]);
        }
    }
    if (!same) {
        for (const BytesView value : values) append_sized(out.original, value);
    }
    return true;
}

bool ClusteringCodec::decode(BytesView form, BytesView original, ClusteringValues& out) const {
    out.bytes_.clear();
    out.ends_.clear();
    for (const auto& [type, descending] : columns_) {
        if (original.empty()) {
            if (!read_comparable(type, descending, form, out.bytes_)) return false;
        } else {
            if (original.size() < 4) return false;
            const std::size_t size = integer_at(original, 0, 4);
            original = original.subspan(4);
            if (original.size() < size) return false;
            out.bytes_.insert(out.bytes_.end(), original.begin(),
                              original.begin() + static_cast<std::ptrdiff_t>(size));
            original = original.subspan(size);
            if (original.empty() && &type != &columns_.back().type) return false;
        }
        out.ends_.push_back(out.bytes_.size());
    }
    return original.empty();
}

bool ClusteringCodec::range(const Bound& start, const Bound& end, ClusteringRange& out) const {
    out.lower.clear();
    out.upper.clear();
    out.to_end = true;
    if (!append_prefix(columns_, start.values, out.lower) ||
        !append_prefix(columns_, end.values, out.upper)) {
        return false;
    }
    if (!start.values.empty() && !start.inclusive && !advance_behind_prefix(out.lower)) {
        out.to_end = false;  // nothing is behind the last possible prefix
        out.upper.clear();
        return true;
    }
    if (end.values.empty()) return true;
    out.to_end = end.inclusive && !advance_behind_prefix(out.upper);
    return true;
}

}  // namespace coodie::embedded::storage
