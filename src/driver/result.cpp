// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/result.hpp>

namespace coodie {

const ColumnSpecs& Result::no_columns() noexcept {
    static const ColumnSpecs none;
    return none;
}

const ResultNotes& Result::notes() const noexcept {
    static const ResultNotes none;
    return notes_ ? *notes_ : none;
}

}  // namespace coodie
