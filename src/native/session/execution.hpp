// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/cluster/snapshot.hpp"
#include "native/fsm/frame_reader.hpp"
#include "native/options.hpp"
#include "native/policy/load_balancing.hpp"
#include "native/policy/retry_policy.hpp"
#include "native/policy/speculative_policy.hpp"
#include "native/policy/timestamp_generator.hpp"
#include "native/protocol/requests/query_parameters.hpp"
#include "native/session/attempt_watch.hpp"
#include "native/session/prepare_flights.hpp"
#include "native/session/prepared_cache.hpp"
#include "native/session/telemetry.hpp"
#include "native/session/used_keyspace.hpp"

#include <coodie/driver/driver.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace coodie::native {

/// What executions of one session share. Outlives them.
struct ExecutionContext {
    const NativeOptions& options;
    const LoadBalancing& balancing;
    PreparedCache& prepared;
    PrepareFlights& flights;
    TimestampGenerator& timestamps;
    SpeculativePolicy speculation;
    Telemetry& telemetry;
    UsedKeyspace& used_keyspace;
};

/// Whether another node may be asked while one has not answered: the statement is idempotent, and neither
/// conditional nor a schema change (semantics rule 15).
[[nodiscard]] bool may_speculate(const Statement& statement) noexcept;
[[nodiscard]] bool may_speculate(const BatchStatement& batch) noexcept;

/// One logical request from its first attempt to its outcome: which host, what to send (PREPARE, EXECUTE,
/// QUERY, BATCH), what an answer means, whether to try again and where. Of an idempotent request there may be
/// several, which share one plan of hosts (speculative execution). No sockets, no clock but the one for
/// timestamps; the blocking and the asynchronous shell drive the same object. One thread at a time.
class Execution {
public:
    enum class Next : std::uint8_t {
        send,      ///< append() what is to be sent to host(); claim() before, when prepares()
        wait,      ///< another request sends the same PREPARE: on_landing() follows
        finished,  ///< take_outcome()
    };

    /// Borrows the snapshot and the statement (or batch), which must live as long as this.
    Execution(const ExecutionContext& context, const Snapshot& snapshot, const Statement& statement);
    Execution(const ExecutionContext& context, const Snapshot& snapshot, const BatchStatement& batch);
    /// The same of one of both; the other is nullptr.
    Execution(const ExecutionContext& context, const Snapshot& snapshot, const Statement* statement,
              const BatchStatement* batch);
    /// A speculative execution of the same request, on hosts that the first one does not use. Borrows the
    /// first.
    explicit Execution(Execution& first);
    Execution(const Execution&) = delete;
    Execution& operator=(const Execution&) = delete;

    [[nodiscard]] const ExecutionContext& context() const noexcept { return context_; }
    /// Chooses the first host.
    [[nodiscard]] Next begin();
    /// The same for a speculative one. Next::finished: there is no other host.
    [[nodiscard]] Next begin_beside();
    /// The same for a PREPARE alone; prepared() is its outcome.
    [[nodiscard]] Next begin_describe();
    [[nodiscard]] const PreparedPtr& prepared() const noexcept { return prepared_; }
    [[nodiscard]] Host* host() const noexcept { return host_; }
    /// What is due is a PREPARE.
    [[nodiscard]] bool prepares() const noexcept { return phase_ == Phase::prepare; }
    /// Before a PREPARE is sent: of all requests that need it one sends it.
    /// @param then called once after Next::wait.
    [[nodiscard]] Next claim(const PrepareFlights::Waiter& then);
    [[nodiscard]] Next on_landing(const PrepareFlights::Verdict& verdict);
    /// The keyspace of the statement's (a batch's first one's) unqualified names; "": the connection's.
    [[nodiscard]] std::string_view keyspace() const noexcept {
        return part_count() == 0 ? std::string_view(used_keyspace_) : keyspace_of(part(0));
    }
    /// Whether it is a USE, which chooses the session's keyspace.
    [[nodiscard]] bool chooses_keyspace() const noexcept;
    /// False: the version has no place for the statement's keyspace, and it is not the connection's.
    [[nodiscard]] bool keyspace_fits(ProtocolVersion version) const noexcept;
    /// Appends the envelope that is due. False: it is too large for the protocol.
    [[nodiscard]] bool append(Bytes& out, ProtocolVersion version, std::int16_t stream);
    /// What the outcome is made of is moved out of the envelope.
    [[nodiscard]] Next on_answer(Envelope&& envelope, ProtocolVersion version, std::string_view peer);
    /// The attempt ended without an answer.
    [[nodiscard]] Next on_failure(AttemptFailure::Cause cause, Error why);
    /// What is due is about to be sent: from now on it is an attempt, if somebody wants to know.
    void begin_attempt() {
        if (context_.telemetry.watches()) [[unlikely]]
            watch_attempt();
    }
    /// After on_answer() or on_failure(), with what they returned. @returns whom to let tell it without a
    /// lock; nullptr: nobody wants to know.
    [[nodiscard]] AttemptWatch* end_attempt(Next next) noexcept {
        if (watch_) [[unlikely]]
            end_watched(next);
        return watch_.get();
    }
    [[nodiscard]] AttemptWatch* watch() const noexcept { return watch_.get(); }
    /// Ends it from outside: timeout, cancellation, something that cannot be sent.
    void finish(Error why);
    /// It goes no further: another request may send the PREPARE that this one had claimed.
    void abandon() noexcept { lead_.reset(); }

