// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/rearrangement.hpp>
#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>
#include <coodie/types/error.hpp>

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace coodie {

/// What stands between the values of a statement and the parameters that the database found in it: UDTs whose
/// fields have another order there (semantics rule 7). A driver makes one for each statement that it prepares
/// and asks it before it sends. Immutable; any thread.
class ParameterFit {
public:
    ParameterFit() = default;
    /// @param text keeps its identity from being used again.
    /// @param parameters as the database described them; a type that the text does not tell fits.
    ParameterFit(const StatementText& text, const ColumnSpecs& parameters);

    /// Whether values bound to `text`, which has the same CQL, can be sent as they are.
    [[nodiscard]] bool fits(const StatementText& text) const noexcept {
        return !has_user_types_ || (moved_.empty() && text.identity() == text_.identity());
    }
    /// The values as the parameters' types; an error (validation) names the parameter whose value has a field
    /// that the database does not know. `parameters` are those given to the constructor.
    [[nodiscard]] std::variant<BoundValues, Error> fit(const StatementText& text, const BoundValues& values,
                                                       const ColumnSpecs& parameters) const;

private:
    struct Moved {
        std::size_t position;
        Rearrangement how;
        std::string refusal;  ///< "" unless a value cannot be rearranged
    };
    [[nodiscard]] std::variant<BoundValues, Error> fit(const BoundValues& values,
                                                       const ColumnSpecs& parameters) const;

    StatementText text_;
    std::vector<Moved> moved_;
    bool has_user_types_ = false;
};

}  // namespace coodie
