// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/io/channel.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <atomic>

namespace coodie::native {

/// A channel whose reading and writing happen on an Asio executor, which may have any number of threads.
/// Requests that are submitted before the executor comes round to writing go out in one write.
class AsyncChannel final : public Channel {
public:
    AsyncChannel(OpenedConnection opened, std::uint32_t in_flight_limit,
                 boost::asio::any_io_executor executor);
    ~AsyncChannel() override;

    /// Begins to read. Call it once, after the handlers are set.
    void start();

private:
    bool open_descriptor(boost::asio::posix::stream_descriptor& side);
    void output_waits() override;
    void write();
    void wait_for_input();
    void read();
    [[nodiscard]] std::shared_ptr<AsyncChannel> self() {
        return std::static_pointer_cast<AsyncChannel>(shared_from_this());
    }

    boost::asio::any_io_executor executor_;
    boost::asio::posix::stream_descriptor readable_;
    boost::asio::posix::stream_descriptor writable_;
    std::atomic<bool> write_posted_{false};
};

}  // namespace coodie::native
