// SPDX-License-Identifier: Apache-2.0
#include "embedded/storage/compaction.hpp"

#include "embedded/storage/range_deletions.hpp"
#include "embedded/storage/row_format.hpp"
#include "embedded/storage/store_impl.hpp"

#include <chrono>

namespace coodie::embedded::storage {

void CompactionRules::set_grace(std::uint32_t object, std::int64_t seconds) {
    const std::lock_guard lock(mutex_);
    grace_[object] = seconds;
}

void CompactionRules::drop(std::uint32_t object) {
    const std::lock_guard lock(mutex_);
    grace_.erase(object);
    dropped_.insert(object);
}

CompactionRules::Grace CompactionRules::grace() const {
    const std::lock_guard lock(mutex_);
    return grace_;
}

CompactionRules::Objects CompactionRules::dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
}

namespace {

std::int64_t seconds_now() {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// One compaction's pass over the keys of one output, in order.
class RowFilter final : public rocksdb::CompactionFilter {
public:
    RowFilter(CompactionRules& rules, std::int64_t now)
        : db_(rules.database()), grace_(rules.grace()), dropped_(rules.dropped()), now_(now) {}

    const char* Name() const override { return "coodie.rows.1"; }

    Decision FilterV2(int, const rocksdb::Slice& slice, ValueType type, const rocksdb::Slice& value,
                      std::string* new_value, std::string*) const override {
        const std::string_view key = slice.ToStringView();
        const std::uint32_t object = object_at(key, 0);
        if (object == 0) return Decision::kKeep;
        if (dropped_.contains(object)) return Decision::kRemove;
        const auto grace = grace_.find(object);
        ParsedKey parsed;
        // Index entries have no value; what has no rule yet stays.
        if (type != ValueType::kValue || value.empty() || grace == grace_.end() || db_ == nullptr ||
            !parse_key(key, parsed)) {
            return Decision::kKeep;
        }
        if (parsed.prefix != partition_) enter(parsed.prefix);
        const std::int64_t gc_before = now_ - grace->second;
        return parsed.kind == KeyKind::partition_deletion || parsed.kind == KeyKind::range_deletion
                   ? filter_deletion(slice, parsed, value, gc_before)
                   : filter_row(slice, parsed, value, gc_before, *new_value);
    }

private:
    void enter(std::string_view prefix) const {
        partition_.assign(prefix);
        over_partition_ = {};
        over_ranges_.clear();
    }

    /// Goes when it is old and nothing that it covers is left.
    Decision filter_deletion(const rocksdb::Slice& key, const ParsedKey& parsed, const rocksdb::Slice& value,
                             std::int64_t gc_before) const {
        const RowDecoder decoder(as_bytes(value.ToStringView()));
        if (!decoder.ok()) return Decision::kKeep;
        const Deletion deletion = decoder.deletion();
        ClusteringRange range;
        const bool partition = parsed.kind == KeyKind::partition_deletion;
        if (!partition && !parse_range(parsed.rest, range)) return Decision::kKeep;
        if (deletion.local_time < gc_before && is_newest(key, value) &&
            covers_nothing(parsed, range, deletion)) {
            return Decision::kRemove;
        }
        if (partition) {
            over_partition_ = deletion;
        } else {
            over_ranges_.add(range, deletion);
        }
        return Decision::kKeep;
    }

    Decision filter_row(const rocksdb::Slice& key, const ParsedKey& parsed, const rocksdb::Slice& value,
                        std::int64_t gc_before, std::string& new_value) const {
        if (!decode_row(as_bytes(value.ToStringView()), row_)) return Decision::kKeep;
        Deletion shadow = over_partition_;
        if (parsed.kind == KeyKind::row) {
            if (const Deletion over = over_ranges_.over(parsed.rest); over.supersedes(shadow)) shadow = over;
        }
        // What a deletion covers may go at once: the deletion stays, and so do those that an older write may
        // need.
        const bool covered = shadow.exists() && has_anything_at_or_before(row_, shadow.timestamp);
        normalize(row_, shadow);
        const bool purged = purge(row_, gc_before) && is_newest(key, value);
        if (!covered && !purged) return Decision::kKeep;
        if (!purged) {  // as before, but without what is covered
            decode_row(as_bytes(value.ToStringView()), row_);
            normalize(row_, shadow);
        }
        if (row_.empty()) return Decision::kRemove;
        new_value.clear();
        encode_row(row_, new_value);
        return Decision::kChangeValue;
    }

    /// Whether no later write to this key waits elsewhere: an older timestamp in it must stay covered.
    bool is_newest(const rocksdb::Slice& key, const rocksdb::Slice& value) const {
        rocksdb::PinnableSlice found[1];
        rocksdb::GetMergeOperandsOptions one;
        one.expected_max_number_of_operands = 1;
        int count = 0;
        const rocksdb::Status status = db_->GetMergeOperands(
            rocksdb::ReadOptions(), db_->DefaultColumnFamily(), key, found, &one, &count);
        return status.ok() && count == 1 && found[0] == value;
    }

    bool covers_nothing(const ParsedKey& parsed, const ClusteringRange& range,
                        const Deletion& deletion) const {
        const bool partition = parsed.kind == KeyKind::partition_deletion;
        std::string first(parsed.prefix);
        std::string last(parsed.prefix);
        first.push_back(static_cast<char>(partition ? KeyKind::static_row : KeyKind::row));
        last.push_back(static_cast<char>(partition || range.to_end ? KeyKind::end : KeyKind::row));
        first.append(as_text(range.lower));
        if (!partition && !range.to_end) last.append(as_text(range.upper));
        const rocksdb::Slice bound(last);
        rocksdb::ReadOptions read;
        read.iterate_upper_bound = &bound;
        read.fill_cache = false;
        const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(read));
        RawRow row;
        for (it->Seek(first); it->Valid(); it->Next()) {
            ParsedKey inner;
            if (!parse_key(it->key().ToStringView(), inner)) return false;
            if (inner.kind == KeyKind::range_deletion) continue;
            if (!decode_row(as_bytes(it->value().ToStringView()), row)) return false;
            if (has_anything_at_or_before(row, deletion.timestamp)) return false;
        }
        return it->status().ok();
    }

    rocksdb::DB* db_;
    CompactionRules::Grace grace_;
    CompactionRules::Objects dropped_;
    std::int64_t now_;
    // FilterV2 is const, but one thread calls it for one output.
    mutable std::string partition_;
    mutable Deletion over_partition_;
    mutable RangeDeletions over_ranges_;
    mutable RawRow row_;
};

class RowFilterFactory final : public rocksdb::CompactionFilterFactory {
public:
    explicit RowFilterFactory(std::shared_ptr<CompactionRules> rules) : rules_(std::move(rules)) {}
    const char* Name() const override { return "coodie.rows.1"; }
    std::unique_ptr<rocksdb::CompactionFilter> CreateCompactionFilter(
        const rocksdb::CompactionFilter::Context&) override {
        return std::make_unique<RowFilter>(*rules_, seconds_now());
    }

private:
    std::shared_ptr<CompactionRules> rules_;
};

}  // namespace

std::shared_ptr<rocksdb::CompactionFilterFactory> make_compaction_filter_factory(
    std::shared_ptr<CompactionRules> rules) {
    return std::make_shared<RowFilterFactory>(std::move(rules));
}

}  // namespace coodie::embedded::storage
