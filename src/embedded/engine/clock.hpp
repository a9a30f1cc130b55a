// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace coodie::embedded {

/// An engine's time. Any thread.
class Clock {
public:
    using TimeUuid = std::array<std::byte, 16>;

    /// Microseconds since 1970, strictly increasing (semantics rule 13): the system's time, or one more than
    /// the answer before.
    [[nodiscard]] std::int64_t next_timestamp() noexcept;
    /// Seconds since 1970, for what expires.
    [[nodiscard]] static std::int64_t now_seconds() noexcept;

    /// Names of list elements, which sort as the elements do: the first of `count` that go behind every
    /// element appended before. The others follow one tick apart: `list_path(first + i)`.
    [[nodiscard]] std::int64_t append_ticks(std::size_t count) noexcept;
    /// The first of `count` that go before every element of earlier calls.
    [[nodiscard]] std::int64_t prepend_ticks(std::size_t count) noexcept;
    [[nodiscard]] static TimeUuid list_path(std::int64_t ticks) noexcept;

private:
    std::atomic<std::int64_t> timestamp_{0};
    std::atomic<std::int64_t> append_{0};
    std::atomic<std::int64_t> prepend_{INT64_MAX};
};

}  // namespace coodie::embedded
