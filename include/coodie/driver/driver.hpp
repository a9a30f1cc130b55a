// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/observer.hpp>
#include <coodie/driver/result.hpp>
#include <coodie/driver/statement.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace coodie {

/// Receives one outcome. Completed exactly once, on any thread, maybe inside Driver::start().
struct Request {
    virtual ~Request() = default;
    /// @param outcome to be moved out of, or left alone.
    virtual void complete(Outcome&& outcome) noexcept = 0;
};

/// The same for a description.
struct DescribeRequest {
    virtual ~DescribeRequest() = default;
    virtual void complete(std::variant<Description, Error> description) noexcept = 0;
};

/// Names a started request for cancel(); 0 names none.
enum class Ticket : std::uint64_t { none = 0 };

/// The contract between the library and a database: statement in, rows out. Every function may be called from
/// any thread at any time. Errors are values: no function of a driver throws (save for lack of memory).
class Driver {
public:
    Driver() = default;
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;
    virtual ~Driver() = default;

    /// Executes and waits for the outcome.
    virtual Outcome execute(const Statement& statement) = 0;
    virtual Outcome execute(const BatchStatement& batch) = 0;

    /// Executes without waiting; `request` is completed exactly once. The driver may move out of the
    /// statement.
    virtual Ticket start(Statement&& statement, std::shared_ptr<Request> request) = 0;
    virtual Ticket start(BatchStatement&& batch, std::shared_ptr<Request> request) = 0;
    /// A hint: the request still completes once, maybe with its ordinary outcome.
    virtual void cancel(Ticket ticket) noexcept = 0;

    /// Types of parameters and columns, for execute_raw.
    virtual std::variant<Description, Error> describe(const StatementText& text) = 0;

    /// The same without waiting. By default as describe(), inside the call: a driver that waits for a network
    /// there has its own.
    virtual Ticket start_describe(StatementText text, std::shared_ptr<DescribeRequest> request);

    /// The keyspace of unqualified names; "" when there is none. Never waits.
    [[nodiscard]] virtual std::string keyspace() const = 0;
    /// Reaches the database now instead of at the first statement. A no-op when that has happened.
    virtual Outcome connect() = 0;
    /// The same without waiting; `request` is completed exactly once. By default as connect(), inside the
    /// call.
    virtual Ticket start_connect(std::shared_ptr<Request> request);
    /// Completes everything that is pending (as cancelled) and lets go of files and sockets; idempotent.
    /// Statements after it give ErrorKind::cancelled.
    virtual void close() noexcept = 0;
    /// What it has done so far; a driver that does not count has zeros.
    [[nodiscard]] virtual DriverCounters counters() const;
    /// Whom to tell what happens from now on; nullptr: nobody. A driver that has nothing to tell ignores it.
    virtual void set_log(LogFunction log) noexcept;
    /// What it knows of each node; a driver without nodes, or that has not connected yet, has none.
    [[nodiscard]] virtual std::vector<NodeCounters> node_counters() const;
    /// Whom to tell of each attempt that is sent from now on; nullptr: nobody. Both must stay valid until the
    /// driver was closed and its calls have returned, also after another was set. A driver that has nothing
    /// to tell ignores it.
    virtual void set_request_hook(RequestHook hook, void* context) noexcept;
    /// For messages: "embedded:///var/lib/app", "memory:", "mock".
    [[nodiscard]] virtual std::string name() const = 0;
};

}  // namespace coodie
