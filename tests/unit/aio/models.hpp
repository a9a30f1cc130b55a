// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "run.hpp"

#include <coodie/coodie.hpp>
#include <coodie/mock/mock_driver.hpp>

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

/// A mock as the default connection, with keyspace "app".
class Front : public testing::Test {
protected:
    Front() : mock_(std::make_shared<coodie::MockDriver>("app")) { connection_ = coodie::init_coodie(mock_); }
    ~Front() override { coodie::shutdown(); }

    [[nodiscard]] std::string last() const { return mock_->last().to_string(); }
    [[nodiscard]] std::size_t sent() const { return mock_->statements().size(); }
    /// Rows of Review with these ratings and `at` 0, 1, ...
    [[nodiscard]] static coodie::MockRows reviews(const std::vector<std::int32_t>& ratings) {
        coodie::MockRows rows({{"product", coodie::TypeId::text},
                               {"at", coodie::TypeId::int_},
                               {"rating", coodie::TypeId::int_},
                               {"content", coodie::TypeId::text},
                               {"tags", "list<text>"}});
        std::int32_t at = 0;
        for (const std::int32_t rating : ratings)
            rows.row({long_text, at++, rating, nullptr, std::vector<std::string>{long_text, "b"}});
        return rows;
    }

    std::shared_ptr<coodie::MockDriver> mock_;
    coodie::aio::Connection connection_;
};

}  // namespace aio_test
