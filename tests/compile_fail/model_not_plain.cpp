// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a model is a plain struct: no constructors, no private or virtual members
#include <coodie/model/document_base.hpp>

struct Review : coodie::DocumentBase<Review> {
#ifndef FIXED
    Review() {}
#endif
    std::int32_t id = 0;

    static constexpr auto schema() { return coodie::table().partition_key<&Review::id>(); }
};
static_assert(coodie::model<Review>);
