// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/big_number.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/evaluate.hpp"
#include "embedded/planner/number.hpp"
#include "embedded/planner/row_output.hpp"

#include <coodie/codec/dynamic.hpp>
#include <coodie/codec/wire.hpp>

#include <bit>
#include <limits>

namespace coodie::embedded {
namespace {

/// Adds to a sum that is kept as content of the type; no bytes are 0.
void add_big(TypeId id, BytesView value, Bytes& sum) {
    Bytes made;
    if (id == TypeId::varint) {
        append_varint(load_varint(sum) + load_varint(value), made);
    } else {
        append_decimal(add(load_decimal(sum), load_decimal(value)), made);
    }
    sum = std::move(made);
}

void append_big_average(TypeId id, BytesView sum, std::int64_t count, Bytes& out) {
    if (id == TypeId::varint) {
        append_varint(count == 0 ? BigInteger(0) : BigInteger(load_varint(sum) / count), out);
    } else {
        append_decimal(count == 0 ? BigDecimal{} : divide(load_decimal(sum), count), out);
    }
}

/// Aggregates within a selector, e.g. those of CAST(min(v) AS text).
void for_each_aggregate(const Selector& selector, auto&& visit) {
    if (selector.kind == Selector::Kind::aggregate) return visit(selector);
    for (const Selector& child : selector.children) for_each_aggregate(child, visit);
}

bool has_aggregate(const Selector& selector) {
    bool found = false;
    for_each_aggregate(selector, [&](const Selector&) { found = true; });
    return found;
}

/// For the columns of a result row that has no table row under it.
class NoRow : public RowView {
public:
    Cell cell(std::uint16_t) const override { return {}; }
    std::optional<std::int64_t> write_time(std::uint16_t) const override { return std::nullopt; }
    std::optional<std::int32_t> ttl(std::uint16_t) const override { return std::nullopt; }
};

}  // namespace

struct Aggregation::Finisher : AggregateValues {
    explicit Finisher(const std::vector<State>& all) : states(all) {}

    Value operator()(const Selector& selector, Arena& arena) const override {
        const State& state = states[selector.state];
        Bytes out;
        const TypeId id = selector.type.id();
        switch (selector.aggregate) {
            case AggregateKind::count_rows:
            case AggregateKind::count: wire::append(out, state.count); break;
            case AggregateKind::min:
            case AggregateKind::max: return state.has_value ? Value::of(state.value) : Value{};
            case AggregateKind::sum:
                if (is_big(id))
                    append_big_average(id, state.value, 1, out);
                else if (is_floating(id))
                    append_floating(id, state.floating, out);
                else
                    append_integer(id, state.integer, out);
                break;
            case AggregateKind::avg: append_average(state, id, out); break;
            case AggregateKind::none: return {};
        }
        return Value::of(arena.keep(std::move(out)));
    }

    static void append_average(const State& state, TypeId id, Bytes& out) {
        if (is_big(id)) {
            append_big_average(id, state.value, state.count, out);
        } else if (is_floating(id)) {
            append_floating(id, state.count == 0 ? 0 : state.floating / static_cast<double>(state.count),
                            out);
        } else {
            append_integer(id, state.count == 0 ? 0 : state.integer / state.count, out);
        }
    }

    const std::vector<State>& states;
};

Aggregation::Aggregation(const SelectPlan& plan, const Bound& bound)
    : plan_(plan), bound_(bound), states_(plan.aggregates) {}

void Aggregation::add_value(const Selector& selector, const Value& value) {
    State& state = states_[selector.state];
    if (!value.is_value()) return;
    ++state.count;
    const DataType& type = selector.children[0].type;
    switch (selector.aggregate) {
        case AggregateKind::min:
        case AggregateKind::max: {
            const int order = state.has_value ? compare_values(type, value.content, state.value) : 0;
            const bool better = selector.aggregate == AggregateKind::min ? order < 0 : order > 0;
            if (state.has_value && !better) return;
            state.value.assign(value.content.begin(), value.content.end());
            state.has_value = true;
            return;
        }
        case AggregateKind::sum:
        case AggregateKind::avg:
            if (type.id() == TypeId::varint || type.id() == TypeId::decimal) {
                add_big(type.id(), value.content, state.value);
            } else if (is_floating(type.id())) {
                state.floating += load_floating(value.content);
            } else {
                // Wraps on overflow, as Java's integers do in Cassandra.
                state.integer =
                    static_cast<std::int64_t>(static_cast<std::uint64_t>(state.integer) +
                                              static_cast<std::uint64_t>(load_integer(value.content)));
            }
            return;
        default: return;
    }
}

std::optional<Error> Aggregation::add(const RowView& row) {
    Arena arena;
    return guarded([&] {
        const SelectorInput input{row, bound_, arena, nullptr};
        for (const Selector& selector : plan_.selectors) {
            if (!has_first_ && !has_aggregate(selector))
                append_value(first_row_, select_value(selector, input));
            for_each_aggregate(selector, [&](const Selector& aggregate) {
                if (aggregate.aggregate == AggregateKind::count_rows)
                    ++states_[aggregate.state].count;
                else
                    add_value(aggregate, select_value(aggregate.children[0], input));
            });
        }
        has_first_ = true;
    });
}

std::optional<Error> Aggregation::finish(Bytes& out) {
    const std::size_t before = out.size();
    Arena arena;
    const NoRow row;
    const Finisher finisher(states_);
    wire::ValueReader first(first_row_, "row");
    auto error = guarded([&] {
        const SelectorInput input{row, bound_, arena, &finisher};
        for (const Selector& selector : plan_.selectors) {
            if (has_aggregate(selector)) {
                append_value(out, select_value(selector, input));
            } else if (has_first_) {
                const Cell cell = first.read();
                append_value(out, cell.is_null() ? Value{} : Value::of(cell.content()));
            } else {
                append_value(out, Value{});
            }
        }
    });
    if (error) out.resize(before);
    return error;
}

}  // namespace coodie::embedded
