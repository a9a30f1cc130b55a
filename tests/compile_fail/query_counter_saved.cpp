// SPDX-License-Identifier: Apache-2.0
// expect: coodie: a counter table takes no save or insert; use update("column"_c += n)
#include "visit.hpp"

void use(Visit& visit) {
#ifdef FIXED
    visit.update("hits"_c += 1);
#else
    visit.save();
#endif
}
