// SPDX-License-Identifier: Apache-2.0
// A model with a counter.
#pragma once

#include <coodie/sync.hpp>

#include <cstdint>

using namespace coodie::literals;

struct Visit : coodie::sync::Document<Visit> {
    std::int32_t page = 0;
    coodie::counter hits;

    static constexpr auto schema() { return coodie::table().partition_key<&Visit::page>(); }
};
