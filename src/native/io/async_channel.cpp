// SPDX-License-Identifier: Apache-2.0
#include "native/io/async_channel.hpp"

#include <boost/asio/post.hpp>

#include <unistd.h>

namespace coodie::native {

// Two descriptors of one socket: a descriptor object is no place where two threads may wait at once. The
// write side is only duplicated when it is needed for the first time.
AsyncChannel::AsyncChannel(OpenedConnection opened, std::uint32_t in_flight_limit,
                           boost::asio::any_io_executor executor)
    : Channel(std::move(opened), in_flight_limit),
      executor_(std::move(executor)),
      readable_(executor_),
      writable_(executor_) {}

AsyncChannel::~AsyncChannel() = default;

// False: the channel is closed, for there is no descriptor left.
bool AsyncChannel::open_descriptor(boost::asio::posix::stream_descriptor& side) {
    boost::system::error_code error;
    const int duplicate = ::dup(socket());
    if (duplicate >= 0 && !side.assign(duplicate, error)) return true;
    if (duplicate >= 0) ::close(duplicate);
    close(Error(
        ErrorKind::connection,
        peer() + ": no file descriptor left for the connection; raise the limit of open files (ulimit -n)"));
    return false;
}

void AsyncChannel::start() {
    if (open_descriptor(readable_)) wait_for_input();
}

void AsyncChannel::output_waits() {
    if (write_posted_.exchange(true, std::memory_order_acq_rel)) return;
    boost::asio::post(executor_, [channel = self()] { channel->write(); });
}

void AsyncChannel::write() {
    write_posted_.store(false, std::memory_order_release);
    if (flush() != Flushed::blocked) return;
    if (write_posted_.exchange(true, std::memory_order_acq_rel)) return;
    if (!writable_.is_open() && !open_descriptor(writable_)) return;
    writable_.async_wait(boost::asio::posix::stream_descriptor::wait_write,
                         [channel = self()](boost::system::error_code) { channel->write(); });
}

void AsyncChannel::wait_for_input() {
    readable_.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                         [channel = self()](boost::system::error_code failed) {
                             if (!failed) channel->read();
                         });
}

// A bounded number of times: other work of the executor must have its turn.
void AsyncChannel::read() {
    for (int round = 0; round < 4; ++round) {
        const Received received = receive(false);
        if (received == Received::closed) {
            boost::system::error_code ignored;
            readable_.close(ignored);
            return;
        }
        if (received != Received::more) break;
    }
    wait_for_input();
}

}  // namespace coodie::native
