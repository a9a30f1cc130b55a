// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run.hpp"
#include "unit/mock_front.hpp"

#include <coodie/coodie.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace aio_test {

using boost::asio::awaitable;

/// With strings too long for a small buffer, and containers: what is destroyed twice is noticed.
struct Review : coodie::Document<Review> {
    std::string product;
    std::int32_t at = 0;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::vector<std::string> tags;

    static constexpr auto schema() {
        return coodie::table("reviews")
            .keyspace("catalog")
            .partition_key<&Review::product>()
            .clustering_key<&Review::at>(coodie::desc);
    }
};

/// No base class, no keyspace; a field with an operation's name.
struct Setting {
    std::string name;
    std::int64_t count = 0;
    static constexpr auto schema() { return coodie::table().partition_key<&Setting::name>(); }
};

/// Fields that hide operations.
struct Hiding : coodie::Document<Hiding> {
    std::int32_t save = 0;
    std::int32_t update = 0;
    static constexpr auto schema() { return coodie::table().keyspace("k").partition_key<&Hiding::save>(); }
};

struct Visit : coodie::Document<Visit> {
    std::int32_t page = 0;
    coodie::counter hits;
    static constexpr auto schema() { return coodie::table().keyspace("k").partition_key<&Visit::page>(); }
};

inline const std::string long_text = "a text that is longer than any small buffer of a string, for sure";

class Front : public MockFront {
protected:
    [[nodiscard]] static coodie::MockRows reviews(const std::vector<std::int32_t>& ratings) {
        return MockFront::reviews(long_text, ratings, {long_text, "b"});
    }
};

}  // namespace aio_test
