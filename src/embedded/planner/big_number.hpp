// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>

/// varint and decimal in CQL binary as numbers to calculate with.
namespace coodie::embedded {

using BigInteger = boost::multiprecision::cpp_int;

/// Two's complement, big-endian; no bytes are 0.
BigInteger load_varint(BytesView bytes);
/// Appends minimal two's complement.
void append_varint(const BigInteger& value, Bytes& out);

struct BigDecimal {
    BigInteger unscaled;
    std::int32_t scale = 0;

    /// Towards zero.
    [[nodiscard]] BigInteger truncated() const;
};
BigDecimal load_decimal(BytesView bytes);
void append_decimal(const BigDecimal& value, Bytes& out);
/// At the larger of both scales. Refuses scales that are more than 10000 apart.
BigDecimal add(const BigDecimal& a, const BigDecimal& b);
/// At the scale of `a`, half to even (Java's BigDecimal.divide as Cassandra's avg calls it).
BigDecimal divide(const BigDecimal& a, std::int64_t count);

}  // namespace coodie::embedded
