// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this model is abstract(), it has no table: use the models that inherit from it
#include <coodie/model/document_base.hpp>

struct Pet : coodie::DocumentBase<Pet> {
    std::int32_t id = 0;

    static constexpr auto schema() {
        return coodie::table("pets")
            .partition_key<&Pet::id>()
#ifndef FIXED
            .abstract()
#endif
            ;
    }
};
constexpr auto table = coodie::model_info<Pet>().table;
