// SPDX-License-Identifier: Apache-2.0
// expect: coodie: two columns have the same name
#include <coodie/model/document_base.hpp>

struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;
    std::int32_t rating = 0;
    std::int32_t rating_ = 0;

    static constexpr auto schema() {
#ifdef FIXED
        return coodie::table().partition_key<&Review::id>().name<&Review::rating_>("second");
#else
        return coodie::table().partition_key<&Review::id>().name<&Review::rating_>("rating");
#endif
    }
};
static_assert(coodie::model<Review>);
