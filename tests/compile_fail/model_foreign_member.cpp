// SPDX-License-Identifier: Apache-2.0
// expect: coodie: the schema names a member that is not among the struct's fields
#include <coodie/model/document_base.hpp>

#include <string>

struct Other {
    std::string author_name;
};
struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;
    std::string author;

    static constexpr auto schema() {
#ifdef FIXED
        return coodie::table().partition_key<&Review::id>().index<&Review::author>();
#else
        return coodie::table().partition_key<&Review::id>().index<&Other::author_name>();
#endif
    }
};
static_assert(coodie::model<Review>);
