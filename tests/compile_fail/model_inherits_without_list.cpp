// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a struct that inherits columns lists its own
#include <coodie/model/document_base.hpp>

#include <string>
#include <tuple>

struct Pet : coodie::DocumentBase<Pet> {
    std::int32_t id = 0;
    std::string name;

    static constexpr auto schema() { return coodie::table().partition_key<&Pet::id>(); }
};
struct Cat : Pet {
    using coodie_base = Pet;
    std::int32_t lives = 9;

#ifdef FIXED
    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives}; }
#endif
    static constexpr auto schema() { return coodie::table("cats").partition_key<&Cat::id>(); }
};
static_assert(coodie::model<Cat>);
