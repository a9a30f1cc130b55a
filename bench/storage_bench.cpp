// SPDX-License-Identifier: Apache-2.0
// The store beside RocksDB with the same options, writing and reading the same bytes: ten columns, about 300
// bytes. Both without cells' worth of CQL: what the engine's own layers add is odm_bench's matter.
#include "embedded/storage/row_access.hpp"
#include "embedded/storage/store_impl.hpp"

#include <coodie/codec/token.hpp>

#include <benchmark/benchmark.h>

#include <unistd.h>
#include <filesystem>
#include <random>

namespace coodie::embedded::storage {

namespace {

constexpr std::int64_t rows = 200'000;
constexpr int columns = 10;

std::string fresh_folder() {
    static int count = 0;
    const auto path = std::filesystem::temp_directory_path() /
                      ("coodie-bench-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::remove_all(path);
    return path.string();
}

BytesView view(std::string_view text) {
    return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

/// One row's parts, made for a number.
struct Document {
    Bytes key;
    RowMutation mutation;

    void make(std::int64_t number) {
        key.clear();
        for (int shift = 56; shift >= 0; shift -= 8) {
            key.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(number) >> shift));
        }
        mutation.clear();
        const std::int64_t timestamp = 1'700'000'000'000'000 + number;
        mutation.put_marker({.timestamp = timestamp});
        char text[48];
        for (int i = 0; i < columns; ++i) {
            const int size = std::snprintf(text, sizeof text, "column %d of row %019lld", i,
                                           static_cast<long long>(number));
            mutation.put_cell(static_cast<std::uint16_t>(i + 2), {.timestamp = timestamp},
                              view({text, static_cast<std::size_t>(i < 4 ? 8 : size)}));
        }
    }
    [[nodiscard]] PartitionKey partition() const { return {murmur3_token(key), key}; }
};

/// What the store keeps of a document, for RocksDB alone.
void raw_bytes(const Document& document, std::string& key, std::string& value) {
    make_key(key, 1, document.partition(), KeyKind::row);
    value.clear();
    MutationAccess::encode(document.mutation, {}, value);
}

/// A store or a raw database in a folder of its own, filled once.
struct Fixture {
    std::string folder = fresh_folder();
    std::unique_ptr<Store> store;
    std::shared_ptr<StoredTable> table;
    std::unique_ptr<rocksdb::DB> raw;

