// SPDX-License-Identifier: Apache-2.0
// Both fronts have the same surface: one list of operations, compiled for each.
#include <coodie/coodie.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace surface::sync {
template <class R, class T>
concept Gives = std::same_as<R, T>;
}
namespace surface::aio {
template <class R, class T>
concept Gives = std::same_as<R, boost::asio::awaitable<T>>;
}

#define FRONT sync
#include "surface_checks.hpp"
#undef FRONT
#define FRONT aio
#include "surface_checks.hpp"
#undef FRONT

namespace {

// The coroutine front is the default one.
struct Review : coodie::Document<Review> {
    std::int32_t id = 0;
    static constexpr auto schema() { return coodie::table().keyspace("k").partition_key<&Review::id>(); }
};
static_assert(std::is_base_of_v<coodie::aio::Operations<Review>, Review>);

TEST(Surface, AModelOfOneFrontIsAModelOfTheOther) {
    using namespace coodie::literals;
    EXPECT_EQ(coodie::sync::find<Review>("id"_c == 1).cql(), coodie::find<Review>("id"_c == 1).cql());
    EXPECT_EQ(coodie::aio::find<surface::sync::Item>().cql(), surface::aio::Item::find().cql());
}

}  // namespace
