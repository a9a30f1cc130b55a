// SPDX-License-Identifier: Apache-2.0
// A load on the cluster that runs: COODIE_TEST_HOSTS, else COODIE_CASSANDRA.
#include "cluster.hpp"
#include "environment.hpp"
#include "keyspace.hpp"
#include "verdict.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace integration;

TEST(Load, OnTheClusterThatRuns) {
    const std::string hosts = environment("COODIE_TEST_HOSTS", environment("COODIE_CASSANDRA"));
    if (hosts.empty()) GTEST_SKIP() << "no cluster: neither COODIE_TEST_HOSTS nor COODIE_CASSANDRA is set";
    const std::string options = environment("COODIE_TEST_OPTIONS", "?");
    const std::string url =
        "cassandra://" + hosts + "/" + options + (options == "?" ? "" : "&") + "consistency=quorum";
    const Keyspace keyspace("load", url,
                            static_cast<std::uint32_t>(std::min<std::size_t>(3, split_hosts(hosts).size())));
    Load load(url, keyspace.name(), "user");
    EXPECT_TRUE(load.wait_for(2000));
    load.stop();
    expect_all_kept(load, keyspace.connection(), keyspace.name(), std::chrono::minutes(1));
    for (const std::unique_ptr<Worker>& worker : load.workers())
        EXPECT_EQ(worker->maybe_counted(), 0) << "an error, though no node was away";
}

}  // namespace
