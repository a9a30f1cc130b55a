// SPDX-License-Identifier: Apache-2.0
#include <coodie/aio/init.hpp>

#include "aio/start.hpp"

#include <coodie/types/error.hpp>

#include <variant>

namespace coodie::aio {
namespace {

ExecutorHandle handle_of(const boost::asio::any_io_executor& executor) {
    return std::make_shared<const boost::asio::any_io_executor>(executor);
}

class StartConnect {
public:
    explicit StartConnect(std::shared_ptr<Driver> driver) noexcept : driver_(std::move(driver)) {}
    void start(std::shared_ptr<detail::PendingRequest> request) && {
        Driver& driver = *driver_;
        if (!request->prepare(request, std::move(driver_), &detail::cancel_in_driver,
                              boost::asio::cancellation_type::all))
            return;
        request->started(driver.start_connect(request));
    }

private:
    std::shared_ptr<Driver> driver_;
};

awaitable<void> connect_driver(std::shared_ptr<Driver> driver) {
    Outcome outcome;
    co_await detail::Execution<StartConnect>(StartConnect(std::move(driver)), outcome);
    if (const Error* error = std::get_if<Error>(&outcome)) raise(*error);
}

}  // namespace

awaitable<void> Connection::connect() const {
    static_cast<void>(driver());
    return connect_driver(shared_driver());
}

Connection init_coodie(const boost::asio::any_io_executor& executor, std::string_view url,
                       const InitOptions& options) {
    return Connection(coodie::detail::init(url, options, handle_of(executor)));
}

Connection init_coodie(const boost::asio::any_io_executor& executor, const InitOptions& options) {
    return Connection(coodie::detail::init(options, handle_of(executor)));
}

}  // namespace coodie::aio
