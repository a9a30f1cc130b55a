// SPDX-License-Identifier: Apache-2.0
#include "native/session/metadata_reader.hpp"

#include "native/protocol/requests/query.hpp"
#include "native/protocol/requests/register.hpp"
#include "native/protocol/responses/response.hpp"
#include "native/session/control_call.hpp"
#include "native/session/submission.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace coodie::native {
namespace {

using boost::asio::awaitable;
using boost::asio::redirect_error;
using boost::asio::use_awaitable;
using boost::system::error_code;

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

// Whether the node has no such table. Some servers that only speak CQL say "server error" to that.
bool is_unknown_table(const Error& error) {
    return error.kind() == ErrorKind::server &&
           (error.code() == server_code::invalid || error.code() == server_code::server_error);
}

}  // namespace

// Sleeps until the call is over. nullopt: call->envelope is there.
// The call comes submitted: a callable must not go through the co_await expression (GCC 12).
awaitable<std::optional<Error>> MetadataReader::answer_to(std::shared_ptr<ControlCall> call,
                                                          ChannelPtr channel, Channel::Submission sent,
                                                          std::string_view what) {
    if (sent.result != Channel::Submitted::sent) co_return connection_broke(*channel);
    call->timer.expires_after(options_->request_timeout);
    error_code ignored;
    if (!call->done) co_await call->timer.async_wait(redirect_error(use_awaitable, ignored));
    if (!call->done && channel->abandon(sent.stream, call.get()))
        co_return Error(ErrorKind::timeout, channel->peer() + " did not answer \"" + std::string(what) + '"');
    if (call->error) co_return *call->error;
    if (!call->envelope) co_return connection_broke(*channel);
    co_return std::nullopt;
}

awaitable<std::optional<Error>> MetadataReader::subscribe(ChannelPtr channel) {
    const auto call = std::make_shared<ControlCall>(context_);
    const Channel::Submission sent =
        channel->submit(call, [](Bytes& out, ProtocolVersion version, std::int16_t stream) {
            append_register(out, version, stream, RegisterRequest{});
            return true;
        });
    co_return co_await answer_to(call, channel, sent, "REGISTER");
}

awaitable<Outcome> MetadataReader::query(ChannelPtr channel, std::string_view cql) {
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

awaitable<std::optional<Error>> MetadataReader::read_hosts(ChannelPtr channel, Endpoint node,
                                                           std::vector<HostRecord>& hosts,
                                                           ClusterRecord& cluster) {
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
        no_peers_v2_ = error != nullptr && is_unknown_table(*error);  // before Cassandra 4, and ScyllaDB
    }
    if (no_peers_v2_) peers = co_await query(channel, select_peers);
    if (const Error* error = std::get_if<Error>(&peers)) co_return *error;
    hosts = merge_hosts(std::move(*self), read_peers(*std::get_if<Result>(&peers), options_->port));
    co_return std::nullopt;
}

awaitable<std::optional<Error>> MetadataReader::read_keyspaces(ChannelPtr channel,
                                                               std::vector<KeyspaceRecord>& keyspaces) {
    const Outcome rows = co_await query(channel, select_keyspaces);
    if (const Error* error = std::get_if<Error>(&rows)) co_return *error;
    keyspaces = native::read_keyspaces(*std::get_if<Result>(&rows));
    co_return std::nullopt;
}

}  // namespace coodie::native
