// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/bind_key.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/collection_bytes.hpp"
#include "embedded/planner/evaluate.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/token.hpp>

#include <algorithm>
#include <iterator>
#include <limits>
#include <string>

namespace coodie::embedded {
namespace {

constexpr std::size_t max_key_length = 65535;  // native protocol and SSTables: an unsigned 16-bit length

using Prefixes = boost::container::small_vector<Components, 1>;

BytesView check_key_value(const Column& column, const Value& value) {
    if (value.is_unset()) refuse_invalid("Invalid unset value for column " + column.name);
    if (value.is_null()) refuse_invalid("Invalid null value in condition for column " + column.name);
    if (value.content.size() > max_key_length)
        refuse_invalid("Key length of " + std::to_string(value.content.size()) +
                       " is longer than maximum of " + std::to_string(max_key_length) + " (column " +
                       column.name + ")");
    return value.content;
}

/// The columns of a restriction, by place in the key that starts at `offset` of the table's columns.
struct KeyColumns {
    const Table& table;
    std::size_t offset;

    [[nodiscard]] const Column& at(std::size_t position) const { return table.columns[offset + position]; }
    /// -1, 0 or 1 in stored order.
    [[nodiscard]] int compare(std::size_t position, BytesView a, BytesView b) const {
        const int order = compare_values(at(position).type, a, b);
        return at(position).descending ? -order : order;
    }
    /// Of the parts that both have, the first ones of which are at `first`.
    [[nodiscard]] int compare(std::size_t first, const Components& a, const Components& b) const {
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
            if (const int order = compare(first + i, a[i], b[i]); order != 0) return order;
        return 0;
    }
};

/// The parts of one value: itself, or those of a tuple.
Components parts_of(const KeyColumns& columns, std::size_t first, std::size_t count, bool tuple,
                    const DataType& type, const Value& value) {
    Components parts;
    if (!tuple) {
        parts.push_back(check_key_value(columns.at(first), value));
        return parts;
    }
    if (!value.is_value()) (void)check_key_value(columns.at(first), value);
    const std::vector<Value> split = split_collection(type, value.content);
    for (std::size_t i = 0; i < count && i < split.size(); ++i)
        parts.push_back(check_key_value(columns.at(first + i), split[i]));
    return parts;
}

/// Every alternative of = or IN.
Prefixes alternatives(const KeyColumns& columns, const KeyRestriction& key, const Bound& bound,
                      Arena& arena) {
    Prefixes made;
    const auto add = [&](const DataType& type, const Value& value) {
        made.push_back(parts_of(columns, key.first, key.count, key.tuples, type, value));
    };
    for (const Term& term : key.terms) add(term.type, evaluate_or_refuse(term, bound, arena));
    if (!key.whole_list) return made;
    const Value list = evaluate_or_refuse(*key.whole_list, bound, arena);
    if (!list.is_value()) (void)check_key_value(columns.at(key.first), list);
    for (const Value& value : split_collection(key.whole_list->type, list.content))
        add(key.whole_list->type.children()[0], value);
    return made;
}

void multiply(Prefixes& prefixes, const Prefixes& choices) {
    if (choices.size() == 1) {
        for (Components& prefix : prefixes) prefix.insert(prefix.end(), choices[0].begin(), choices[0].end());
        return;
    }
    Prefixes product;
    for (const Components& prefix : prefixes)
        for (const Components& choice : choices) {
            product.push_back(prefix);
            product.back().insert(product.back().end(), choice.begin(), choice.end());
        }
    prefixes = std::move(product);
}

void sort_choices(const KeyColumns& columns, std::size_t first, Prefixes& choices) {
    if (choices.size() < 2) return;
    std::sort(choices.begin(), choices.end(),
              [&](const auto& a, const auto& b) { return columns.compare(first, a, b) < 0; });
    choices.erase(
        std::unique(choices.begin(), choices.end(),
                    [&](const auto& a, const auto& b) { return columns.compare(first, a, b) == 0; }),
        choices.end());
}

void finish_partition_key(PartitionKey& key, Arena& arena) {
    if (key.components.size() == 1) {
        key.bytes = key.components[0];
        if (key.bytes.empty()) refuse_invalid("Key may not be empty");
    } else {
        key.bytes = arena.keep(routing_key(key.components));
        if (key.bytes.size() > max_key_length)
            refuse_invalid("Key length of " + std::to_string(key.bytes.size()) +
                           " is longer than maximum of " + std::to_string(max_key_length));
    }
    key.token = murmur3_token(key.bytes);
}

/// One end of a slice as the statement gives it.
struct End {
    Components parts;
    bool inclusive = true;
};

std::optional<End> bind_end(const KeyColumns& columns, const KeyRestriction& key,
                            const std::optional<KeyRestriction::Bound>& bound_, bool lower,
                            const Bound& bound, Arena& arena) {
    if (!bound_) return std::nullopt;
    Value value = evaluate_or_refuse(bound_->term, bound, arena);
    // For Cassandra a null bound is before all values, zero-length ones, too.
    const bool before_all = value.is_null() && !bound_->tuple;
    if (before_all) value = Value::of({});
    return End{parts_of(columns, key.first, bound_->count, bound_->tuple, bound_->term.type, value),
               before_all ? lower : bound_->inclusive};
}

Components joined(const Components& prefix, const Components& parts) {
    Components made = prefix;
    made.insert(made.end(), parts.begin(), parts.end());
    return made;
}

ClusteringSlice slice_of(const Components& prefix, const std::optional<End>& start,
                         const std::optional<End>& end) {
    ClusteringSlice slice;
    slice.start =
        start ? SliceBound{joined(prefix, start->parts), start->inclusive} : SliceBound{prefix, true};
    slice.end = end ? SliceBound{joined(prefix, end->parts), end->inclusive} : SliceBound{prefix, true};
    return slice;
}

/// A place between rows in stored order: before or after all rows that start with `prefix`.
struct Place {
    const Components& prefix;
    bool after;
};
Place place_of_start(const SliceBound& bound) { return {bound.prefix, !bound.inclusive}; }
Place place_of_end(const SliceBound& bound) { return {bound.prefix, bound.inclusive}; }

int compare(const KeyColumns& columns, const Place& a, const Place& b) {
    if (const int order = columns.compare(0, a.prefix, b.prefix); order != 0) return order;
    if (a.prefix.size() < b.prefix.size()) return a.after ? 1 : -1;
    if (a.prefix.size() > b.prefix.size()) return b.after ? -1 : 1;
    return static_cast<int>(a.after) - static_cast<int>(b.after);
}

using Slices = boost::container::small_vector<ClusteringSlice, 1>;

/// What is in both; both in stored order, and so is the outcome.
void intersect(const KeyColumns& columns, const Slices& a, const Slices& b, Slices& out) {
    for (const ClusteringSlice& x : a)
        for (const ClusteringSlice& y : b) {
            const bool later = compare(columns, place_of_start(x.start), place_of_start(y.start)) >= 0;
            const bool sooner = compare(columns, place_of_end(x.end), place_of_end(y.end)) <= 0;
            ClusteringSlice both{later ? x.start : y.start, sooner ? x.end : y.end};
            if (compare(columns, place_of_start(both.start), place_of_end(both.end)) < 0)
                out.push_back(std::move(both));
        }
}

/// One bound of a slice. (a, b) > (1, 2), where a and b are stored in opposite orders, is several slices: a =
/// 1 and b > 2, and a > 1. Else it is one.
class OneBound {
public:
    OneBound(const KeyColumns& columns, std::size_t first, const Components& prefix)
        : columns_(columns), first_(first), prefix_(prefix) {}

