// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/pending.hpp"
#include "native/io/wake_signal.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace coodie::native {

/// A blocking caller's request on a LedChannel; lives on the caller's stack.
class LedCall final : public Pending {
public:
    void answered(Envelope&& envelope) noexcept override;
    void lost(const Error& why) noexcept override;

    /// After LedChannel::wait() was true: the answer, or why there is none.
    [[nodiscard]] std::optional<Envelope>& envelope() noexcept { return envelope_; }
    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

private:
    friend class LedChannel;

    // The owner, who waits, is woken once, by whoever is first: the reader that ends the call, or the leader
    // that asks it to lead; unless the owner itself was first and claimed the call. Whoever is not first does
    // not touch the call any more after that, for it may be gone.
    enum : std::uint8_t { claimed = 1, asked = 2, done = 4 };

    void end() noexcept;
    [[nodiscard]] bool has(std::uint8_t state) const noexcept {
        return (state_.load(std::memory_order_acquire) & state) != 0;
    }
    [[nodiscard]] bool move_first(std::uint8_t state) noexcept;
    /// The owner waits no longer to be woken. Afterwards nobody wakes it.
    void claim() noexcept;
    /// The owner waits to be woken.
    void wait_until(std::chrono::steady_clock::time_point deadline) noexcept;
    /// Of the owner, from whoever led. False: it needs nobody to read.
    [[nodiscard]] bool ask_to_lead() noexcept;

    std::atomic<std::uint8_t> state_{0};
    WakeSignal wake_;
    std::optional<Envelope> envelope_;
    std::optional<Error> error_;
    LedCall* previous_ = nullptr;  // the list of those who wait: guarded by the channel's lead_mutex_
    LedCall* next_ = nullptr;
};

}  // namespace coodie::native
