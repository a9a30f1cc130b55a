// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace coodie::native {

struct Pending;

/// The requests that wait for an answer on one connection, by stream id (v5 specification, section 2.3).
/// Every operation but drain() takes constant time; nothing is allocated once as many were in flight before.
/// The lowest free id is taken first, so that few entries stay in the cache. One owner at a time: not
/// thread-safe.
class StreamTable {
public:
    static constexpr std::size_t capacity = 32768;

    StreamTable() noexcept;

    /// @param pending not null.
    /// @returns its stream id, from 0 up; nullopt when all are taken.
    [[nodiscard]] std::optional<std::int16_t> take(std::shared_ptr<Pending>&& pending);

    enum class Found : std::uint8_t {
        pending,  ///< `out` has it
        orphan,   ///< the late answer to an abandoned request
        unknown,  ///< nothing was sent on this stream: the connection cannot be trusted any more
    };
    /// The answer came: frees the id. `out` is set only for Found::pending.
    Found finish(std::int16_t stream, std::shared_ptr<Pending>& out) noexcept;

    /// Nobody waits any more: the id stays taken, an orphan, until its late answer comes.
    /// @returns false when `pending` does not wait on this stream (any more): then it is being completed.
    bool abandon(std::int16_t stream, const Pending* pending) noexcept;

    /// How many wait; without orphans.
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] std::size_t orphans() const noexcept { return orphans_; }

    /// The connection is gone: everything that waits, in the order of the ids. The table is empty afterwards.
    [[nodiscard]] std::vector<std::shared_ptr<Pending>> drain();

private:
    static constexpr std::size_t word_bits = 64;

    [[nodiscard]] bool taken(std::size_t id) const noexcept;
    void set_taken(std::size_t id) noexcept;
    void set_free(std::size_t id) noexcept;
    void free_all() noexcept;

    /// A bit for each id that is free, and one for each of these words that is not 0.
    std::array<std::uint64_t, capacity / word_bits> free_ids_;
    std::array<std::uint64_t, capacity / word_bits / word_bits> free_words_;
    /// By id; a taken one without a Pending is an orphan. Grows up to the highest id ever taken.
    std::vector<std::shared_ptr<Pending>> pending_;
    std::size_t in_flight_ = 0;
    std::size_t orphans_ = 0;
};

}  // namespace coodie::native
