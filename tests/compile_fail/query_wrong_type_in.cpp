// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this value does not fit the column's type
#include <coodie/sync.hpp>

#include <map>
#include <set>

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

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("rating"_c.in(4, 5)));
#else
    static_cast<void>(Review::find("rating"_c.in("four", "five")));
#endif
}
