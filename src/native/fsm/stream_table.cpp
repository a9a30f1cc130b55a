// SPDX-License-Identifier: Apache-2.0
#include "native/fsm/stream_table.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace coodie::native {
namespace {

constexpr std::uint64_t all_free = ~std::uint64_t{0};
constexpr std::size_t first_entries = 64;

constexpr std::uint64_t bit(std::size_t index) noexcept { return std::uint64_t{1} << (index % 64); }

}  // namespace

StreamTable::StreamTable() noexcept { free_all(); }

void StreamTable::free_all() noexcept {
    free_ids_.fill(all_free);
    free_words_.fill(all_free);
}

bool StreamTable::taken(std::size_t id) const noexcept { return (free_ids_[id / word_bits] & bit(id)) == 0; }

void StreamTable::set_taken(std::size_t id) noexcept {
    const std::size_t word = id / word_bits;
    free_ids_[word] &= ~bit(id);
    if (free_ids_[word] == 0) free_words_[word / word_bits] &= ~bit(word);
}

void StreamTable::set_free(std::size_t id) noexcept {
    const std::size_t word = id / word_bits;
    free_ids_[word] |= bit(id);
    free_words_[word / word_bits] |= bit(word);
}

std::optional<std::int16_t> StreamTable::take(std::shared_ptr<Pending>&& pending) {
    std::size_t group = 0;
    while (group < free_words_.size() && free_words_[group] == 0) ++group;
    if (group == free_words_.size()) return std::nullopt;
    const std::size_t word =
        group * word_bits + static_cast<std::size_t>(std::countr_zero(free_words_[group]));
    const std::size_t id = word * word_bits + static_cast<std::size_t>(std::countr_zero(free_ids_[word]));
    if (id >= pending_.size()) pending_.resize(std::max(first_entries, std::min(capacity, 2 * id)));
    set_taken(id);
    pending_[id] = std::move(pending);
    ++in_flight_;
    return static_cast<std::int16_t>(id);
}

StreamTable::Found StreamTable::finish(std::int16_t stream, std::shared_ptr<Pending>& out) noexcept {
    if (stream < 0) return Found::unknown;
    const auto id = static_cast<std::size_t>(stream);
    if (!taken(id)) return Found::unknown;
    set_free(id);
    if (!pending_[id]) {
        --orphans_;
        return Found::orphan;
    }
    out = std::move(pending_[id]);
    --in_flight_;
    return Found::pending;
}

bool StreamTable::abandon(std::int16_t stream, const Pending* pending) noexcept {
    if (stream < 0 || pending == nullptr) return false;
    const auto id = static_cast<std::size_t>(stream);
    if (id >= pending_.size() || pending_[id].get() != pending) return false;
    pending_[id].reset();
    --in_flight_;
    ++orphans_;
    return true;
}

std::vector<std::shared_ptr<Pending>> StreamTable::drain() {
    std::vector<std::shared_ptr<Pending>> all;
    all.reserve(in_flight_);
    for (std::shared_ptr<Pending>& pending : pending_)
        if (pending) all.push_back(std::move(pending));
    free_all();
    in_flight_ = orphans_ = 0;
    return all;
}

}  // namespace coodie::native
