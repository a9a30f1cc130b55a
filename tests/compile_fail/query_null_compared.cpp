// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a filter cannot compare with null; CQL knows only is_not_null() there
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(review.update(coodie::only_if("content"_c == coodie::null), "rating"_c = 1));
#else
    static_cast<void>(Review::find("content"_c == coodie::null));
#endif
}
