// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clients.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace coodie_bench {

/// Rows per page of operation "page".
inline constexpr std::int32_t page_rows = 1000;

/// A benchmark that reads nothing measures nothing.
inline void check_product(const Product& product) {
    if (product.metadata.size() == 3) return;
    std::fputs("coodie_driver: a row is missing or wrong; seed the tables first\n", stderr);
    std::exit(1);
}

/// `count` operations by as many threads as there are to be in flight, each with its next one when it has the
/// one before.
template <class Client>
Latencies drive_threads(Client& client, const Task& task, std::size_t count) {
    std::atomic<std::size_t> next{0};
    std::vector<Latencies> of_thread(task.in_flight);
    const auto work = [&](Latencies& latencies) {
        latencies.reserve(2 * count / task.in_flight + 16);
        for (std::size_t i = next++; i < count; i = next++) {
            const auto begin = Clock::now();
            if (task.operation == "get")
                check_product(client.get(product_id(product_of(i))));
            else
                client.insert(products_to_write()[product_of(i)]);
            latencies.push_back(Clock::now() - begin);
        }
    };
    if (task.in_flight == 1) {
        work(of_thread[0]);
        return std::move(of_thread[0]);
    }
    std::vector<std::thread> threads;
    for (Latencies& latencies : of_thread) threads.emplace_back(work, std::ref(latencies));
    for (std::thread& thread : threads) thread.join();
    Latencies all;
    for (const Latencies& each : of_thread) all.insert(all.end(), each.begin(), each.end());
    return all;
}

/// Runs a task with a client, which has `Product get(uuid)`, `void insert(const WrittenProduct&)` and
/// `std::size_t scan(Latencies&)`, the number of rows that it read.
template <class Client>
void run_on_threads(const Task& task, Client& client) {
    if (task.operation == "insert") static_cast<void>(products_to_write());
    Latencies latencies;
    if (task.operation == "page") {
        if (task.warm_up > 0) static_cast<void>(client.scan(latencies));
        latencies.clear();
        const Measurement measurement;
        std::size_t rows = 0;
        while (rows < task.count) rows += client.scan(latencies);
        return measurement.report(task, rows, std::move(latencies));
    }
    drive_threads(client, task, task.warm_up);
    const Measurement measurement;
    latencies = drive_threads(client, task, task.count);
    measurement.report(task, task.count, std::move(latencies));
}

}  // namespace coodie_bench
