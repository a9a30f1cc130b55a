// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/statement.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>

#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <utility>
#include <variant>

namespace coodie::embedded {

/// A value of a running statement. Borrows: from the plan, from the bound values, or from an Arena.
struct Value {
    using State = BoundValueReader::State;
    State state = State::null;
    BytesView content{};

    static constexpr Value of(BytesView content) noexcept { return {State::value, content}; }
    static constexpr Value unset() noexcept { return {State::unset, {}}; }
    [[nodiscard]] constexpr bool is_value() const noexcept { return state == State::value; }
    [[nodiscard]] constexpr bool is_null() const noexcept { return state == State::null; }
    [[nodiscard]] constexpr bool is_unset() const noexcept { return state == State::unset; }
    /// Null and unset become a null cell.
    [[nodiscard]] constexpr Cell cell() const noexcept { return is_value() ? Cell(content) : Cell(); }
};

/// Views of bound values by position. Borrows from the BoundValues.
class Bound {
public:
    /// @return an Error `protocol_error` for bytes that lie, `invalid` when there are not `expected` values.
    static std::variant<Bound, Error> of(const BoundValues& values, std::size_t expected);
    [[nodiscard]] const Value& operator[](std::uint16_t position) const noexcept { return values_[position]; }
    [[nodiscard]] std::size_t size() const noexcept { return values_.size(); }

private:
    boost::container::small_vector<Value, 16> values_;
};

/// Owns the bytes that binding has to make (now(), token(?), composite keys); allocates nothing until then.
class Arena {
public:
    /// The view stays valid as long as the Arena lives and is not cleared, also when it is moved.
    BytesView keep(Bytes bytes) { return kept_.emplace_back(std::move(bytes)); }
    void clear() noexcept { kept_.clear(); }

private:
    boost::container::small_vector<Bytes, 2> kept_;  // moving a Bytes leaves its content where it is
};

}  // namespace coodie::embedded