    /// Once; stays valid as long as this.
    [[nodiscard]] Outcome&& take_outcome() noexcept { return std::move(*outcome_); }
    /// Its outcome is an error of the hosts that it tried; another execution may still do better.
    [[nodiscard]] bool gave_up() const noexcept { return gave_up_; }
    /// After an outcome without error: the statement changed the schema.
    [[nodiscard]] bool changed_schema() const noexcept { return changed_schema_; }
    [[nodiscard]] std::chrono::milliseconds timeout() const noexcept {
        return request_options().timeout.value_or(context_.options.request_timeout);
    }

private:
    enum class Phase : std::uint8_t { prepare, run };

    [[nodiscard]] std::size_t part_count() const noexcept {
        return batch_ != nullptr ? batch_->statements().size() : 1;
    }
    [[nodiscard]] const Statement& part(std::size_t index) const noexcept {
        return batch_ != nullptr ? batch_->statements()[index] : *statement_;
    }
    [[nodiscard]] std::string_view keyspace_of(const Statement& part) const noexcept {
        return part.keyspace().empty() ? std::string_view(used_keyspace_) : part.keyspace();
    }
    [[nodiscard]] const ExecutionOptions& request_options() const noexcept {
        return batch_ != nullptr ? batch_->options() : statement_->options();
    }
    [[nodiscard]] const PreparedPtr& prepared_part(std::size_t index) const noexcept {
        return batch_ != nullptr ? prepared_parts_[index] : prepared_;
    }
    [[nodiscard]] PreparedPtr& prepared_part(std::size_t index) noexcept {
        return batch_ != nullptr ? prepared_parts_[index] : prepared_;
    }
    /// With those that had to become other types.
    [[nodiscard]] const BoundValues& values(std::size_t index) const noexcept {
        return !fitted_.empty() && fitted_[index] ? *fitted_[index] : part(index).values();
    }
    [[nodiscard]] std::optional<std::int64_t> token();
    void fill(QueryParameters& parameters) const;
    /// False: see fit_values().
    [[nodiscard]] bool surely_fits() const noexcept {
        return batch_ == nullptr && (!prepared_ || prepared_->fit.fits(statement_->text()));
    }
    [[nodiscard]] std::optional<Error> fit_values();
    bool append_batch_envelope(Bytes& out, ProtocolVersion version, std::int16_t stream);
    Next go_on();
    Next on_prepared(const Envelope& envelope, ProtocolVersion version, std::string_view peer);
    Next on_result(Envelope&& envelope, std::string_view peer);
    Next on_error(const ErrorResponse& response, std::string_view peer);
    Next on_unprepared(const ErrorResponse& response, std::string_view peer);
    Next next_host();
    Next next_host(Error why);
    Next retried(Next next);
    /// The outcome is a Result of these parts.
    template <class... Parts>
    Next finished_with(Parts&&... parts) {
        outcome_.emplace(std::in_place_type<Result>, std::forward<Parts>(parts)...);
        lead_.reset();
        return Next::finished;
    }
    Next finished(Outcome&& outcome);
    AttemptWatch& made_watch();
    void watch_attempt();
    void end_watched(Next next) noexcept;

    const ExecutionContext& context_;
    const Snapshot& snapshot_;
    const Statement* statement_ = nullptr;
    const BatchStatement* batch_ = nullptr;
    Execution* first_ = nullptr;  // whose plan a speculative execution uses
    std::string used_keyspace_;   // of the session, when it began
    QueryPlan plan_;
    RetryState retry_;
    Host* host_ = nullptr;
    PreparedPtr prepared_;                            // of a single statement
    std::vector<PreparedPtr> prepared_parts_;         // of a batch; nullptr: not needed or not yet
    std::vector<std::optional<BoundValues>> fitted_;  // of parts whose values had to become other types
    std::optional<std::int64_t> timestamp_;
    std::optional<Error> last_error_;
    std::optional<Outcome> outcome_;
    std::size_t preparing_ = 0;  // the part whose PREPARE is due
    std::unique_ptr<PrepareFlights::Lead> lead_;
    std::unique_ptr<AttemptWatch> watch_;  // nullptr: nobody wants to know
    std::uint32_t forgotten_ = 0;
    Phase phase_ = Phase::run;
    bool changed_schema_ = false;
    bool describes_ = false;
    bool gave_up_ = false;
};

}  // namespace coodie::native
