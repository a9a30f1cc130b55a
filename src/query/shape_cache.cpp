// SPDX-License-Identifier: Apache-2.0
#include "query/shape_cache.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <mutex>
#include <shared_mutex>
#include <utility>

namespace coodie::query {
namespace {

/// Shapes come from code, so they are few; names of keyspaces may come from data. A full cache starts anew.
constexpr std::size_t most_shapes = 8192;

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const noexcept { return std::hash<std::string_view>{}(key); }
};
struct Equal {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const noexcept { return a == b; }
};

struct Cache {
    std::shared_mutex mutex;
    boost::unordered_flat_map<std::string, StatementText, Hash, Equal> texts;
};

/// Never destroyed: a thread may still execute statements while the process ends.
Cache& cache() {
    static Cache* const the_cache = new Cache;
    return *the_cache;
}

}  // namespace

StatementText find_shape(std::string_view key) {
    Cache& all = cache();
    const std::shared_lock lock(all.mutex);
    const auto found = all.texts.find(key);
    return found == all.texts.end() ? StatementText() : found->second;
}

StatementText keep_shape(std::string_view key, StatementText text) {
    Cache& all = cache();
    const std::unique_lock lock(all.mutex);
    if (all.texts.size() >= most_shapes) all.texts.clear();
    return all.texts.try_emplace(std::string(key), std::move(text)).first->second;
}

std::size_t shape_count() {
    Cache& all = cache();
    const std::shared_lock lock(all.mutex);
    return all.texts.size();
}

}  // namespace coodie::query
