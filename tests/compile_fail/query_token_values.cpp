// SPDX-License-Identifier: Apache-2.0
// expect: coodie: token_of() takes a value for each column of the partition key
#include "review.hpp"

void use([[maybe_unused]] Review& review) {
#ifdef FIXED
    static_cast<void>(Review::find(coodie::token("id"_c) > coodie::token_of(1)));
#else
    static_cast<void>(Review::find(coodie::token("id"_c) > coodie::token_of(1, 2)));
#endif
}
