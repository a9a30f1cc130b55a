// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a collection in the primary key must be frozen: coodie::frozen<T>
#include <coodie/model/document_base.hpp>

#include <vector>

struct Route : coodie::DocumentBase<Route> {
#ifdef FIXED
    coodie::frozen<std::vector<std::int32_t>> stops;
#else
    std::vector<std::int32_t> stops;
#endif
    std::int32_t length = 0;

    static constexpr auto schema() { return coodie::table().partition_key<&Route::stops>(); }
};
static_assert(coodie::model<Route>);
