// SPDX-License-Identifier: Apache-2.0
#include "front.hpp"

#if defined(COODIE_CONFORMANCE_AIO)
namespace conformance {

boost::asio::io_context& context() {
    static boost::asio::io_context instance(1);
    return instance;
}

void detail::run(boost::asio::awaitable<void> operation) {
    bool done = false;
    std::exception_ptr error;
    boost::asio::co_spawn(context(), std::move(operation), [&](const std::exception_ptr& failure) {
        done = true;
        error = failure;
    });
    // Not run(): a driver on this context may have timers that never end.
    context().restart();
    while (!done)
        if (context().run_one() == 0)
            throw std::logic_error("a coroutine waits for something that will never come");
    if (error) std::rethrow_exception(error);
}

}  // namespace conformance
#endif
