// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/error.hpp>
#include <coodie/types/vector.hpp>

#include <string>

namespace coodie {

void refuse_dimensions(std::size_t dimensions, std::size_t elements) {
    throw ValidationError("vector of " + std::to_string(dimensions) + " dimensions cannot hold " +
                          std::to_string(elements) + " elements");
}

}  // namespace coodie
