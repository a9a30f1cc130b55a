// SPDX-License-Identifier: Apache-2.0
// expect: coodie: the default TTL is 0 to 630720000 seconds (20 years)
#include <coodie/model/document_base.hpp>

struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;

    static constexpr auto schema() {
        using namespace std::chrono_literals;
#ifdef FIXED
        return coodie::table().partition_key<&Review::id>().default_ttl(24h);
#else
        return coodie::table().partition_key<&Review::id>().default_ttl(std::chrono::years(21));
#endif
    }
};
static_assert(coodie::model<Review>);
