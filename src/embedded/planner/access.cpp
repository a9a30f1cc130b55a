// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/refuse.hpp"
#include "embedded/planner/where.hpp"

#include <algorithm>

namespace coodie::embedded {
namespace {

constexpr std::string_view needs_filtering =
    "Cannot execute this query as it might involve data filtering and thus may have unpredictable "
    "performance. If you "
    "want to execute this query despite the performance unpredictability, use ALLOW FILTERING";

/// The index that can answer the restriction; null when there is none.
const Index* supporting_index(const Table& table, const Restriction& restriction) {
    if (restriction.tuples || restriction.is_slice() || restriction.op == ast::Operator::in) return nullptr;
    const Column& column = *restriction.columns.front();
    for (const Index& index : table.indexes) {
        if (index.column_id != column.id || index.kind != IndexKind::composites) continue;
        const bool fits = restriction.element                         ? index.target == IndexTarget::entries
                          : restriction.op == ast::Operator::contains ? index.target == IndexTarget::values
                          : restriction.op == ast::Operator::contains_key
                              ? index.target == IndexTarget::keys
                              : index.target == IndexTarget::value || index.target == IndexTarget::full;
        if (fits) return &index;
    }
    return nullptr;
}

/// What Cassandra counts as one restriction: everything that restricts the same column.
std::size_t count_columns(const std::vector<const Restriction*>& restrictions) {
    std::vector<const Column*> columns;
    for (const Restriction* restriction : restrictions)
        for (const Column* column : restriction->columns)
            if (std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
    return columns.size();
}

class AccessPlanner {
public:
    AccessPlanner(SelectPlan& plan, Where& where, bool allow_filtering)
        : plan_(plan), where_(where), table_(*plan.table), allow_filtering_(allow_filtering) {}

    void run() {
        plan_.token = std::move(where_.token);
        plan_.partition_key = where_.partition_key(table_);
        key_range_ = plan_.partition_key.empty();
        std::vector<KeyRestriction> prefix = where_.clustering_prefix(table_, used_);
        prefix_ = used_ == where_.clustering.size();
        if (!allow_filtering_ && !prefix.empty() && prefix.back().kind == KeyRestriction::Kind::slice &&
            !prefix_)
            where_.check_clustering_prefix(table_);
        collect_filtered();
        choose_index();
        if (!prefix_ && index_ == nullptr && !allow_filtering_ && !has_index_)
            where_.check_clustering_prefix(table_);
        check_filtering();
        if (index_ != nullptr) return use_index();
        plan_.access = key_range_ ? Access::scan : Access::partitions;
        if (!key_range_) plan_.clustering = std::move(prefix);
        make_filters();
    }

private:
    /// The restrictions that keys alone do not answer.
    void collect_filtered() {
        if (key_range_)
            for (const Restriction& restriction : where_.partition) filtered_.push_back(&restriction);
        if (key_range_ || !prefix_)
            for (const Restriction& restriction : where_.clustering) filtered_.push_back(&restriction);
        for (const Restriction& restriction : where_.others) filtered_.push_back(&restriction);
    }

    void choose_index() {
        for (const Restriction* restriction : filtered_) {
            index_ = supporting_index(table_, *restriction);
            if (index_ == nullptr) continue;
            indexed_ = restriction;
            break;
        }
        has_index_ = index_ != nullptr;
        if (!has_index_) return;
        for (const KeyRestriction& key : plan_.partition_key)
            if (key.kind == KeyRestriction::Kind::in)
                refuse_invalid(
                    "Select on indexed columns and with IN clause for the PRIMARY KEY are not supported");
    }

    void check_filtering() const {
        if (allow_filtering_ || filtered_.empty()) return;
        const auto unindexed = std::ranges::find_if(
            filtered_, [&](const Restriction* r) { return supporting_index(table_, *r) == nullptr; });
        const bool several = count_columns(filtered_) > 1 || filtered_.size() > 1;
        if (unindexed == filtered_.end() && !several) return;
        const Restriction* named = unindexed != filtered_.end() ? *unindexed : filtered_.back();
        refuse_invalid(std::string(needs_filtering) + " (column \"" + named->columns.front()->name + "\")");
    }

    void use_index() {
        plan_.access = Access::index;
        IndexUse use;
        use.index = index_;
        use.value = indexed_->values.front();
        use.key = indexed_->element;
        plan_.index = std::move(use);
        for (std::vector<Restriction>* group : {&where_.partition, &where_.clustering, &where_.others})
            for (Restriction& restriction : *group)
                plan_.filters.push_back(make_filter(table_, std::move(restriction)));
    }

    /// A partition's slices answer the first `used_` clustering restrictions; a scan filters them all.
    void make_filters() {
        if (key_range_)
            for (Restriction& restriction : where_.partition)
                plan_.filters.push_back(make_filter(table_, std::move(restriction)));
        for (Restriction& restriction : where_.clustering)
            if (key_range_ || !in_prefix(restriction))
                plan_.filters.push_back(make_filter(table_, std::move(restriction)));
        for (Restriction& restriction : where_.others)
            plan_.filters.push_back(make_filter(table_, std::move(restriction)));
    }

    [[nodiscard]] bool in_prefix(const Restriction& restriction) const {
        const std::uint16_t position = restriction.columns.front()->position;
        if (restriction.is_contains()) return false;
        return std::ranges::any_of(plan_.clustering,
                                   [&](const KeyRestriction& key) { return key.first == position; });
    }

    SelectPlan& plan_;
    Where& where_;
    const Table& table_;
    bool allow_filtering_;
    bool key_range_ = false;
    bool prefix_ = true;  ///< the clustering restrictions are a prefix of the clustering key
    std::size_t used_ = 0;
    std::vector<const Restriction*> filtered_;
    const Index* index_ = nullptr;
    const Restriction* indexed_ = nullptr;
    bool has_index_ = false;
};

}  // namespace

void plan_access(SelectPlan& plan, Where where, bool allow_filtering) {
    const bool rows_restricted =
        !where.clustering.empty() || std::ranges::any_of(where.others, [](const Restriction& r) {
            return !r.columns.front()->is_static();
        });
    plan.statics_alone = plan.table->has_statics() && !rows_restricted;
    AccessPlanner(plan, where, allow_filtering).run();
}

}  // namespace coodie::embedded
