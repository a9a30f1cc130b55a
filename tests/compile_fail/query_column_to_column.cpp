// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a column is compared with or set to a value, never another column; CQL cannot do that
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("rating"_c == review.id));
#else
    static_cast<void>(Review::find("rating"_c == "id"_c));
#endif
}
