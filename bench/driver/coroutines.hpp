// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "blocking.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>

namespace coodie_bench {

using boost::asio::awaitable;

/// One of the coroutines that share a count of operations.
template <class Client>
awaitable<void> work_off(Client& client, const Task& task, std::size_t count, std::size_t& next,
                         Latencies& latencies) {
    const bool reads = task.operation == "get";
    for (std::size_t i = next++; i < count; i = next++) {
        const auto begin = Clock::now();
        if (reads) {
            const Product product = co_await client.get(product_id(product_of(i)));
            check_product(product);
        } else {
            co_await client.insert(products_to_write()[product_of(i)]);
        }
        latencies.push_back(Clock::now() - begin);
    }
}

template <class Client>
awaitable<void> scan_until(Client& client, std::size_t count, std::size_t& rows, Latencies& latencies) {
    while (rows < count) rows += co_await client.scan(latencies);
}

/// Runs a task on this thread with a client, whose functions are those of run_on_threads as coroutines.
template <class Client>
void run_on_executor(const Task& task, Client& client, boost::asio::io_context& context) {
    if (task.operation == "insert") static_cast<void>(products_to_write());
    const auto drive = [&](std::size_t count, Latencies& latencies) {
        latencies.reserve(count);
        std::size_t done = 0;
        std::size_t running = task.operation == "page" ? 1 : task.in_flight;
        // Not until run() returns by itself: the connection's reading is work, too, and goes on.
        const auto ended = [&](const std::exception_ptr& thrown) {
            if (thrown) std::rethrow_exception(thrown);
            if (--running == 0) context.stop();
        };
        if (task.operation == "page")
            boost::asio::co_spawn(context, scan_until(client, count, done, latencies), ended);
        else
            for (std::size_t i = 0; i < task.in_flight; ++i)
                boost::asio::co_spawn(context, work_off(client, task, count, done, latencies), ended);
        context.restart();
        context.run();
        return done;
    };
    Latencies latencies;
    drive(task.warm_up, latencies);
    latencies.clear();
    const Measurement measurement;
    const std::size_t done = drive(task.count, latencies);
    measurement.report(task, task.operation == "page" ? done : task.count, std::move(latencies));
}

}  // namespace coodie_bench
