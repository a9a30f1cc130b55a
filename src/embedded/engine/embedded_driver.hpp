// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "embedded/engine/open_engines.hpp"
#include "embedded/engine/request_pool.hpp"

#include <coodie/driver/driver.hpp>
#include <coodie/driver/scheme.hpp>

#include <atomic>
#include <memory>
#include <shared_mutex>
#include <string>

namespace coodie::embedded {

/// `embedded:` and `memory:`: the driver contract over an Engine of this process, opened at the first
/// statement.
class EmbeddedDriver final : public Driver, private JobRunner {
public:
    /// @param name for messages: the URL.
    EmbeddedDriver(Location location, std::string name, std::string keyspace);
    ~EmbeddedDriver() override { close(); }

    Outcome execute(const Statement& statement) override;
    Outcome execute(const BatchStatement& batch) override;
    Ticket start(Statement&& statement, std::shared_ptr<Request> request) override;
    Ticket start(BatchStatement&& batch, std::shared_ptr<Request> request) override;
    void cancel(Ticket ticket) noexcept override { pool_.cancel(ticket); }
    std::variant<Description, Error> describe(const StatementText& text) override;
    [[nodiscard]] std::string keyspace() const override;
    Outcome connect() override;
    void close() noexcept override;
    [[nodiscard]] std::string name() const override { return name_; }

private:
    Outcome run(const Job& job) noexcept override;
    template <class Work>
    Outcome execute_checked(const Work& work, const std::atomic<bool>* cancelled);
    /// Holds the engine open; the Error when it cannot be opened or was closed.
    struct Opened;
    std::variant<Opened, Error> opened();
    std::optional<Error> open();

    const Location location_;
    const std::string name_;
    mutable std::shared_mutex mutex_;  ///< shared by what runs, exclusive for opening, closing and USE
    std::shared_ptr<Engine> engine_;
    std::string keyspace_;
    std::atomic<bool> closed_{false};
    RequestPool pool_;
};

/// Factories of the two schemes: `embedded:///folder?sync=periodic|always&keyspace=ks`,
/// `memory:name?keyspace=ks`.
OpenedDriver make_embedded_driver(const Url& url);
OpenedDriver make_memory_driver(const Url& url);

}  // namespace coodie::embedded
