// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/result.hpp>

namespace coodie {

const ColumnSpecs& Result::columns() const noexcept {
    static const ColumnSpecs none;
    return columns_ ? *columns_ : none;
}

const ResultNotes& Result::notes() const noexcept {
    static const ResultNotes none;
    return notes_ ? *notes_ : none;
}

}  // namespace coodie
