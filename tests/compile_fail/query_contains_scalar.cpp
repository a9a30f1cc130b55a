// SPDX-License-Identifier: Apache-2.0
// expect: coodie: contains() is for lists, sets and maps; this column is none
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("tags"_c.contains("a")));
#else
    static_cast<void>(Review::find("rating"_c.contains(4)));
#endif
}
