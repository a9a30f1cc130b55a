// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/row_access.hpp"
#include "embedded/storage/row_format.hpp"
#include "embedded/storage/store_impl.hpp"

#include <algorithm>

namespace coodie::embedded::storage {

namespace {

bool behind(BytesView a, BytesView b) noexcept { return as_text(a) > as_text(b); }

/// Raises `out` to what a stored deletion says.
bool raise_to(Deletion& out, std::string_view value) {
    const RowDecoder decoder(as_bytes(value));
    if (decoder.ok() && decoder.deletion().supersedes(out)) out = decoder.deletion();
    return decoder.ok();
}

}  // namespace

std::optional<Error> Store::Impl::find_deletion(const StoredTable::State& state, std::uint32_t object,
                                                const PartitionKey& partition, const BytesView* clustering,
                                                const rocksdb::ReadOptions& read_options, Deletion& out) {
    thread_local std::string key;
    if (state.has(may_have_partition_deletions)) {
        make_key(key, object, partition, KeyKind::partition_deletion);
        rocksdb::PinnableSlice value;
        const rocksdb::Status status = db->Get(read_options, db->DefaultColumnFamily(), key, &value);
        if (!status.ok() && !status.IsNotFound()) return read_error(status);
        if (status.ok() && !raise_to(out, value.ToStringView())) return damaged_row(key);
    }
    if (clustering == nullptr || !state.has(may_have_range_deletions)) return std::nullopt;
    make_key(key, object, partition, KeyKind::range_deletion);
    const std::string start = key;
    key.back() = static_cast<char>(KeyKind::row);
    const rocksdb::Slice bound(key);
    rocksdb::ReadOptions bounded = read_options;
    bounded.iterate_upper_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(bounded));
    ClusteringRange range;
    for (it->Seek(start); it->Valid(); it->Next()) {
        ParsedKey parsed;
        if (!parse_key(it->key().ToStringView(), parsed) || !parse_range(parsed.rest, range)) {
            return damaged_row(it->key().ToStringView());
        }
        if (behind(range.lower, *clustering)) break;
        if (!range.to_end && !behind(range.upper, *clustering)) continue;
        if (!raise_to(out, it->value().ToStringView())) return damaged_row(it->key().ToStringView());
    }
    if (!it->status().ok()) return read_error(it->status());
    return std::nullopt;
}

std::optional<Error> Store::Impl::read(const StoredTable::State& state, const PartitionKey& partition,
                                       const BytesView* clustering, std::int64_t now, Row& row,
                                       const Snapshot* snapshot) {
    RowAccess::clear(row);
    rocksdb::PinnableSlice& pinned = RowAccess::data(row).pinned;
    pinned.Reset();
    if (partition.key.empty() || partition.key.size() > largest_partition_key) return std::nullopt;
    const unsigned covering = clustering == nullptr ? may_have_partition_deletions
                                                    : may_have_partition_deletions | may_have_range_deletions;
    thread_local std::string key;
    const std::uint32_t object = state.object.load(std::memory_order_acquire);
    make_key(key, object, partition, clustering == nullptr ? KeyKind::static_row : KeyKind::row);
    if (clustering != nullptr) key.append(as_text(*clustering));
    rocksdb::ReadOptions options_;
    if (snapshot != nullptr) options_.snapshot = snapshot->impl().snapshot;

    Deletion shadow;
    std::optional<Snapshot::Impl> taken;
    rocksdb::Status status;
    bool covered = state.has(covering);
    if (!covered) {
        status = db->Get(options_, db->DefaultColumnFamily(), key, &pinned);
        // The table's first deletion may have come with the row: then both are read again as of one moment.
        covered = state.has(covering) && snapshot == nullptr;
        if (covered) pinned.Reset();
    }
    if (covered) {
        if (snapshot == nullptr) options_.snapshot = taken.emplace(db.get(), db->GetSnapshot()).snapshot;
        if (auto error = find_deletion(state, object, partition, clustering, options_, shadow)) return error;
        status = db->Get(options_, db->DefaultColumnFamily(), key, &pinned);
    }
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return read_error(status);
    if (!RowAccess::load(row, as_bytes(pinned.ToStringView()), now, shadow)) return damaged_row(key);
    return std::nullopt;
}

std::optional<Error> Store::get(const StoredTable& table, const PartitionKey& partition, BytesView clustering,
                                std::int64_t now, Row& row, const Snapshot* snapshot) {
    return impl_->read(table.state(), partition, &clustering, now, row, snapshot);
}

std::optional<Error> Store::get_static(const StoredTable& table, const PartitionKey& partition,
                                       std::int64_t now, Row& row, const Snapshot* snapshot) {
    if (!table.state().has(may_have_statics)) {
        RowAccess::clear(row);
        return std::nullopt;
    }
    return impl_->read(table.state(), partition, nullptr, now, row, snapshot);
}

std::variant<std::optional<Bytes>, Error> Store::get_record(std::string_view name) {
    std::string value;
    const rocksdb::Status status = impl_->db->Get(rocksdb::ReadOptions(), catalog_key(name), &value);
    if (status.IsNotFound()) return std::optional<Bytes>();
    if (!status.ok()) return impl_->read_error(status);
    const BytesView bytes = as_bytes(value);
    return std::optional<Bytes>(std::in_place, bytes.begin(), bytes.end());
}

std::variant<std::vector<std::pair<std::string, Bytes>>, Error> Store::records(std::string_view prefix) {
    std::vector<std::pair<std::string, Bytes>> found;
    const std::string start = catalog_key(prefix);
    const std::size_t letter = catalog_key({}).size();
    const std::unique_ptr<rocksdb::Iterator> it(impl_->db->NewIterator(rocksdb::ReadOptions()));
    for (it->Seek(start); it->Valid() && it->key().starts_with(start); it->Next()) {
        const BytesView bytes = as_bytes(it->value().ToStringView());
        found.emplace_back(it->key().ToStringView().substr(letter), Bytes(bytes.begin(), bytes.end()));
    }
    if (!it->status().ok()) return impl_->read_error(it->status());
    return found;
}

}  // namespace coodie::embedded::storage
