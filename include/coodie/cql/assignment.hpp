// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::cql {

/// One term of UPDATE ... SET, without its values. Build it with the function below.
struct Assignment {
    enum class Kind : std::uint8_t {
        set,       ///< "a" = ?
        add,       ///< "a" = "a" + ? (counter, list append, set and map union)
        subtract,  ///< "a" = "a" - ? (counter, list, set; a map takes the set of its keys)
        prepend,   ///< "a" = ? + "a" (list)
        element,   ///< "a"[?] = ? (map key and value; list index, an int, and element)
        field,     ///< "a"."f" = ? (a non-frozen UDT)
    };

    Kind kind = Kind::set;
    std::string column;                ///< unquoted
    std::string field;                 ///< of Kind::field
    std::vector<DataType> parameters;  ///< the types of its `?`, in order
};

/// The parameters' types follow from the kind and the column's type. For Kind::field, `field` names the UDT's
/// field.
[[nodiscard]] Assignment assign(std::string_view column, Assignment::Kind kind, const DataType& column_type,
                                std::string_view field = {});

}  // namespace coodie::cql
