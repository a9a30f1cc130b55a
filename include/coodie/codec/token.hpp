// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <cstdint>
#include <span>

namespace coodie {

/// The token of Cassandra's Murmur3Partitioner: the first half of MurmurHash3 x64 128 with seed 0, whose tail
/// bytes Cassandra adds as signed ones; the least number, which is no token, becomes the greatest. An empty
/// key, which no table has, gives the least number, as Cassandra's partitioner does.
[[nodiscard]] std::int64_t murmur3_token(BytesView partition_key) noexcept;

/// The partition key's bytes as tokens are computed of: one component as it is; several each as [short]
/// length, bytes and a zero byte. Throws ValidationError when a component has more than 65535 bytes.
[[nodiscard]] Bytes routing_key(std::span<const BytesView> components);

}  // namespace coodie
