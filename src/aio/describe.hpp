// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/driver.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace coodie::aio::detail {

/// Driver::describe without waiting. Throws what the driver reports.
[[nodiscard]] boost::asio::awaitable<Description> describe(std::shared_ptr<Driver> driver,
                                                           StatementText text);

}  // namespace coodie::aio::detail
