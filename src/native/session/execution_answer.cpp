// SPDX-License-Identifier: Apache-2.0
// What an answer, or its absence, means for the request.
#include "native/session/execution.hpp"

#include "native/protocol/responses/response.hpp"

#include <algorithm>
#include <utility>

namespace coodie::native {
namespace {

/// How often one request may find its statement forgotten: once per statement is normal, more is a server
/// whose cache is too small for what is asked of it.
constexpr std::uint32_t max_forgotten = 3;

Error protocol_error(std::string_view peer, const char* what) {
    return {ErrorKind::connection,
            std::string(peer) + " answered with " + what +
                ", which does not belong to the request; check that a CQL server listens there"};
}

}  // namespace

Execution::Next Execution::on_answer(Envelope&& envelope, ProtocolVersion version, std::string_view peer) {
    if (envelope.header.opcode == Opcode::error) {
        WireReader reader(envelope.body);
        static_cast<void>(read_prefix(reader, envelope.header.flags));
        const ErrorResponse response = read_error(reader, version);
        if (!reader.ok()) return finished(to_error(WireError{reader.fault(), "ERROR"}, peer));
        return on_error(response, peer);
    }
    return phase_ == Phase::prepare ? on_prepared(envelope, version, peer)
                                    : on_result(std::move(envelope), peer);
}

Execution::Next Execution::on_prepared(const Envelope& envelope, ProtocolVersion, std::string_view peer) {
    Parsed<Response> parsed = parse_response(envelope.header, envelope.body);
    if (const WireError* error = std::get_if<WireError>(&parsed)) return finished(to_error(*error, peer));
    PreparedResult* result = std::get_if<PreparedResult>(&std::get_if<Response>(&parsed)->message);
    if (result == nullptr) return finished(protocol_error(peer, "something else than a prepared statement"));
    auto made = std::make_shared<Prepared>();
    made->id = std::move(result->id);
    made->result_metadata_id = std::move(result->result_metadata_id);
    made->columns = std::move(result->columns);
    made->parameters = std::move(result->parameters);
    made->routing_key = std::move(result->routing_key);
    const Statement& prepared = part(preparing_);
    made->fit = ParameterFit(prepared.text(), made->parameters);
    context_.prepared.put(prepared.text(), keyspace_of(prepared), made);
    if (lead_) lead_->land({PrepareFlights::Verdict::Kind::prepared, {}});
    lead_.reset();
    if (describes_) {
        prepared_ = std::move(made);
        return finished(Result());
    }
    if (prepared.values().count() != made->parameters.size())
        return finished(
            Error(ErrorKind::invalid_query, "\"" + prepared.text().cql() + "\" takes " +
                                                std::to_string(made->parameters.size()) + " values, and " +
                                                std::to_string(prepared.values().count()) + " were bound"));
    prepared_part(preparing_) = std::move(made);
    return go_on();
}

Execution::Next Execution::on_result(Envelope&& envelope, std::string_view peer) {
    if (prepared_ && prepared_->columns) {
        const std::optional<PlainRows> rows = parse_plain_rows(
            envelope.header, envelope.body, static_cast<std::uint32_t>(prepared_->columns->size()));
        if (rows)
            return finished_with(prepared_->columns, std::move(envelope.owner), rows->rows, rows->row_count,
                                 Bytes(rows->paging_state.begin(), rows->paging_state.end()));
    }
    if (is_plain_void(envelope.header, envelope.body)) return finished_with();
    Parsed<Response> parsed = parse_response(envelope.header, envelope.body);
    if (const WireError* error = std::get_if<WireError>(&parsed)) return finished(to_error(*error, peer));
    Response& response = *std::get_if<Response>(&parsed);
    Result result;
    if (RowsResult* rows = std::get_if<RowsResult>(&response.message)) {
        std::shared_ptr<const ColumnSpecs> columns = rows->columns;
        if (!columns && prepared_) columns = prepared_->columns;
        if (!columns || columns->size() != rows->column_count)
            return finished(protocol_error(peer, "rows of unknown columns"));
        if (prepared_ && !rows->new_metadata_id.empty() && statement_ != nullptr) {
            auto changed = std::make_shared<Prepared>(*prepared_);
            changed->columns = columns;
            changed->result_metadata_id.assign(rows->new_metadata_id.begin(), rows->new_metadata_id.end());
            context_.prepared.put(statement_->text(), keyspace(), std::move(changed));
        }
        result = Result(std::move(columns), envelope.owner, rows->rows, rows->row_count,
                        Bytes(rows->paging_state.begin(), rows->paging_state.end()));
    } else if (std::holds_alternative<SchemaChange>(response.message)) {
        changed_schema_ = true;
    } else if (SetKeyspaceResult* used = std::get_if<SetKeyspaceResult>(&response.message)) {
        context_.used_keyspace.choose(std::move(used->keyspace));
    } else if (!std::holds_alternative<VoidResult>(response.message)) {
        return finished(protocol_error(peer, "a message of the handshake"));
    }
    ResponsePrefix& prefix = response.prefix;
    if (prefix.tracing_id || !prefix.warnings.empty() || !prefix.custom_payload.empty())
        result.set_notes({std::move(prefix.warnings), prefix.tracing_id, std::move(prefix.custom_payload)});
    return finished(std::move(result));
}

// Semantics rule 33: prepared once more where it was forgotten, and sent again.
Execution::Next Execution::on_unprepared(const ErrorResponse& response, std::string_view peer) {
    const auto* detail = std::get_if<UnpreparedDetail>(&response.detail);
    if (detail == nullptr || phase_ == Phase::prepare ||
        ++forgotten_ > std::max<std::size_t>(max_forgotten, part_count()))
        return finished(to_error(response, peer));
    // Each part that has it: its parameters may have other types by now (semantics rule 7).
    for (std::size_t i = part_count(); i-- > 0;) {
        PreparedPtr& slot = prepared_part(i);
        if (!slot || slot->id != detail->id) continue;
        slot = nullptr;
        phase_ = Phase::prepare;
        preparing_ = i;
    }
    return phase_ == Phase::prepare ? Next::send : finished(to_error(response, peer));
}

Execution::Next Execution::retried(Next next) {
    if (next == Next::send) context_.telemetry.count(Telemetry::Event::retry);
    return next;
}

Execution::Next Execution::on_error(const ErrorResponse& response, std::string_view peer) {
    if (watch_) watch_->end(ErrorKind::server, response.code);
    if (response.code == server_code::unprepared) return on_unprepared(response, peer);
    AttemptFailure failure;
    failure.error = &response;
    switch (decide_retry(context_.options.retry, failure, retry_)) {
        case RetryDecision::same_host: return retried(Next::send);
        case RetryDecision::next_host: return retried(next_host(to_error(response, peer)));
        case RetryDecision::fail: break;
    }
    return finished(to_error(response, peer));
}

Execution::Next Execution::on_failure(AttemptFailure::Cause cause, Error why) {
    if (watch_) cause == AttemptFailure::Cause::not_sent ? watch_->forget() : watch_->end(why.kind());
    AttemptFailure failure;
    failure.cause = cause;
    // A PREPARE changes nothing: it may be sent anywhere again.
    if (phase_ == Phase::prepare && cause == AttemptFailure::Cause::connection_closed)
        failure.cause = AttemptFailure::Cause::not_sent;
    if (decide_retry(context_.options.retry, failure, retry_) == RetryDecision::next_host) {
        const Next next = next_host(std::move(why));
        return cause == AttemptFailure::Cause::not_sent ? next : retried(next);
    }
    return finished(std::move(why));
}

}  // namespace coodie::native
