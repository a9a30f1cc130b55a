// SPDX-License-Identifier: Apache-2.0
// expect: coodie: coodie_fields() does not list each of the struct's own fields once
#include <coodie/model/document_base.hpp>

#include <string>
#include <tuple>

struct Pet {
    std::int32_t id = 0;
    std::string name;
};
struct Cat : Pet {
    using coodie_base = Pet;
    std::int32_t lives = 9;
    bool indoor = true;

#ifdef FIXED
    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives, &Cat::indoor}; }
#else
    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives}; }
#endif
    static constexpr auto schema() { return coodie::table("cats").partition_key<&Cat::id>(); }
};
static_assert(coodie::model<Cat>);
