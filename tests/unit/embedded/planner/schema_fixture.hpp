// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/catalog/catalog.hpp"
#include "embedded/catalog/ddl.hpp"
#include "embedded/parser/parser.hpp"
#include "embedded/planner/bind.hpp"
#include "embedded/planner/plan.hpp"

#include <coodie/codec/wire.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace coodie::embedded::testing {

/// A schema that statements change, and the planner on it. Keyspace "ks" exists and is the default.
class Schema {
public:
    Schema() {
        must("CREATE KEYSPACE ks WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    }

    /// Runs a schema statement; its Error when it is refused.
    std::optional<Error> run(std::string_view cql) {
        auto parsed = parse(cql);
        if (auto* error = std::get_if<Error>(&parsed)) return *error;
        auto outcome = apply(catalog, std::get<ast::Statement>(parsed), keyspace, now++);
        if (auto* error = std::get_if<Error>(&outcome)) return *error;
        last = std::get<Change>(std::move(outcome));
        catalog = last.catalog;
        return std::nullopt;
    }
    void must(std::string_view cql) {
        const auto error = run(cql);
        if (error) ADD_FAILURE() << cql << ": " << error->message();
    }

    [[nodiscard]] std::variant<Plan, Error> try_plan(std::string_view cql) const {
        auto parsed = parse(cql);
        if (auto* error = std::get_if<Error>(&parsed)) return *error;
        return make_plan(std::get<ast::Statement>(parsed), catalog, keyspace);
    }
    [[nodiscard]] Plan plan(std::string_view cql) const {
        auto outcome = try_plan(cql);
        if (auto* error = std::get_if<Error>(&outcome)) {
            ADD_FAILURE() << cql << ": " << error->message();
            return {};
        }
        return std::get<Plan>(std::move(outcome));
    }
    template <class T>
    [[nodiscard]] T plan_as(std::string_view cql) const {
        Plan made = plan(cql);
        if (auto* node = std::get_if<T>(&made.node)) return std::move(*node);
        ADD_FAILURE() << cql << " has another kind of plan";
        return {};
    }
    /// What planning, or binding without values, says against it; nullopt when nothing.
    [[nodiscard]] std::optional<Error> refusal(std::string_view cql) const {
        auto outcome = try_plan(cql);
        if (auto* error = std::get_if<Error>(&outcome)) return *error;
        const Plan& made = std::get<Plan>(outcome);
        if (!made.parameters.empty()) return std::nullopt;
        if (const auto* select = std::get_if<SelectPlan>(&made.node)) {
            BoundSelect bound;
            return bind(*select, Bound(), bound);
        }
        if (const auto* change = std::get_if<ModificationPlan>(&made.node)) {
            BoundModification bound;
            return bind(*change, Bound(), bound);
        }
        return std::nullopt;
    }

    std::shared_ptr<const Catalog> catalog = Catalog::initial();
    std::string keyspace = "ks";
    std::int64_t now = 1'700'000'000'000'000;
    Change last;
};

/// -999 when it is not an int's bytes.
inline std::int32_t as_int(BytesView bytes) {
    return bytes.size() == 4 ? wire::load<std::int32_t>(bytes.data()) : -999;
}

}  // namespace coodie::embedded::testing
