// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include "codec/literal_reader.hpp"

namespace coodie {

/// Appends the content of the literal that comes next, of a type without elements. Throws ValidationError.
void parse_scalar(const DataType& type, LiteralReader& in, Bytes& out);

}  // namespace coodie
