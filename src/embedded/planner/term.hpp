// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/value.hpp"

#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <variant>
#include <vector>

namespace coodie::embedded {

struct Function;  // functions.hpp

/// A typed value of a plan: known already, bound later, or computed at each execution.
struct Term {
    enum class Kind : std::uint8_t {
        constant,  ///< `constant` is its content
        null,
        marker,      ///< the bound value number `marker`
        call,        ///< `function` of the children
        collection,  ///< a list, set, map (key, value, key, ...), vector, tuple or UDT literal with a part
                     ///< that is not constant
    };
    Kind kind = Kind::null;
    std::uint16_t marker = 0;
    DataType type{TypeId::custom};
    Bytes constant;
    const Function* function = nullptr;
    std::vector<Term> children;

    [[nodiscard]] bool is_constant() const noexcept { return kind == Kind::constant || kind == Kind::null; }
};

/// Gives the term's value. A marker's is checked against the term's type first.
/// @return the value (it borrows from term, bound values or arena), or an Error `invalid`.
std::variant<Value, Error> evaluate(const Term& term, const Bound& bound, Arena& arena);

}  // namespace coodie::embedded
