// SPDX-License-Identifier: Apache-2.0
// expect: coodie: prepend() is for lists; this column is none
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("tags"_c.prepend("ann"));
#else
    review.update("votes"_c.prepend("ann"));
#endif
}
