// SPDX-License-Identifier: Apache-2.0
// expect: coodie: order_by takes clustering columns; CQL orders by no others
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find().limit(1));
#else
    static_cast<void>(Review::find().order_by("rating"_c));
#endif
}
