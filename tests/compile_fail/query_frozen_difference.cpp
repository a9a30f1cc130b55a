// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a frozen collection is one value: assign it as a whole, += cannot change part of it
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("fixed"_c = {4});
#else
    review.update("fixed"_c += 4);
#endif
}
