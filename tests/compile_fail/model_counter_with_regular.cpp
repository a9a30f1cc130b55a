// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a counter table has no regular columns
#include <coodie/model/document_base.hpp>
#include <coodie/types/counter.hpp>

#include <string>

struct PageViews {
    std::string page;
    coodie::counter views;
#ifdef FIXED
    coodie::counter visitors;
#else
    std::int64_t visitors = 0;
#endif

    static constexpr auto schema() { return coodie::table().partition_key<&PageViews::page>(); }
};
static_assert(coodie::model<PageViews>);
