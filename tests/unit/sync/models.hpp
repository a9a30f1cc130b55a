// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "unit/mock_front.hpp"

#include <coodie/sync.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace sync_test {

struct Review : coodie::sync::Document<Review> {
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
struct Hiding : coodie::sync::Document<Hiding> {
    std::int32_t save = 0;
    std::int32_t update = 0;
    std::int32_t find = 0;
    static constexpr auto schema() { return coodie::table().keyspace("k").partition_key<&Hiding::save>(); }
};

struct Visit : coodie::sync::Document<Visit> {
    std::int32_t page = 0;
    coodie::counter hits;
    static constexpr auto schema() { return coodie::table().keyspace("k").partition_key<&Visit::page>(); }
};

struct Elsewhere : coodie::sync::Document<Elsewhere> {
    std::int32_t id = 0;
    static constexpr auto schema() {
        return coodie::table().keyspace("k").connection("analytics").partition_key<&Elsewhere::id>();
    }
};

/// A model that inherits columns from another one.
struct Pet : coodie::sync::Document<Pet> {
    std::int32_t id = 0;
    std::string name;
    static constexpr auto schema() { return coodie::table().keyspace("k").partition_key<&Pet::id>(); }
};
struct Cat : coodie::sync::Document<Cat, Pet> {
    std::int32_t lives = 9;
    static constexpr auto coodie_fields() { return std::tuple{&Cat::lives}; }
    static constexpr auto schema() { return coodie::table("cats").keyspace("k"); }
};

class Front : public MockFront {
protected:
    /// Rows of Review with these ratings and `at` 0, 1, ...
    [[nodiscard]] static coodie::MockRows reviews(const std::vector<std::int32_t>& ratings) {
        return MockFront::reviews("x", ratings, {"a"});
    }
    template <class E, class F>
    [[nodiscard]] static std::string thrown(F operation) {
        try {
            operation();
        } catch (const E& error) {
            return error.what();
        }
        return "nothing was thrown";
    }
};

}  // namespace sync_test
