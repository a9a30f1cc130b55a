// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a model says its table in static constexpr auto schema()
#include <coodie/model/document_base.hpp>

struct Review : coodie::DocumentBase<Review> {
    std::int32_t id = 0;
#ifdef FIXED
    static constexpr auto schema() { return coodie::table().partition_key<&Review::id>(); }
#endif
};
constexpr auto& info = coodie::model_info<Review>();
