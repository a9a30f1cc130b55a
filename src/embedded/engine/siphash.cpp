// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/siphash.hpp"

#include <bit>

namespace coodie::embedded {

namespace {

class SipState {
public:
    explicit SipState(const SipKey& key) noexcept
        : a_(key[0] ^ 0x736f6d6570736575ULL),
          b_(key[1] ^ 0x646f72616e646f6dULL),
          c_(key[0] ^ 0x6c7967656e657261ULL),
          d_(key[1] ^ 0x7465646279746573ULL) {}

    void add(std::byte byte) noexcept {
        word_ |= std::to_integer<std::uint64_t>(byte) << (8 * (size_ % 8));
        if (++size_ % 8 == 0) flush();
    }
    std::uint64_t finish() noexcept {
        word_ |= size_ << 56U;
        flush();
        c_ ^= 0xFF;
        for (int i = 0; i < 4; ++i) round();
        return a_ ^ b_ ^ c_ ^ d_;
    }

private:
    void flush() noexcept {
        d_ ^= word_;
        round();
        round();
        a_ ^= word_;
        word_ = 0;
    }
    void round() noexcept {
        a_ += b_, b_ = std::rotl(b_, 13) ^ a_, a_ = std::rotl(a_, 32);
        c_ += d_, d_ = std::rotl(d_, 16) ^ c_;
        a_ += d_, d_ = std::rotl(d_, 21) ^ a_;
        c_ += b_, b_ = std::rotl(b_, 17) ^ c_, c_ = std::rotl(c_, 32);
    }
    std::uint64_t a_, b_, c_, d_;
    std::uint64_t word_ = 0;
    std::uint64_t size_ = 0;
};

}  // namespace

std::uint64_t siphash(const SipKey& key, std::span<const BytesView> parts) noexcept {
    SipState state(key);
    for (const auto part : parts)
        for (const auto byte : part) state.add(byte);
    return state.finish();
}

}  // namespace coodie::embedded
