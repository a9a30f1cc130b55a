// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/conditional.hpp"

#include "embedded/engine/wire.hpp"

#include <algorithm>

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

namespace {

bool less(BytesView a, BytesView b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
}

Error mixed(ast::IfKind a, ast::IfKind b) {
    const bool columns = a == ast::IfKind::conditions || b == ast::IfKind::conditions;
    return Error(server_code::invalid,
                 columns ? "Cannot mix IF conditions and IF NOT EXISTS for the same row"
                         : "Cannot mix IF EXISTS and IF NOT EXISTS conditions for the same row");
}

}  // namespace

std::optional<Error> Conditions::add(const ConditionalRow& row) {
    const ast::IfKind kind = row.plan().condition;
    on_existence_ = on_existence_ || kind != ast::IfKind::conditions;
    for (const Condition& condition : row.plan().conditions)
        names_statics_ = names_statics_ || row.plan().table->columns[condition.column].is_static();
    auto& known = row.of_statics() ? statics_ : rows_;
    const auto at = std::lower_bound(known.begin(), known.end(), &row,
                                     [](const ConditionalRow* a, const ConditionalRow* b) {
                                         return less(a->clustering(), b->clustering());
                                     });
    if (at == known.end() || less(row.clustering(), (*at)->clustering())) {
        known.insert(at, &row);
    } else if ((*at)->plan().condition != kind) {
        return mixed((*at)->plan().condition, kind);
    }
    return std::nullopt;
}

void Conditions::add_write(const ModificationPlan& plan) {
    writes_rows_ = writes_rows_ || plan.target != ModificationPlan::Target::statics;
    for (const Operation& operation : plan.operations)
        writes_statics_ = writes_statics_ || plan.table->columns[operation.column].is_static();
}

/// IF EXISTS and IF NOT EXISTS read only the kinds of cells that the request writes.
bool Conditions::shows(const Column& column) const noexcept {
    if (column.is_key() || !on_existence_) return true;
    return column.is_static() ? writes_statics_ : writes_rows_;
}

void Conditions::append(const StoredRowView& view, const Table& table,
                        const std::vector<std::uint16_t>& fetch, Bytes& out) const {
    append_applied(false, out);
    for (const auto column : fetch)
        append_cell(out, shows(table.columns[column]) ? view.cell(column) : Cell());
}

std::variant<std::uint32_t, Error> Conditions::append_not_applied(storage::Store& store,
                                                                  const OpenTable& table, std::int64_t now,
                                                                  const std::vector<std::uint16_t>& fetch,
                                                                  Bytes& out) const {
    const auto& any = rows_.empty() ? *statics_.front() : *rows_.front();
    const auto& key = any.bound().partitions.front();
    const storage::Row* const statics = &any.statics();
    StoredRowView view(*table.table, table.stored->clustering(), now);
    view.set_partition(key.bytes);
    std::uint32_t count = 0;
    for (const ConditionalRow* row : rows_) {
        if (!row->row().exists()) continue;
        view.set_row(&row->row(), statics, row->clustering());
        append(view, *table.table, fetch, out);
        ++count;
    }
    if (count > 0) return count;
    if (rows_.empty()) {
        storage::ReadOptions options;
        options.now = now;
        auto reader = store.read_partition(*table.stored, {key.token, key.bytes}, std::move(options));
        for (auto event = reader.next(); event != storage::ReadEvent::end; event = reader.next()) {
            if (event != storage::ReadEvent::row) continue;
            view.set_row(&reader.row(), statics, reader.clustering());
            append(view, *table.table, fetch, out);
            return 1U;
        }
        if (reader.error()) return *reader.error();
    }
    const bool reads_statics = on_existence_ ? writes_statics_ : names_statics_;
    if (!reads_statics || !statics->exists()) return 0U;
    view.set_row(nullptr, statics, {});
    append(view, *table.table, fetch, out);
    return 1U;
}

Result applied_result(const std::shared_ptr<const ColumnSpecs>& columns, bool applied) {
    auto body = std::make_shared<Bytes>();
    append_applied(applied, *body);
    const BytesView rows(*body);
    return {columns, std::move(body), rows, 1};
}

}  // namespace coodie::embedded
