// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/functions.hpp"
#include "embedded/planner/term_text.hpp"
#include "embedded/planner/typing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace coodie::embedded {
namespace {

std::string signatures(std::span<const Function> functions) {
    std::string text;
    for (const Function& function : functions) text += (text.empty() ? "" : ", ") + signature(function);
    return text;
}

const Function& find_token(const PlanContext& context, const ast::FunctionCall& call) {
    if (!context.table) refuse_invalid("token() needs a table");
    const Table& table = *context.table;
    std::vector<DataType> types;
    for (std::size_t i = 0; i < table.partition_key_size; ++i) types.push_back(table.columns[i].type);
    if (call.arguments.size() != types.size())
        refuse_invalid(
            fmt::format("Invalid number of arguments in call to function system.token: {} required but {} "
                        "provided",
                        types.size(), call.arguments.size()));
    return *token_function(types);
}

}  // namespace

const Function& find_function(const PlanContext& context, const ast::FunctionCall& call,
                              const Receiver* receiver) {
    const std::string& name = call.function.name;
    const bool native = call.function.keyspace.empty() || call.function.keyspace == "system";
    if (native && name == "token") return find_token(context, call);
    const auto candidates = native ? find_functions(name) : std::span<const Function>();
    if (candidates.empty() && native && is_missing_function(name)) refuse_unsupported(name);
    if (candidates.empty())
        refuse_invalid("Unknown function " + (native ? "" : call.function.keyspace + ".") + name + " called");
    const Receiver base = receiver != nullptr ? *receiver : Receiver{};
    const auto argument_fits = [&](const Function& function, std::size_t i) {
        return test_assignment(context, call.arguments[i],
                               base.with(fmt::format("arg{}(system.{})", i, name), function.arguments[i]));
    };
    if (candidates.size() == 1) {
        const Function& only = candidates.front();
        if (call.arguments.size() != only.arguments.size())
            refuse_invalid(
                fmt::format("Invalid number of arguments in call to function system.{}: {} required but {} "
                            "provided",
                            name, only.arguments.size(), call.arguments.size()));
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            if (argument_fits(only, i) == Assignable::no)
                refuse_invalid(
                    fmt::format("Type error: {} cannot be passed as argument {} of function system.{} of "
                                "type {}",
                                to_text(call.arguments[i]), i, name, only.arguments[i].to_string()));
        return only;
    }
    const Function* compatible = nullptr;
    std::size_t matches = 0;
    for (const Function& function : candidates) {
        if (function.arguments.size() != call.arguments.size()) continue;
        if (receiver != nullptr && test_types(function.result, receiver->type) == Assignable::no) continue;
        Assignable worst = Assignable::exactly;
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            worst = std::min(worst, argument_fits(function, i));
        if (worst == Assignable::exactly) return function;
        if (worst == Assignable::weakly) compatible = &function, ++matches;
    }
    if (matches == 0)
        refuse_invalid(
            fmt::format("Invalid call to function {}, none of its type signatures match (known type "
                        "signatures: {})",
                        name, signatures(candidates)));
    if (matches > 1)
        refuse_invalid(fmt::format(
            "Ambiguous call to function {} (can be matched by following signatures: {}): use type "
            "casts to disambiguate",
            name, signatures(candidates)));
    return *compatible;
}

}  // namespace coodie::embedded
