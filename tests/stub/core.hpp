// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stub/fake_cluster.hpp"
#include "stub/reply.hpp"
#include "stub/request.hpp"
#include "stub/server_options.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace coodie::stub {

/// Which requests, how often, and what they get.
struct Rule {
    std::optional<native::Opcode> opcode;
    std::string text{};
    std::optional<std::size_t> node{};
    std::optional<std::size_t> connection{};
    /// How often it still applies.
    std::size_t left = static_cast<std::size_t>(-1);
    std::function<Reply(const Request&)> make{};

    [[nodiscard]] bool matches(const Request& request) const;
};

/// What the connections share and the test asks: rules, numbers, the fake cluster. Every function may be
/// called from any thread.
class Core {
public:
    Core(const ServerOptions& options, std::uint16_t port);

    [[nodiscard]] const ServerOptions& options() const noexcept { return options_; }

    /// Notes a request (`query` filled where it is known) and finds what it gets; Reply::Kind::usual never.
    [[nodiscard]] Reply answer(Request& request);
    /// @returns the number of the connection.
    std::size_t opened(std::size_t node);
    void closed();
    void bad_bytes();
    /// As FakeCluster; the pointer stays valid. Only when no rule is there.
    [[nodiscard]] const FakeCluster::FastBodies* fast_bodies(BytesView id) const;

    void add_rule(Rule rule);
    void remove_rules();
    template <class Change>
    void change_cluster(Change change) {
        const std::lock_guard lock(mutex_);
        change(cluster_);
    }

    struct Counts {
        std::array<std::size_t, 32> by_opcode{};
        std::size_t node = 0;
    };
    /// One for each connection.
    [[nodiscard]] std::vector<Counts> counts() const;
    [[nodiscard]] std::vector<Request> requests() const;
    [[nodiscard]] std::size_t open_connections() const;
    [[nodiscard]] std::size_t malformed() const;
    /// Waits until `holds`, which is asked after each thing that happens, without a lock held.
    bool wait_until(const std::function<bool()>& holds, std::chrono::milliseconds limit) const;

private:
    void changed();

    ServerOptions options_;
    mutable std::mutex mutex_;
    mutable std::condition_variable something_happened_;
    std::uint64_t happenings_ = 0;
    FakeCluster cluster_;
    std::vector<Rule> rules_;
    std::vector<Request> requests_;
    std::vector<Counts> counts_;
    std::size_t open_ = 0;
    std::size_t malformed_ = 0;
};

}  // namespace coodie::stub
