// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this column is not optional, so it cannot be set to null
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("content"_c = coodie::null);
#else
    review.update("rating"_c = coodie::null);
#endif
}
