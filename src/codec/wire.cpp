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

Cell ValueReader::null_cell(std::int32_t length) const {
    if (length != null_length)
        refuse(std::string(type_) + " has a value of length " + std::to_string(length) + " inside");
    return {};
}

void ValueReader::refuse_count(std::int32_t count) const {
    refuse(std::string(type_) + " of " + std::to_string(count) + " elements cannot be in " +
           std::to_string(rest_.size()) + " bytes");
}
void ValueReader::refuse_short() const { refuse(std::string(type_) + " ends in the middle of a value"); }
void ValueReader::refuse_null() const { refuse_null_element(type_); }
void ValueReader::refuse_extra() const {
    refuse(std::string(type_) + " has " + std::to_string(rest_.size()) + " bytes after its last value");
}

}  // namespace coodie::wire
