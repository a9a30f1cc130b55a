// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/sync.hpp>

#include <cstdint>
#include <optional>
#include <string>

/// The row of all benchmarks: ten columns, about 300 bytes, one container besides the strings.
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

/// The same bytes for every run: what varies is the key.
inline Item make_item(std::int64_t id) {
    Item item;
    item.id = id;
    item.name = "A product with a name of forty letters ..";
    item.description.assign(180, 'd');
    item.price = 12.5;
    item.stock = 17;
    item.active = true;
    item.note = "twenty letters, more.";
    item.parent = 4711;
    return item;
}
