// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/error.hpp>
#include <coodie/types/timeuuid.hpp>

#include <pthread.h>

#include <atomic>
#include <limits>

#include "types/random.hpp"

namespace coodie {

namespace {

constexpr std::int64_t ticks_per_ms = 10'000;
/// From 1582-10-15 to 1970-01-01 (RFC 4122, section 4.1.4).
constexpr std::int64_t epoch_ticks = 0x01b21dd213814000;
constexpr std::int64_t most_ticks = 0x0fffffffffffffff;

constexpr std::uint64_t time_fields(std::uint64_t ticks) noexcept {
    return ticks << 32U | (ticks >> 16U & 0xffff0000U) | 0x1000U | (ticks >> 48U & 0x0fffU);
}

/// Clock sequence and node: 62 random bits, with the variant, and the multicast bit that marks a node as
/// random (RFC 4122, section 4.5).
std::uint64_t random_node() {
    std::uint64_t bits = 0;
    fill_random(&bits, sizeof bits);
    return (bits & 0x3fffffffffffffffU) | 0x8000010000000000U;
}

std::atomic<std::uint64_t> node{0};
std::atomic<std::uint64_t> last_ticks{0};

std::uint64_t node_bits() {
    if (const std::uint64_t known = node.load(std::memory_order_relaxed)) return known;
    // A child process must not go on with its parent's node: both would make the same UUIDs.
    static const bool registered = [] {
        ::pthread_atfork(nullptr, nullptr, [] { node.store(0, std::memory_order_relaxed); });
        return true;
    }();
    (void)registered;
    std::uint64_t expected = 0;
    const std::uint64_t made = random_node();
    return node.compare_exchange_strong(expected, made) ? made : expected;
}

std::uint64_t next_ticks() {
    const auto since_1970 =
        std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>>(
            std::chrono::system_clock::now().time_since_epoch());
    const auto clock = static_cast<std::uint64_t>(since_1970.count() + epoch_ticks);
    std::uint64_t last = last_ticks.load(std::memory_order_relaxed);
    std::uint64_t next = 0;
    do next = clock > last ? clock : last + 1;
    while (!last_ticks.compare_exchange_weak(last, next, std::memory_order_relaxed));
    return next;
}

timeuuid bound(timestamp time, std::int64_t extra_ticks, std::uint64_t least) {
    const std::int64_t ms = time.time_since_epoch().count();
    // Below and above what 60 bits of ticks hold, in milliseconds.
    constexpr std::int64_t first = -epoch_ticks / ticks_per_ms;
    constexpr std::int64_t last = (most_ticks - epoch_ticks) / ticks_per_ms - 1;
    if (ms < first || ms > last)
        throw ValidationError(to_string(time) +
                              " is outside the times of a timeuuid (1582-10-15..5236-03-31)");
    return timeuuid(
        uuid(time_fields(static_cast<std::uint64_t>(ms * ticks_per_ms + epoch_ticks + extra_ticks)), least));
}

}  // namespace

timeuuid::timeuuid(const uuid& id) : id_(id) {
    if (id.version() != 1) throw ValidationError(id.to_string() + " is no timeuuid: its version is not 1");
}

timeuuid timeuuid::now() { return timeuuid(uuid(time_fields(next_ticks()), node_bits())); }

std::optional<timeuuid> timeuuid::parse(std::string_view text) {
    const std::optional<uuid> id = uuid::parse(text);
    if (!id || id->version() != 1) return std::nullopt;
    return timeuuid(*id);
}

timestamp timeuuid::time() const noexcept {
    const auto since_1970 = static_cast<std::int64_t>(ticks()) - epoch_ticks;
    using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;
    return timestamp(std::chrono::floor<std::chrono::milliseconds>(Ticks(since_1970)));
}

timeuuid min_timeuuid(timestamp time) { return bound(time, 0, 0x8080808080808080U); }
timeuuid max_timeuuid(timestamp time) { return bound(time, ticks_per_ms - 1, 0x7f7f7f7f7f7f7f7fU); }

}  // namespace coodie
