// SPDX-License-Identifier: Apache-2.0
// expect: coodie: update needs an assignment, e.g. "column"_c = value
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    review.update(coodie::UpdateOptions{.if_exists = true}, "rating"_c = 1);
#else
    review.update(coodie::UpdateOptions{.if_exists = true});
#endif
}
