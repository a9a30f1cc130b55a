// SPDX-License-Identifier: Apache-2.0
// A program with one ten-column model: what it costs to compile is measured by bench/compile_time.sh, what it
// pulls in is checked by footprint.preprocessed.
#include <coodie/sync.hpp>

#include <cstdint>
#include <optional>
#include <string>

using namespace coodie::literals;

struct Item : coodie::sync::Document<Item> {
    std::int64_t id = 0;
    coodie::uuid owner;
    std::string name;
    std::string description;
    double price = 0;
    std::int32_t stock = 0;
    bool active = false;
    coodie::timestamp added_at;
    std::optional<std::string> note;
    std::optional<std::int64_t> parent;

    static constexpr auto schema() {
        return coodie::table("items").keyspace("bench").partition_key<&Item::id>();
    }
};

int main() {
    auto db = coodie::sync::init_coodie("memory:");
    Item::sync_table();
    Item item{.id = 1, .name = "one"};
    item.save();
    for (const Item& each : Item::find("id"_c == 1).all()) item.stock += each.stock;
    item.update("stock"_c = 4);
    item.remove();
}
