// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this value would be narrowed: give it the column's type (4 instead of 4.7, 1.5f for a
// float)
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("price"_c = 4.7f);
#else
    review.update("price"_c = 4.7);
#endif
}
