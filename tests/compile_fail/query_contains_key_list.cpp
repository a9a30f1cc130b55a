// SPDX-License-Identifier: Apache-2.0
// expect: coodie: contains_key() is for maps; this column is none
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find("votes"_c.contains_key("a")));
#else
    static_cast<void>(Review::find("tags"_c.contains_key("a")));
#endif
}
