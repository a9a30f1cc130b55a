// SPDX-License-Identifier: Apache-2.0
#include "native/cluster/snapshot.hpp"

#include "unit/native/cluster_maker.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace coodie::native {
namespace {

using ::testing::HasSubstr;
using testing::keyspace;
using testing::node;
using testing::number;
using testing::numbers;
using testing::snapshot;
using Numbers = std::vector<std::uint32_t>;

TEST(Snapshot, FindsHostsByIdAndEndpoint) {
    const auto cluster = snapshot({node(1, "dc2", "r1", {0}), node(2, "dc1", "r1", {10})}, {});
    ASSERT_NE(cluster->find(uuid(0, 2)), nullptr);
    EXPECT_EQ(cluster->find(uuid(0, 2))->rack(), "r1");
    EXPECT_EQ(cluster->find(Endpoint{inet::v4(10, 0, 0, 1), 9042}), cluster->find(uuid(0, 1)));
    EXPECT_EQ(cluster->find(Endpoint{inet::v4(10, 0, 0, 1), 9043}), nullptr);
    EXPECT_EQ(cluster->find(uuid(0, 3)), nullptr);
}

TEST(Snapshot, PutsLocalHostsFirst) {
    const auto cluster = snapshot({node(1, "dc2", "r1", {}), node(2, "dc1", "r1", {}),
                                   node(3, "dc2", "r1", {}), node(4, "dc1", "r1", {})},
                                  {}, "dc1");
    EXPECT_EQ(numbers(cluster->local_hosts()), (Numbers{2, 4}));
    EXPECT_EQ(numbers(cluster->remote_hosts()), (Numbers{1, 3}));
    EXPECT_EQ(cluster->hosts().size(), 4U);
    EXPECT_TRUE(cluster->local_hosts()[0]->is_local());
    EXPECT_FALSE(cluster->remote_hosts()[0]->is_local());
}

TEST(Snapshot, CountsVersions) {
    const auto first = snapshot({}, {});
    const auto second = snapshot({}, {}, "dc1", first.get());
    EXPECT_EQ(first->version(), 1U);
    EXPECT_EQ(second->version(), 2U);
}

TEST(Snapshot, HostsGoOnInTheNextOne) {
    const auto first = snapshot({node(1, "dc1", "r1", {0}), node(2, "dc1", "r1", {10})}, {});
    Host* host = first->find(uuid(0, 1));
    host->set_up(false);
    host->begin_request();
    const auto second =
        snapshot({node(1, "dc1", "r1", {5, 6}), node(3, "dc1", "r1", {10})}, {}, "dc1", first.get());
    EXPECT_EQ(second->find(uuid(0, 1)), host) << "new tokens do not make a new host";
    EXPECT_FALSE(second->find(uuid(0, 1))->is_up());
    EXPECT_EQ(second->find(uuid(0, 1))->in_flight(), 1U);
    EXPECT_EQ(second->find(uuid(0, 2)), nullptr);
}

TEST(Snapshot, AHostThatMovedIsANewOne) {
    const auto first = snapshot({node(1, "dc1", "r1", {0})}, {});
    HostRecord moved = node(1, "dc1", "r1", {0});
    moved.endpoint.address = inet::v4(10, 0, 9, 9);
    HostRecord other_rack = node(1, "dc1", "r2", {0});
    for (const HostRecord& record : {moved, other_rack, node(1, "dc2", "r1", {0})}) {
        const auto second = snapshot({record}, {}, "dc1", first.get());
        EXPECT_NE(second->find(uuid(0, 1)), first->find(uuid(0, 1)));
    }
}

TEST(Snapshot, AHostOutlivesItsSnapshot) {
    auto cluster = snapshot({node(1, "dc1", "r1", {0})}, {});
    const HostPtr host = cluster->shared(uuid(0, 1));
    cluster.reset();
    EXPECT_EQ(host->datacenter(), "dc1");
}

TEST(Snapshot, KnowsKeyspacesAndTheirStrategies) {
    const auto cluster =
        snapshot({node(1, "dc1", "r1", {0}), node(2, "dc1", "r1", {10})},
                 {keyspace("one", {{"class", "SimpleStrategy"}, {"replication_factor", "1"}}),
                  keyspace("two", {{"class", "SimpleStrategy"}, {"replication_factor", "2"}}),
                  keyspace("one more", {{"class", "SimpleStrategy"}, {"replication_factor", "1"}}),
                  keyspace("system", {{"class", "LocalStrategy"}})});
    EXPECT_EQ(numbers(cluster->replicas("one", 5)), (Numbers{2}));
    EXPECT_EQ(numbers(cluster->replicas("two", 5)), (Numbers{2, 1}));
    EXPECT_EQ(cluster->replicas("one", 5).data(), cluster->replicas("one more", 5).data())
        << "placed once per distinct strategy";
    EXPECT_TRUE(cluster->has_keyspace("system"));
    EXPECT_FALSE(cluster->has_keyspace("System"));
    EXPECT_TRUE(cluster->replicas("system", 5).empty());
    EXPECT_TRUE(cluster->replicas("nowhere", 5).empty());
}

std::string message(const std::variant<std::string, Error>& chosen) {
    const Error* error = std::get_if<Error>(&chosen);
    EXPECT_TRUE(error == nullptr || error->kind() == ErrorKind::configuration);
    return error == nullptr ? "no error: " + std::get<std::string>(chosen) : error->message();
}

TEST(LocalDatacenter, IsTheOnlyOne) {
    const std::vector<HostRecord> hosts{node(1, "dc1", "r1", {}), node(2, "dc1", "r2", {})};
    EXPECT_EQ(std::get<std::string>(choose_local_datacenter(hosts, "")), "dc1");
    EXPECT_EQ(std::get<std::string>(choose_local_datacenter(hosts, "dc1")), "dc1");
}

TEST(LocalDatacenter, IsRequiredWhenThereAreSeveral) {
    const std::vector<HostRecord> hosts{node(1, "us", "r1", {}), node(2, "eu", "r1", {}),
                                        node(3, "eu", "r1", {})};
    const std::string text = message(choose_local_datacenter(hosts, ""));
    EXPECT_THAT(text, HasSubstr("several datacenters (\"eu\", \"us\")"));
    EXPECT_THAT(text, HasSubstr("local_dc"));
    EXPECT_EQ(std::get<std::string>(choose_local_datacenter(hosts, "us")), "us");
}

TEST(LocalDatacenter, HasToExist) {
    const std::vector<HostRecord> hosts{node(1, "eu", "r1", {}), node(2, "us", "r1", {})};
    const std::string text = message(choose_local_datacenter(hosts, "EU"));
    EXPECT_THAT(text, HasSubstr("\"EU\""));
    EXPECT_THAT(text, HasSubstr("\"eu\", \"us\""));
}

TEST(SchemaAgreement, ComparesHostsThatCount) {
    std::vector<HostRecord> hosts{node(1, "dc1", "r1", {}), node(2, "dc1", "r1", {}),
                                  node(3, "dc1", "r1", {})};
    const auto none_down = [](const HostRecord&) { return false; };
    const auto third_down = [](const HostRecord& host) { return host.id.least() == 3; };
    EXPECT_TRUE(schema_agrees(hosts, none_down));
    hosts[0].schema_version = hosts[1].schema_version = uuid(1, 1);
    EXPECT_TRUE(schema_agrees(hosts, none_down));
    hosts[2].schema_version = uuid(2, 2);
    EXPECT_FALSE(schema_agrees(hosts, none_down));
    EXPECT_TRUE(schema_agrees(hosts, third_down));
}

}  // namespace
}  // namespace coodie::native
