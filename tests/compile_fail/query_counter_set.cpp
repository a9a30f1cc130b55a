// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a counter is changed by += and -= only
#include "visit.hpp"

void use(Visit& visit) {
#ifdef FIXED
    visit.update("hits"_c += 1);
#else
    visit.update("hits"_c = 1);
#endif
}
