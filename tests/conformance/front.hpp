// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The front that this program tests, as the namespace `conformance::front`: every case is compiled once for
/// coodie::sync and once for coodie::aio. `WAIT(operation)` gives the operation's result in either.
#if defined(COODIE_CONFORMANCE_AIO)
#include <coodie/aio.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace conformance {

namespace front = coodie::aio;
inline constexpr const char* front_name = "aio";

/// Where coroutines run: on the thread that waits.
boost::asio::io_context& context();

namespace detail {

template <class T>
boost::asio::awaitable<void> keep(boost::asio::awaitable<T> operation, std::optional<T>& result) {
    result.emplace(co_await std::move(operation));
}
void run(boost::asio::awaitable<void> operation);

}  // namespace detail

inline void wait(boost::asio::awaitable<void> operation) { detail::run(std::move(operation)); }
template <class T>
T wait(boost::asio::awaitable<T> operation) {
    std::optional<T> result;
    detail::run(detail::keep(std::move(operation), result));
    return std::move(*result);
}

}  // namespace conformance

#define WAIT(...) ::conformance::wait(__VA_ARGS__)
#else
#include <coodie/sync.hpp>

namespace conformance {
namespace front = coodie::sync;
inline constexpr const char* front_name = "sync";
}  // namespace conformance

#define WAIT(...) (__VA_ARGS__)
#endif
