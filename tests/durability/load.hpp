// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/store.hpp"

#include <coodie/codec/token.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// What the writer writes and the test expects. Batch n of thread t is one WriteBatch: a row each in the
// partitions "left <t>" and "right <t>", an addition of 1 to a counter, and, every seventh time, a deletion
// of an earlier row.
namespace coodie::durability {

namespace st = embedded::storage;

inline constexpr int threads = 4;
/// Row n is deleted by batch n + deleted_after when n % 7 == 0.
inline constexpr int deleted_after = 20;

inline BytesView view(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}
inline st::PartitionKey partition(const std::string& name) { return {murmur3_token(view(name)), view(name)}; }
inline std::string value_of(int thread, int n) {
    return std::to_string(thread) + "/" + std::to_string(n) +
           std::string(static_cast<std::size_t>(n % 500), 'v');
}

inline st::StoreOptions options(const std::string& folder, std::string_view sync) {
    // Small buffers: flushes and compactions run all the time.
    return {.folder = folder,
            .sync = sync == "always" ? st::SyncMode::always : st::SyncMode::periodic,
            .write_buffer_bytes = std::size_t{128} << 10U};
}

struct Tables {
    std::shared_ptr<st::StoredTable> rows;
    std::shared_ptr<st::StoredTable> counters;
};

inline std::variant<Tables, Error> open_tables(st::Store& store) {
    auto rows = store.open_table(1, {{{TypeId::int_, false}}, 0});
    if (auto* error = std::get_if<Error>(&rows)) return *error;
    auto counters = store.open_table(2, {{}, 0});
    if (auto* error = std::get_if<Error>(&counters)) return *error;
    return Tables{std::get<0>(rows), std::get<0>(counters)};
}

inline st::ClusteringKey key(const Tables& tables, int n) {
    Bytes content;
    for (int shift = 24; shift >= 0; shift -= 8) {
        content.push_back(static_cast<std::byte>(static_cast<unsigned>(n) >> shift));
    }
    const BytesView values[] = {content};
    st::ClusteringKey out;
    tables.rows->clustering().encode(values, out);
    return out;
}

}  // namespace coodie::durability
