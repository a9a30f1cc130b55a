// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/planners.hpp"
#include "embedded/planner/term_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace coodie::embedded {
namespace {

Term null_of(const DataType& type) {
    Term term;
    term.type = type;
    return term;
}

/// One of SET's assignments.
class AssignmentPlanner {
public:
    AssignmentPlanner(PlanContext& context, const Table& table, const ast::Assignment& written)
        : context_(context),
          written_(written),
          column_(context.column(table, written.column)),
          receiver_(receiver_of(table, column_)) {
        made_.column = table.index_of(column_);
    }

    Operation plan() {
        if (column_.is_key()) refuse_invalid("PRIMARY KEY part " + column_.name + " found in SET part");
        switch (written_.kind) {
            case ast::AssignmentKind::set: set(); break;
            case ast::AssignmentKind::set_element: set_element(); break;
            case ast::AssignmentKind::set_field: set_field(); break;
            case ast::AssignmentKind::add: add(); break;
            case ast::AssignmentKind::prepend: prepend(); break;
            case ast::AssignmentKind::subtract: subtract(); break;
        }
        return std::move(made_);
    }

private:
    [[noreturn]] void refuse_operation(std::string_view what) const {
        refuse_invalid(
            fmt::format("Invalid operation ({}) for {} column {}", to_text(written_), what, column_.name));
    }
    void value(const Receiver& receiver) { made_.value = make_term(context_, written_.value, receiver); }
    [[nodiscard]] Receiver part(std::string_view what, std::size_t child) const {
        return receiver_.with(fmt::format("{}({})", what, column_.name), column_.type.children()[child]);
    }

    void set() {
        if (column_.is_counter())
            refuse_invalid("Cannot set the value of counter column " + column_.name +
                           " (counters can only be incremented/decremented, not set)");
        value(receiver_);
    }

    void set_element() {
        if (!column_.type.is_collection()) refuse_operation("non collection");
        if (column_.type.is_frozen()) refuse_operation("frozen collection");
        if (column_.type.id() == TypeId::set) refuse_operation("set");
        const bool list = column_.type.id() == TypeId::list;
        made_.kind = list ? OperationKind::set_index : OperationKind::set_element;
        made_.key =
            make_term(context_, *written_.key,
                      list ? receiver_.with("idx(" + column_.name + ")", TypeId::int_) : part("key", 0));
        value(part("value", list ? 0 : 1));
    }

    void set_field() {
        if (column_.type.id() != TypeId::udt) refuse_operation("non-UDT");
        if (column_.type.is_frozen()) refuse_operation("frozen UDT");
        const std::vector<std::string>& names = column_.type.field_names();
        const auto found = std::ranges::find(names, written_.field->name);
        if (found == names.end())
            refuse_invalid(fmt::format("UDT column {} does not have a field named {}", column_.name,
                                       written_.field->name));
        made_.kind = OperationKind::set_field;
        made_.field = static_cast<std::uint16_t>(found - names.begin());
        value(
            receiver_.with(column_.name + "." + written_.field->name, column_.type.children()[made_.field]));
    }

    void check_additive() {
        if (!column_.type.is_collection()) refuse_operation("non counter");
        if (column_.type.is_frozen()) refuse_operation("frozen collection");
    }

    void add() {
        made_.kind = column_.is_counter() ? OperationKind::add : OperationKind::append;
        if (!column_.is_counter()) check_additive();
        value(receiver_);
    }

    void prepend() {
        if (column_.type.id() != TypeId::list) refuse_operation("non list");
        if (column_.type.is_frozen()) refuse_operation("frozen list");
        made_.kind = OperationKind::prepend;
        value(receiver_);
    }

    void subtract() {
        made_.kind = column_.is_counter() ? OperationKind::subtract : OperationKind::discard;
        if (!column_.is_counter()) check_additive();
        if (column_.type.id() != TypeId::map) return value(receiver_);
        if (std::holds_alternative<ast::MapLiteral>(written_.value.node))
            refuse_invalid("Value for a map substraction has to be a set, but was: '" +
                           to_text(written_.value) + "'");
        value(receiver_.with(column_.name, DataType::set(column_.type.children()[0])));
    }

    PlanContext& context_;
    const ast::Assignment& written_;
    const Column& column_;
    Receiver receiver_;
    Operation made_;
};

/// Cassandra lets a column be named twice only by operations on its elements.
void check_compatible(const ast::Assignment& a, const ast::Assignment& b) {
    if (a.column.name != b.column.name) return;
    const bool sets = a.kind == ast::AssignmentKind::set || b.kind == ast::AssignmentKind::set;
    const bool same_field = a.kind == ast::AssignmentKind::set_field &&
                            b.kind == ast::AssignmentKind::set_field && a.field->name == b.field->name;
    if (sets || same_field) refuse_syntax("Multiple incompatible setting of column " + a.column.name);
}

}  // namespace

Operation plan_target(PlanContext& context, const Table& table, const ast::DeleteTarget& target) {
    const Column& column = context.column(table, target.column);
    const Receiver receiver = receiver_of(table, column);
    if (column.is_key())
        refuse_invalid("Invalid identifier " + column.name +
                       " for deletion (should not be a PRIMARY KEY part)");
    Operation made;
    made.column = table.index_of(column);
    made.value = null_of(column.type);
    if (target.field) {
        const std::vector<std::string>& names = column.type.field_names();
        const auto found = std::ranges::find(names, target.field->name);
        if (column.type.id() != TypeId::udt)
            refuse_invalid("Invalid field deletion operation for non-UDT column " + column.name);
        if (column.type.is_frozen())
            refuse_invalid("Frozen UDT column " + column.name + " does not support field deletions");
        if (found == names.end())
            refuse_invalid(
                fmt::format("UDT column {} does not have a field named {}", column.name, target.field->name));
        made.kind = OperationKind::set_field;
        made.field = static_cast<std::uint16_t>(found - names.begin());
    } else if (target.key) {
        if (!column.type.is_collection())
            refuse_invalid("Invalid deletion operation for non collection column " + column.name);
        if (column.type.is_frozen())
            refuse_invalid("Invalid deletion operation for frozen collection column " + column.name);
        const bool list = column.type.id() == TypeId::list;
        made.kind = list ? OperationKind::discard_index : OperationKind::discard_element;
        const char* what = list ? "idx" : column.type.id() == TypeId::map ? "key" : "value";
        const DataType type = list ? DataType(TypeId::int_) : column.type.children()[0];
        made.key =
            make_term(context, *target.key, receiver.with(fmt::format("{}({})", what, column.name), type));
    }
    return made;
}

std::vector<Operation> plan_assignments(PlanContext& context, const Table& table,
                                        const std::vector<ast::Assignment>& assignments) {
    std::vector<Operation> operations;
    for (std::size_t i = 0; i < assignments.size(); ++i) {
        operations.push_back(AssignmentPlanner(context, table, assignments[i]).plan());
        for (std::size_t j = 0; j < i; ++j) check_compatible(assignments[j], assignments[i]);
    }
    return operations;
}

}  // namespace coodie::embedded
