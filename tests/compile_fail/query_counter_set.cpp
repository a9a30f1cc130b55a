// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a counter is changed by += and -= only
#include <coodie/sync.hpp>

using namespace coodie::literals;

struct Visit : coodie::sync::Document<Visit> {
    std::int32_t page = 0;
    coodie::counter hits;

    static constexpr auto schema() { return coodie::table().partition_key<&Visit::page>(); }
};

void use(Visit& visit) {
#ifdef FIXED
    visit.update("hits"_c += 1);
#else
    visit.update("hits"_c = 1);
#endif
}
