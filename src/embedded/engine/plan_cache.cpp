// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/prepared.hpp"

namespace coodie::embedded {

std::shared_ptr<const Prepared> PlanCache::find(const StatementText& text, std::string_view keyspace,
                                                std::uint64_t version) {
    auto& shard = this->shard(text.hash());
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_hash.find(text.hash());
    if (found == shard.by_hash.end()) return nullptr;
    const auto& prepared = *found->second;
    const bool same_text = prepared->text.identity() == text.identity() || prepared->text.cql() == text.cql();
    if (!same_text || prepared->schema_version != version || prepared->keyspace != keyspace) return nullptr;
    shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
    return prepared;
}

void PlanCache::put(std::shared_ptr<const Prepared> prepared) {
    const auto hash = prepared->text.hash();
    auto& shard = this->shard(hash);
    std::shared_ptr<const Prepared> dropped;  // destroyed outside the lock
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.by_hash.find(hash); found != shard.by_hash.end()) {
        dropped = std::move(*found->second);
        shard.entries.erase(found->second);
        shard.by_hash.erase(found);
    } else if (shard.entries.size() >= capacity / shard_count) {
        dropped = std::move(shard.entries.back());
        shard.by_hash.erase(dropped->text.hash());
        shard.entries.pop_back();
    }
    shard.entries.push_front(std::move(prepared));
    shard.by_hash.emplace(hash, shard.entries.begin());
}

std::size_t PlanCache::size() const {
    std::size_t size = 0;
    for (const auto& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        size += shard.entries.size();
    }
    return size;
}

}  // namespace coodie::embedded
