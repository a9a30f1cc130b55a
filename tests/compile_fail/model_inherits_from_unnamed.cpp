// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this struct inherits columns: say from where
#include <coodie/model/document_base.hpp>

#include <string>
#include <tuple>

struct Pet {
    std::int32_t id = 0;
    std::string name;
};
struct Cat : Pet {
#ifdef FIXED
    using coodie_base = Pet;
#endif
    std::int32_t lives = 9;

    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives}; }
    static constexpr auto schema() { return coodie::table("cats").partition_key<&Cat::id>(); }
};
static_assert(coodie::model<Cat>);
