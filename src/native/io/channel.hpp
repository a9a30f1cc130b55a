// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"
#include "native/fsm/frame_reader.hpp"
#include "native/fsm/stream_table.hpp"
#include "native/io/pending.hpp"
#include "native/protocol/compression.hpp"
#include "native/protocol/version.hpp"
#include "native/tls/tls_engine.hpp"

#include <coodie/types/bytes.hpp>
#include <coodie/types/error.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace coodie::native {

/// What a handshake leaves behind: an open connection, ready for requests.
struct OpenedConnection {
    int socket = -1;  ///< connected; whoever takes this closes it
    std::unique_ptr<TlsEngine> tls;
    std::unique_ptr<FrameReader> reader;
    ProtocolVersion version = ProtocolVersion::v4;
    Compression compression = Compression::none;
    std::string peer;  ///< "127.0.0.1:9042", for messages
};

/// Many requests on one connection: stream ids, frames, coalesced writes. It neither waits nor has a thread:
/// a pump does that, either on an Asio executor (AsyncChannel) or on the threads of blocking callers
/// (LedChannel). submit, abandon and close: any thread. Reading: one thread at a time, which the pump sees
/// to.
class Channel : public std::enable_shared_from_this<Channel> {
public:
    using Clock = std::chrono::steady_clock;

    enum class Submitted : std::uint8_t {
        sent,       ///< it will be answered, lost, or abandoned
        busy,       ///< the in-flight limit is reached, or no stream id is free
        closed,     ///< not open any more
        too_large,  ///< `append` refused
    };
    struct Submission {
        Submitted result = Submitted::closed;
        std::int16_t stream = 0;
    };

    Channel(OpenedConnection opened, std::uint32_t in_flight_limit);
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel();

    /// Puts a request into the output buffer and sees that it is sent.
    /// @param append bool(Bytes& out, ProtocolVersion, std::int16_t stream): appends one whole envelope.
    template <class Append>
    Submission submit(std::shared_ptr<Pending>&& pending, Append&& append) {
        Submission submission;
        {
            const std::lock_guard lock(mutex_);
            const std::optional<std::int16_t> stream = reserve(std::move(pending), submission.result);
            if (!stream) return submission;
            const std::size_t start = out_.size();
            if (!append(out_, version_, *stream)) {
                static_cast<void>(streams_.finish(*stream, dropped_));
                dropped_.reset();
                submission.result = Submitted::too_large;
                return submission;
            }
            finish_envelope(start);
            submission = {Submitted::sent, *stream};
        }
        output_waits();
        return submission;
    }

    /// Gives up on an answer; its stream id is free again when the answer has come. False: the request is not
    /// pending any more; answered() or lost() has been or is being called.
    bool abandon(std::int16_t stream, const Pending* pending);

    /// Ends the connection: everything pending is lost with `why`. Idempotent; the first reason stays.
    void close(const Error& why);

    [[nodiscard]] bool is_open() const noexcept { return open_.load(std::memory_order_acquire); }
    [[nodiscard]] std::size_t in_flight() const noexcept {
        return in_flight_.load(std::memory_order_relaxed);
    }
    [[nodiscard]] const std::string& peer() const noexcept { return peer_; }
    [[nodiscard]] ProtocolVersion version() const noexcept { return version_; }
    /// When it was opened, and when bytes last came; the same when none have come since.
    [[nodiscard]] Clock::time_point opened() const noexcept { return opened_; }
    [[nodiscard]] Clock::time_point last_received() const noexcept {
        return Clock::time_point(Clock::duration(last_received_.load(std::memory_order_relaxed)));
    }
    /// Asks a connection from which nothing has come for `interval` whether it still works (a heartbeat), and
    /// closes it when nothing comes within 5 s either. To be called every second or so; one thread at a time.
    /// @param interval 0: never.
    void keep_alive(Clock::time_point now, std::chrono::milliseconds interval);

    /// Called for each event the server pushes, on the reading thread. Set it before the pump starts.
    void on_event(std::function<void(const Envelope&)> handler) { event_handler_ = std::move(handler); }
    /// Called once, when the channel has closed, without a lock. Set it before the pump starts.
    void on_closed(std::function<void(const Error&)> handler) { closed_handler_ = std::move(handler); }

protected:
    enum class Flushed : std::uint8_t { all, blocked, failed };
    enum class Received : std::uint8_t {
        more,     ///< as much as fitted: there may be more
        drained,  ///< all that was there
        nothing,  ///< nothing was there
        closed,
    };

    /// There is something to send that nobody has taken on yet; called without a lock.
    virtual void output_waits() = 0;
    /// Sends what waits until all is sent or the socket is full. When somebody else is at it, that one goes
    /// on.
    Flushed flush();
    /// Answers are being handed out this moment, on the reading thread.
    [[nodiscard]] bool hands_out() const noexcept { return hands_out_.load(std::memory_order_acquire); }
    /// Receives once and hands out what came. `wait`: blocks as long as the socket's receive timeout says.
    Received receive(bool wait);
    [[nodiscard]] int socket() const noexcept { return socket_; }

private:
    struct Arrived {
        std::shared_ptr<Pending> pending;
        Envelope envelope;
    };

    std::optional<std::int16_t> reserve(std::shared_ptr<Pending>&& pending, Submitted& why);
    void finish_envelope(std::size_t start);
    bool take_output();
    std::optional<Error> encrypt();
    std::ptrdiff_t receive_bytes(bool wait, std::size_t& offered);
    bool hand_to_reader(std::size_t received);
    bool parse();
    void dispatch();
    [[nodiscard]] bool has_unread() const noexcept;
    void received_at(Clock::time_point now) noexcept {
        last_received_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
    }

    const std::string peer_;
    const ProtocolVersion version_;
    const Compression compression_;
    const std::uint32_t in_flight_limit_;
    const int socket_;
    const Clock::time_point opened_ = Clock::now();
    std::atomic<bool> open_{true};
    std::atomic<bool> hands_out_{false};
    std::atomic<std::size_t> in_flight_{0};
    std::atomic<Clock::rep> last_received_{0};
    Clock::time_point asked_{};  // the last heartbeat; keep_alive only

    LightMutex mutex_;  // guards the next five
    StreamTable streams_;
    Bytes out_;  // whole envelopes that nobody sends yet
    bool flushing_ = false;
    std::shared_ptr<Pending> dropped_;
    std::optional<Error> closed_why_;

    // Only whoever flushes.
    Bytes envelopes_;
    Bytes wire_;
    std::size_t wire_sent_ = 0;

    std::mutex tls_mutex_;  // guards the next two
    std::unique_ptr<TlsEngine> tls_;
    Bytes tls_out_;

    // Only whoever reads.
    std::unique_ptr<FrameReader> reader_;
    Bytes cipher_;
    std::vector<Arrived> arrived_;
    std::function<void(const Envelope&)> event_handler_;
    std::function<void(const Error&)> closed_handler_;
};

}  // namespace coodie::native
