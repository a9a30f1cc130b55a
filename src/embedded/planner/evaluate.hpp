// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/planner/term.hpp"

#include <optional>

namespace coodie::embedded {

/// As evaluate(), but refuses by throwing (Refused or ValidationError).
Value evaluate_or_refuse(const Term& term, const Bound& bound, Arena& arena);

/// The Error of the exception that is being handled (Refused or ValidationError).
Error current_refusal();

/// Runs what may refuse by throwing and gives its Error, if any.
template <class F>
std::optional<Error> guarded(F&& run) {
    try {
        run();
        return std::nullopt;
    } catch (...) {
        return current_refusal();
    }
}

}  // namespace coodie::embedded
