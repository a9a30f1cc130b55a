// SPDX-License-Identifier: Apache-2.0
// The memory of bound values, kept by each thread from one request to the next.
#include <coodie/driver/statement.hpp>

#include "driver/sanitizer.hpp"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace coodie {
namespace {

/// As many as requests of one thread are usually in flight; larger buffers go back to malloc.
constexpr std::size_t most_buffers = 256;
constexpr std::size_t largest_buffer = 1024;

using Buffers = std::vector<Bytes>;

/// Trivially destructible: values may end after the thread's other objects.
constinit thread_local Buffers* spare = nullptr;

struct Owner {
    Buffers buffers;
    Owner() {
        buffers.reserve(most_buffers);
        spare = &buffers;
    }
    ~Owner() { spare = nullptr; }
};

}  // namespace

Bytes BoundValues::spare_buffer() {
    // Under AddressSanitizer nothing is kept, so that a use after the end is seen.
    if constexpr (address_sanitizer) return {};
    if (spare == nullptr) {
        thread_local const Owner owner;
        return {};
    }
    if (spare->empty()) return {};
    Bytes buffer = std::move(spare->back());
    spare->pop_back();
    return buffer;
}

void BoundValues::reserve(std::size_t size) {
    if (bytes_.capacity() == 0) bytes_ = spare_buffer();
    bytes_.reserve(size);
}

void BoundValues::keep(Bytes&& buffer) noexcept {
    if (spare == nullptr || spare->size() == most_buffers || buffer.capacity() > largest_buffer) return;
    buffer.clear();
    spare->push_back(std::move(buffer));
}

}  // namespace coodie
