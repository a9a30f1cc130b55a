// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/storage/store.hpp"

#include <coodie/codec/token.hpp>

#include <gtest/gtest.h>

#include <unistd.h>
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace coodie::embedded::storage::test {

inline Bytes bytes(std::string_view text) {
    const auto* data = reinterpret_cast<const std::byte*>(text.data());
    return {data, data + text.size()};
}
inline std::string text(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline Bytes int_bytes(std::int32_t value) {
    Bytes out;
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::byte>(static_cast<std::uint32_t>(value) >> shift));
    }
    return out;
}
inline std::int64_t counter_of(BytesView bytes) {
    std::uint64_t value = 0;
    for (const std::byte byte : bytes) value = value << 8U | static_cast<std::uint8_t>(byte);
    return static_cast<std::int64_t>(value);
}

/// A folder of its own, removed afterwards.
class TemporaryFolder {
public:
    TemporaryFolder() {
        static std::atomic<int> count = 0;
        path_ = (std::filesystem::temp_directory_path() /
                 ("coodie-storage-" + std::to_string(getpid()) + "-" + std::to_string(count++)))
                    .string();
        std::filesystem::remove_all(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

inline std::unique_ptr<Store> open_or_fail(const StoreOptions& options) {
    auto opened = Store::open(options);
    if (auto* error = std::get_if<Error>(&opened)) {
        ADD_FAILURE() << error->message();
        return nullptr;
    }
    return std::move(std::get<0>(opened));
}

inline void expect_ok(const std::optional<Error>& error) { EXPECT_FALSE(error) << error->message(); }

/// A table with int clustering columns in a store, with short words for what tests do all the time.
/// Partitions are named by text.
class TestTable {
public:
    TestTable(Store& store, std::uint32_t id, TableShape shape = {{{TypeId::int_, false}}, 864000})
        : store_(&store) {
        auto opened = store.open_table(id, std::move(shape));
        if (auto* error = std::get_if<Error>(&opened)) {
            ADD_FAILURE() << error->message();
            return;
        }
        table_ = std::get<0>(opened);
    }

    [[nodiscard]] StoredTable& table() const { return *table_; }

    static PartitionKey partition(std::string_view name) {
        const BytesView key(reinterpret_cast<const std::byte*>(name.data()), name.size());
        return {murmur3_token(key), key};
    }
    [[nodiscard]] ClusteringKey key(std::initializer_list<int> values) const {
        std::vector<Bytes> contents;
        for (const int value : values) contents.push_back(int_bytes(value));
        const std::vector<BytesView> views(contents.begin(), contents.end());
        ClusteringKey out;
        EXPECT_TRUE(table_->clustering().encode(views, out));
        return out;
    }
    [[nodiscard]] ClusteringRange range(std::initializer_list<int> start, bool start_in,
                                        std::initializer_list<int> end, bool end_in) const {
        std::vector<Bytes> a;
        std::vector<Bytes> b;
        for (const int value : start) a.push_back(int_bytes(value));
        for (const int value : end) b.push_back(int_bytes(value));
        const std::vector<BytesView> from(a.begin(), a.end());
        const std::vector<BytesView> to(b.begin(), b.end());
        ClusteringRange out;
        EXPECT_TRUE(table_->clustering().range({from, start_in}, {to, end_in}, out));
        return out;
    }

    void write(std::string_view name, std::initializer_list<int> clustering, const RowMutation& mutation) {
        WriteBatch batch;
        batch.write_row(*table_, partition(name), key(clustering), mutation);
        expect_ok(store_->write(batch));
    }
    void put(std::string_view name, std::initializer_list<int> clustering, std::int64_t timestamp,
             std::string_view value, std::uint16_t column = 1) {
        RowMutation mutation;
        mutation.put_cell(column, {.timestamp = timestamp}, bytes(value));
        write(name, clustering, mutation);
    }
    void put_expiring(std::string_view name, std::initializer_list<int> clustering, std::int64_t timestamp,
                      std::int64_t expiry, std::string_view value) {
        RowMutation mutation;
        mutation.put_cell(1, {.timestamp = timestamp, .ttl = 10, .expiry = expiry}, bytes(value));
        write(name, clustering, mutation);
    }
    void remove_cell(std::string_view name, std::initializer_list<int> clustering, const Deletion& deletion,
                     std::uint16_t column = 1) {
        RowMutation mutation;
        mutation.delete_cell(column, deletion);
        write(name, clustering, mutation);
    }
    void remove_row(std::string_view name, std::initializer_list<int> clustering, const Deletion& deletion) {
        RowMutation mutation;
        mutation.delete_row(deletion);
        write(name, clustering, mutation);
    }
    void remove_partition(std::string_view name, const Deletion& deletion) {
        WriteBatch batch;
        batch.delete_partition(*table_, partition(name), deletion);
        expect_ok(store_->write(batch));
    }
    void remove_range(std::string_view name, const ClusteringRange& range, const Deletion& deletion) {
        WriteBatch batch;
        batch.delete_range(*table_, partition(name), range, deletion);
        expect_ok(store_->write(batch));
    }
    void put_static(std::string_view name, std::int64_t timestamp, std::string_view value) {
        RowMutation mutation;
        mutation.put_cell(9, {.timestamp = timestamp}, bytes(value));
        WriteBatch batch;
        batch.write_static(*table_, partition(name), mutation);
        expect_ok(store_->write(batch));
    }

    [[nodiscard]] Row row(std::string_view name, std::initializer_list<int> clustering, std::int64_t now = 0,
                          const Snapshot* snapshot = nullptr) const {
        Row found;
        expect_ok(store_->get(*table_, partition(name), key(clustering).form, now, found, snapshot));
        return found;
    }
    /// The text of column 1; "-" when it is not there.
    [[nodiscard]] std::string get(std::string_view name, std::initializer_list<int> clustering,
                                  std::int64_t now = 0) const {
        return value_of(row(name, clustering, now));
    }
    static std::string value_of(const Row& row, std::uint16_t column = 1) {
        const auto cells = row.column(column);
        return cells.empty() ? "-" : text(cells[0].value);
    }

    /// Everything that a reader gives: "P" per partition with its name, "s=" static text, then clustering
    /// values.
    [[nodiscard]] std::string walk(RowReader reader) const {
        std::string out;
        ClusteringValues values;
        for (;;) {
            const ReadEvent event = reader.next();
            if (event == ReadEvent::end) break;
            if (event == ReadEvent::partition) {
                out += (out.empty() ? "" : " ") + text(reader.partition().key) + ":";
                if (reader.static_row().exists()) out += " s=" + value_of(reader.static_row(), 9);
                continue;
            }
            EXPECT_TRUE(
                table_->clustering().decode(reader.clustering(), reader.row().clustering_original(), values));
            for (std::size_t i = 0; i < values.size(); ++i) {
                out +=
                    (i == 0 ? " " : "/") + std::to_string(static_cast<std::int32_t>(counter_of(values[i])));
            }
        }
        expect_ok(reader.error());
        return out;
    }
    [[nodiscard]] std::string walk_partition(std::string_view name, ReadOptions options = {}) const {
        return walk(store_->read_partition(*table_, partition(name), std::move(options)));
    }
    [[nodiscard]] std::string walk_all(ReadOptions options = {}) const {
        return walk(store_->scan(*table_, {}, std::move(options)));
    }

private:
    Store* store_;
    std::shared_ptr<StoredTable> table_;
};

}  // namespace coodie::embedded::storage::test
