// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/row_reader.hpp"

#include "embedded/storage/row_access.hpp"
#include "embedded/storage/row_format.hpp"

#include <algorithm>
#include <limits>

namespace coodie::embedded::storage {

RowReader::Impl::Impl(Store::Impl& of, const StoredTable& table, ReadOptions given)
    : store(of),
      state(table.state().shared_from_this()),
      object(state->object.load(std::memory_order_acquire)),
      options(std::move(given)) {}

void RowReader::Impl::make_iterator() {
    rocksdb::ReadOptions read;
    if (options.snapshot != nullptr) read.snapshot = options.snapshot->impl().snapshot;
    read.fill_cache = options.fill_cache;
    lower_slice = lower_bound;
    upper_slice = upper_bound;
    read.iterate_lower_bound = &lower_slice;
    read.iterate_upper_bound = &upper_slice;
    it.reset(store.db->NewIterator(read));
}

void RowReader::Impl::open_partition(const PartitionKey& wanted) {
    single = true;
    if (wanted.key.empty() || wanted.key.size() > largest_partition_key) {
        phase = Phase::done;
        return;
    }
    append_object(prefix, object);
    append_partition(prefix, wanted);
    lower_bound = prefix;
    upper_bound = key_of(KeyKind::end);
    make_iterator();
    if (options.resume && !options.resume->clustering) phase = Phase::done;
}

void RowReader::Impl::open_scan(const TokenRange& tokens) {
    append_object(lower_bound, object);
    append_token(lower_bound, tokens.first);
    const bool to_last = tokens.last == std::numeric_limits<std::int64_t>::max();
    append_object(upper_bound, to_last ? object + 1 : object);
    if (!to_last) append_token(upper_bound, tokens.last + 1);
    make_iterator();
    if (options.resume) {
        const PartitionKey last{options.resume->token, options.resume->partition_key};
        append_object(prefix, object);
        append_partition(prefix, last);
        it->Seek(options.resume->clustering ? prefix : key_of(KeyKind::end));
    } else {
        it->SeekToFirst();
    }
    positioned = true;
}

std::string RowReader::Impl::key_of(KeyKind kind, BytesView rest) const {
    std::string key;
    key.reserve(prefix.size() + 1 + rest.size());
    key.append(prefix).push_back(static_cast<char>(kind));
    return key.append(as_text(rest));
}

ReadEvent RowReader::Impl::fail(Error with) {
    error = std::move(with);
    phase = Phase::done;
    return ReadEvent::end;
}

ReadEvent RowReader::Impl::next() {
    for (;;) {
        switch (phase) {
            case Phase::done: return ReadEvent::end;
            case Phase::pending_row: phase = Phase::rows; return ReadEvent::row;
            case Phase::partition:
                if (!enter_partition()) {
                    phase = Phase::done;
                    return ReadEvent::end;
                }
                phase = Phase::rows;
                if (!static_row.exists() || resumed) break;
                reported = true;
                if (options.distinct) leave_partition();
                return ReadEvent::partition;
            case Phase::rows:
                if (!next_row()) {
                    if (error) return ReadEvent::end;
                    leave_partition();
                    break;
                }
                if (reported) return ReadEvent::row;
                reported = true;
                phase = Phase::pending_row;
                if (options.distinct) leave_partition();
                return ReadEvent::partition;
        }
    }
}

/// Takes up the partition that the iterator stands in. False: there is none, or an error.
bool RowReader::Impl::enter_partition() {
    if (!single) {
        if (!it->Valid()) {
            if (!it->status().ok()) fail(store.read_error(it->status()));
            return false;
        }
        ParsedKey key;
        if (!parse_key(it->key().ToStringView(), key)) {
            fail(store.damaged_row(it->key().ToStringView()));
            return false;
        }
        prefix.assign(key.prefix);
    }
    BytesView bytes = as_bytes(prefix).subspan(object_size);
    take_partition(bytes, partition);
    resumed = options.resume && options.resume->clustering && options.resume->token == partition.token &&
              std::ranges::equal(options.resume->partition_key, partition.key);
    reported = false;
    in_range = false;
    range = 0;
    partition_deletion = {};
    range_deletions.clear();
    RowAccess::clear(static_row);
    return !state->has(may_have_partition_deletions | may_have_range_deletions | may_have_statics) ||
           read_head();
}

bool RowReader::Impl::read_head() {
    if (!positioned) it->Seek(prefix);
    positioned = true;
    for (; it->Valid(); it->Next()) {
        ParsedKey key;
        if (!parse_key(it->key().ToStringView(), key)) {
            fail(store.damaged_row(it->key().ToStringView()));
            return false;
        }
        if (key.prefix != prefix || key.kind == KeyKind::row) return true;
        if (!read_head_entry(key)) {
            fail(store.damaged_row(it->key().ToStringView()));
            return false;
        }
    }
    if (!it->status().ok()) fail(store.read_error(it->status()));
    return it->status().ok();
}

bool RowReader::Impl::read_head_entry(const ParsedKey& key) {
    const BytesView value = as_bytes(it->value().ToStringView());
    if (key.kind == KeyKind::static_row) {
        if (!options.statics) return true;
        std::string& copy = RowAccess::data(static_row).copy;
        copy.assign(as_text(value));
        return RowAccess::load(static_row, as_bytes(copy), options.now, partition_deletion);
    }
    const RowDecoder decoder(value);
    if (key.kind == KeyKind::partition_deletion) {
        partition_deletion = decoder.deletion();
    } else {
        ClusteringRange covered;
        if (!parse_range(key.rest, covered)) return false;
        range_deletions.add(covered, decoder.deletion());
    }
    return decoder.ok();
}

/// Goes to the next live row of the partition. False: no more, or an error.
bool RowReader::Impl::next_row() {
    for (;;) {
        const bool fresh = !in_range;
        if (fresh && !enter_range()) return false;
        if (!step(fresh)) {
            if (!it->status().ok()) {
                fail(store.read_error(it->status()));
                return false;
            }
            in_range = false;
            ++range;
            continue;
        }
        if (!load_row()) return false;
        if (row.exists()) return true;
    }
}

/// Sets the bounds of the next range that is not empty. False: there is none.
bool RowReader::Impl::enter_range() {
    const std::size_t count = options.ranges.empty() ? 1 : options.ranges.size();
    for (; range < count; ++range) {
        range_start = key_of(KeyKind::row);
        range_end = key_of(KeyKind::end);
        if (!options.ranges.empty()) {
            const ClusteringRange& wanted = options.ranges[options.reversed ? count - 1 - range : range];
            range_start.append(as_text(wanted.lower));
            if (!wanted.to_end) range_end = key_of(KeyKind::row, wanted.upper);
        }
        if (resumed) {
            const std::string last = key_of(KeyKind::row, *options.resume->clustering);
            if (options.reversed) {
                range_end = std::min(range_end, last);
            } else {
                // Directly behind: no key is a prefix of another.
                range_start = std::max(range_start, last + '\0');
            }
        }
        if (range_start < range_end) {
            in_range = true;
            return true;
        }
    }
    return false;
}

/// Moves to the range's first row, or to the next one. False: there is none.
bool RowReader::Impl::step(bool fresh) {
    if (options.reversed) {
        if (!fresh) {
            it->Prev();
        } else {
            it->SeekForPrev(range_end);
            if (it->Valid() && it->key() == range_end) it->Prev();
        }
        positioned = true;
        return it->Valid() && it->key().compare(range_start) >= 0;
    }
    if (!fresh) {
        it->Next();
    } else if (!positioned || (it->Valid() && it->key().compare(range_start) < 0)) {
        it->Seek(range_start);
    }
    positioned = true;
    return it->Valid() && it->key().compare(range_end) < 0;
}

bool RowReader::Impl::load_row() {
    clustering = as_bytes(it->key().ToStringView()).subspan(prefix.size() + 1);
    Deletion shadow = partition_deletion;
    if (const Deletion over = range_deletions.over(clustering); over.supersedes(shadow)) shadow = over;
    if (RowAccess::load(row, as_bytes(it->value().ToStringView()), options.now, shadow)) return true;
    fail(store.damaged_row(it->key().ToStringView()));
    return false;
}

void RowReader::Impl::leave_partition() {
    if (phase == Phase::done) return;
    phase = single ? Phase::done : Phase::partition;
    if (single) return;
    const bool inside = it->Valid() && it->key().starts_with(prefix);
    if (options.reversed || inside) it->Seek(key_of(KeyKind::end));
}

RowReader::RowReader(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
RowReader::~RowReader() = default;
RowReader::RowReader(RowReader&&) noexcept = default;
RowReader& RowReader::operator=(RowReader&&) noexcept = default;

ReadEvent RowReader::next() { return impl_->next(); }
void RowReader::skip_partition() { impl_->leave_partition(); }
PartitionKey RowReader::partition() const noexcept { return impl_->partition; }
const Row& RowReader::static_row() const noexcept { return impl_->static_row; }
const Row& RowReader::row() const noexcept { return impl_->row; }
BytesView RowReader::clustering() const noexcept { return impl_->clustering; }
const std::optional<Error>& RowReader::error() const noexcept { return impl_->error; }

ScanPosition RowReader::position() const {
    const auto& [token, key] = impl_->partition;
    return {token, Bytes(key.begin(), key.end()), Bytes(impl_->clustering.begin(), impl_->clustering.end())};
}

RowReader Store::read_partition(const StoredTable& table, const PartitionKey& partition,
                                ReadOptions options) {
    auto impl = std::make_unique<RowReader::Impl>(*impl_, table, std::move(options));
    impl->open_partition(partition);
    return RowReader(std::move(impl));
}

RowReader Store::scan(const StoredTable& table, const TokenRange& tokens, ReadOptions options) {
    auto impl = std::make_unique<RowReader::Impl>(*impl_, table, std::move(options));
    impl->open_scan(tokens);
    return RowReader(std::move(impl));
}

}  // namespace coodie::embedded::storage
