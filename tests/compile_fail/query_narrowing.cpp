// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this value would be narrowed: give it the column's type (4 instead of 4.7, 1.5f for a
// float)
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("rating"_c == 4));
#else
    static_cast<void>(Review::find("rating"_c == 4.7));
#endif
}
