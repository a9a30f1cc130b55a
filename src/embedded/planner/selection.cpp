// SPDX-License-Identifier: Apache-2.0
#include "embedded/planner/selection.hpp"

#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/functions.hpp"
#include "embedded/planner/number.hpp"
#include "embedded/planner/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace coodie::embedded {
namespace {

/// A selector with the name that its result column gets.
struct Named {
    Selector selector;
    std::string name;
};

AggregateKind aggregate_of(const ast::FunctionSelector& call) {
    const std::string& keyspace = call.function.keyspace;
    if (!keyspace.empty() && keyspace != "system") return AggregateKind::none;
    const std::string& name = call.function.name;
    if (name == "count") return AggregateKind::count;
    if (name == "min") return AggregateKind::min;
    if (name == "max") return AggregateKind::max;
    if (name == "sum") return AggregateKind::sum;
    if (name == "avg") return AggregateKind::avg;
    return AggregateKind::none;
}

class SelectorPlanner {
public:
    SelectorPlanner(PlanContext& context, SelectPlan& plan)
        : context_(context), plan_(plan), table_(*plan.table) {}

    Named plan(const ast::Selector& written) { return std::visit(*this, written.node); }

    Named operator()(const ast::ColumnSelector& written) {
        const Column& column = context_.column(table_, {written.name, {}});
        Selector made;
        made.column = table_.index_of(column);
        made.type = column.type;
        return {std::move(made), column.name};
    }

    Named operator()(const ast::CountRowsSelector&) {
        Selector made;
        made.kind = Selector::Kind::aggregate;
        made.aggregate = AggregateKind::count_rows;
        made.state = plan_.aggregates++;
        made.type = TypeId::bigint;
        return {std::move(made), "count"};
    }

    Named operator()(const ast::FunctionSelector& call) {
        const std::string& name = call.function.name;
        if (call.function.keyspace.empty() &&
            (name == "writetime" || name == "maxwritetime" || name == "ttl"))
            return metadata(call);
        if (const AggregateKind kind = aggregate_of(call); kind != AggregateKind::none)
            return aggregate(call, kind);
        return function(call);
    }

    Named operator()(const ast::CastSelector& cast) {
        Named inner = plan(*cast.selector);
        const DataType& type = cast.type.type;
        std::string name = fmt::format("cast({} as {})", inner.name, type.to_string());
        if (same_type(inner.selector.type, type)) return {std::move(inner.selector), std::move(name)};
        const Function* function = cast_function(inner.selector.type, type);
        if (function == nullptr)
            refuse_invalid(fmt::format("{} cannot be cast to {}", inner.name, type.to_string()));
        Selector made;
        made.kind = Selector::Kind::call;
        made.function = function;
        made.type = type;
        made.children.push_back(std::move(inner.selector));
        return {std::move(made), std::move(name)};
    }

    Named operator()(const ast::FieldSelector& field) {
        Named inner = plan(*field.selector);
        const DataType type = inner.selector.type;
        if (type.id() != TypeId::udt)
            refuse_invalid(fmt::format("Invalid field selection: {} of type {} is not a user type",
                                       inner.name, type.to_string()));
        const auto found = std::ranges::find(type.field_names(), field.field.name);
        if (found == type.field_names().end())
            refuse_invalid(
                fmt::format("{} of type {} has no field {}", inner.name, type.to_string(), field.field.name));
        Selector made;
        made.kind = Selector::Kind::field;
        made.field = static_cast<std::uint16_t>(found - type.field_names().begin());
        made.type = type.children()[made.field];
        made.children.push_back(std::move(inner.selector));
        return {std::move(made), inner.name + "." + field.field.name};
    }

    Named operator()(const ast::ElementSelector& element) {
        Named inner = plan(*element.selector);
        check_sorted(inner, "Element");
        const DataType type = inner.selector.type;
        Selector made;
        made.kind = Selector::Kind::element;
        made.term = make_term(context_, element.key, element_receiver(inner));
        made.type = type.children().back();
        made.children.push_back(std::move(inner.selector));
        return {std::move(made), fmt::format("{}[{}]", inner.name, to_text(element.key))};
    }

