// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connection.hpp"

#include <coodie/driver/driver.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

namespace coodie::judge {

/// Asks a real Cassandra, so that tests can compare other drivers with it. One blocking connection: simple,
/// not fast, for tests only. Statements with values are prepared, others are sent as text. Thread safe (one
/// at a time).
class JudgeDriver final : public Driver {
public:
    /// @param host an IPv4 address. Connects at the first statement.
    JudgeDriver(std::string host, std::uint16_t port, std::string keyspace = {});
    /// From "127.0.0.1:19042"; nullptr when the text is no such thing.
    static std::unique_ptr<JudgeDriver> from_endpoint(std::string_view endpoint, std::string keyspace = {});

    Outcome execute(const Statement& statement) override;
    Outcome execute(const BatchStatement& batch) override;
    /// Both complete the request before they return.
    Ticket start(Statement&& statement, std::shared_ptr<Request> request) override;
    Ticket start(BatchStatement&& batch, std::shared_ptr<Request> request) override;
    void cancel(Ticket ticket) noexcept override;
    std::variant<Description, Error> describe(const StatementText& text) override;
    [[nodiscard]] std::string keyspace() const override;
    Outcome connect() override;
    void close() noexcept override;
    [[nodiscard]] std::string name() const override;

private:
    struct Prepared {
        Bytes id;
        Description description;
    };
    using PreparedOrError = std::variant<std::shared_ptr<const Prepared>, Error>;

    /// Runs `work` on the connection, under the lock; turns exceptions into an Error.
    template <class Answer, class Work>
    Answer guarded(Work work);
    void ensure_connected();
    Outcome use_keyspace(const std::string& wanted);
    PreparedOrError prepare(const std::string& cql);
    Outcome run(const Statement& statement);
    Outcome run_prepared(const Statement& statement);
    Outcome run_batch(const BatchStatement& batch);
    Outcome exchange(Opcode opcode, BytesView body);

    const std::string host_;
    const std::uint16_t port_;
    const std::string keyspace_;
    std::mutex mutex_;
    std::unique_ptr<Connection> connection_;
    std::string current_keyspace_;
    std::unordered_map<std::string, std::shared_ptr<const Prepared>> prepared_;
    bool closed_ = false;
};

}  // namespace coodie::judge
