// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/prepared.hpp"

#include <utility>

namespace coodie::embedded {

std::variant<Bound, Error> Prepared::values_of(const Statement& statement, BoundValues& kept) const {
    const auto& given = statement.values();
    if (fit.fits(statement.text())) return Bound::of(given, plan.parameters.size());
    auto fitted = fit.fit(statement.text(), given, plan.parameters);
    if (auto* error = std::get_if<Error>(&fitted)) return std::move(*error);
    kept = std::move(std::get<BoundValues>(fitted));
    return Bound::of(kept, plan.parameters.size());
}

}  // namespace coodie::embedded
