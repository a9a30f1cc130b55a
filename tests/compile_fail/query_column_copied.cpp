// SPDX-License-Identifier: Apache-2.0
// expect: deleted
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update("rating"_c = review.rating);
#else
    review.update("rating"_c = "rating"_c);
#endif
}