    Named operator()(const ast::SliceSelector& slice) {
        Named inner = plan(*slice.selector);
        check_sorted(inner, "Slice");
        const Receiver receiver = element_receiver(inner);
        Selector made;
        made.kind = Selector::Kind::slice;
        made.type = inner.selector.type;
        if (slice.from) made.term = make_term(context_, *slice.from, receiver);
        if (slice.to) made.to = make_term(context_, *slice.to, receiver);
        made.children.push_back(std::move(inner.selector));
        return {std::move(made), fmt::format("{}[{}..{}]", inner.name, slice.from ? to_text(*slice.from) : "",
                                             slice.to ? to_text(*slice.to) : "")};
    }

    Named operator()(const ast::TermSelector& written) {
        const auto* hint = std::get_if<ast::TypeHint>(&written.term.node);
        if (hint == nullptr)
            refuse_invalid(
                fmt::format("Cannot infer type for term {} in selection clause (try using a cast to force a "
                            "type)",
                            to_text(written.term)));
        return {term(written.term, {table_.keyspace, table_.name, "[selection]", hint->type.type, -1}),
                to_text(written.term)};
    }

private:
    /// Only sets and maps have elements by key.
    static void check_sorted(const Named& inner, std::string_view what) {
        const DataType& type = inner.selector.type;
        std::string lower(what);
        lower[0] = static_cast<char>(lower[0] - 'A' + 'a');
        if (!type.is_collection())
            refuse_invalid(fmt::format("Invalid {} selection: {} is of type {} is not a collection", lower,
                                       inner.name, type.to_string()));
        if (type.id() == TypeId::list)
            refuse_invalid(fmt::format("{} selection is only allowed on sets and maps, but {} is a list",
                                       what, inner.name));
    }
    [[nodiscard]] Receiver element_receiver(const Named& inner) const {
        const DataType& type = inner.selector.type;
        const char* what = type.id() == TypeId::map ? "key" : "value";
        return {table_.keyspace, table_.name, fmt::format("{}({})", what, inner.name), type.children()[0],
                -1};
    }

    Selector term(const ast::Term& written, const Receiver& receiver) {
        Selector made;
        made.kind = Selector::Kind::term;
        made.term = make_term(context_, written, receiver);
        made.type = receiver.type;
        return made;
    }

    Named metadata(const ast::FunctionSelector& call) {
        const std::string& name = call.function.name;
        if (call.arguments.size() != 1)
            refuse_invalid("Invalid number of arguments for function " + name + ": 1 required");
        Named inner = plan(call.arguments.front());
        if (inner.selector.kind != Selector::Kind::column)
            refuse_unsupported(name + " of a part of a column");
        const Column& column = table_.columns[inner.selector.column];
        if (column.is_key())
            refuse_invalid(
                fmt::format("Cannot use selection function {} on PRIMARY KEY part {}", name, column.name));

        if (column.type.is_multi_cell()) refuse_unsupported(name + " of a collection or UDT");
        Selector made = std::move(inner.selector);
        made.kind = name == "ttl" ? Selector::Kind::ttl : Selector::Kind::write_time;
        made.type = name == "ttl" ? TypeId::int_ : TypeId::bigint;
        return {std::move(made), fmt::format("{}({})", name, inner.name)};
    }

    /// count(1), count(2): as count(*).
    static bool counts_rows(const ast::FunctionSelector& call, AggregateKind kind) {
        if (kind != AggregateKind::count || call.arguments.size() != 1) return false;
        const auto* written = std::get_if<ast::TermSelector>(&call.arguments.front().node);
        const auto* literal = written != nullptr ? std::get_if<ast::Literal>(&written->term.node) : nullptr;
        return literal != nullptr && literal->kind == ast::LiteralKind::integer;
    }

