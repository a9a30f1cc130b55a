// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/wire.hpp>
#include <coodie/driver/parameter_fit.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace coodie {

ParameterFit::ParameterFit(const StatementText& text, const ColumnSpecs& parameters) : text_(text) {
    const std::span<const DataType> types = text.parameter_types();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (!has_user_type(parameters[i].type)) continue;
        has_user_types_ = true;
        if (i >= types.size()) continue;
        try {
            Rearrangement how =
                Rearrangement::between(types[i], parameters[i].type, Rearrangement::Extra::refuse);
            if (how.moves()) moved_.push_back({i, std::move(how), {}});
        } catch (const ValidationError& error) {
            moved_.push_back({i, {}, error.what()});
        }
    }
}

std::variant<BoundValues, Error> ParameterFit::fit(const StatementText& text, const BoundValues& values,
                                                   const ColumnSpecs& parameters) const {
    if (text.identity() == text_.identity()) return fit(values, parameters);
    return ParameterFit(text, parameters).fit(values, parameters);
}

std::variant<BoundValues, Error> ParameterFit::fit(const BoundValues& values,
                                                   const ColumnSpecs& parameters) const {
    BoundValues fitted;
    BoundValueReader reader(values);
    BoundValueReader::State state{};
    BytesView content;
    auto moved = moved_.begin();
    for (std::size_t i = 0; reader.next(state, content); ++i) {
        const bool moves = moved != moved_.end() && moved->position == i;
        if (state == BoundValueReader::State::null)
            fitted.add_null();
        else if (state == BoundValueReader::State::unset)
            fitted.add_unset();
        else if (!moves)
            fitted.add(content);
        else {
            std::string refusal = moved->refusal;
            Bytes rearranged;
            try {
                moved->how.append(content, rearranged);
            } catch (const ValidationError& error) {
                refusal = error.what();
            }
            if (!refusal.empty())
                return Error(ErrorKind::validation, "the value for " + parameters[i].name + ": " + refusal);
            fitted.add(rearranged);
        }
        if (moves) ++moved;
    }
    return fitted;
}

}  // namespace coodie
