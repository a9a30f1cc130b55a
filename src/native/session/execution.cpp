// SPDX-License-Identifier: Apache-2.0
#include "native/session/execution.hpp"

#include "native/protocol/requests/batch.hpp"
#include "native/protocol/requests/execute.hpp"
#include "native/protocol/requests/prepare.hpp"
#include "native/protocol/requests/query.hpp"

#include <coodie/codec/token.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace coodie::native {
namespace {

bool is_prepared_kind(const Statement& statement) noexcept {
    switch (statement.text().kind()) {
        case StatementKind::schema:
        case StatementKind::truncate: return false;
        case StatementKind::other: return statement.values().count() > 0;
        default: return true;
    }
}

bool is_write(StatementKind kind) noexcept {
    return kind == StatementKind::insert || kind == StatementKind::update || kind == StatementKind::remove;
}

bool is_use(const StatementText& text) noexcept {
    if (text.kind() != StatementKind::other) return false;
    std::string_view rest = text.cql();
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    return rest.size() > 3 && std::isspace(static_cast<unsigned char>(rest[3])) != 0 &&
           (rest[0] == 'U' || rest[0] == 'u') && (rest[1] == 'S' || rest[1] == 's') &&
           (rest[2] == 'E' || rest[2] == 'e');
}

// What would only be in its own way when it ran twice at a time.
bool runs_alone(StatementKind kind) noexcept {
    return kind == StatementKind::conditional || kind == StatementKind::schema ||
           kind == StatementKind::truncate;
}

std::int64_t now_in_microseconds() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// The values at `positions`, in that order. False: not all of them are there.
bool find_values(const BoundValues& values, std::span<const std::uint16_t> positions,
                 std::span<BytesView> found) {
    BoundValueReader reader(values);
    BoundValueReader::State state{};
    BytesView content;
    std::size_t matched = 0;
    for (std::uint16_t at = 0; matched < positions.size() && reader.next(state, content); ++at)
        for (std::size_t i = 0; i < positions.size(); ++i)
            if (positions[i] == at) {
                if (state != BoundValueReader::State::value) return false;
                found[i] = content;
                ++matched;
            }
    return matched == positions.size();
}

// The token of the partition whose key has these positions among the values.
std::optional<std::int64_t> token_of(const BoundValues& values, std::span<const std::uint16_t> positions) {
    if (positions.size() == 1 && positions[0] == 0) {
        BoundValueReader::State state{};
        BytesView key;
        if (!BoundValueReader(values).next(state, key) || state != BoundValueReader::State::value)
            return std::nullopt;
        return murmur3_token(key);
    }
    BytesView parts[16];
    if (positions.empty() || positions.size() > std::size(parts)) return std::nullopt;
    const std::span<BytesView> found(parts, positions.size());
    if (!find_values(values, positions, found)) return std::nullopt;
    return murmur3_token(found.size() == 1 ? found[0] : routing_key(found));
}

}  // namespace

bool may_speculate(const Statement& statement) noexcept {
    return statement.options().idempotent && !runs_alone(statement.text().kind());
}

bool may_speculate(const BatchStatement& batch) noexcept {
    return batch.options().idempotent &&
           std::none_of(batch.statements().begin(), batch.statements().end(),
                        [](const Statement& each) { return runs_alone(each.text().kind()); });
}

Execution::Execution(const ExecutionContext& context, const Snapshot& snapshot, const Statement* statement,
                     const BatchStatement* batch)
    : context_(context), snapshot_(snapshot), statement_(statement), batch_(batch) {
    if (batch != nullptr) prepared_parts_.resize(batch->statements().size());
}

Execution::Execution(const ExecutionContext& context, const Snapshot& snapshot, const Statement& statement)
    : Execution(context, snapshot, &statement, nullptr) {}

Execution::Execution(const ExecutionContext& context, const Snapshot& snapshot, const BatchStatement& batch)
    : Execution(context, snapshot, nullptr, &batch) {}

Execution::Execution(Execution& first)
    : context_(first.context_),
      snapshot_(first.snapshot_),
      statement_(first.statement_),
      batch_(first.batch_),
      first_(&first),
      used_keyspace_(first.used_keyspace_),
      prepared_parts_(first.prepared_parts_.size()),
      timestamp_(first.timestamp_) {
    retry_.idempotent = first.retry_.idempotent;
    retry_.consistency = first.retry_.consistency;
}

