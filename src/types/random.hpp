// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace coodie {

/// Random bytes from the operating system, not from a generator of our own: two processes after a fork get
/// different ones. Throws std::system_error when it gives none.
void fill_random(void* to, std::size_t size);

}  // namespace coodie
