// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "worker.hpp"

#include <coodie/aio.hpp>
#include <coodie/sync.hpp>

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace integration {

/// What happened to requests, counted from outside the driver.
struct Meter {
    std::atomic<std::int64_t> started{0};
    std::atomic<std::int64_t> completed{0};
    std::atomic<std::int64_t> completed_again{0};  ///< a second completion of one request
    std::atomic<std::int64_t> acknowledged{0};
    std::atomic<std::int64_t> longest_ms{0};

    void note(std::chrono::steady_clock::duration took, const coodie::Outcome& outcome) noexcept;
};

/// Workers on two connections at once: some on threads of their own that block, some coroutines on one
/// thread.
class Load {
public:
    static constexpr int threads = 2;
    static constexpr int coroutines = 8;

    /// @param url of the cluster; both connections use it.
    /// @param keyspace with worker_tables().
    /// @param name of the load: its rows and its connections are its own.
    Load(const std::string& url, const std::string& keyspace, const std::string& name);
    ~Load();
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    /// Waits until so many more requests were acknowledged. @return false: they were not within `limit`.
    [[nodiscard]] bool wait_for(std::int64_t more,
                                std::chrono::seconds limit = std::chrono::seconds(60)) const;
    /// Lets every worker finish its request, and closes both connections.
    void stop();

    [[nodiscard]] const Meter& meter() const noexcept { return meter_; }
    [[nodiscard]] const std::vector<std::unique_ptr<Worker>>& workers() const noexcept { return workers_; }

private:
    void block(Worker& worker);
    boost::asio::awaitable<void> await(Worker& worker);

    Meter meter_;
    std::atomic<bool> stopped_{false};
    boost::asio::io_context context_{1};
    coodie::Connection blocking_;
    coodie::aio::Connection awaited_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::atomic<int> coroutines_left_{coroutines};
    std::vector<std::thread> threads_;
};

}  // namespace integration
