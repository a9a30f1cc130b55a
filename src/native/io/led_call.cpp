// SPDX-License-Identifier: Apache-2.0
#include "native/io/led_call.hpp"

#include <utility>

namespace coodie::native {

void LedCall::answered(Envelope&& envelope) noexcept {
    envelope_ = std::move(envelope);
    end();
}

void LedCall::lost(const Error& why) noexcept {
    error_ = why;
    end();
}

void LedCall::end() noexcept {
    if (state_.fetch_or(done, std::memory_order_acq_rel) == 0) wake_.raise();
}

bool LedCall::move_first(std::uint8_t state) noexcept {
    std::uint8_t untouched = 0;
    return state_.compare_exchange_strong(untouched, state, std::memory_order_acq_rel);
}

void LedCall::claim() noexcept {
    if (!move_first(claimed)) wake_.wait();
}

void LedCall::wait_until(std::chrono::steady_clock::time_point deadline) noexcept {
    if (!wake_.wait_until(deadline)) claim();
}

bool LedCall::ask_to_lead() noexcept {
    if (!move_first(asked)) return false;
    wake_.raise();
    return true;
}

}  // namespace coodie::native
