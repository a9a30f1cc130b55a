// SPDX-License-Identifier: Apache-2.0
#include "native/session/control.hpp"

#include "native/io/peer_endpoint.hpp"
#include "native/protocol/requests/query.hpp"
#include "native/protocol/requests/register.hpp"
#include "native/protocol/responses/response.hpp"
#include "native/session/control_call.hpp"
#include "native/session/submission.hpp"

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

Outcome to_outcome(const Envelope& envelope, const std::string& peer) {
    Parsed<Response> parsed = parse_response(envelope.header, envelope.body);
    if (const WireError* error = std::get_if<WireError>(&parsed)) return to_error(*error, peer);
    Response& response = *std::get_if<Response>(&parsed);
    if (const ErrorResponse* error = std::get_if<ErrorResponse>(&response.message))
        return to_error(*error, peer);
    if (RowsResult* rows = std::get_if<RowsResult>(&response.message); rows != nullptr && rows->columns)
        return Result(rows->columns, envelope.owner, rows->rows, rows->row_count);
    return Result();
}

Error closed_error() { return {ErrorKind::cancelled, "the driver was closed"}; }

}  // namespace

Control::Control(asio::io_context& context, std::shared_ptr<const PoolSettings> settings,
                 ControlListener& listener)
    : context_(context),
      settings_(std::move(settings)),
      listener_(listener),
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
        if (!closed_) listener_.on_tick(Channel::Clock::now());
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
    std::optional<Error> failed = co_await set_up();
    if (!failed) co_return std::nullopt;
    channel_->close(*failed);
    channel_.reset();
    const bool permanent = failed->kind() == ErrorKind::configuration;
    co_return OpenFailure(std::move(*failed), permanent);
}

// Sleeps until the call is over. nullopt: call->envelope is there.
// The call comes submitted: a callable must not go through the co_await expression (GCC 12).
awaitable<std::optional<Error>> Control::answer_to(std::shared_ptr<ControlCall> call,
                                                   std::shared_ptr<AsyncChannel> channel,
                                                   Channel::Submission sent, std::string_view what) {
    if (sent.result != Channel::Submitted::sent) co_return connection_broke(*channel);
    call->timer.expires_after(settings_->options->request_timeout);
    error_code ignored;
    if (!call->done) co_await call->timer.async_wait(redirect_error(use_awaitable, ignored));
    if (!call->done && channel->abandon(sent.stream, call.get()))
        co_return Error(ErrorKind::timeout, channel->peer() + " did not answer \"" + std::string(what) + '"');
    if (call->error) co_return *call->error;
    if (!call->envelope) co_return connection_broke(*channel);
    co_return std::nullopt;
}

awaitable<std::optional<Error>> Control::set_up() {
    const std::shared_ptr<AsyncChannel> channel = channel_;
    const auto call = std::make_shared<ControlCall>(context_);
    const Channel::Submission sent =
        channel->submit(call, [](Bytes& out, ProtocolVersion version, std::int16_t stream) {
            append_register(out, version, stream, RegisterRequest{});
            return true;
        });
    std::optional<Error> failed = co_await answer_to(call, channel, sent, "REGISTER");
    if (failed) co_return failed;
    co_return co_await refresh();
}

awaitable<Outcome> Control::query(std::shared_ptr<AsyncChannel> channel, std::string_view cql) {
    if (!channel)
        co_return Outcome(Error(ErrorKind::connection, "there is no control connection at the moment"));
    const auto call = std::make_shared<ControlCall>(context_);
    const Channel::Submission sent =
        channel->submit(call, [cql](Bytes& out, ProtocolVersion version, std::int16_t stream) {
            QueryRequest request;
            request.query = cql;
            request.parameters.consistency = Consistency::one;
            return append_query(out, version, stream, request);
        });
    std::optional<Error> failed = co_await answer_to(call, channel, sent, cql);
    if (failed) co_return Outcome(std::move(*failed));
    co_return to_outcome(*call->envelope, channel->peer());
}

awaitable<std::optional<Error>> Control::read_hosts(std::shared_ptr<AsyncChannel> channel, Endpoint node,
                                                    std::vector<HostRecord>& hosts, ClusterRecord& cluster) {
    const Outcome local = co_await query(channel, select_local);
    if (const Error* error = std::get_if<Error>(&local)) co_return *error;
    const Result& local_rows = *std::get_if<Result>(&local);
    std::optional<HostRecord> self = read_local(local_rows, node);
    if (!self)
        co_return Error(ErrorKind::connection,
                        channel->peer() + " has no row in system.local; is it still starting?");
    cluster = read_cluster(local_rows);
    Outcome peers = Result();
    if (!no_peers_v2_) {
        peers = co_await query(channel, select_peers_v2);
        const Error* error = std::get_if<Error>(&peers);
        if (error != nullptr && error->kind() != ErrorKind::server) co_return *error;
        no_peers_v2_ = error != nullptr;  // before Cassandra 4, and ScyllaDB
    }
    if (no_peers_v2_) peers = co_await query(channel, select_peers);
    if (const Error* error = std::get_if<Error>(&peers)) co_return *error;
    hosts = merge_hosts(std::move(*self), read_peers(*std::get_if<Result>(&peers), settings_->options->port));
    co_return std::nullopt;
}

awaitable<std::optional<Error>> Control::refresh() {
    stale_ = false;
    Topology topology;
    std::optional<Error> failed =
        co_await read_hosts(channel_, *connected_, topology.hosts, topology.cluster);
    if (failed) co_return failed;
    const Outcome keyspaces = co_await query(channel_, select_keyspaces);
    if (const Error* error = std::get_if<Error>(&keyspaces)) co_return *error;
    topology.keyspaces = read_keyspaces(*std::get_if<Result>(&keyspaces));
    std::variant<std::string, Error> datacenter =
        choose_local_datacenter(topology.hosts, settings_->options->local_datacenter);
    if (Error* error = std::get_if<Error>(&datacenter)) co_return std::move(*error);
    topology.local_datacenter = std::move(*std::get_if<std::string>(&datacenter));
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
        if (!closed_ && channel_ && channel_->is_open()) static_cast<void>(co_await refresh());
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
            failed = co_await read_hosts(to_coordinator, coordinator, hosts, cluster);
        else
            failed = co_await read_hosts(channel_, *connected_, hosts, cluster);
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
    if (!failed) failed = co_await refresh();
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
