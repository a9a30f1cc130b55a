// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/options.hpp"

#include <coodie/driver/driver.hpp>
#include <coodie/driver/scheme.hpp>

#include <memory>
#include <mutex>
#include <string>

namespace coodie::native {

class Session;

/// `cassandra://` and `scylla://`: the driver contract over a Session with a cluster, which connects at the
/// first statement.
class NativeDriver final : public Driver {
public:
    NativeDriver(NativeOptions options, std::shared_ptr<Session> session);
    ~NativeDriver() override;

    Outcome execute(const Statement& statement) override;
    Outcome execute(const BatchStatement& batch) override;
    Ticket start(Statement&& statement, std::shared_ptr<Request> request) override;
    Ticket start(BatchStatement&& batch, std::shared_ptr<Request> request) override;
    void cancel(Ticket ticket) noexcept override;
    std::variant<Description, Error> describe(const StatementText& text) override;
    Ticket start_describe(StatementText text, std::shared_ptr<DescribeRequest> request) override;
    [[nodiscard]] std::string keyspace() const override;
    Outcome connect() override;
    Ticket start_connect(std::shared_ptr<Request> request) override;
    void close() noexcept override;
    [[nodiscard]] DriverCounters counters() const override;
    void set_log(LogFunction log) noexcept override;
    [[nodiscard]] std::vector<NodeCounters> node_counters() const override;
    void set_request_hook(RequestHook hook, void* context) noexcept override;
    [[nodiscard]] std::string name() const override { return name_; }

private:
    const std::string name_;
    const std::shared_ptr<Session> session_;
};

/// The factory of both schemes.
/// @param executor where asynchronous requests run; null: on the driver's own thread.
OpenedDriver make_native_driver(const Url& url, const ExecutorHandle& executor);

}  // namespace coodie::native
