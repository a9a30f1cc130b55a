// SPDX-License-Identifier: Apache-2.0
#include "native/session/control.hpp"

#include "native/io/peer_endpoint.hpp"
#include "native/protocol/responses/response.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <random>

namespace coodie::native {
namespace {

namespace asio = boost::asio;
using asio::awaitable;
using asio::redirect_error;
using asio::use_awaitable;
using boost::system::error_code;
using namespace std::chrono_literals;

/// Between two looks at the schema versions, and when to give up (driver.md).
constexpr std::chrono::milliseconds agreement_interval = 200ms;
constexpr std::chrono::seconds agreement_limit = 10s;
/// At most two refreshes a second, however many events come.
constexpr std::chrono::milliseconds refresh_interval = 500ms;

Error closed_error() { return {ErrorKind::cancelled, "the driver was closed"}; }

}  // namespace

Control::Control(asio::io_context& context, std::shared_ptr<const PoolSettings> settings,
                 ControlListener& listener)
    : context_(context),
      settings_(std::move(settings)),
      listener_(listener),
      reader_(context, settings_->options),
      wake_(context),
      ticker_(context) {}

void Control::start(Done done) {
    asio::co_spawn(context_, run(shared_from_this(), std::move(done)), asio::detached);
}

void Control::agree(const Endpoint& coordinator, Done done) {
    asio::co_spawn(context_, reach_agreement(shared_from_this(), coordinator, std::move(done)),
                   asio::detached);
}

void Control::close() {
    closed_ = true;
    wake_.cancel();
    ticker_.cancel();
    hang_up();
}

void Control::hang_up() {
    if (channel_) channel_->close(closed_error());
    for (const std::shared_ptr<AsyncChannel>& channel : beside_) channel->close(closed_error());
}

void Control::wake() { wake_.cancel(); }

// GCC 12 destroys a std::function twice that is a temporary of a co_await expression: `done` goes in as a
// parameter of the outermost coroutine and nowhere else.
awaitable<void> Control::run([[maybe_unused]] std::shared_ptr<Control> self, Done done) {
    const auto give_up = Channel::Clock::now() + settings_->options->connect_wait;
    std::optional<OpenFailure> failed = co_await connect_anywhere();
    while (failed && !failed->permanent && !closed_ && Channel::Clock::now() < give_up) {
        wake_.expires_after(std::min<Channel::Clock::duration>(500ms, give_up - Channel::Clock::now()));
        error_code ignored;
        co_await wake_.async_wait(redirect_error(use_awaitable, ignored));
        failed = co_await connect_anywhere();
    }
    if (closed_) hang_up();  // close() came while it connected
    const bool connected = !failed;
    done(connected ? std::nullopt : std::optional<Error>(std::move(failed->why)));
    if (!connected) co_return;
    asio::co_spawn(context_, tick(shared_from_this()), asio::detached);
    while (!closed_) {
        co_await watch();
        if (!closed_) co_await reconnect();
    }
    hang_up();
}

awaitable<void> Control::tick([[maybe_unused]] std::shared_ptr<Control> self) {
    while (!closed_) {
        ticker_.expires_after(1s);
        error_code ignored;
        co_await ticker_.async_wait(redirect_error(use_awaitable, ignored));
        if (closed_) break;
        const auto now = Channel::Clock::now();
        if (channel_) channel_->keep_alive(now, settings_->options->heartbeat_interval);
        listener_.on_tick(now);
    }
}

// Known nodes first, then the contact points, whose names are looked up again: the cluster may have moved.
std::vector<ConnectTarget> Control::candidates() const {
    std::vector<ConnectTarget> targets;
    if (snapshot_)
        for (Host* host : snapshot_->local_hosts())
            targets.emplace_back(host->endpoint().address.to_string(), host->endpoint().port,
                                 settings_->options, settings_->tls);
    for (const NativeOptions::ContactPoint& point : settings_->options->contact_points)
        targets.emplace_back(point.host, point.port, settings_->options, settings_->tls);
    return targets;
}

awaitable<std::optional<OpenFailure>> Control::connect_anywhere() {
    std::optional<OpenFailure> last;
    const std::vector<ConnectTarget> targets = candidates();
    for (const ConnectTarget& target : targets) {
        if (closed_) {
            last.emplace(closed_error(), true);
            co_return last;
        }
        std::optional<OpenFailure> failed = co_await connect_to(target);
        if (!failed) co_return std::nullopt;
        last = std::move(failed);
        // What is the same everywhere is not tried everywhere.
        if (last->permanent) break;
    }
    co_return last;
}

awaitable<std::optional<OpenFailure>> Control::connect_to(ConnectTarget target) {
    OpenResult opened = co_await open_connection(std::move(target));
    if (OpenFailure* failure = std::get_if<OpenFailure>(&opened)) {
        settings_->telemetry->count(Telemetry::Event::connection_failed);
        settings_->telemetry->log(failure->permanent ? LogLevel::error : LogLevel::warning,
                                  failure->why.message());
        co_return std::move(*failure);
    }
    OpenedConnection& connection = *std::get_if<OpenedConnection>(&opened);
    settings_->telemetry->count(Telemetry::Event::connection_opened);
    settings_->telemetry->log(LogLevel::info, "control connection to " + connection.peer);
    connected_ = peer_endpoint(connection.socket);
    channel_ = std::make_shared<AsyncChannel>(std::move(connection), 1024U, context_.get_executor());
    channel_->on_event([self = weak_from_this()](const Envelope& envelope) {
        if (const auto alive = self.lock()) alive->on_event(envelope);
    });
    channel_->on_closed([self = weak_from_this()](const Error& why) {
        const auto alive = self.lock();
        if (!alive) return;
        if (!alive->closed_) {
            alive->settings_->telemetry->count(Telemetry::Event::connection_lost);
            alive->settings_->telemetry->log(LogLevel::warning, "control connection: " + why.message());
        }
        alive->wake();
    });
    channel_->start();
    reader_.expect_all_tables();
    std::optional<Error> failed = co_await reader_.subscribe(channel_);
    if (!failed) failed = co_await refresh();
    if (!failed) co_return std::nullopt;
    channel_->close(*failed);
    channel_.reset();
    const bool permanent = failed->kind() == ErrorKind::configuration;
    co_return OpenFailure(std::move(*failed), permanent);
}

awaitable<std::optional<Error>> Control::refresh() {
    stale_ = false;
    Topology topology;
    std::optional<Error> failed =
        co_await reader_.read_hosts(channel_, *connected_, topology.hosts, topology.cluster);
    if (!failed) failed = co_await reader_.read_keyspaces(channel_, topology.keyspaces);
    if (failed) co_return failed;
    if (snapshot_) {  // chosen when the driver connected; that other datacenters come and go changes nothing
        topology.local_datacenter = snapshot_->local_datacenter();
    } else {
        std::variant<std::string, Error> datacenter =
            choose_local_datacenter(topology.hosts, settings_->options->local_datacenter);
        if (Error* error = std::get_if<Error>(&datacenter)) co_return std::move(*error);
        topology.local_datacenter = std::move(*std::get_if<std::string>(&datacenter));
    }
    snapshot_ = Snapshot::build(topology, snapshot_.get());
    listener_.on_snapshot(snapshot_);
    co_return std::nullopt;
}

// Until the connection breaks: reads the metadata again when events came.
awaitable<void> Control::watch() {
    while (!closed_ && channel_ && channel_->is_open()) {
        error_code ignored;
        if (!stale_) {
            wake_.expires_at(asio::steady_timer::time_point::max());
            co_await wake_.async_wait(redirect_error(use_awaitable, ignored));
            continue;
        }
        asio::steady_timer pause(context_, refresh_interval);
        co_await pause.async_wait(redirect_error(use_awaitable, ignored));
        if (closed_ || !channel_->is_open()) continue;
        // A node that does not tell the metadata is no good for a control connection: the next one is asked.
        if (const std::optional<Error> failed = co_await refresh()) channel_->close(*failed);
    }
}

awaitable<void> Control::reconnect() {
    channel_.reset();
    std::mt19937_64 random{std::random_device{}()};
    while (!closed_) {
        const std::optional<OpenFailure> failed = co_await connect_anywhere();
        if (!failed) {
            schedule_.reset();
            // Whoever answers is up; the others were maybe only unreachable from here.
            if (snapshot_ && connected_) listener_.on_up(*connected_);
            co_return;
        }
        wake_.expires_after(schedule_.next(random()));
        error_code ignored;
        co_await wake_.async_wait(redirect_error(use_awaitable, ignored));
    }
}

// The control connection when it is to that node, else one for the moment; nullptr: the node cannot be
// reached.
awaitable<std::shared_ptr<AsyncChannel>> Control::channel_to(Endpoint node) {
    if (channel_ && connected_ == node) co_return channel_;
    ConnectTarget target(node.address.to_string(), node.port, settings_->options, settings_->tls);
    OpenResult opened = co_await open_connection(std::move(target));
    OpenedConnection* connection = std::get_if<OpenedConnection>(&opened);
    if (closed_ || connection == nullptr) co_return nullptr;
    auto channel = std::make_shared<AsyncChannel>(std::move(*connection), 1024U, context_.get_executor());
    channel->start();
    beside_.push_back(channel);
    co_return channel;
}

awaitable<void> Control::reach_agreement([[maybe_unused]] std::shared_ptr<Control> self, Endpoint coordinator,
                                         Done done) {
    const auto give_up = Channel::Clock::now() + agreement_limit;
    std::optional<Error> failed;
    const std::shared_ptr<AsyncChannel> to_coordinator = co_await channel_to(coordinator);
    for (;;) {
        std::vector<HostRecord> hosts;
        ClusterRecord cluster;
        if (to_coordinator && to_coordinator->is_open())
            failed = co_await reader_.read_hosts(to_coordinator, coordinator, hosts, cluster);
        else
            failed = co_await reader_.read_hosts(channel_, *connected_, hosts, cluster);
        const SnapshotPtr snapshot = snapshot_;
        if (!failed && schema_agrees(hosts, [&](const HostRecord& host) {
                const Host* known = snapshot ? snapshot->find(host.id) : nullptr;
                return known != nullptr && !known->is_up();
            }))
            break;
        if (Channel::Clock::now() > give_up || closed_) {
            if (!failed)
                failed.emplace(
                    ErrorKind::timeout,
                    "the nodes did not agree on the schema within 10 s after the change; it was made, but "
                    "not every node knows it yet: check `nodetool describecluster`");
            break;
        }
        asio::steady_timer pause(context_, agreement_interval);
        error_code ignored;
        co_await pause.async_wait(redirect_error(use_awaitable, ignored));
    }
    if (std::erase(beside_, to_coordinator) != 0) to_coordinator->close(closed_error());
    // The change is made and known. A control connection that cannot read it is replaced, and reads it then.
    if (!failed) {
        const std::optional<Error> unread = co_await refresh();
        stale_ = stale_ || unread.has_value();
        if (unread) wake();
    }
    done(std::move(failed));
}

void Control::on_event(const Envelope& envelope) {
    const Parsed<Response> parsed = parse_response(envelope.header, envelope.body);
    const Response* response = std::get_if<Response>(&parsed);
    const EventResponse* event =
        response == nullptr ? nullptr : std::get_if<EventResponse>(&response->message);
    if (event == nullptr) return;
    if (const StatusChange* status = std::get_if<StatusChange>(&event->event);
        status != nullptr && status->change == StatusChange::Change::up) {
        listener_.on_up(status->node);
        if (snapshot_ && snapshot_->find(status->node) != nullptr) return;
    } else if (status != nullptr) {
        return;  // DOWN is gossip's guess; a connection that breaks tells more
    }
    // Tables are none of the snapshot's business, keyspaces are.
    if (const SchemaChange* schema = std::get_if<SchemaChange>(&event->event);
        schema != nullptr && schema->target != SchemaChange::Target::keyspace &&
        schema->target != SchemaChange::Target::unknown)
        return;
    stale_ = true;
    wake();
}

}  // namespace coodie::native
