// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/host_record.hpp"
#include "native/cluster/replication.hpp"
#include "native/io/async_channel.hpp"
#include "native/options.hpp"

#include <coodie/driver/driver.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace coodie::native {

struct ControlCall;

/// Asks a node what a session has to know of its cluster. Which connection goes with each call, since schema
/// changes ask their coordinators, too; nullptr is answered with an error. Each question has the request
/// timeout. On the context's one thread; the reader outlives its calls.
class MetadataReader {
public:
    using ChannelPtr = std::shared_ptr<AsyncChannel>;

    MetadataReader(boost::asio::io_context& context, std::shared_ptr<const NativeOptions> options)
        : context_(context), options_(std::move(options)) {}

    /// Has the node send its events.
    boost::asio::awaitable<std::optional<Error>> subscribe(ChannelPtr channel);
    /// All nodes of the cluster, the one at `node`, which is asked, first.
    boost::asio::awaitable<std::optional<Error>> read_hosts(ChannelPtr channel, Endpoint node,
                                                            std::vector<HostRecord>& hosts,
                                                            ClusterRecord& cluster);
    boost::asio::awaitable<std::optional<Error>> read_keyspaces(ChannelPtr channel,
                                                                std::vector<KeyspaceRecord>& keyspaces);
    /// Another node may have tables that the last one had not: it may be of another version.
    void expect_all_tables() noexcept { no_peers_v2_ = false; }

private:
    boost::asio::awaitable<Outcome> query(ChannelPtr channel, std::string_view cql);
    boost::asio::awaitable<std::optional<Error>> answer_to(std::shared_ptr<ControlCall> call,
                                                           ChannelPtr channel, Channel::Submission sent,
                                                           std::string_view what);

    boost::asio::io_context& context_;
    const std::shared_ptr<const NativeOptions> options_;
    bool no_peers_v2_ = false;
};

}  // namespace coodie::native
