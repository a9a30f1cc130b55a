// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/row_format.hpp"
#include "embedded/storage/store_impl.hpp"

#include <rocksdb/iterator.h>

namespace coodie::embedded::storage {

struct IndexReader::Impl {
    explicit Impl(Store::Impl& of) : store(of) {}

    Store::Impl& store;
    std::string value_prefix;  ///< object and value: what comes before a partition
    std::string lower_bound;
    std::string upper_bound;
    rocksdb::Slice upper_slice;
    std::unique_ptr<rocksdb::Iterator> it;
    bool started = false;
    PartitionKey partition;
    BytesView clustering;
    std::optional<Error> error;
};

namespace {

std::string behind_prefix(const std::string& prefix) {
    const BytesView bytes = as_bytes(prefix);
    Bytes bound(bytes.begin(), bytes.end());
    advance_behind_prefix(bound);
    return std::string(as_text(bound));
}

}  // namespace

IndexReader::IndexReader(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
IndexReader::~IndexReader() = default;
IndexReader::IndexReader(IndexReader&&) noexcept = default;
IndexReader& IndexReader::operator=(IndexReader&&) noexcept = default;

bool IndexReader::next() {
    Impl& impl = *impl_;
    if (impl.error) return false;
    if (impl.started) {
        if (!impl.it->Valid()) return false;
        impl.it->Next();
    } else {
        impl.it->Seek(impl.lower_bound);
    }
    impl.started = true;
    if (!impl.it->Valid()) {
        if (!impl.it->status().ok()) impl.error = impl.store.read_error(impl.it->status());
        return false;
    }
    BytesView rest = as_bytes(impl.it->key().ToStringView()).subspan(impl.value_prefix.size());
    if (!take_partition(rest, impl.partition)) {
        impl.error = impl.store.damaged_row(impl.it->key().ToStringView());
        return false;
    }
    impl.clustering = rest;
    return true;
}

PartitionKey IndexReader::partition() const noexcept { return impl_->partition; }
BytesView IndexReader::clustering() const noexcept { return impl_->clustering; }
const std::optional<Error>& IndexReader::error() const noexcept { return impl_->error; }

IndexReader Store::read_index(const StoredTable& index, BytesView value, const PartitionKey* partition,
                              const ScanPosition* resume, const Snapshot* snapshot) {
    auto impl = std::make_unique<IndexReader::Impl>(*impl_);
    append_object(impl->value_prefix, index.state().object.load(std::memory_order_acquire));
    impl->value_prefix.append(as_text(value));
    impl->lower_bound = impl->value_prefix;
    if (partition != nullptr) append_partition(impl->lower_bound, *partition);
    impl->upper_bound = behind_prefix(impl->lower_bound);
    if (resume != nullptr) {
        std::string last = impl->value_prefix;
        append_partition(last, {resume->token, resume->partition_key});
        if (resume->clustering) {
            last.append(as_text(*resume->clustering)).push_back('\0');
        } else {
            last = behind_prefix(last);
        }
        impl->lower_bound = std::max(impl->lower_bound, last);
    }
    rocksdb::ReadOptions read;
    if (snapshot != nullptr) read.snapshot = snapshot->impl().snapshot;
    impl->upper_slice = impl->upper_bound;
    read.iterate_upper_bound = &impl->upper_slice;
    impl->it.reset(impl_->db->NewIterator(read));
    return IndexReader(std::move(impl));
}

}  // namespace coodie::embedded::storage
