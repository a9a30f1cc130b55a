// SPDX-License-Identifier: Apache-2.0
// The model of the query_*.cpp mistakes.
#pragma once

#include <coodie/sync.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace coodie::literals;

struct Review : coodie::sync::Document<Review> {
    std::int32_t id = 0;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::vector<std::string> tags;
    std::map<std::string, std::int32_t> votes;
    coodie::frozen<std::vector<std::int32_t>> fixed;
    float price = 0;

    static constexpr auto schema() { return coodie::table().partition_key<&Review::id>(); }
};
