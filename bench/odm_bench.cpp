// SPDX-License-Identifier: Apache-2.0
// Save and get through the whole ODM on MockDriver with recording off: what the library itself costs. The
// counter `beyond` is allocations per operation less those of the document's own strings.
#include "allocations.hpp"
#include "item.hpp"

#include <benchmark/benchmark.h>
#include <coodie/mock/mock_driver.hpp>

#include <memory>
#include <vector>

using namespace coodie::literals;

namespace {

double copies(const Item& item) {
    const auto before = coodie_bench::allocations;
    const Item copy = item;
    benchmark::DoNotOptimize(copy);
    return static_cast<double>(coodie_bench::allocations - before);
}

void count(benchmark::State& state, std::uint64_t before, double own) {
    const double each =
        static_cast<double>(coodie_bench::allocations - before) / static_cast<double>(state.iterations());
    state.counters["allocations"] = each;
    state.counters["beyond"] = each - own;
}

std::shared_ptr<coodie::MockDriver> quiet_driver() {
    auto mock = std::make_shared<coodie::MockDriver>();
    mock->record(false);
    return mock;
}

void mock_save(benchmark::State& state) {
    const auto connection = coodie::sync::init_coodie(quiet_driver());
    const Item item = make_item(1);
    item.save();
    const auto before = coodie_bench::allocations;
    for (auto _ : state) item.save();
    count(state, before, 0);
}

void mock_get(benchmark::State& state) {
    auto mock = quiet_driver();
    const Item stored = make_item(1);
    std::vector<coodie::MockColumn> columns;
    for (const coodie::ColumnInfo& column : coodie::columns<Item>())
        columns.emplace_back(column.name, column.type());
    coodie::MockRows rows(std::move(columns));
    rows.row({stored.id, stored.owner, stored.name, stored.description, stored.price, stored.stock,
              stored.active, stored.added_at, *stored.note, *stored.parent});
    mock->on("SELECT").returns(rows);
    const auto connection = coodie::sync::init_coodie(mock);
    const double own = copies(Item::get("id"_c == 1));
    const auto before = coodie_bench::allocations;
    for (auto _ : state) {
        const Item item = Item::get("id"_c == 1);
        benchmark::DoNotOptimize(item);
    }
    count(state, before, own);
}

BENCHMARK(mock_get);
BENCHMARK(mock_save);

}  // namespace
