// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/vector.hpp>

#include <string>

namespace coodie::detail {

BytesView take_vector_element(BytesView& rest, std::string_view type) {
    std::uint64_t length = 0;
    if (!wire::take_unsigned_vint(rest, length) || length > rest.size())
        wire::refuse(std::string(type) + " ends in the middle of a value");
    const BytesView element = rest.first(static_cast<std::size_t>(length));
    rest = rest.subspan(static_cast<std::size_t>(length));
    return element;
}

void refuse_vector_rest(std::string_view type, std::size_t bytes) {
    wire::refuse(std::string(type) + " has " + std::to_string(bytes) + " bytes after its last value");
}

}  // namespace coodie::detail