    /// In stored order.
    /// @param lower whether the end is a lower bound in the columns' own order.
    [[nodiscard]] Slices slices(const End& end, bool lower) const {
        const std::size_t count = end.parts.size();
        if (!mixes_orders(count)) {
            const bool starts = lower != columns_.at(first_).descending;
            return {starts ? slice_of(prefix_, end, std::nullopt) : slice_of(prefix_, std::nullopt, end)};
        }
        Slices before;  // stored before the slices that are nearer to the bound
        Slices after;
        for (std::size_t i = 0; i < count; ++i) {
            const bool inclusive = i + 1 == count && end.inclusive;
            const bool starts = lower != columns_.at(first_ + i).descending;
            (starts ? after : before).push_back(level(end, i, starts, inclusive));
        }
        before.insert(before.end(), std::make_move_iterator(after.rbegin()),
                      std::make_move_iterator(after.rend()));
        return before;
    }

private:
    [[nodiscard]] bool mixes_orders(std::size_t count) const {
        for (std::size_t i = 1; i < count; ++i)
            if (columns_.at(first_ + i).descending != columns_.at(first_).descending) return true;
        return false;
    }
    [[nodiscard]] ClusteringSlice level(const End& end, std::size_t i, bool starts, bool inclusive) const {
        Components fixed = prefix_;
        fixed.insert(fixed.end(), end.parts.begin(), end.parts.begin() + static_cast<std::ptrdiff_t>(i));
        End edge;
        edge.parts.push_back(end.parts[i]);
        edge.inclusive = inclusive;
        return starts ? slice_of(fixed, edge, std::nullopt) : slice_of(fixed, std::nullopt, edge);
    }

