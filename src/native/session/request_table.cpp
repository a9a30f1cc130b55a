// SPDX-License-Identifier: Apache-2.0
#include "native/session/request_table.hpp"

#include "native/session/async_request.hpp"

#include <utility>

namespace coodie::native {
namespace {

Ticket make_ticket(std::uint32_t index, std::uint32_t generation) noexcept {
    return static_cast<Ticket>((std::uint64_t{generation} << 32U) | index);
}
std::uint32_t index_of(Ticket ticket) noexcept { return static_cast<std::uint32_t>(ticket); }
std::uint32_t generation_of(Ticket ticket) noexcept {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(ticket) >> 32U);
}

}  // namespace

Ticket RequestTable::add(std::shared_ptr<AsyncRequest> request, Clock::time_point due) {
    const std::lock_guard lock(mutex_);
    if (closed_) return Ticket::none;
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(slots_.size()));
        slots_.emplace_back();
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    Slot& slot = slots_[index];
    slot.request = std::move(request);
    slot.due = due;
    ++size_;
    const Ticket ticket = make_ticket(index, slot.generation);
    slot.request->set_ticket(ticket);
    return ticket;
}

void RequestTable::remove(Ticket ticket) {
    std::shared_ptr<AsyncRequest> gone;  // destroyed without the lock
    const std::lock_guard lock(mutex_);
    if (!holds(ticket)) return;
    const std::uint32_t index = index_of(ticket);
    gone = std::move(slots_[index].request);
    if (++slots_[index].generation == 0) slots_[index].generation = 1;
    free_.push_back(index);
    --size_;
}

std::shared_ptr<AsyncRequest> RequestTable::find(Ticket ticket) const {
    const std::lock_guard lock(mutex_);
    return holds(ticket) ? slots_[index_of(ticket)].request : nullptr;
}

// Under the lock.
bool RequestTable::holds(Ticket ticket) const noexcept {
    const std::uint32_t index = index_of(ticket);
    return index < slots_.size() && slots_[index].generation == generation_of(ticket);
}

void RequestTable::set_due(Ticket ticket, Clock::time_point due) {
    const std::lock_guard lock(mutex_);
    if (holds(ticket)) slots_[index_of(ticket)].due = due;
}

std::vector<std::shared_ptr<AsyncRequest>> RequestTable::due(Clock::time_point now) const {
    std::vector<std::shared_ptr<AsyncRequest>> found;
    const std::lock_guard lock(mutex_);
    if (size_ == 0) return found;
    for (const Slot& slot : slots_)
        if (slot.request && slot.due <= now) found.push_back(slot.request);
    return found;
}

std::vector<std::shared_ptr<AsyncRequest>> RequestTable::close() {
    std::vector<std::shared_ptr<AsyncRequest>> all;
    const std::lock_guard lock(mutex_);
    closed_ = true;
    for (const Slot& slot : slots_)
        if (slot.request) all.push_back(slot.request);
    return all;
}

std::size_t RequestTable::size() const {
    const std::lock_guard lock(mutex_);
    return size_;
}

}  // namespace coodie::native
