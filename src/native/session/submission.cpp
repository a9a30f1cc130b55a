// SPDX-License-Identifier: Apache-2.0
#include "native/session/submission.hpp"

#include "native/io/channel.hpp"

#include <string>
#include <utility>

namespace coodie::native {
namespace {

Error overloaded(const Channel& channel) {
    return {ErrorKind::connection,
            "overloaded: " + std::to_string(channel.in_flight()) +
                " requests are in flight on the connection to " + channel.peer() +
                ", as many as may be; send fewer at once, or raise in_flight or connections"};
}

Error request_too_large() {
    return {ErrorKind::invalid_query,
            "the request is larger than the protocol's 256 MiB; write smaller values or smaller batches"};
}

Error no_place_for_keyspace(const Execution& execution, const Channel& channel) {
    if (execution.chooses_keyspace())
        return {ErrorKind::unsupported,
                "USE would change one of the session's connections only: " + channel.peer() +
                    " is spoken to in version 4 of the protocol, which has no place for a keyspace in the "
                    "requests that follow; name it in the URL (cassandra://host/keyspace), or write it "
                    "before the table's name"};
    return {ErrorKind::unsupported,
            "the statement is for keyspace \"" + std::string(execution.keyspace()) + "\", and " +
                channel.peer() +
                " is spoken to in version 4 of the protocol, which has no place for that; write the keyspace "
                "before the table's name, or name it in the URL"};
}

}  // namespace

Submission submit(Execution& execution, Channel& channel, std::shared_ptr<Pending>&& pending) {
    using Cause = AttemptFailure::Cause;
    if (!execution.keyspace_fits(channel.version())) {
        execution.finish(no_place_for_keyspace(execution, channel));
        return {std::nullopt, Execution::Next::finished};
    }
    execution.begin_attempt();
    const Channel::Submission sent = channel.submit(
        std::move(pending), [&execution](Bytes& out, ProtocolVersion version, std::int16_t stream) {
            return execution.append(out, version, stream);
        });
    switch (sent.result) {
        case Channel::Submitted::sent: return {sent.stream, Execution::Next::send};
        case Channel::Submitted::too_large:
            execution.finish(request_too_large());
            return {std::nullopt, Execution::Next::finished};
        case Channel::Submitted::busy:
            execution.context().telemetry.count(Telemetry::Event::overload);
            return {std::nullopt, execution.on_failure(Cause::not_sent, overloaded(channel))};
        case Channel::Submitted::closed: break;
    }
    return {std::nullopt, execution.on_failure(Cause::not_sent, connection_broke(channel))};
}

Error connection_broke(const Channel& channel) {
    return {ErrorKind::connection, "the connection to " + channel.peer() + " broke"};
}

}  // namespace coodie::native
