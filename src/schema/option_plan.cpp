// SPDX-License-Identifier: Apache-2.0
#include "schema/option_value.hpp"
#include "schema/plan.hpp"

#include <coodie/cql/alter_table.hpp>

#include <string>
#include <vector>

namespace coodie::schema {
namespace {

// Rows would silently begin or cease to expire, so a TTL that only the table has is worth a word.
void note_foreign_ttl(const ModelInfo& model, const cql::TableName& table, const LiveTable& live,
                      Plan& plan) {
    const auto found = live.options.find("default_time_to_live");
    if (model.default_ttl != 0 || found == live.options.end() ||
        same_option(found->first, "0", found->second))
        return;
    for (const TableOption& option : model.options)
        if (option.name == "default_time_to_live") return;
    const auto* seconds = std::get_if<std::string>(&found->second);
    plan.notes.push_back("rows of " + table.cql() + " expire after " + (seconds == nullptr ? "?" : *seconds) +
                         " s (default_time_to_live), which the model does not say; that stays");
}

}  // namespace

std::vector<WantedOption> wanted_options(const ModelInfo& model) {
    std::vector<WantedOption> options;
    const auto add = [&](std::string_view name, std::string value) {
        std::erase_if(options, [&](const WantedOption& option) { return option.name == name; });
        options.push_back({std::string(name), std::move(value)});
    };
    if (!model.comment.empty()) add("comment", cql::text_literal(model.comment));
    if (model.default_ttl != 0) add("default_time_to_live", std::to_string(model.default_ttl));
    for (const TableOption& option : model.options) add(option.name, std::string(option.value));
    return options;
}

void plan_option_changes(const ModelInfo& model, const cql::TableName& table, const LiveTable& live,
                         Plan& plan) {
    cql::AlterTable alter(table);
    bool differs = false;
    for (const WantedOption& option : wanted_options(model)) {
        const auto found = live.options.find(option.name);
        if (found == live.options.end() && option.name != "comment" &&
            option.name != "default_time_to_live") {
            plan.notes.push_back(
                "option " + option.name + " of " + table.cql() +
                " cannot be compared: this database does not show it in system_schema.tables; it stays");
            continue;
        }
        if (found != live.options.end() && same_option(option.name, option.value, found->second)) continue;
        alter.option(option.name, option.value);
        differs = true;
    }
    if (differs) plan.statements.push_back(alter.cql());
    note_foreign_ttl(model, table, live, plan);
}

}  // namespace coodie::schema