bool Execution::chooses_keyspace() const noexcept {
    return statement_ != nullptr && is_use(statement_->text());
}

bool Execution::keyspace_fits(ProtocolVersion version) const noexcept {
    if (version == ProtocolVersion::v5) return true;
    return !chooses_keyspace() && (keyspace().empty() || keyspace() == context_.options.keyspace);
}

std::optional<std::int64_t> Execution::token() {
    if (part_count() == 0) return std::nullopt;
    const Statement& first = part(0);
    std::span<const std::uint16_t> positions = first.text().routing_key();
    const PreparedPtr& prepared = prepared_part(0);
    if (positions.empty() && prepared) positions = prepared->routing_key;
    return token_of(values(0), positions);
}

Execution::Next Execution::begin() {
    if (context_.used_keyspace.chosen()) used_keyspace_ = context_.used_keyspace.name();
    const ExecutionOptions& options = request_options();
    retry_.idempotent = options.idempotent;
    retry_.consistency = options.consistency.value_or(context_.options.consistency);
    bool writes = batch_ != nullptr;
    for (std::size_t i = 0; i < part_count(); ++i) {
        const Statement& each = part(i);
        writes |= is_write(each.text().kind());
        if (!is_prepared_kind(each)) continue;
        PreparedPtr known = context_.prepared.find(each.text(), keyspace_of(each));
        if (!known && phase_ == Phase::run) {
            phase_ = Phase::prepare;
            preparing_ = i;
        }
        prepared_part(i) = std::move(known);
    }
    if (phase_ == Phase::run && !surely_fits())
        if (std::optional<Error> error = fit_values()) return finished(*std::move(error));
    // One per logical write, however often it is sent (semantics rule 13).
    if (batch_ != nullptr && batch_->timestamp())
        timestamp_ = batch_->timestamp();
    else if (writes && context_.options.client_timestamps)
        timestamp_ = context_.timestamps.next(now_in_microseconds());
    const PreparedPtr& prepared = part_count() > 0 ? prepared_part(0) : prepared_;
    std::string_view replicated = keyspace().empty() ? context_.options.keyspace : keyspace();
    if (prepared && !prepared->parameters.empty()) replicated = prepared->parameters.front().keyspace;
    plan_ = context_.balancing.plan(snapshot_, replicated, token());
    return next_host();
}

Execution::Next Execution::begin_beside() {
    const Next next = next_host();
    return next == Next::send ? go_on() : next;
}

Execution::Next Execution::begin_describe() {
    used_keyspace_ = context_.used_keyspace.name();
    describes_ = true;
    phase_ = Phase::prepare;
    plan_ = context_.balancing.plan(snapshot_, keyspace(), std::nullopt);
    return next_host();
}

Execution::Next Execution::claim(const PrepareFlights::Waiter& then) {
    while (phase_ == Phase::prepare && !lead_) {
        const Statement& due = part(preparing_);
        lead_ = context_.flights.join(host_->id(), due.text(), keyspace_of(due), then);
        if (!lead_) return Next::wait;
        // Prepared since it was looked for; what this host has forgotten is sent all the same.
        PreparedPtr known = forgotten_ == 0 ? context_.prepared.find(due.text(), keyspace_of(due)) : nullptr;
        if (!known) break;
        lead_->land({PrepareFlights::Verdict::Kind::prepared, {}});
        lead_.reset();
        if (go_on() == Next::finished) return Next::finished;
    }
    return Next::send;
}

Execution::Next Execution::on_landing(const PrepareFlights::Verdict& verdict) {
    using Kind = PrepareFlights::Verdict::Kind;
    if (verdict.kind == Kind::refused) return finished(*verdict.error);
    return verdict.kind == Kind::prepared ? go_on() : Next::send;
}

Execution::Next Execution::next_host(Error why) {
    last_error_ = std::move(why);
    return next_host();
}

Execution::Next Execution::next_host() {
    lead_.reset();
    host_ = (first_ != nullptr ? first_->plan_ : plan_).next();
    if (host_ != nullptr) return Next::send;
    gave_up_ = true;
    if (!last_error_)
        last_error_.emplace(ErrorKind::connection, "no host of " + context_.options.display +
                                                       " is up (datacenter " + snapshot_.local_datacenter() +
                                                       "); check the nodes and the network");
    return finished(std::move(*last_error_));
}

