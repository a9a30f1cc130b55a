// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a column of the primary key cannot be std::optional
#include <coodie/model/document_base.hpp>

#include <optional>

struct Review : coodie::DocumentBase<Review> {
#ifdef FIXED
    std::int32_t id = 0;
#else
    std::optional<std::int32_t> id;
#endif
    std::int32_t rating = 0;

    static constexpr auto schema() { return coodie::table().partition_key<&Review::id>(); }
};
static_assert(coodie::model<Review>);