    Named aggregate(const ast::FunctionSelector& call, AggregateKind kind) {
        if (counts_rows(call, kind)) return (*this)(ast::CountRowsSelector{});
        const std::string& name = call.function.name;
        if (call.arguments.size() != 1)
            refuse_invalid(fmt::format("Invalid number of arguments for function system.{}(any)", name));
        const std::uint16_t before = plan_.aggregates;
        Named inner = plan(call.arguments.front());
        if (plan_.aggregates != before)
            refuse_invalid("aggregate functions cannot be used as arguments of aggregate functions");
        const DataType type = inner.selector.type;
        const bool arithmetic = kind == AggregateKind::sum || kind == AggregateKind::avg;
        if (arithmetic && !is_number(type.id()))
            refuse_invalid(fmt::format(
                "Invalid call to function {}, none of its type signatures match (it takes numbers, "
                "not {})",
                name, type.to_string()));
        Selector made;
        made.kind = Selector::Kind::aggregate;
        made.aggregate = kind;
        made.state = plan_.aggregates++;
        made.type = kind == AggregateKind::count ? DataType(TypeId::bigint) : type;
        made.children.push_back(std::move(inner.selector));
        return {std::move(made), fmt::format("system.{}({})", name, inner.name)};
    }

    Named function(const ast::FunctionSelector& call) {
        const std::string& name = call.function.name;
        const bool native = call.function.keyspace.empty() || call.function.keyspace == "system";
        std::vector<std::optional<Named>> arguments;
        for (const ast::Selector& argument : call.arguments) {
            const auto* written = std::get_if<ast::TermSelector>(&argument.node);
            const bool untyped =
                written != nullptr && !std::holds_alternative<ast::TypeHint>(written->term.node);
            arguments.push_back(untyped ? std::nullopt : std::optional(plan(argument)));
        }
        const Function& chosen = native && name == "token" ? token(call) : overload(call, native, arguments);
        Selector made;
        made.kind = Selector::Kind::call;
        made.function = &chosen;
        made.type = chosen.result;
        std::string text;
        for (std::size_t i = 0; i < arguments.size(); ++i) {
            if (!arguments[i]) {
                const ast::Term& written = std::get<ast::TermSelector>(call.arguments[i].node).term;
                arguments[i] = Named{term(written, argument_receiver(chosen.arguments[i])), to_text(written)};
            } else if (test_types(arguments[i]->selector.type, chosen.arguments[i]) == Assignable::no) {
                refuse_invalid(fmt::format(
                    "Type error: {} cannot be passed as argument {} of function system.{} of type "
                    "{}",
                    arguments[i]->name, i, name, chosen.arguments[i].to_string()));
            }
            text += (i == 0 ? "" : ", ") + arguments[i]->name;
            made.children.push_back(std::move(arguments[i]->selector));
        }
        return {std::move(made), fmt::format("system.{}({})", name, text)};
    }

    [[nodiscard]] Receiver argument_receiver(const DataType& type) const {
        return {table_.keyspace, table_.name, "[selection]", type, -1};
    }

    [[nodiscard]] const Function& token(const ast::FunctionSelector& call) const {
        if (call.arguments.size() != table_.partition_key_size)
            refuse_invalid(fmt::format(
                "Invalid number of arguments in call to function system.token: {} required but {} "
                "provided",
                table_.partition_key_size, call.arguments.size()));
        std::vector<DataType> types;
        for (std::size_t i = 0; i < table_.partition_key_size; ++i) types.push_back(table_.columns[i].type);
        return *token_function(types);
    }

