// SPDX-License-Identifier: Apache-2.0
// expect: coodie: this member is not a column of this model
#include "review.hpp"

struct Other {
    std::int32_t grade = 0;
};

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find(coodie::col<&Review::rating> == 4));
#else
    static_cast<void>(Review::find(coodie::col<&Other::grade> == 4));
#endif
}
