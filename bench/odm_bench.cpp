// SPDX-License-Identifier: Apache-2.0
// Save and get through the whole ODM on MockDriver with recording off: what the library itself costs. The counter
// `beyond` is allocations per operation less those of the document's own strings.
#include "allocations.hpp"
#include "item.hpp"

#include <benchmark/benchmark.h>
#include <coodie/mock/mock_driver.hpp>

#include <memory>

using namespace coodie::literals;

namespace {

double copies(const Item& item) {
    const auto before = coodie_bench::allocations;
    const Item copy = item;
    benchmark::DoNotOptimize(copy);
    return static_cast<double>(coodie_bench::allocations - before);
}

void count(benchmark::State& state, std::uint64_t before, double own) {
    const double each = static_cast<double>(coodie_bench::allocations - before) / static_cast<double>(state.iterations());
    state.counters["allocations"] = each;
    state.counters["beyond"] = each - own;
}

void mock_save(benchmark::State& state) {
    auto mock = std::make_shared<coodie::MockDriver>();
    mock->set_recording(false);
    const auto connection = coodie::sync::init_coodie(mock);
    const Item item = make_item(1);
    item.save();
    const auto before = coodie_bench::allocations;
    for (auto _ : state) item.save();
    count(state, before, 0);
}

BENCHMARK(mock_save);

}  // namespace
