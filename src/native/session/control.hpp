// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/snapshot.hpp"
#include "native/io/async_channel.hpp"
#include "native/io/open_connection.hpp"
#include "native/policy/reconnect_policy.hpp"
#include "native/protocol/responses/event.hpp"
#include "native/session/host_pool.hpp"
#include "native/session/metadata_reader.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace coodie::native {

/// Whom the control connection tells what it learns. Called on the control thread.
struct ControlListener {
    virtual ~ControlListener() = default;
    /// Hosts, ring or keyspaces are (maybe) others.
    virtual void on_snapshot(SnapshotPtr snapshot) = 0;
    /// A node said that it, or another one, is back.
    virtual void on_up(const Endpoint& node) = 0;
    /// About once a second.
    virtual void on_tick(Channel::Clock::time_point now) = 0;
};

/// The control connection: one connection to any node, from which the session knows the cluster, and its
/// events. When it breaks, it goes to the next node, and at last back to the contact points, whose names are
/// looked up again. All of it runs on one io_context with one thread; start, refresh and agree may be called
/// from any thread.
class Control : public std::enable_shared_from_this<Control> {
public:
    using Done = std::function<void(std::optional<Error>)>;

    Control(boost::asio::io_context& context, std::shared_ptr<const PoolSettings> settings,
            ControlListener& listener);

    /// Connects; calls `done` when the first snapshot was told to the listener, or why that failed (it may be
    /// called again then).
    void start(Done done);
    /// After a schema change by `coordinator`: waits until that node sees all nodes agree on the schema (any
    /// other one may not have heard of the change, and see them agree on the schema of before), reads the
    /// keyspaces again, calls `done`.
    void agree(const Endpoint& coordinator, Done done);
    /// On the control thread, before its io_context ends.
    void close();

private:
    boost::asio::awaitable<void> run(std::shared_ptr<Control> self, Done done);
    boost::asio::awaitable<std::optional<OpenFailure>> connect_anywhere();
    boost::asio::awaitable<std::optional<OpenFailure>> connect_to(ConnectTarget target);
    boost::asio::awaitable<std::optional<Error>> refresh();
    boost::asio::awaitable<void> watch();
    boost::asio::awaitable<void> reconnect();
    boost::asio::awaitable<void> tick(std::shared_ptr<Control> self);
    boost::asio::awaitable<void> reach_agreement(std::shared_ptr<Control> self, Endpoint coordinator,
                                                 Done done);
    boost::asio::awaitable<std::shared_ptr<AsyncChannel>> channel_to(Endpoint node);
    void on_event(const Envelope& envelope);
    void wake();
    void hang_up();
    [[nodiscard]] std::vector<ConnectTarget> candidates() const;

    boost::asio::io_context& context_;
    const std::shared_ptr<const PoolSettings> settings_;
    ControlListener& listener_;
    MetadataReader reader_;
    std::shared_ptr<AsyncChannel> channel_;
    std::vector<std::shared_ptr<AsyncChannel>> beside_;  // to coordinators of schema changes
    std::optional<Endpoint> connected_;
    SnapshotPtr snapshot_;
    ReconnectSchedule schedule_;
    boost::asio::steady_timer wake_;
    boost::asio::steady_timer ticker_;
    bool stale_ = false;  // an event came: read the metadata again
    bool closed_ = false;
};

}  // namespace coodie::native
