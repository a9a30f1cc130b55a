// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <exception>
#include <functional>
#include <string>
#include <utility>

namespace aio_test {

/// Runs a coroutine on an io_context of its own until it has ended; throws what it throws.
template <class F>
void run(F coroutine) {
    boost::asio::io_context context;
    std::exception_ptr exception;
    bool ended = false;
    boost::asio::co_spawn(context, std::move(coroutine), [&](std::exception_ptr thrown) {
        exception = std::move(thrown);
        ended = true;
    });
    context.run();
    EXPECT_TRUE(ended) << "the coroutine waits for ever";
    if (exception) std::rethrow_exception(exception);
}

/// What an exception of type E says that `operation` throws.
template <class E, class F>
[[nodiscard]] std::string thrown(F operation) {
    try {
        operation();
    } catch (const E& error) {
        return error.what();
    }
    return "nothing was thrown";
}

/// The same for a coroutine.
template <class E, class F>
[[nodiscard]] std::string thrown_by(F coroutine) {
    return thrown<E>([&] { run(std::move(coroutine)); });
}

}  // namespace aio_test
