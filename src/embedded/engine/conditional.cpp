// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/conditional.hpp"

#include "embedded/engine/wire.hpp"

namespace coodie::embedded {

ConditionalRow::ConditionalRow(const ModificationPlan& plan, const OpenTable& table,
                               const BoundModification& bound, std::int64_t now)
    : plan_(plan),
      table_(table),
      bound_(bound),
      now_(now),
      view_(*table.table, table.stored->clustering(), now) {}

std::optional<Error> ConditionalRow::read(storage::Store& store) {
    const auto& key = bound_.partitions.front();
    const storage::PartitionKey partition{key.token, key.bytes};
    if (plan_.target == ModificationPlan::Target::rows && !bound_.rows.empty()) {
        const auto& row = bound_.rows.front();
        if (!table_.stored->clustering().encode({row.data(), row.size()}, clustering_))
            return Error(server_code::invalid,
                         "Invalid value for a clustering column of " + table_.table->name);
        if (auto error = store.get(*table_.stored, partition, clustering_.form, now_, row_)) return error;
    }
    if (table_.table->has_statics())
        if (auto error = store.get_static(*table_.stored, partition, now_, statics_)) return error;
    view_.set_partition(key.bytes);
    view_.set_row(row_.exists() ? &row_ : nullptr, &statics_, clustering_.form);
    return std::nullopt;
}

std::variant<bool, Error> ConditionalRow::applies() const {
    const bool exists = plan_.target == ModificationPlan::Target::rows ? row_.exists() : statics_.exists();
    if (plan_.condition == ast::IfKind::not_exists) return !exists;
    if (plan_.condition == ast::IfKind::exists) return exists;
    for (const auto& condition : bound_.conditions) {
        auto result = holds(condition, view_.cell(condition.index));
        const auto* held = std::get_if<bool>(&result);
        if (held == nullptr || !*held) return result;
    }
    return true;
}

void append_applied(bool applied, Bytes& out) {
    append_int(out, 1);
    out.push_back(static_cast<std::byte>(applied ? 1 : 0));
}

void ConditionalRow::append_not_applied(const std::vector<std::uint16_t>& fetch, Bytes& out) const {
    append_applied(false, out);
    for (const auto column : fetch) append_cell(out, view_.cell(column));
}

Result applied_result(const std::shared_ptr<const ColumnSpecs>& columns, bool applied) {
    auto body = std::make_shared<Bytes>();
    append_applied(applied, *body);
    const BytesView rows(*body);
    return {columns, std::move(body), rows, 1};
}

}  // namespace coodie::embedded
