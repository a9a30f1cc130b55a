// SPDX-License-Identifier: Apache-2.0
#include "native/session/host_pool.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/strand.hpp>

#include <random>
#include <utility>

namespace coodie::native {
namespace {

using namespace std::chrono_literals;

/// How long a permanent refusal is the answer to every request before the node is asked again.
constexpr std::chrono::milliseconds refusal_lasts = 1s;
/// A connection that ended sooner, and on which nothing had come, was of no use.
constexpr std::chrono::seconds shortest_life = 1s;

bool was_useful(const Channel& channel) {
    return channel.last_received() != channel.opened() ||
           Channel::Clock::now() - channel.opened() >= shortest_life;
}

std::uint64_t random_number() {
    thread_local std::mt19937_64 generator{std::random_device{}()};
    return generator();
}

boost::asio::awaitable<void> open_for([[maybe_unused]] std::shared_ptr<HostPool> pool, ConnectTarget target,
                                      std::function<void(OpenResult)> done) {
    OpenResult result = co_await open_connection(std::move(target));
    done(std::move(result));
}

}  // namespace

HostPool::HostPool(HostPtr host, std::shared_ptr<const PoolSettings> settings)
    : host_(std::move(host)), settings_(std::move(settings)) {}

HostPool::~HostPool() { close(Error(ErrorKind::cancelled, "the driver was closed")); }

std::shared_ptr<Channel> HostPool::least_busy(LaneState& state) {
    if (state.channels.size() == 1) return state.channels[0]->is_open() ? state.channels[0] : nullptr;
    Channel* best = nullptr;
    std::size_t index = 0;
    for (std::size_t i = 0; i < state.channels.size(); ++i) {
        Channel* each = state.channels[i].get();
        if (!each->is_open() || (best != nullptr && best->in_flight() <= each->in_flight())) continue;
        best = each;
        index = i;
    }
    return best == nullptr ? nullptr : state.channels[index];
}

std::shared_ptr<Channel> HostPool::open_channel(Lane lane) {
    const std::lock_guard lock(mutex_);
    return least_busy(state(lane));
}

void HostPool::acquire(Lane lane, Waiter waiter) {
    Acquired at_once(std::shared_ptr<Channel>{});
    {
        const std::lock_guard lock(mutex_);
        LaneState& wanted = state(lane);
        wanted.wanted = true;
        std::shared_ptr<Channel> channel = least_busy(wanted);
        if (!channel && !closed_ && (!wanted.down || wanted.opening)) {
            wanted.waiters.push_back(std::move(waiter));
            if (!wanted.opening) open(lane);
            return;
        }
        if (channel)
            at_once = std::move(channel);
        else
            at_once = closed_ ? *closed_ : *wanted.down;
    }
    waiter(std::move(at_once));
}

// Under the lock.
void HostPool::open(Lane lane) {
    state(lane).opening = true;
    ConnectTarget target(host_->endpoint().address.to_string(), host_->endpoint().port, settings_->options,
                         settings_->tls);
    target.set_keyspace(settings_->options->keyspace);
    auto done = [pool = shared_from_this(), lane](OpenResult result) {
        pool->opened(lane, std::move(result));
    };
    boost::asio::co_spawn(boost::asio::make_strand(settings_->control),
                          open_for(shared_from_this(), std::move(target), std::move(done)),
                          [](std::exception_ptr) {});
}

void HostPool::opened(Lane lane, OpenResult result) {
    if (const OpenFailure* failure = std::get_if<OpenFailure>(&result))
        failed(lane, *failure);
    else
        keep(lane, std::move(*std::get_if<OpenedConnection>(&result)));
}

void HostPool::keep(Lane lane, OpenedConnection connection) {
    settings_->telemetry->count(Telemetry::Event::connection_opened);
    settings_->telemetry->log(LogLevel::info, "connected to " + connection.peer);
    std::shared_ptr<Channel> channel;
    std::shared_ptr<AsyncChannel> asynchronous;
    const NativeOptions& options = *settings_->options;
    if (lane == Lane::led)
        channel =
            std::make_shared<LedChannel>(std::move(connection), options.in_flight, options.request_timeout);
    else
        channel = asynchronous = std::make_shared<AsyncChannel>(std::move(connection), options.in_flight,
                                                                settings_->executor(lane));
    channel->on_closed([pool = weak_from_this(), lane, raw = channel.get()](const Error& why) {
        if (const std::shared_ptr<HostPool> alive = pool.lock()) alive->lost(lane, raw, why);
    });
    std::vector<Waiter> waiters;
    bool closed = false;
    {
        const std::lock_guard lock(mutex_);
        LaneState& kept = state(lane);
        kept.opening = false;
        kept.down.reset();
        closed = closed_.has_value();
        if (!closed) {
            kept.channels.push_back(channel);
            host_->set_up(true);
            if (kept.channels.size() < options.connections) open(lane);
        }
        waiters.swap(kept.waiters);
    }
    if (asynchronous) asynchronous->start();
    if (closed) channel->close(Error(ErrorKind::cancelled, "the driver was closed"));
    for (Waiter& waiter : waiters) waiter(Acquired(channel));
}

void HostPool::failed(Lane lane, const OpenFailure& failure) {
    settings_->telemetry->count(Telemetry::Event::connection_failed);
    settings_->telemetry->log(failure.permanent ? LogLevel::error : LogLevel::warning, failure.why.message());
    std::vector<Waiter> waiters;
    {
        const std::lock_guard lock(mutex_);
        LaneState& tried = state(lane);
        tried.opening = false;
        if (tried.channels.empty()) {
            tried.down = failure.why;
            // It answers; what it refuses is ours to mend.
            if (!failure.permanent) host_->set_up(false);
        }
        waiters.swap(tried.waiters);
        if (!closed_) failure.permanent ? ask_again_later(lane) : try_later(lane);
    }
    for (Waiter& waiter : waiters) waiter(Acquired(failure.why));
}

// Under the lock.
void HostPool::after(Lane lane, std::chrono::milliseconds delay, void (*then)(HostPool&, Lane)) {
    std::unique_ptr<boost::asio::steady_timer>& timer = state(lane).timer;
    timer = std::make_unique<boost::asio::steady_timer>(settings_->control, delay);
    timer->async_wait([pool = weak_from_this(), lane, then](boost::system::error_code cancelled) {
        const std::shared_ptr<HostPool> alive = pool.lock();
        if (cancelled || !alive) return;
        const std::lock_guard lock(alive->mutex_);
        if (!alive->closed_) then(*alive, lane);
    });
}

// Under the lock.
void HostPool::try_later(Lane lane) {
    after(lane, state(lane).schedule.next(random_number()), [](HostPool& pool, Lane again) {
        if (!pool.state(again).opening) pool.open(again);
    });
}

// Under the lock: not tried again by itself, only for the next request after a while.
void HostPool::ask_again_later(Lane lane) {
    after(lane, refusal_lasts, [](HostPool& pool, Lane again) { pool.state(again).down.reset(); });
}

void HostPool::lost(Lane lane, const Channel* channel, const Error& why) {
    if (why.kind() != ErrorKind::cancelled) {
        settings_->telemetry->count(Telemetry::Event::connection_lost);
        settings_->telemetry->log(LogLevel::warning, why.message());
    }
    std::shared_ptr<Channel> gone;  // its last handle goes without the lock
    const std::lock_guard lock(mutex_);
    LaneState& left = state(lane);
    for (std::size_t i = 0; i < left.channels.size(); ++i)
        if (left.channels[i].get() == channel) {
            gone = std::move(left.channels[i]);
            left.channels.erase(left.channels.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    if (closed_ || !left.channels.empty() || left.opening) return;
    const bool useful = was_useful(*channel);
    if (useful) left.schedule.reset();
    left.useless = useful ? 0 : left.useless + 1;
    // At once: whether the node is gone or only this connection shows soon, and nobody waits for it in vain.
    if (left.useless < 2) return open(lane);
    // Whoever accepts connections and closes them (a proxy, a node that goes down) would get no rest.
    left.down = why;
    host_->set_up(false);
    try_later(lane);
}

void HostPool::retry_now() {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    host_->set_up(true);
    for (const Lane lane : {Lane::led, Lane::async, Lane::control}) {
        LaneState& waiting = state(lane);
        waiting.down.reset();
        waiting.timer.reset();
        if (waiting.wanted && waiting.channels.empty() && !waiting.opening) open(lane);
    }
}

void HostPool::tend(Channel::Clock::time_point now) {
    std::vector<std::shared_ptr<Channel>> silent;
    {
        const std::lock_guard lock(mutex_);
        for (const LaneState& each : lanes_)
            for (const std::shared_ptr<Channel>& channel : each.channels)
                if (now - channel->last_received() > 900ms) silent.push_back(channel);
    }
    for (const std::shared_ptr<Channel>& channel : silent) {
        if (auto* led = dynamic_cast<LedChannel*>(channel.get())) led->probe();
        channel->keep_alive(now, settings_->options->heartbeat_interval);
    }
}

void HostPool::close(const Error& why) {
    std::vector<std::shared_ptr<Channel>> channels;
    std::vector<Waiter> waiters;
    {
        const std::lock_guard lock(mutex_);
        if (!closed_) closed_ = why;
        for (LaneState& each : lanes_) {
            each.timer.reset();
            for (std::shared_ptr<Channel>& channel : each.channels) channels.push_back(std::move(channel));
            each.channels.clear();
            for (Waiter& waiter : each.waiters) waiters.push_back(std::move(waiter));
            each.waiters.clear();
        }
    }
    for (const std::shared_ptr<Channel>& channel : channels) channel->close(why);
    for (Waiter& waiter : waiters) waiter(Acquired(why));
}

}  // namespace coodie::native
