// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/post_room.hpp>

#include "unit/allocation_count.hpp"

#include <boost/asio/execution/allocator.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/require.hpp>

#include <gtest/gtest.h>

#include <memory>

namespace {

namespace asio = boost::asio;
using coodie::aio::detail::PostAllocator;
using coodie::aio::detail::PostRoom;
using coodie::test::allocations;
using coodie::test::deallocations;
using coodie::test::seen;

// Queues `work` in the room.
template <class Work>
void post(asio::io_context& context, PostRoom& room, Work work) {
    asio::require(context.get_executor(), asio::execution::blocking.never,
                  asio::execution::allocator(PostAllocator<void>(room)))
        .execute(std::move(work));
}

// What was posted keeps the room it lies in, as a resumption does its request.
struct Owner {
    explicit Owner(int& ended) : ended_(ended) {}
    ~Owner() { ++ended_; }
    PostRoom room;
    int& ended_;
};

TEST(PostAllocator, WhatFitsLiesInTheRoom) {
    PostRoom room;
    const std::size_t before = allocations;
    PostAllocator<std::byte> bytes(room);
    std::byte* const all = bytes.allocate(sizeof(PostRoom));
    EXPECT_EQ(all, room.bytes);
    bytes.deallocate(all, sizeof(PostRoom));
    const PostAllocator<double> doubles(bytes);
    EXPECT_EQ(static_cast<void*>(doubles.allocate(2)), room.bytes)
        << "free again, and the rebound one's, too";
    EXPECT_EQ(allocations, before);
}

TEST(PostAllocator, WhatDoesNotFitComesFromTheHeap) {
    PostRoom room;
    struct alignas(2 * alignof(std::max_align_t)) Strict {
        std::byte content;
    };
    PostAllocator<std::byte> bytes(room);
    const std::size_t before = allocations;
    const std::size_t freed = deallocations;
    std::byte* const large = seen(bytes.allocate(sizeof(PostRoom) + 1));
    EXPECT_EQ(allocations, before + 1);
    bytes.deallocate(large, sizeof(PostRoom) + 1);
    EXPECT_EQ(deallocations, freed + 1);
    PostAllocator<Strict> strict(bytes);
    Strict* const aligned = strict.allocate(1);
    EXPECT_NE(static_cast<void*>(aligned), room.bytes);
    strict.deallocate(aligned, 1);
}

TEST(PostAllocator, EqualOnlyForOneRoom) {
    PostRoom one;
    PostRoom other;
    EXPECT_EQ(PostAllocator<int>(one), PostAllocator<int>(one));
    EXPECT_NE(PostAllocator<int>(one), PostAllocator<int>(other));
}

TEST(PostAllocator, PostingToAContextAllocatesNothing) {
    asio::io_context context;
    PostRoom room;
    int ran = 0;
    const std::size_t before = allocations;
    for (int i = 0; i < 10; ++i) {
        post(context, room, [&ran] { ++ran; });
        EXPECT_EQ(ran, i) << "never inside";
        context.restart();
        EXPECT_EQ(context.poll(), 1U);
    }
    EXPECT_EQ(ran, 10);
    EXPECT_EQ(allocations, before);
}

TEST(PostAllocator, TheRoomMayGoWithWhatLiesInIt) {
    int ended = 0;
    asio::io_context context;
    auto owner = std::make_shared<Owner>(ended);
    PostRoom& room = owner->room;
    post(context, room, [owner = std::move(owner)]() mutable { owner.reset(); });
    EXPECT_EQ(ended, 0);
    context.run();
    EXPECT_EQ(ended, 1);
}

TEST(PostAllocator, TheContextMayGoWithWhatWasPosted) {
    int ended = 0;
    {
        asio::io_context context;
        auto owner = std::make_shared<Owner>(ended);
        PostRoom& room = owner->room;
        post(context, room, [owner = std::move(owner)] {});
    }
    EXPECT_EQ(ended, 1);
}

}  // namespace
