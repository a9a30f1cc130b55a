// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"

#include <coodie/driver/parameter_fit.hpp>
#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/types/bytes.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace coodie::native {

/// A statement as the servers know it. Immutable; a change of its result's metadata makes a new one.
struct Prepared {
    Bytes id;
    Bytes result_metadata_id;                    ///< v5; empty in v4
    std::shared_ptr<const ColumnSpecs> columns;  ///< nullptr: gives no rows, or the server did not tell
    ColumnSpecs parameters;
    ParameterFit fit;
    std::vector<std::uint16_t> routing_key;
};
using PreparedPtr = std::shared_ptr<const Prepared>;

/// The session's prepared statements by text and keyspace: the most recently used ones, up to a limit. Any
/// thread.
class PreparedCache {
public:
    explicit PreparedCache(std::size_t capacity = 2000) : capacity_(capacity) {}

    /// nullptr: not prepared, or forgotten since.
    [[nodiscard]] PreparedPtr find(const StatementText& text, std::string_view keyspace);
    /// Adds or replaces.
    void put(const StatementText& text, std::string_view keyspace, PreparedPtr prepared);
    [[nodiscard]] std::size_t size() const;

private:
    struct Key {
        std::string_view cql;
        std::string_view keyspace;
        std::uint64_t hash;
        friend bool operator==(const Key& a, const Key& b) noexcept {
            // Copies of one StatementText share its characters, which saves comparing them.
            const bool same = a.cql.data() == b.cql.data() && a.cql.size() == b.cql.size();
            return a.hash == b.hash && (same || a.cql == b.cql) && a.keyspace == b.keyspace;
        }
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const noexcept { return static_cast<std::size_t>(key.hash); }
    };
    struct Entry {
        StatementText text;  // keeps the key's text
        std::string keyspace;
        PreparedPtr prepared;
        bool used = true;  // since the hand last passed
    };

    static Key key_of(const StatementText& text, std::string_view keyspace) noexcept {
        return {text.cql(), keyspace, text.hash()};
    }
    /// Where the entry of a text was found the last time, if it still is the place's.
    [[nodiscard]] Entry*& recent_of(const StatementText& text) noexcept {
        return recent_[text.hash() % recent_.size()];
    }
    void evict();

    const std::size_t capacity_;
    mutable LightMutex mutex_;
    // In the order in which the hand of the clock looks for something to forget.
    std::list<Entry> entries_;
    std::unordered_map<Key, std::list<Entry>::iterator, KeyHash> by_key_;
    std::array<Entry*, 64> recent_{};
};

}  // namespace coodie::native
