// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

/// A Cassandra cluster that tools/cassandra runs for this process, on loopback addresses of its own. Its
/// nodes end with the object, at the latest with the process, however that ends. Functions throw
/// std::runtime_error with what the tool said.
class Cluster {
public:
    /// @param nodes 1 to 4.
    /// @param options of `tools/cassandra start`.
    explicit Cluster(int nodes, const std::vector<std::string>& options = {});
    ~Cluster();
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    /// SIGKILL; `number` counts from 1.
    void kill(int number) const;
    /// Ends a node if it runs, and waits until it is ready again.
    void restart(int number, const std::vector<std::string>& options = {}) const;
    void pause(int number) const;
    void resume(int number) const;

    /// HOST:PORT of each node, node 1 first.
    [[nodiscard]] const std::vector<std::string>& endpoints() const noexcept { return endpoints_; }
    [[nodiscard]] const std::string& endpoint(int number) const {
        return endpoints_.at(static_cast<std::size_t>(number) - 1);
    }
    /// All of them as a URL takes them.
    [[nodiscard]] std::string hosts() const;
    /// A file of the folder with certificates (tools/cassandra --help lists them).
    [[nodiscard]] std::string certificate(std::string_view file) const;

private:
    std::string tool(std::vector<std::string> arguments) const;
    void node_command(std::string_view command, int number,
                      const std::vector<std::string>& options = {}) const;

    std::filesystem::path folder_;
    std::vector<std::string> endpoints_;
};

/// "a,b" as {"a", "b"}.
[[nodiscard]] std::vector<std::string> split_hosts(std::string_view hosts);

}  // namespace integration