Execution::Next Execution::finished(Outcome&& outcome) {
    outcome_ = std::move(outcome);
    const Error* error = std::get_if<Error>(&*outcome_);
    if (lead_ && error != nullptr && error->kind() == ErrorKind::server)
        lead_->land({PrepareFlights::Verdict::Kind::refused, *error});
    lead_.reset();
    return Next::finished;
}

void Execution::finish(Error why) {
    if (watch_) watch_->forget();
    outcome_.emplace(std::move(why));
    lead_.reset();
}

void Execution::fill(QueryParameters& made) const {
    const ExecutionOptions& options = statement_->options();
    made.values = values(0).bytes();
    made.value_count = values(0).count();
    made.consistency = retry_.consistency;
    if (statement_->text().kind() == StatementKind::conditional || options.serial_consistency)
        made.serial_consistency = options.serial_consistency.value_or(context_.options.serial_consistency);
    made.page_size = options.page_size.value_or(context_.options.page_size);
    made.paging_state = statement_->paging_state();
    made.timestamp = timestamp_;
    made.keyspace = keyspace();
}

bool Execution::append(Bytes& out, ProtocolVersion version, std::int16_t stream) {
    if (phase_ == Phase::prepare) {
        context_.telemetry.count(Telemetry::Event::prepare);
        PrepareRequest request;
        request.query = part(preparing_).text().cql();
        request.keyspace = keyspace_of(part(preparing_));
        return append_prepare(out, version, stream, request);
    }
    if (batch_ != nullptr) return append_batch_envelope(out, version, stream);
    if (prepared_) {
        ExecuteRequest request;
        request.id = prepared_->id;
        request.result_metadata_id = prepared_->result_metadata_id;
        fill(request.parameters);
        // v4 has no way to tell that the columns changed: there each reply brings its own.
        request.parameters.skip_metadata = version == ProtocolVersion::v5 && prepared_->columns != nullptr;
        request.parameters.keyspace = {};  // it was said when the statement was prepared
        request.tracing = request_options().tracing;
        return append_execute(out, version, stream, request);
    }
    QueryRequest request;
    request.query = statement_->text().cql();
    fill(request.parameters);
    request.tracing = request_options().tracing;
    return append_query(out, version, stream, request);
}

bool Execution::append_batch_envelope(Bytes& out, ProtocolVersion version, std::int16_t stream) {
    std::vector<BatchItem> items(part_count());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (prepared_parts_[i])
            items[i].id = prepared_parts_[i]->id;
        else
            items[i].query = part(i).text().cql();
        items[i].values = values(i).bytes();
        items[i].value_count = values(i).count();
    }
    BatchRequest request;
    request.type = batch_->type();
    request.items = items;
    request.consistency = retry_.consistency;
    request.serial_consistency = batch_->options().serial_consistency;
    request.timestamp = timestamp_;
    request.keyspace = keyspace();
    request.tracing = request_options().tracing;
    return append_batch(out, version, stream, request);
}

// After a PREPARE: the next one that is missing, or the statement itself.
Execution::Next Execution::go_on() {
    if (describes_) {
        prepared_ = context_.prepared.find(statement_->text(), keyspace());
        return prepared_ ? finished(Result()) : Next::send;
    }
    for (std::size_t i = 0; i < part_count(); ++i) {
        PreparedPtr& slot = prepared_part(i);
        if (slot || !is_prepared_kind(part(i))) continue;
        slot = context_.prepared.find(part(i).text(), keyspace_of(part(i)));
        if (slot) continue;
        phase_ = Phase::prepare;
        preparing_ = i;
        return Next::send;
    }
    phase_ = Phase::run;
    if (std::optional<Error> error = fit_values()) return finished(*std::move(error));
    return Next::send;
}

// Semantics rule 7: the servers' types are known once everything is prepared.
std::optional<Error> Execution::fit_values() {
    fitted_.clear();
    for (std::size_t i = 0; i < part_count(); ++i) {
        const PreparedPtr& prepared = prepared_part(i);
        const StatementText& text = part(i).text();
        if (!prepared || prepared->fit.fits(text)) continue;
        auto fitted = prepared->fit.fit(text, part(i).values(), prepared->parameters);
        if (Error* error = std::get_if<Error>(&fitted)) return std::move(*error);
        fitted_.resize(part_count());
        fitted_[i] = std::move(*std::get_if<BoundValues>(&fitted));
    }
    return std::nullopt;
}

}  // namespace coodie::native
