// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/init.hpp>
#include <coodie/driver/registry.hpp>
#include <coodie/mock/mock_driver.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

/// A mock as the default connection, with keyspace "app".
class MockFront : public testing::Test {
protected:
    MockFront() : mock_(std::make_shared<coodie::MockDriver>("app")) {
        connection_ = coodie::detail::init(mock_, {});
    }
    ~MockFront() override { coodie::shutdown(); }

    [[nodiscard]] std::string last() const { return mock_->last().to_string(); }
    [[nodiscard]] std::size_t sent() const { return mock_->statements().size(); }
    /// Rows of a Review with this product, these ratings and tags, `at` 0, 1, ... and no content.
    [[nodiscard]] static coodie::MockRows reviews(const std::string& product,
                                                  const std::vector<std::int32_t>& ratings,
                                                  const std::vector<std::string>& tags) {
        coodie::MockRows rows({{"product", coodie::TypeId::text},
                               {"at", coodie::TypeId::int_},
                               {"rating", coodie::TypeId::int_},
                               {"content", coodie::TypeId::text},
                               {"tags", "list<text>"}});
        std::int32_t at = 0;
        for (const std::int32_t rating : ratings) rows.row({product, at++, rating, nullptr, tags});
        return rows;
    }

    std::shared_ptr<coodie::MockDriver> mock_;
    coodie::Connection connection_;
};
