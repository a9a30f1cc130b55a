// SPDX-License-Identifier: Apache-2.0
#include "cluster.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace integration {

namespace {

/// 127.x.y.1: programs that run at the same time never meet.
std::string own_address() {
    constexpr int room = 250;
    const int pid = getpid();
    return "127." + std::to_string(1 + pid / room % room) + "." + std::to_string(1 + pid % room) + ".1";
}

std::filesystem::path new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "coodie-cluster-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder like " + name);
    return name;
}

std::string quoted(const std::string& word) { return "'" + word + "'"; }

}  // namespace

Cluster::Cluster(int nodes, const std::vector<std::string>& options) : folder_(new_folder()) {
    std::vector<std::string> start = {
        "start",     "--nodes",    std::to_string(nodes), "--owner", std::to_string(getpid()),
        "--address", own_address()};
    start.insert(start.end(), options.begin(), options.end());
    try {
        endpoints_ = split_hosts(tool(std::move(start)));
    } catch (...) {
        std::filesystem::remove_all(folder_);
        throw;
    }
}

Cluster::~Cluster() {
    try {
        // Nothing is kept: no reason to let the nodes end slowly.
        tool({"stop", "--wait", "0.1"});
        std::filesystem::remove_all(folder_);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", folder_.c_str(), error.what());
    }
}

void Cluster::kill(int number) const { node_command("kill", number); }
void Cluster::restart(int number, const std::vector<std::string>& options) const {
    node_command("restart", number, options);
}
void Cluster::pause(int number) const { node_command("pause", number); }
void Cluster::resume(int number) const { node_command("resume", number); }

std::string Cluster::hosts() const {
    std::string list;
    for (const std::string& endpoint : endpoints_) list += (list.empty() ? "" : ",") + endpoint;
    return list;
}

std::string Cluster::certificate(std::string_view file) const { return (folder_ / "tls" / file).string(); }

void Cluster::node_command(std::string_view command, int number,
                           const std::vector<std::string>& options) const {
    std::vector<std::string> arguments = {std::string(command), std::to_string(number)};
    arguments.insert(arguments.end(), options.begin(), options.end());
    tool(std::move(arguments));
}

/// What the tool prints, less the end of the line; what it says on stderr is the test's.
std::string Cluster::tool(std::vector<std::string> arguments) const {
    std::string command = quoted(COODIE_CASSANDRA_TOOL);
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    command += " --folder " + quoted(folder_.string());
    std::FILE* output = popen(command.c_str(), "re");
    if (output == nullptr) throw std::runtime_error("cannot run " + command);
    std::string said;
    std::array<char, 256> part{};
    while (std::fgets(part.data(), part.size(), output) != nullptr) said += part.data();
    const int status = pclose(output);
    if (status != 0) throw std::runtime_error(command + " ended with status " + std::to_string(status));
    while (!said.empty() && said.back() == '\n') said.pop_back();
    return said;
}

std::vector<std::string> split_hosts(std::string_view hosts) {
    std::vector<std::string> list;
    while (!hosts.empty()) {
        const std::size_t comma = hosts.find(',');
        list.emplace_back(hosts.substr(0, comma));
        hosts.remove_prefix(comma == std::string_view::npos ? hosts.size() : comma + 1);
    }
    return list;
}

}  // namespace integration
