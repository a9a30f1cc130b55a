// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this model has no column of that name
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("rating"_c = 4);
#else
    review.update("raiting"_c = 4);
#endif
}
