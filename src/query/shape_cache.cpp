// SPDX-License-Identifier: Apache-2.0
#include "query/shape_cache.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <array>
#include <cstring>
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

/// A text that the calling thread used before: neither lock nor hash. Texts never change, so it does not
/// matter whether the cache still has it.
struct Recent {
    std::string key;
    StatementText text;

    /// One of a few places, by the bytes of the key that differ most: those of the model's address.
    [[nodiscard]] static Recent& of(std::string_view key) {
        thread_local std::array<Recent, 16> places;
        std::uint32_t address = 0;
        if (key.size() > sizeof address) std::memcpy(&address, key.data() + 1, sizeof address);
        return places[((address >> 4U ^ address >> 10U) + key.size()) % places.size()];
    }
};

}  // namespace

StatementText find_shape(std::string_view key) {
    Recent& recent = Recent::of(key);
    if (recent.text && recent.key == key) return recent.text;
    Cache& all = cache();
    const std::shared_lock lock(all.mutex);
    const auto found = all.texts.find(key);
    if (found == all.texts.end()) return {};
    recent.key = key;
    recent.text = found->second;
    return recent.text;
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
