// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace coodie::embedded::storage {

/// Values in a form whose unsigned bytes sort as Cassandra sorts the type, and in which no value's form is a
/// prefix of another's: forms may be put behind each other. Values that compare equal have one form (1.0 and
/// 1.00, all NaNs); all but those are recoverable from their form.

/// Appends the comparable form of `content` (CQL binary, null excluded) to `out`; inverted when `descending`.
/// @return false when the content is no value of the type (a wrong length, ...), or the type has no order
///     (duration, counter); `out` is unspecified then.
bool append_comparable(const DataType& type, bool descending, BytesView content, Bytes& out);

/// Reads one form from the front of `form`, appends its content to `content` and moves `form` behind it.
/// Of several contents with one form it gives the shortest (decimal: no trailing zeros behind the point).
/// @return false when the bytes are damaged.
bool read_comparable(const DataType& type, bool descending, BytesView& form, Bytes& content);

/// The smallest byte string behind all that start with `prefix`.
/// @return false when there is none (nothing but 0xFF bytes); `prefix` is empty then.
bool advance_behind_prefix(Bytes& prefix);

/// A clustering key in comparable form.
struct ClusteringKey {
    Bytes form;
    /// The components' contents ([int] length + bytes each) when `form` does not give back the very same
    /// bytes (a decimal with trailing zeros); empty otherwise.
    Bytes original;
};

/// A clustering key's component values; reusable.
class ClusteringValues {
public:
    [[nodiscard]] std::size_t size() const noexcept { return ends_.size(); }
    /// The content of component `i`; valid until the next decode.
    [[nodiscard]] BytesView operator[](std::size_t i) const noexcept;

private:
    friend class ClusteringCodec;
    Bytes bytes_;
    std::vector<std::size_t> ends_;
};

struct ClusteringColumn {
    DataType type;
    bool descending = false;
};

/// Rows from `lower` (inclusive) to `upper` (exclusive) in a partition, as clustering keys in comparable
/// form. The order is the stored one: a DESC component's larger values come first.
struct ClusteringRange {
    Bytes lower;         ///< empty: from the first row
    Bytes upper;         ///< unused when `to_end`
    bool to_end = true;  ///< to the last row
    friend bool operator==(const ClusteringRange&, const ClusteringRange&) = default;
    [[nodiscard]] bool empty() const noexcept;
};

/// Clustering keys of one table to and from their comparable form. Immutable: any thread may use it.
class ClusteringCodec {
public:
    explicit ClusteringCodec(std::vector<ClusteringColumn> columns) : columns_(std::move(columns)) {}

    [[nodiscard]] const std::vector<ClusteringColumn>& columns() const noexcept { return columns_; }

    /// Replaces `out`. A whole key, or a prefix for `range`.
    /// @return false when a value is none of its column's type.
    bool encode(std::span<const BytesView> values, ClusteringKey& out) const;
    /// Replaces `out`. @param original ClusteringKey::original, empty when there is none.
    /// @return false when the bytes are damaged.
    bool decode(BytesView form, BytesView original, ClusteringValues& out) const;

    /// A bound of a slice: values of a prefix of the clustering columns; none: unbounded.
    struct Bound {
        std::span<const BytesView> values;
        bool inclusive = true;
    };
    /// Rows between two bounds *in stored order*: for a DESC column the caller passes the larger values as
    /// `start` (ck < 5 on a DESC column has start = exclusive 5). Prefixes include all rows that start with
    /// them, or none.
    /// @return false when a value is none of its column's type. An empty range is fine.
    bool range(const Bound& start, const Bound& end, ClusteringRange& out) const;

private:
    std::vector<ClusteringColumn> columns_;
};

}  // namespace coodie::embedded::storage
