// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace coodie::native {

/// When to ask another host while the first has not answered: after a constant delay each, `maximum` times,
/// for idempotent requests only (semantics rule 15).
class SpeculativePolicy {
public:
    /// Never.
    SpeculativePolicy() noexcept = default;
    SpeculativePolicy(std::chrono::milliseconds delay, std::uint32_t maximum) noexcept
        : delay_(delay), maximum_(maximum) {}

    [[nodiscard]] bool enabled() const noexcept { return maximum_ > 0; }
    /// The delay until the next execution; nullopt: no more.
    /// @param started executions so far beyond the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> next(std::uint32_t started,
                                                                bool idempotent) const noexcept {
        if (!idempotent || started >= maximum_) return std::nullopt;
        return delay_;
    }

private:
    std::chrono::milliseconds delay_{0};
    std::uint32_t maximum_ = 0;
};

}  // namespace coodie::native
