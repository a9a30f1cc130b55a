// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a column of the primary key cannot be updated; save a new row and remove the old one
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("rating"_c = 4);
#else
    review.update("id"_c = 4);
#endif
}
