// SPDX-License-Identifier: Apache-2.0
#include "stub/core.hpp"

#include <algorithm>
#include <utility>

namespace coodie::stub {

bool Rule::matches(const Request& request) const {
    return left > 0 && (!opcode || *opcode == request.opcode) && (!node || *node == request.node) &&
           (!connection || *connection == request.connection) &&
           request.query.find(text) != std::string::npos;
}

Core::Core(const ServerOptions& options, std::uint16_t port) : options_(options), cluster_(options, port) {}

void Core::changed() {
    ++happenings_;
    something_happened_.notify_all();
}

Reply Core::answer(Request& request) {
    std::function<Reply(const Request&)> make;
    {
        const std::lock_guard lock(mutex_);
        if (!request.id.empty()) request.query = cluster_.text_of(request.node, request.id);
        for (BatchItem& item : request.items) {
            if (!item.id.empty()) item.query = cluster_.text_of(request.node, item.id);
            request.query += (request.query.empty() ? "" : "; ") + item.query;
        }
        ++counts_[request.connection].by_opcode[static_cast<std::size_t>(request.opcode) % 32];
        if (options_.record) requests_.push_back(request);
        const auto rule = std::find_if(rules_.rbegin(), rules_.rend(),
                                       [&](const Rule& each) { return each.matches(request); });
        if (rule != rules_.rend()) {
            --rule->left;
            make = rule->make;
        }
        changed();
    }
    // Without the lock: a test's function may ask the server.
    Reply reply = make ? make(request) : usual();
    const std::lock_guard lock(mutex_);
    return std::move(reply).or_usual([&] { return cluster_.answer(request); });
}

std::size_t Core::opened(std::size_t node) {
    const std::lock_guard lock(mutex_);
    counts_.push_back({.node = node});
    ++open_;
    changed();
    return counts_.size() - 1;
}

void Core::closed() {
    const std::lock_guard lock(mutex_);
    --open_;
    changed();
}

void Core::bad_bytes() {
    const std::lock_guard lock(mutex_);
    ++malformed_;
    changed();
}

const FakeCluster::FastBodies* Core::fast_bodies(BytesView id) const {
    const std::lock_guard lock(mutex_);
    return cluster_.fast_bodies(id);
}

void Core::add_rule(Rule rule) {
    const std::lock_guard lock(mutex_);
    rules_.push_back(std::move(rule));
}

void Core::remove_rules() {
    const std::lock_guard lock(mutex_);
    rules_.clear();
}

std::vector<Core::Counts> Core::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

std::vector<Request> Core::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::size_t Core::open_connections() const {
    const std::lock_guard lock(mutex_);
    return open_;
}

std::size_t Core::malformed() const {
    const std::lock_guard lock(mutex_);
    return malformed_;
}

bool Core::wait_until(const std::function<bool()>& holds, std::chrono::milliseconds limit) const {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (true) {
        std::uint64_t seen = 0;
        {
            const std::lock_guard lock(mutex_);
            seen = happenings_;
        }
        if (holds()) return true;
        std::unique_lock lock(mutex_);
        if (!something_happened_.wait_until(lock, deadline, [&] { return happenings_ != seen; })) {
            lock.unlock();
            return holds();
        }
    }
}

}  // namespace coodie::stub
