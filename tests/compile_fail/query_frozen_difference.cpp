// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a frozen collection is one value: assign it as a whole, += cannot change part of it
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
    review.update("fixed"_c = {4});
#else
    review.update("fixed"_c += 4);
#endif
}
