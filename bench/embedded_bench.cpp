// SPDX-License-Identifier: Apache-2.0
// Save and get by key through the whole ODM on the embedded engine, beside raw RocksDB Put and Get of the
// same bytes. Run it by bench/run.sh: rounds alternate (random interleaving), ratios are of medians.
#include "item.hpp"

#include <benchmark/benchmark.h>
#include <rocksdb/db.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

using namespace coodie::literals;

namespace {

constexpr std::int64_t rows = 100'000;

/// A folder of this process, removed at its end.
class Folder {
public:
    explicit Folder(const char* name)
        : path_((std::filesystem::temp_directory_path() / (std::string("coodie-bench-") + name)).string()) {
        std::filesystem::remove_all(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Keys in an order that is no order: a full-period step through the rows.
class Keys {
public:
    std::int64_t next() { return at_ = (at_ + 61'803) % rows; }

private:
    std::int64_t at_ = 0;
};

void check(const rocksdb::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.ToString());
}

/// The bytes of one row as the ODM binds them, and an eight-byte key as it encodes it.
std::pair<std::string, std::string> raw_row(const Item& item) {
    coodie::Bytes value;
    for (const coodie::ColumnInfo& column : coodie::columns<Item>()) column.encode(&item, value);
    std::string key(reinterpret_cast<const char*>(&item.id), sizeof item.id);
    return {key, std::string(reinterpret_cast<const char*>(value.data()), value.size())};
}

rocksdb::DB& raw() {
    static const Folder folder("raw");
    static const std::unique_ptr<rocksdb::DB> db = [] {
        rocksdb::Options options;
        options.create_if_missing = true;
        rocksdb::DB* opened = nullptr;
        check(rocksdb::DB::Open(options, folder.path(), &opened));
        for (std::int64_t id = 0; id < rows; ++id) {
            const auto [key, value] = raw_row(make_item(id));
            check(opened->Put({}, key, value));
        }
        return std::unique_ptr<rocksdb::DB>(opened);
    }();
    return *db;
}

void odm() {
    static const Folder folder("embedded");
    static const coodie::Connection connection = [] {
        auto opened = coodie::sync::init_coodie("embedded://" + folder.path() + "?sync=periodic");
        coodie::sync::create_keyspace("bench", {.replication_factor = 1});
        Item::sync_table();
        for (std::int64_t id = 0; id < rows; ++id) make_item(id).save();
        return opened;
    }();
}

void raw_put(benchmark::State& state) {
    rocksdb::DB& db = raw();
    Keys keys;
    auto [key, value] = raw_row(make_item(0));
    for (auto _ : state) {
        const std::int64_t id = keys.next();
        key.assign(reinterpret_cast<const char*>(&id), sizeof id);
        check(db.Put({}, key, value));
    }
}

void raw_get(benchmark::State& state) {
    rocksdb::DB& db = raw();
    Keys keys;
    std::string key(sizeof(std::int64_t), '\0');
    std::string value;
    for (auto _ : state) {
        const std::int64_t id = keys.next();
        key.assign(reinterpret_cast<const char*>(&id), sizeof id);
        check(db.Get({}, key, &value));
        benchmark::DoNotOptimize(value.data());
    }
}

void embedded_save(benchmark::State& state) {
    odm();
    Keys keys;
    Item item = make_item(0);
    for (auto _ : state) {
        item.id = keys.next();
        item.save();
    }
}

void embedded_get(benchmark::State& state) {
    odm();
    Keys keys;
    for (auto _ : state) {
        const Item item = Item::get("id"_c == keys.next());
        benchmark::DoNotOptimize(item);
    }
}

BENCHMARK(raw_get)->Unit(benchmark::kMicrosecond);
BENCHMARK(embedded_get)->Unit(benchmark::kMicrosecond);
BENCHMARK(raw_put)->Unit(benchmark::kMicrosecond);
BENCHMARK(embedded_save)->Unit(benchmark::kMicrosecond);

}  // namespace
