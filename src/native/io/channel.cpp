// SPDX-License-Identifier: Apache-2.0
#include "native/io/channel.hpp"

#include "native/protocol/body_compression.hpp"
#include "native/protocol/requests/options.hpp"
#include "native/protocol/segment.hpp"

#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>
#include <system_error>

namespace coodie::native {
namespace {

constexpr std::size_t cipher_buffer_size = 32 * 1024;
/// More late answers than this: the connection does not work, and is replaced.
constexpr std::size_t max_orphans = 256;
/// How long the answer to a heartbeat may take (driver.md).
constexpr std::chrono::seconds heartbeat_limit{5};

/// An OPTIONS of which only matters that something comes.
struct Heartbeat final : Pending {
    void answered(Envelope&&) noexcept override {}
    void lost(const Error&) noexcept override {}
};

Error broken(const std::string& peer, const char* doing, int code) {
    return {ErrorKind::connection, "connection to " + peer + " broke while " + doing + ": " +
                                       std::generic_category().message(code) +
                                       "; check that the node is up and the network in between"};
}

}  // namespace

Channel::Channel(OpenedConnection opened, std::uint32_t in_flight_limit)
    : peer_(std::move(opened.peer)),
      version_(opened.version),
      compression_(opened.compression),
      in_flight_limit_(in_flight_limit),
      socket_(opened.socket),
      tls_(std::move(opened.tls)),
      reader_(std::move(opened.reader)) {
    received_at(opened_);
}

Channel::~Channel() { ::close(socket_); }

std::optional<std::int16_t> Channel::reserve(std::shared_ptr<Pending>&& pending, Submitted& why) {
    why = Submitted::closed;
    if (!open_.load(std::memory_order_relaxed)) return std::nullopt;
    why = Submitted::busy;
    if (streams_.in_flight() >= in_flight_limit_) return std::nullopt;
    std::optional<std::int16_t> stream = streams_.take(std::move(pending));
    if (stream) in_flight_.store(streams_.in_flight(), std::memory_order_relaxed);
    return stream;
}

void Channel::finish_envelope(std::size_t start) {
    if (version_ == ProtocolVersion::v4 && compression_ == Compression::lz4) compress_body(out_, start);
}

bool Channel::abandon(std::int16_t stream, const Pending* pending) {
    bool was_pending = false;
    bool overrun = false;
    {
        const std::lock_guard lock(mutex_);
        was_pending = streams_.abandon(stream, pending);
        overrun = streams_.orphans() > max_orphans;
        in_flight_.store(streams_.in_flight(), std::memory_order_relaxed);
    }
    if (overrun)
        close(Error(ErrorKind::connection, "connection to " + peer_ +
                                               " is replaced: " + std::to_string(max_orphans) +
                                               " requests on it were never answered; check the node's load"));
    return was_pending;
}

void Channel::close(const Error& why) {
    std::vector<std::shared_ptr<Pending>> lost;
    {
        const std::lock_guard lock(mutex_);
        if (closed_why_) return;
        closed_why_ = why;
        open_.store(false, std::memory_order_release);
        lost = streams_.drain();
        in_flight_.store(0, std::memory_order_relaxed);
    }
    ::shutdown(socket_, SHUT_RDWR);  // wakes whoever waits for the socket; closed with the last handle
    for (const std::shared_ptr<Pending>& pending : lost)
        if (pending) pending->lost(why);
    if (closed_handler_) std::exchange(closed_handler_, nullptr)(why);
}

// Requests that go out are no sign of life: a node that is gone without a word would swallow them, one
// timeout after the other.
void Channel::keep_alive(Clock::time_point now, std::chrono::milliseconds interval) {
    if (interval == interval.zero()) return;
    const Clock::time_point received = last_received();
    if (asked_ > received) {
        if (now - asked_ <= heartbeat_limit || has_unread()) return;
        close(Error(ErrorKind::connection,
                    "connection to " + peer_ + " gives no answer any more; check the node and the network"));
    } else if (now - received > interval) {
        const Submission sent = submit(std::make_shared<Heartbeat>(),
                                       [](Bytes& out, ProtocolVersion version, std::int16_t stream) {
                                           append_options(out, version, stream);
                                           return true;
                                       });
        if (sent.result == Submitted::sent) asked_ = now;
    }
}

// An executor that is busy elsewhere, or a machine that slept, has not read yet what came in time.
bool Channel::has_unread() const noexcept {
    std::byte first{};
    return ::recv(socket_, &first, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

// Under the lock: moves what waits to where the flusher has it. False: nothing waits.
bool Channel::take_output() {
    if (out_.empty()) return false;
    envelopes_.swap(out_);
    return true;
}

std::optional<Error> Channel::encrypt() {
    const std::lock_guard lock(tls_mutex_);
    Bytes cipher = std::exchange(tls_out_, {});
    std::optional<Error> error = tls_->write(wire_, cipher);
    wire_.swap(cipher);
    return error;
}

Channel::Flushed Channel::flush() {
    std::unique_lock lock(mutex_);
    if (flushing_) return Flushed::all;
    flushing_ = true;
    while (open_.load(std::memory_order_relaxed)) {
        if (wire_sent_ == wire_.size()) {
            if (!take_output()) {
                flushing_ = false;
                return Flushed::all;
            }
            lock.unlock();
            wire_sent_ = 0;
            wire_.clear();
            if (version_ == ProtocolVersion::v5)
                seal_segments(wire_, envelopes_, compression_);
            else
                wire_.swap(envelopes_);
            envelopes_.clear();
            if (tls_)
                if (const std::optional<Error> error = encrypt()) {
                    close(*error);
                    lock.lock();
                    break;
                }
        } else {
            lock.unlock();
        }
        const ssize_t sent = ::send(socket_, wire_.data() + wire_sent_, wire_.size() - wire_sent_,
                                    MSG_NOSIGNAL | MSG_DONTWAIT);
        const int code = errno;
        if (sent >= 0) wire_sent_ += static_cast<std::size_t>(sent);
        if (sent < 0 && code != EINTR && code != EAGAIN && code != EWOULDBLOCK) {
            close(broken(peer_, "sending", code));
            lock.lock();
            break;
        }
        lock.lock();
        if (sent < 0 && code != EINTR) {
            flushing_ = false;
            return Flushed::blocked;
        }
    }
    flushing_ = false;
    return Flushed::failed;
}

std::ptrdiff_t Channel::receive_bytes(bool wait, std::size_t& offered) {
    const int flags = wait ? 0 : MSG_DONTWAIT;
    if (!tls_) {
        const std::span<std::byte> space = reader_->space();
        offered = space.size();
        return ::recv(socket_, space.data(), space.size(), flags);
    }
    cipher_.resize(cipher_buffer_size);
    offered = cipher_.size();
    return ::recv(socket_, cipher_.data(), cipher_.size(), flags);
}

// False: closed.
bool Channel::hand_to_reader(std::size_t received) {
    if (!tls_) {
        reader_->received(received);
        return parse();
    }
    std::unique_lock lock(tls_mutex_);
    tls_->offer(BytesView(cipher_).first(received));
    for (;;) {
        const std::variant<std::size_t, Error> plain = tls_->read(reader_->space(), tls_out_);
        if (const Error* error = std::get_if<Error>(&plain)) {
            lock.unlock();
            close(*error);
            return false;
        }
        const std::size_t size = *std::get_if<std::size_t>(&plain);
        if (size == 0) return true;
        reader_->received(size);
        lock.unlock();
        if (!parse()) return false;
        lock.lock();
    }
}

Channel::Received Channel::receive(bool wait) {
    if (!is_open()) return Received::closed;
    std::size_t offered = 0;
    const std::ptrdiff_t received = receive_bytes(wait, offered);
    if (received < 0) {
        const int code = errno;
        if (code == EAGAIN || code == EWOULDBLOCK || code == EINTR) return Received::nothing;
        close(broken(peer_, "receiving", code));
        return Received::closed;
    }
    if (received == 0) {
        close(Error(ErrorKind::connection,
                    peer_ + " closed the connection; check that the node is up and its log"));
        return Received::closed;
    }
    received_at(Clock::now());
    const bool filled = static_cast<std::size_t>(received) == offered;
    if (!hand_to_reader(static_cast<std::size_t>(received))) return Received::closed;
    return filled ? Received::more : Received::drained;
}

bool Channel::parse() {
    for (;;) {
        const FrameReader::Status status = reader_->next(arrived_.emplace_back().envelope);
        if (status == FrameReader::Status::envelope) continue;
        arrived_.pop_back();
        dispatch();
        if (status == FrameReader::Status::more) return is_open();
        close(to_error(reader_->error(), peer_));
        return false;
    }
}

// Looks up whose answers these are under one lock, then hands them out without it: whoever is answered may
// submit the next request at once.
void Channel::dispatch() {
    if (arrived_.empty()) return;
    bool unknown = false;
    {
        const std::lock_guard lock(mutex_);
        for (Arrived& each : arrived_) {
            if (each.envelope.header.stream < 0) continue;
            unknown |=
                streams_.finish(each.envelope.header.stream, each.pending) == StreamTable::Found::unknown;
        }
        in_flight_.store(streams_.in_flight(), std::memory_order_relaxed);
    }
    std::vector<Arrived> arrived = std::exchange(arrived_, {});
    hands_out_.store(true, std::memory_order_relaxed);
    for (Arrived& each : arrived) {
        if (each.pending)
            each.pending->answered(std::move(each.envelope));
        else if (each.envelope.header.stream == event_stream && event_handler_)
            event_handler_(each.envelope);
    }
    hands_out_.store(false, std::memory_order_release);
    arrived.clear();
    arrived_.swap(arrived);  // keeps its capacity
    if (unknown && is_open())
        close(Error(ErrorKind::connection,
                    peer_ + " answered on a stream nobody asked on; the connection is closed, "
                            "for an answer could go to the wrong request"));
}

}  // namespace coodie::native
