// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a model needs a partition key: .partition_key<&T::field>() in its schema()
#include <coodie/model/document_base.hpp>

#include <string>

struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;
    std::string author;

    static constexpr auto schema() {
#ifdef FIXED
        return coodie::table("reviews").partition_key<&Review::id>();
#else
        return coodie::table("reviews");
#endif
    }
};
static_assert(coodie::model<Review>);
