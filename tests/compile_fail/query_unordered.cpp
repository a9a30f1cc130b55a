// SPDX-License-Identifier: Apache-2.0
// expect: coodie: <, <=, > and >= need a column whose type CQL orders
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("rating"_c > 3));
#else
    static_cast<void>(Review::find("tags"_c > std::vector<std::string>{}));
#endif
}
