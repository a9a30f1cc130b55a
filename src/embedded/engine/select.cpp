// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/select.hpp"

#include "embedded/engine/wire.hpp"

#include <algorithm>

namespace coodie::embedded {

namespace {

std::optional<Error> server_error(const char* what) {
    return Error(server_code::server_error, std::string("the stored ") + what + " cannot be read");
}

bool is_one_row(const ClusteringSlice& slice, std::size_t clustering_size) {
    if (!slice.start.inclusive || !slice.end.inclusive) return false;
    if (slice.start.prefix.size() != clustering_size || slice.end.prefix.size() != clustering_size)
        return false;
    return std::equal(slice.start.prefix.begin(), slice.start.prefix.end(), slice.end.prefix.begin(),
                      equal_bytes);
}

}  // namespace

StoredSelect::StoredSelect(storage::Store& store, const OpenTable& table, const SelectPlan& plan,
                           const BoundSelect& select, RowSink& sink, Running& running, std::int64_t now)
    : store_(store),
      table_(table),
      plan_(plan),
      select_(select),
      sink_(sink),
      running_(running),
      now_(now),
      view_(*table.table, table.stored->clustering(), now) {
    if (!table.table->has_statics()) return;
    needs_statics_ = plan.statics_alone || plan.distinct ||
                     std::any_of(plan.fetch.begin(), plan.fetch.end(), [&](std::uint16_t column) {
                         return table.table->columns[column].is_static();
                     });
    if (needs_statics_) statics_.emplace();
}

std::optional<Error> StoredSelect::run(const storage::ScanPosition* resume) {
    if (select_.empty) return std::nullopt;
    if (reads_points()) return read_points(resume);
    if (auto error = make_ranges()) return error;
    switch (select_.access) {
        case Access::partitions: return read_partitions(resume);
        case Access::scan: return scan(resume);
        case Access::index: return read_index(resume);
    }
    return std::nullopt;
}

std::optional<Error> StoredSelect::make_ranges() {
    for (const auto& slice : select_.slices) {
        storage::ClusteringRange range;
        const bool fits = table_.stored->clustering().range(
            {{slice.start.prefix.data(), slice.start.prefix.size()}, slice.start.inclusive},
            {{slice.end.prefix.data(), slice.end.prefix.size()}, slice.end.inclusive}, range);
        if (!fits)
            return Error(server_code::invalid,
                         "Invalid value for a clustering column of " + table_.table->name);
        if (!range.empty()) ranges_.push_back(std::move(range));
    }
    return std::nullopt;
}

/// Each partition gives one row at most.
bool StoredSelect::reads_points() const noexcept {
    if (select_.access != Access::partitions || plan_.distinct) return false;
    const auto clustering_size = table_.table->clustering_size;
    if (clustering_size == 0) return true;
    return select_.slices.size() == 1 && is_one_row(select_.slices.front(), clustering_size);
}

std::optional<Error> StoredSelect::read_points(const storage::ScanPosition* resume) {
    thread_local storage::Row row;
    const storage::RowUse use(row);
    thread_local storage::ClusteringKey clustering;
    clustering.form.clear();
    if (table_.table->clustering_size > 0) {
        const auto& prefix = select_.slices.front().start.prefix;
        if (!table_.stored->clustering().encode({prefix.data(), prefix.size()}, clustering))
            return Error(server_code::invalid,
                         "Invalid value for a clustering column of " + table_.table->name);
    }
    bool skip = resume != nullptr;
    for (const auto& key : select_.partitions) {
        if (skip) {  // up to and including the partition where the page before ended
            skip = !equal_bytes(key.bytes, resume->partition_key);
            continue;
        }
        if (auto error = running_.check()) return error;
        const storage::PartitionKey partition{key.token, key.bytes};
        if (auto error = store_.get(*table_.stored, partition, clustering.form, now_, row)) return error;
        if (!row.exists()) continue;
        if (needs_statics_)
            if (auto error = store_.get_static(*table_.stored, partition, now_, *statics_)) return error;
        sink_.start_partition();
        view_.set_partition(key.bytes);
        view_.set_row(&row, needs_statics_ ? &*statics_ : nullptr, clustering.form);
        if (sink_.offer(view_) != Next::stop) continue;
        if (sink_.paused()) position_ = {key.token, {key.bytes.begin(), key.bytes.end()}, std::nullopt};
        break;
    }
    return std::nullopt;
}

storage::ReadOptions StoredSelect::options(const storage::ScanPosition* resume) const {
    storage::ReadOptions options;
    options.now = now_;
    options.ranges = ranges_;
    options.reversed = plan_.reversed;
    options.statics = needs_statics_;
    options.distinct = plan_.distinct;
    if (resume != nullptr) options.resume = *resume;
    return options;
}

std::optional<Error> StoredSelect::read_partitions(const storage::ScanPosition* resume) {
    if (!select_.all_rows && ranges_.empty()) return std::nullopt;
    bool skip = resume != nullptr;
    for (const auto& key : select_.partitions) {
        const bool resumed = skip && equal_bytes(key.bytes, resume->partition_key);
        if (skip && !resumed) continue;
        skip = false;
        if (resumed && !resume->clustering) continue;
        if (auto error = drain_partition({key.token, key.bytes}, resumed ? resume : nullptr)) return error;
        if (stopped_) break;
    }
    return std::nullopt;
}

std::optional<Error> StoredSelect::drain_partition(const storage::PartitionKey& partition,
                                                   const storage::ScanPosition* resume) {
    auto reader = store_.read_partition(*table_.stored, partition, options(resume));
    return drain(reader, resume);
}

std::optional<Error> StoredSelect::scan(const storage::ScanPosition* resume) {
    if (!select_.all_rows && ranges_.empty()) return std::nullopt;
    if (select_.tokens.from > select_.tokens.to) return std::nullopt;
    auto read = options(resume);
    read.fill_cache = select_.limit.has_value();
    auto reader = store_.scan(*table_.stored, {select_.tokens.from, select_.tokens.to}, std::move(read));
    return drain(reader, resume);
}

std::optional<Error> StoredSelect::drain(storage::RowReader& reader, const storage::ScanPosition* resume) {
    pending_static_ = false;
    for (;;) {
        if (auto error = running_.check()) return error;
        const auto event = reader.next();
        auto next = Next::more;
        if (pending_static_ && event != storage::ReadEvent::row) next = take_static_alone();
        if (next == Next::stop) {
            if (sink_.paused()) position_ = {token_, partition_, std::nullopt};
            break;
        }
        if (event == storage::ReadEvent::end) return reader.error();
        if (event == storage::ReadEvent::partition) {
            next = take_partition(reader, resume);
        } else {
            pending_static_ = false;
            view_.set_row(&reader.row(), needs_statics_ ? &reader.static_row() : nullptr,
                          reader.clustering());
            next = sink_.offer(view_);
        }
        if (next == Next::skip_partition) reader.skip_partition();
        if (next != Next::stop) continue;
        if (sink_.paused()) {
            position_ = event == storage::ReadEvent::row
                            ? reader.position()
                            : storage::ScanPosition{token_, partition_, std::nullopt};
        }
        break;
    }
    stopped_ = true;
    return sink_.error();
}

RowSink::Next StoredSelect::take_partition(const storage::RowReader& reader,
                                           const storage::ScanPosition* resume) {
    const auto key = reader.partition();
    if (resume == nullptr || !equal_bytes(key.key, resume->partition_key)) sink_.start_partition();
    partition_.assign(key.key.begin(), key.key.end());
    token_ = key.token;
    view_.set_partition(partition_);
    if (plan_.distinct) {
        view_.set_row(nullptr, &reader.static_row(), {});
        return sink_.offer(view_);
    }
    pending_static_ = plan_.statics_alone && reader.static_row().exists();
    return Next::more;
}

RowSink::Next StoredSelect::take_static_alone() {
    pending_static_ = false;
    // The reader is at the next partition already, so its static cells are gone.
    if (store_.get_static(*table_.stored, {token_, partition_}, now_, *statics_) || !statics_->exists())
        return Next::more;
    view_.set_row(nullptr, &*statics_, {});
    return sink_.offer(view_);
}

std::optional<Error> StoredSelect::read_index(const storage::ScanPosition* resume) {
    if (!select_.all_rows && ranges_.empty()) return std::nullopt;
    const auto* open = table_.find(*select_.index);
    if (open == nullptr || open->column == nullptr) return server_error("index");
    static_index_ = open->column->is_static();
    Bytes value;
    if (!append_index_form(*open, select_.index_key, select_.index_value, value)) return std::nullopt;

    std::optional<storage::ScanPosition> behind;
    if (resume != nullptr) {
        partition_ = resume->partition_key;
        token_ = resume->token;
        view_.set_partition(partition_);
        behind = *resume;
        if (static_index_ && resume->clustering) {
            if (auto error = drain_partition({token_, partition_}, resume)) return error;
            if (stopped_) return std::nullopt;
            behind->clustering.emplace();
        }
    }
    const auto* start = behind ? &*behind : nullptr;
    if (select_.partitions.empty()) {
        auto entries = store_.read_index(*open->stored, value, nullptr, start);
        return drain_index(entries);
    }
    bool skip = resume != nullptr;
    for (const auto& key : select_.partitions) {
        const bool resumed = skip && equal_bytes(key.bytes, resume->partition_key);
        if (skip && !resumed) continue;
        skip = false;
        const storage::PartitionKey partition{key.token, key.bytes};
        auto entries = store_.read_index(*open->stored, value, &partition, resumed ? start : nullptr);
        if (auto error = drain_index(entries)) return error;
        if (stopped_) break;
    }
    return std::nullopt;
}

std::optional<Error> StoredSelect::drain_index(storage::IndexReader& entries) {
    while (entries.next()) {
        if (auto error = running_.check()) return error;
        const auto key = entries.partition();
        if (key.token < select_.tokens.from || key.token > select_.tokens.to) continue;
        auto next = Next::more;
        if (auto error = take_entry(key, entries.clustering(), next)) return error;
        skip_entries_ = skip_entries_ || next == Next::skip_partition;
        if (next != Next::stop) continue;
        stopped_ = true;
        if (sink_.paused() && !static_index_) {
            const auto clustering = entries.clustering();
            position_ = {key.token, partition_, Bytes(clustering.begin(), clustering.end())};
        }
        return sink_.error();
    }
    return entries.error();
}

std::optional<Error> StoredSelect::take_entry(const storage::PartitionKey& partition, BytesView clustering,
                                              Next& next) {
    if (!equal_bytes(partition.key, partition_)) {
        skip_entries_ = false;
        sink_.start_partition();
        partition_.assign(partition.key.begin(), partition.key.end());
        token_ = partition.token;
        view_.set_partition(partition_);
        if (needs_statics_ && !static_index_)
            if (auto error = store_.get_static(*table_.stored, partition, now_, *statics_)) return error;
    }
    if (skip_entries_) return std::nullopt;
    if (!static_index_) return take_indexed_row(partition, clustering, next);
    if (auto error = drain_partition(partition, nullptr)) return error;
    if (stopped_) next = Next::stop;
    return std::nullopt;
}

std::optional<Error> StoredSelect::take_indexed_row(const storage::PartitionKey& partition,
                                                    BytesView clustering, Next& next) {
    if (!in_ranges(clustering)) return std::nullopt;
    thread_local storage::Row row;
    const storage::RowUse use(row);
    if (auto error = store_.get(*table_.stored, partition, clustering, now_, row)) return error;
    if (!row.exists()) return std::nullopt;
    view_.set_row(&row, needs_statics_ ? &*statics_ : nullptr, clustering);
    next = sink_.offer(view_);
    return std::nullopt;
}

bool StoredSelect::in_ranges(BytesView clustering) const noexcept {
    if (ranges_.empty()) return true;
    return std::any_of(ranges_.begin(), ranges_.end(), [&](const storage::ClusteringRange& range) {
        const auto less = [](BytesView a, BytesView b) {
            return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end());
        };
        return !less(clustering, range.lower) && (range.to_end || less(clustering, range.upper));
    });
}

}  // namespace coodie::embedded
