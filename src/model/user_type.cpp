// SPDX-License-Identifier: Apache-2.0
#include <coodie/model/user_type.hpp>

namespace coodie::mapping {

void refuse_udt_field(std::string_view type, std::string_view field, const char* reason) {
    std::string text = "field ";
    text += field;
    text += " of ";
    text += type;
    text += ": ";
    text += reason;
    throw ValidationError(text);
}

}  // namespace coodie::mapping
