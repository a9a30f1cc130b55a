// SPDX-License-Identifier: Apache-2.0
#include "native/policy/reconnect_policy.hpp"

#include <algorithm>

namespace coodie::native {

using std::chrono::milliseconds;

ReconnectPolicy::ReconnectPolicy(milliseconds base, milliseconds maximum) noexcept {
    constexpr milliseconds least{1};
    constexpr milliseconds most = std::chrono::hours(24);
    base_ = std::clamp(base, least, most);
    maximum_ = std::clamp(maximum, base_, most);
}

milliseconds ReconnectPolicy::delay(std::uint32_t attempt, std::uint64_t random) const noexcept {
    // 2^27 ms is more than the greatest maximum of 24 h: shifting further changes nothing and could overflow.
    const std::int64_t grown = base_.count() << std::min(attempt, 27U);
    const auto full =
        static_cast<std::uint64_t>(std::min(grown, static_cast<std::int64_t>(maximum_.count())));
    const std::uint64_t least = (full + 1) / 2;
    return milliseconds(static_cast<std::int64_t>(least + random % (full - least + 1)));
}

}  // namespace coodie::native
