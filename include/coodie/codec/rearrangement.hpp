// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstdint>
#include <vector>

namespace coodie {

/// How values of one type become values of another one that has the same UDTs with their fields in another
/// order, or with more or fewer of them (semantics rule 7), at any depth. Fields go by their names;
/// everything else keeps its bytes. Made once for many values. Immutable; any thread.
class Rearrangement {
public:
    /// What becomes of a UDT's field that the target does not have.
    enum class Extra : std::uint8_t { refuse, drop };

    /// Leaves values as they are.
    Rearrangement() = default;
    /// Fields at a UDT's end that only the target has, or (with `drop`) only the source, need no rearranging:
    /// whoever reads the value takes what is missing for null and ignores what is too much. Where the types
    /// differ in more than fields, values stay as they are. Throws ValidationError (the reason only) with
    /// `refuse`, when the source has a field that the target lacks.
    [[nodiscard]] static Rearrangement between(const DataType& from, const DataType& to, Extra extra);

    /// Whether append() does more than copying.
    [[nodiscard]] bool moves() const noexcept { return kind_ != Kind::copy; }
    /// Appends the content. Throws ValidationError when it is malformed.
    void append(BytesView content, Bytes& out) const;

private:
    enum class Kind : std::uint8_t { copy, elements, fields, vector };
    static constexpr std::uint16_t missing = 0xFFFF;

    [[nodiscard]] static Rearrangement between(const DataType& from, const DataType& to, Extra extra,
                                               int depth);
    [[nodiscard]] static Rearrangement of_fields(const DataType& from, const DataType& to, Extra extra,
                                                 int depth);
    void append_elements(BytesView content, Bytes& out) const;
    void append_fields(BytesView content, Bytes& out) const;
    void append_vector(BytesView content, Bytes& out) const;
    void append_value(BytesView content, Bytes& out) const;

    Kind kind_ = Kind::copy;
    /// Of elements: those that stand for one element, in turn. Of fields: one for each of the target's.
    std::vector<Rearrangement> children_;
    std::vector<std::uint16_t> sources_;  ///< of fields: where each of the target's is in the source
    std::uint32_t source_fields_ = 0;     ///< how many the source has; of a vector: its dimensions
};

/// Whether a value of the type has a UDT in it.
[[nodiscard]] bool has_user_type(const DataType& type) noexcept;

}  // namespace coodie
