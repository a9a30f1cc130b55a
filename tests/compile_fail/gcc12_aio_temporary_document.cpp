// SPDX-License-Identifier: Apache-2.0
// expect: coodie: give the document a name first: GCC before 13 destroys a temporary document
#include <coodie/aio.hpp>

#include <cstdint>

struct Review : coodie::aio::Document<Review> {
    std::int32_t id = 0;

    static constexpr auto schema() { return coodie::table().partition_key<&Review::id>(); }
};

boost::asio::awaitable<void> use() {
#ifdef FIXED
    const Review review{.id = 1};
    co_await coodie::aio::save(review);
#else
    co_await coodie::aio::save(Review{.id = 1});
#endif
}
