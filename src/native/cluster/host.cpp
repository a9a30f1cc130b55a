// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/host.hpp"

#include "native/cluster/endpoint.hpp"

namespace coodie::native {

NodeCounters Host::counters() const {
    NodeCounters counters;
    counters.node = to_string(endpoint_);
    counters.datacenter = datacenter_;
    counters.is_up = is_up();
    counters.in_flight = in_flight();
    metrics_.read(counters);
    return counters;
}

}  // namespace coodie::native