    const KeyColumns& columns_;
    std::size_t first_;
    const Components& prefix_;
};

void add_slices(const KeyColumns& columns, const KeyRestriction& key, const Prefixes& prefixes,
                const Bound& bound, Arena& arena, Slices& out) {
    const std::optional<End> lower = bind_end(columns, key, key.lower, true, bound, arena);
    const std::optional<End> upper = bind_end(columns, key, key.upper, false, bound, arena);
    for (const Components& prefix : prefixes) {
        const OneBound one(columns, key.first, prefix);
        Slices whole;
        whole.push_back(slice_of(prefix, std::nullopt, std::nullopt));
        intersect(columns, lower ? one.slices(*lower, true) : whole,
                  upper ? one.slices(*upper, false) : whole, out);
    }
}

}  // namespace

void bind_partition_keys(const Table& table, const std::vector<KeyRestriction>& key, const Bound& bound,
                         Arena& arena, boost::container::small_vector<PartitionKey, 1>& out) {
    const KeyColumns columns{table, 0};
    Prefixes keys(1);
    for (const KeyRestriction& part : key) {
        Prefixes choices = alternatives(columns, part, bound, arena);
        sort_choices(columns, part.first, choices);
        multiply(keys, choices);
    }
    for (Components& components : keys) {
        PartitionKey& made = out.emplace_back();
        made.components = std::move(components);
        finish_partition_key(made, arena);
    }
}

void bind_clustering_keys(const Table& table, const std::vector<KeyRestriction>& key, const Bound& bound,
                          Arena& arena, boost::container::small_vector<Components, 1>& out) {
    const KeyColumns columns{table, table.partition_key_size};
    out.emplace_back();
    for (const KeyRestriction& part : key) {
        Prefixes choices = alternatives(columns, part, bound, arena);
        sort_choices(columns, part.first, choices);
        multiply(out, choices);
    }
}

void bind_slices(const Table& table, const std::vector<KeyRestriction>& key, const Bound& bound, Arena& arena,
                 boost::container::small_vector<ClusteringSlice, 1>& out) {
    const KeyColumns columns{table, table.partition_key_size};
    Prefixes prefixes(1);
    for (const KeyRestriction& part : key) {
        if (part.kind == KeyRestriction::Kind::slice)
            return add_slices(columns, part, prefixes, bound, arena, out);
        Prefixes choices = alternatives(columns, part, bound, arena);
        sort_choices(columns, part.first, choices);
        multiply(prefixes, choices);
    }
    for (const Components& prefix : prefixes) out.push_back(slice_of(prefix, std::nullopt, std::nullopt));
}

}  // namespace coodie::embedded
