// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// CQL values whose type is known at run time only. Everything here takes untrusted bytes and text: nothing
/// is read beyond its end, recursion ends at 64 levels of nesting. Any thread.
namespace coodie {

/// Why the content is no value of the type; nullopt when it is one. Takes what Cassandra's own validation
/// takes: also a zero-length value of int, bigint, float, double, boolean, uuid, timeuuid, timestamp, inet,
/// varint, decimal and counter, and numbers that are not minimal.
[[nodiscard]] std::optional<std::string> check_value(const DataType& type, BytesView content);

/// A CQL literal: 'it''s', 0xcafe, [1, 2], {'a': 1}, {street: 'x', zip: null}, null; '' for a zero-length
/// value of a type that has no literal for it. Content that is no value of the type becomes "<invalid int:
/// 0x0102>", so that a log can show it. Never throws (save for lack of memory).
[[nodiscard]] std::string format_value(const DataType& type, Cell cell);

/// The content of a literal as Cassandra reads it (and of everything that format_value writes), elements of
/// sets and maps sorted and each once. nullopt, with the reason, when the text is no literal of the type;
/// `null` has no content, so it is one only inside a tuple or UDT. White space around tokens is skipped.
[[nodiscard]] std::optional<Bytes> parse_value(const DataType& type, std::string_view text,
                                               std::string& reason);

/// Below, equal or above zero in Cassandra's order of the type (semantics rule 6), zero-length values first;
/// by unsigned bytes where a value is malformed. The type's ASCENDING order: a caller turns it for DESC.
[[nodiscard]] int compare_values(const DataType& type, BytesView a, BytesView b) noexcept;

/// The content with the elements of sets and maps, at any depth, sorted and each once (a map's last), as
/// Cassandra stores a frozen one; other content is copied. The content must be well-formed (`check_value`).
[[nodiscard]] Bytes canonical_value(const DataType& type, BytesView content);

/// How many bytes each element takes in a vector that has them back to back; 0 when they have lengths of
/// their own.
[[nodiscard]] std::size_t packed_element_size(const DataType& element);

}  // namespace coodie
