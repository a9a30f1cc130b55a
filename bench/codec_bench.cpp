// SPDX-License-Identifier: Apache-2.0
// Encode and decode of a ten-column row through the column table, without a driver.
#include "allocations.hpp"
#include "item.hpp"

#include <benchmark/benchmark.h>

namespace {

coodie::Bytes encode(const Item& item) {
    coodie::Bytes row;
    for (const coodie::ColumnInfo& column : coodie::columns<Item>()) column.encode(&item, row);
    return row;
}

void decode(const coodie::Result& result, Item& item) {
    coodie::RowReader reader(result);
    coodie::Cell cell;
    for (const coodie::ColumnInfo& column : coodie::columns<Item>())
        if (reader.next(cell)) column.decode(&item, cell);
}

void encode_row(benchmark::State& state) {
    const Item item = make_item(1);
    coodie::Bytes row;
    const auto before = coodie_bench::allocations;
    for (auto _ : state) {
        row.clear();
        for (const coodie::ColumnInfo& column : coodie::columns<Item>()) column.encode(&item, row);
        benchmark::DoNotOptimize(row.data());
    }
    state.counters["allocations"] = benchmark::Counter(
        static_cast<double>(coodie_bench::allocations - before), benchmark::Counter::kAvgIterations);
    state.counters["bytes"] = static_cast<double>(row.size());
}

void decode_row(benchmark::State& state) {
    auto body = std::make_shared<coodie::Bytes>(encode(make_item(1)));
    const coodie::Result result(std::make_shared<coodie::ColumnSpecs>(), body, *body, 1);
    const auto before = coodie_bench::allocations;
    for (auto _ : state) {
        Item item;
        decode(result, item);
        benchmark::DoNotOptimize(item);
    }
    state.counters["allocations"] = benchmark::Counter(
        static_cast<double>(coodie_bench::allocations - before), benchmark::Counter::kAvgIterations);
}

BENCHMARK(encode_row);
BENCHMARK(decode_row);

}  // namespace
