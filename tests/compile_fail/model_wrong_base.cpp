// SPDX-License-Identifier: Apache-2.0
// expect: coodie: coodie_base is not the class that this struct inherits its columns from
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

    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives}; }
};
struct Lion : Cat {
#ifdef FIXED
    using coodie_base = Cat;
#endif
    std::string pride;

    static constexpr auto coodie_fields() { return std::tuple{&Lion::pride}; }
    static constexpr auto schema() { return coodie::table("lions").partition_key<&Lion::id>(); }
};
static_assert(coodie::model<Lion>);