    [[nodiscard]] const Function& overload(const ast::FunctionSelector& call, bool native,
                                           const std::vector<std::optional<Named>>& arguments) const {
        const std::string& name = call.function.name;
        const auto candidates = native ? find_functions(name) : std::span<const Function>();
        if (candidates.empty() && native && is_missing_function(name)) refuse_unsupported(name);
        if (candidates.empty())
            refuse_invalid("Unknown function '" + (native ? "" : call.function.keyspace + ".") + name + "'");
        const Function* weak = nullptr;
        std::size_t matches = 0;
        std::string known;
        for (const Function& candidate : candidates) {
            known += (known.empty() ? "" : ", ") + signature(candidate);
            if (candidate.arguments.size() != arguments.size()) continue;
            Assignable worst = Assignable::exactly;
            for (std::size_t i = 0; i < arguments.size(); ++i)
                worst = std::min(worst, fits(call.arguments[i], arguments[i], candidate, i));
            if (worst == Assignable::exactly) return candidate;
            if (worst == Assignable::weakly) weak = &candidate, ++matches;
        }
        if (matches == 1) return *weak;
        if (matches > 1)
            refuse_invalid(
                fmt::format("Ambiguous call to function {} (can be matched by following signatures: {}): use "
                            "type casts to disambiguate",
                            name, known));
        if (candidates.size() == 1 && candidates.front().arguments.size() != arguments.size())
            refuse_invalid(
                fmt::format("Invalid number of arguments in call to function system.{}: {} required but {} "
                            "provided",
                            name, candidates.front().arguments.size(), arguments.size()));
        refuse_invalid(
            fmt::format("Invalid call to function {}, none of its type signatures match (known type "
                        "signatures: {})",
                        name, known));
    }

    [[nodiscard]] Assignable fits(const ast::Selector& written, const std::optional<Named>& argument,
                                  const Function& function, std::size_t i) const {
        if (argument) return test_types(argument->selector.type, function.arguments[i]);
        return test_assignment(context_, std::get<ast::TermSelector>(written.node).term,
                               argument_receiver(function.arguments[i]));
    }

    PlanContext& context_;
    SelectPlan& plan_;
    const Table& table_;
};

void fetch_columns_of(SelectPlan& plan, const Selector& selector) {
    const bool reads = selector.kind == Selector::Kind::column ||
                       selector.kind == Selector::Kind::write_time || selector.kind == Selector::Kind::ttl;
    if (reads) fetch_column(plan, selector.column);
    for (const Selector& child : selector.children) fetch_columns_of(plan, child);
}

void select_all(SelectPlan& plan, ColumnSpecs& specs) {
    const Table& table = *plan.table;
    for (const Column& column : table.columns) {
        Selector made;
        made.column = table.index_of(column);
        made.type = column.type;
        plan.selectors.push_back(std::move(made));
        specs.push_back({table.keyspace, table.name, column.name, column.type});
    }
}

}  // namespace

void fetch_column(SelectPlan& plan, std::uint16_t column) {
    if (std::ranges::find(plan.fetch, column) == plan.fetch.end()) plan.fetch.push_back(column);
}

ColumnSpecs plan_selection(PlanContext& context, const ast::Select& select, SelectPlan& plan) {
    ColumnSpecs specs;
    if (select.items.empty()) select_all(plan, specs);
    SelectorPlanner planner(context, plan);
    for (const ast::SelectItem& item : select.items) {
        Named named = planner.plan(item.selector);
        specs.push_back({plan.table->keyspace, plan.table->name, item.alias ? item.alias->name : named.name,
                         named.selector.type});
        plan.selectors.push_back(std::move(named.selector));
    }
    plan.aggregate = plan.aggregates > 0;
    // `SELECT a, a` is not plain: a place in `fetch` is one result column.
    plan.plain = std::ranges::all_of(plan.selectors, [&](const Selector& selector) {
        return selector.kind == Selector::Kind::column &&
               std::ranges::count_if(plan.selectors, [&](const Selector& other) {
                   return other.column == selector.column;
               }) == 1;
    });
    for (const Selector& selector : plan.selectors) fetch_columns_of(plan, selector);
    return specs;
}

}  // namespace coodie::embedded
