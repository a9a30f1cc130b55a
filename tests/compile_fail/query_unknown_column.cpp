// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this model has no column of that name
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("rating"_c == 4));
#else
    static_cast<void>(Review::find("raiting"_c == 4));
#endif
}