    void open_store() {
        auto opened = Store::open({.folder = folder, .block_cache_bytes = std::size_t{256} << 20U});
        store = std::move(std::get<0>(opened));
        table = std::get<0>(store->open_table(1, {{}, 864000}));
    }
    void open_raw() {
        rocksdb::Options options =
            database_options({.folder = folder, .block_cache_bytes = std::size_t{256} << 20U},
                             std::make_shared<CompactionRules>());
        options.merge_operator = nullptr;
        options.compaction_filter_factory = nullptr;
        options.max_successive_merges = 0;
        rocksdb::DB* opened = nullptr;
        if (rocksdb::DB::Open(options, folder, &opened).ok()) raw.reset(opened);
    }
    void fill() {
        Document document;
        std::string key;
        std::string value;
        WriteBatch batch;
        for (std::int64_t i = 0; i < rows; ++i) {
            document.make(i);
            if (store) {
                batch.clear();
                batch.write_row(*table, document.partition(), {}, document.mutation);
                store->write(batch);
            } else {
                raw_bytes(document, key, value);
                raw->Put(rocksdb::WriteOptions(), key, value);
            }
        }
    }
    ~Fixture() {
        table.reset();
        store.reset();
        raw.reset();
        std::filesystem::remove_all(folder);
    }
};

/// Where the rows are when they are read: in memory and a few files as written, or all compacted.
enum Settled : std::int64_t { as_written, compacted };

Fixture& filled(bool of_store, std::int64_t settled) {
    static std::unique_ptr<Fixture> fixtures[2][2];
    auto& fixture = fixtures[of_store ? 1 : 0][settled];
    if (fixture == nullptr) {
        fixture = std::make_unique<Fixture>();
        of_store ? fixture->open_store() : fixture->open_raw();
        fixture->fill();
        if (settled == compacted && of_store) fixture->store->compact();
        if (settled == compacted && !of_store) fixture->raw->CompactRange({}, nullptr, nullptr);
    }
    return *fixture;
}

void raw_put(benchmark::State& state) {
    Fixture fixture;
    fixture.open_raw();
    Document document;
    std::string key;
    std::string value;
    std::int64_t number = 0;
    std::vector<std::pair<std::string, std::string>> made;
    for (std::int64_t i = 0; i < rows; ++i) {
        document.make(i * 7919 % rows);
        raw_bytes(document, key, value);
        made.emplace_back(key, value);
    }
    for (auto _ : state) {
        const auto& [k, v] = made[static_cast<std::size_t>(number++ % rows)];
        benchmark::DoNotOptimize(fixture.raw->Put(rocksdb::WriteOptions(), k, v));
    }
    state.SetItemsProcessed(state.iterations());
}

void store_write(benchmark::State& state) {
    Fixture fixture;
    fixture.open_store();
    Document document;
    WriteBatch batch;
    std::int64_t number = 0;
    for (auto _ : state) {
        document.make(number++ * 7919 % rows);
        batch.clear();
        batch.write_row(*fixture.table, document.partition(), {}, document.mutation);
        benchmark::DoNotOptimize(fixture.store->write(batch));
    }
    state.SetItemsProcessed(state.iterations());
}

void raw_get(benchmark::State& state) {
    Fixture& fixture = filled(false, state.range(0));
    std::mt19937_64 random(1);
    Document document;
    std::string key;
    std::string value;
    std::vector<std::string> keys;
    for (std::int64_t i = 0; i < rows; ++i) {
        document.make(i);
        raw_bytes(document, key, value);
        keys.push_back(key);
    }
    rocksdb::PinnableSlice found;
    for (auto _ : state) {
        found.Reset();
        const auto& k = keys[random() % rows];
        if (!fixture.raw->Get(rocksdb::ReadOptions(), fixture.raw->DefaultColumnFamily(), k, &found).ok()) {
            state.SkipWithError("a row is missing");
        }
        benchmark::DoNotOptimize(found.data());
    }
    state.SetItemsProcessed(state.iterations());
}

void store_get(benchmark::State& state) {
    Fixture& fixture = filled(true, state.range(0));
    std::mt19937_64 random(1);
    std::vector<Bytes> keys;
    Document document;
    for (std::int64_t i = 0; i < rows; ++i) {
        document.make(i);
        keys.push_back(document.key);
    }
    Row row;
    for (auto _ : state) {
        const Bytes& key = keys[random() % rows];
        fixture.store->get(*fixture.table, {murmur3_token(key), key}, {}, 1'700'000'000, row);
        if (row.cells().size() != columns) state.SkipWithError("a row is missing");
        benchmark::DoNotOptimize(row.cells().data());
    }
    state.SetItemsProcessed(state.iterations());
}

void store_scan(benchmark::State& state) {
    Fixture& fixture = filled(true, compacted);
    for (auto _ : state) {
        RowReader reader = fixture.store->scan(*fixture.table, {}, {.now = 1'700'000'000});
        std::int64_t seen = 0;
        for (ReadEvent event = reader.next(); event != ReadEvent::end; event = reader.next()) {
            seen += event == ReadEvent::row ? 1 : 0;
        }
        if (seen != rows) state.SkipWithError("rows are missing");
    }
    state.SetItemsProcessed(state.iterations() * rows);
}

BENCHMARK(raw_put);
BENCHMARK(store_write);
BENCHMARK(raw_get)->Arg(as_written)->Arg(compacted);
BENCHMARK(store_get)->Arg(as_written)->Arg(compacted);
BENCHMARK(store_scan)->Unit(benchmark::kMillisecond);

}  // namespace

}  // namespace coodie::embedded::storage
