// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "driver/light_mutex.hpp"
#include "native/cluster/host.hpp"
#include "native/io/async_channel.hpp"
#include "native/io/led_channel.hpp"
#include "native/io/open_connection.hpp"
#include "native/policy/reconnect_policy.hpp"
#include "native/session/telemetry.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace coodie::native {

enum class Lane : std::uint8_t {
    led,      ///< driven by blocking callers
    async,    ///< driven by the data executor
    control,  ///< driven by the control executor, for blocking requests that ask several nodes
};
inline constexpr std::size_t lane_count = 3;

/// What connections of a session have in common. Immutable.
struct PoolSettings {
    std::shared_ptr<const NativeOptions> options;
    std::shared_ptr<const TlsContext> tls;
    boost::asio::any_io_executor control;  ///< opens connections, runs reconnection timers
    boost::asio::any_io_executor data;     ///< where asynchronous requests run
    std::shared_ptr<Telemetry> telemetry;

    /// Which of them reads the connections of a lane that is not led.
    [[nodiscard]] const boost::asio::any_io_executor& executor(Lane lane) const noexcept {
        return lane == Lane::async ? data : control;
    }
};

/// A session's connections to one host, opened when they are first needed: a lane for blocking requests, one
/// for asynchronous ones. A lane that cannot connect marks the host down and tries again with backoff, one
/// attempt at a time. Any thread.
class HostPool : public std::enable_shared_from_this<HostPool> {
public:
    using Acquired = std::variant<std::shared_ptr<Channel>, Error>;
    using Waiter = std::function<void(Acquired)>;

    HostPool(HostPtr host, std::shared_ptr<const PoolSettings> settings);
    ~HostPool();

    [[nodiscard]] const HostPtr& host() const noexcept { return host_; }

    /// The least busy open channel; nullptr when there is none.
    [[nodiscard]] std::shared_ptr<Channel> open_channel(Lane lane);
    /// Calls `waiter` once, with a channel or why there is none: at once or, when one is being opened, later
    /// on the control executor.
    void acquire(Lane lane, Waiter waiter);
    /// The host is said to be back: tries to connect lanes that wait for their next attempt.
    void retry_now();
    /// Looks after connections from which nothing comes: closed ones that nobody reads, heartbeats. Called
    /// every second or so, by one thread.
    void tend(Channel::Clock::time_point now);
    /// Closes everything; acquire gives `why` from then on.
    void close(const Error& why);

private:
    struct LaneState {
        std::vector<std::shared_ptr<Channel>> channels;
        std::vector<Waiter> waiters;
        ReconnectSchedule schedule;
        std::unique_ptr<boost::asio::steady_timer> timer;
        std::optional<Error> down;  // why the last attempt failed; the timer runs
        bool opening = false;
        bool wanted = false;        // somebody asked for it once
        std::uint32_t useless = 0;  // connections in a row that were lost at once, before anything came
    };

    LaneState& state(Lane lane) noexcept { return lanes_[static_cast<std::size_t>(lane)]; }
    void open(Lane lane);
    void opened(Lane lane, OpenResult result);
    void keep(Lane lane, OpenedConnection connection);
    void failed(Lane lane, const OpenFailure& failure);
    void lost(Lane lane, const Channel* channel, const Error& why);
    void try_later(Lane lane);
    void ask_again_later(Lane lane);
    void after(Lane lane, std::chrono::milliseconds delay, void (*then)(HostPool&, Lane));
    std::shared_ptr<Channel> least_busy(LaneState& state);

    const HostPtr host_;
    const std::shared_ptr<const PoolSettings> settings_;
    LightMutex mutex_;
    LaneState lanes_[lane_count];
    std::optional<Error> closed_;
};

}  // namespace coodie::native
