// SPDX-License-Identifier: Apache-2.0
#include <coodie/driver/driver.hpp>

namespace coodie {

Ticket Driver::start_describe(StatementText text, std::shared_ptr<DescribeRequest> request) {
    request->complete(describe(text));
    return Ticket::none;
}

Ticket Driver::start_connect(std::shared_ptr<Request> request) {
    request->complete(connect());
    return Ticket::none;
}

DriverCounters Driver::counters() const { return {}; }

void Driver::set_log(LogFunction) noexcept {}

std::vector<NodeCounters> Driver::node_counters() const { return {}; }

void Driver::set_request_hook(RequestHook, void*) noexcept {}

}  // namespace coodie
