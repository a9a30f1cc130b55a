// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a static column needs a clustering key
#include <coodie/model/document_base.hpp>

#include <string>

struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;
    std::int32_t number = 0;
    std::string author;

    static constexpr auto schema() {
        return coodie::table("reviews")
            .partition_key<&Review::id>()
#ifdef FIXED
            .clustering_key<&Review::number>()
#endif
            .static_column<&Review::author>();
    }
};
static_assert(coodie::model<Review>);
