// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/bytes.hpp>

#include <array>
#include <cstdint>
#include <span>

namespace coodie::embedded {

using SipKey = std::array<std::uint64_t, 2>;

/// SipHash-2-4 (Aumasson, Bernstein 2012) of the parts one after the other: a short hash that nobody who
/// lacks the key can forge.
std::uint64_t siphash(const SipKey& key, std::span<const BytesView> parts) noexcept;

}  // namespace coodie::embedded
