// SPDX-License-Identifier: Apache-2.0
#include "native/session/prepared_cache.hpp"

#include <utility>

namespace coodie::native {

PreparedPtr PreparedCache::find(const StatementText& text, std::string_view keyspace) {
    const std::lock_guard lock(mutex_);
    Entry*& recent = recent_of(text);
    if (recent == nullptr || recent->text.identity() != text.identity() || recent->keyspace != keyspace) {
        const auto found = by_key_.find(key_of(text, keyspace));
        if (found == by_key_.end()) return nullptr;
        recent = &*found->second;
    }
    recent->used = true;
    return recent->prepared;
}

void PreparedCache::put(const StatementText& text, std::string_view keyspace, PreparedPtr prepared) {
    const std::lock_guard lock(mutex_);
    const auto found = by_key_.find(key_of(text, keyspace));
    if (found != by_key_.end()) {
        found->second->prepared = std::move(prepared);
        return;
    }
    if (entries_.size() >= capacity_) evict();
    entries_.push_back({text, std::string(keyspace), std::move(prepared)});
    const auto entry = std::prev(entries_.end());
    by_key_.emplace(key_of(entry->text, entry->keyspace), entry);
}

// Second chance: what was used since the last time goes to the end of the line.
void PreparedCache::evict() {
    while (entries_.front().used) {
        entries_.front().used = false;
        entries_.splice(entries_.end(), entries_, entries_.begin());
    }
    Entry& gone = entries_.front();
    if (Entry*& recent = recent_of(gone.text); recent == &gone) recent = nullptr;
    by_key_.erase(key_of(gone.text, gone.keyspace));
    entries_.pop_front();
}

std::size_t PreparedCache::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

}  // namespace coodie::native
