// SPDX-License-Identifier: Apache-2.0
// expect: coodie: an element can be assigned in a map or list that is not frozen; this column is none
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("votes"_c["a"] = 4);
#else
    review.update("rating"_c[1] = 4);
#endif
}
