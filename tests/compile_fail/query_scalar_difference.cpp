// SPDX-License-Identifier: Apache-2.0
// expect: coodie: += and -= are for lists, sets, maps and counters; this column is none
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("tags"_c += "a");
#else
    review.update("rating"_c += 4);
#endif
}
