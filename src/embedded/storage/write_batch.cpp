// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/write_batch.hpp"

#include "embedded/storage/row_access.hpp"
#include "embedded/storage/row_format.hpp"
#include "embedded/storage/store_impl.hpp"

namespace coodie::embedded::storage {

namespace {

bool is_valid(WriteBatch::Impl& impl, const PartitionKey& partition) noexcept {
    if (partition.key.empty()) impl.empty_key = true;
    if (partition.key.size() > largest_partition_key) impl.long_key = true;
    return !partition.key.empty() && partition.key.size() <= largest_partition_key;
}

void need_flag(WriteBatch::Impl& impl, const StoredTable& table, std::uint8_t flag) {
    StoredTable::State& state = table.state();
    if ((state.stored_flags.load(std::memory_order_acquire) & flag) != 0) return;
    impl.flags.push_back({state.shared_from_this(), flag});
    impl.batch.Put(flag_key(state.id, flag), rocksdb::Slice());
}

void encode_deletion(const Deletion& deletion, std::string& out) {
    RawRow row;
    row.deletion = deletion;
    out.clear();
    encode_row(row, out);
}

void make_index_key(std::string& out, std::uint32_t object, BytesView value, const PartitionKey& partition,
                    BytesView clustering) {
    out.clear();
    append_object(out, object);
    out.append(as_text(value));
    append_partition(out, partition);
    out.append(as_text(clustering));
}

}  // namespace

WriteBatch::WriteBatch() : impl_(std::make_unique<Impl>()) {}
WriteBatch::~WriteBatch() = default;
WriteBatch::WriteBatch(WriteBatch&&) noexcept = default;
WriteBatch& WriteBatch::operator=(WriteBatch&&) noexcept = default;

void WriteBatch::write_row(const StoredTable& table, const PartitionKey& partition,
                           const ClusteringKey& clustering, const RowMutation& mutation) {
    if (!is_valid(*impl_, partition) || mutation.empty()) return;
    make_key(impl_->key, table.state().object.load(std::memory_order_acquire), partition, KeyKind::row);
    impl_->key.append(as_text(clustering.form));
    impl_->value.clear();
    MutationAccess::encode(mutation, clustering.original, impl_->value);
    impl_->batch.Merge(impl_->key, impl_->value);
    if (MutationAccess::has_counter(mutation)) {
        impl_->counters.push_back({table.state().shared_from_this(), std::string(as_text(partition.key)),
                                   partition.token, std::string(as_text(clustering.form)), false});
    }
}

void WriteBatch::write_static(const StoredTable& table, const PartitionKey& partition,
                              const RowMutation& mutation) {
    if (!is_valid(*impl_, partition) || mutation.empty()) return;
    need_flag(*impl_, table, may_have_statics);
    make_key(impl_->key, table.state().object.load(std::memory_order_acquire), partition,
             KeyKind::static_row);
    impl_->value.clear();
    MutationAccess::encode(mutation, {}, impl_->value);
    impl_->batch.Merge(impl_->key, impl_->value);
    if (MutationAccess::has_counter(mutation)) {
        impl_->counters.push_back({table.state().shared_from_this(),
                                   std::string(as_text(partition.key)),
                                   partition.token,
                                   {},
                                   true});
    }
}

void WriteBatch::delete_partition(const StoredTable& table, const PartitionKey& partition,
                                  const Deletion& deletion) {
    if (!is_valid(*impl_, partition)) return;
    need_flag(*impl_, table, may_have_partition_deletions);
    make_key(impl_->key, table.state().object.load(std::memory_order_acquire), partition,
             KeyKind::partition_deletion);
    encode_deletion(deletion, impl_->value);
    impl_->batch.Merge(impl_->key, impl_->value);
}

void WriteBatch::delete_range(const StoredTable& table, const PartitionKey& partition,
                              const ClusteringRange& range, const Deletion& deletion) {
    if (!is_valid(*impl_, partition) || range.empty()) return;
    need_flag(*impl_, table, may_have_range_deletions);
    make_range_key(impl_->key, table.state().object.load(std::memory_order_acquire), partition, range);
    encode_deletion(deletion, impl_->value);
    impl_->batch.Merge(impl_->key, impl_->value);
}

void WriteBatch::put_index_entry(const StoredTable& index, BytesView value, const PartitionKey& partition,
                                 BytesView clustering) {
    if (!is_valid(*impl_, partition)) return;
    make_index_key(impl_->key, index.state().object.load(std::memory_order_acquire), value, partition,
                   clustering);
    impl_->batch.Put(impl_->key, rocksdb::Slice());
}

void WriteBatch::erase_index_entry(const StoredTable& index, BytesView value, const PartitionKey& partition,
                                   BytesView clustering) {
    if (!is_valid(*impl_, partition)) return;
    make_index_key(impl_->key, index.state().object.load(std::memory_order_acquire), value, partition,
                   clustering);
    impl_->batch.Delete(impl_->key);
}

void WriteBatch::put_record(std::string_view name, BytesView value) {
    impl_->batch.Put(catalog_key(name), rocksdb::Slice(as_text(value)));
}

void WriteBatch::erase_record(std::string_view name) { impl_->batch.Delete(catalog_key(name)); }

void WriteBatch::truncate(StoredTable& table) {
    impl_->truncated.push_back(table.state().shared_from_this());
}

void WriteBatch::drop(StoredTable& table) { impl_->dropped.push_back(table.state().shared_from_this()); }

void WriteBatch::clear() noexcept {
    impl_->batch.Clear();
    impl_->flags.clear();
    impl_->counters.clear();
    impl_->truncated.clear();
    impl_->dropped.clear();
    impl_->empty_key = impl_->long_key = false;
}

bool WriteBatch::empty() const noexcept {
    return impl_->batch.Count() == 0 && impl_->truncated.empty() && impl_->dropped.empty() &&
           !impl_->empty_key && !impl_->long_key;
}

std::size_t WriteBatch::size() const noexcept { return impl_->batch.GetDataSize(); }

}  // namespace coodie::embedded::storage
