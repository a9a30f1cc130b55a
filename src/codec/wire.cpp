// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/refuse.hpp>
#include <coodie/codec/wire.hpp>

#include <string>

namespace coodie::wire {

void end_length(Bytes& out, std::size_t at) {
    const std::size_t length = out.size() - at - 4;
    if (length > longest_value) refuse_size(length);
    store(out.data() + at, static_cast<std::int32_t>(length));
}

void ValueReader::refuse_count(std::string_view type, std::int32_t count, std::size_t bytes) {
    refuse(std::string(type) + " of " + std::to_string(count) + " elements cannot be in " +
           std::to_string(bytes) + " bytes");
}
void ValueReader::refuse_short(std::string_view type) {
    refuse(std::string(type) + " ends in the middle of a value");
}
void ValueReader::refuse_negative(std::string_view type, std::int32_t length) {
    if (length == null_length) refuse_null_element(type);
    refuse(std::string(type) + " has a value of length " + std::to_string(length) + " inside");
}
void ValueReader::refuse_extra(std::string_view type, std::size_t bytes) {
    refuse(std::string(type) + " has " + std::to_string(bytes) + " bytes after its last value");
}

}  // namespace coodie::wire
