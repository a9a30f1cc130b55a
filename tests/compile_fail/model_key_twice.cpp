// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a column is in the primary key twice
#include <coodie/model/document_base.hpp>

struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;
    std::int32_t number = 0;

    static constexpr auto schema() {
#ifdef FIXED
        return coodie::table().partition_key<&Review::id>().clustering_key<&Review::number>();
#else
        return coodie::table().partition_key<&Review::id>().clustering_key<&Review::id>();
#endif
    }
};
static_assert(coodie::model<Review>);
