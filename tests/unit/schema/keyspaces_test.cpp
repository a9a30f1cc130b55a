// SPDX-License-Identifier: Apache-2.0
#include "fake_schema.hpp"

#include <coodie/schema/keyspaces.hpp>
#include <coodie/schema/tables.hpp>
#include <coodie/types/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <type_traits>

namespace {

using namespace coodie;
using namespace coodie::testing_schema;

static_assert(std::is_trivially_destructible_v<KeyspaceOptions>);
static_assert(std::is_trivially_destructible_v<DropOptions>);

TEST(Keyspaces, CreateAlterDrop) {
    MockDriver mock;
    schema::create_keyspace(mock, "ks", {.replication_factor = 3});
    EXPECT_EQ(mock.last().cql,
              "CREATE KEYSPACE IF NOT EXISTS \"ks\" WITH replication = {'class': 'SimpleStrategy', "
              "'replication_factor': "
              "'3'} AND durable_writes = true");
    EXPECT_EQ(mock.last().kind, StatementKind::schema);
    schema::create_keyspace(mock, "ks", replication().datacenter("dc1", 3),
                            {.durable_writes = false, .must_be_new = true});
    EXPECT_EQ(
        mock.last().cql,
        "CREATE KEYSPACE \"ks\" WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': '3'} AND "
        "durable_writes = false");
    schema::alter_keyspace(mock, "ks", {.replication_factor = 2});
    EXPECT_THAT(mock.last().cql, testing::StartsWith("ALTER KEYSPACE \"ks\" WITH replication"));
    schema::drop_keyspace(mock, "ks");
    EXPECT_EQ(mock.last().cql, "DROP KEYSPACE IF EXISTS \"ks\"");
    schema::drop_keyspace(mock, "ks", true);
    EXPECT_EQ(mock.last().cql, "DROP KEYSPACE \"ks\"");
}

TEST(Keyspaces, RefusesNonsenseBeforeSending) {
    MockDriver mock;
    EXPECT_THROW(schema::create_keyspace(mock, "", KeyspaceOptions{}), ConfigurationError);
    EXPECT_THROW(schema::create_keyspace(mock, "ks", {.replication_factor = 0}), ConfigurationError);
    EXPECT_THROW(schema::drop_keyspace(mock, ""), ConfigurationError);
    EXPECT_EQ(mock.call_count(), 0U);
}

TEST(Tables, DropAndTruncate) {
    MockDriver mock("ks");
    FakeModel model;
    model.column(text_column("id", ColumnKind::partition_key));
    schema::drop_table(model.info(), mock);
    EXPECT_EQ(mock.last().cql, "DROP TABLE IF EXISTS \"ks\".\"t\"");
    schema::drop_table(model.info(), mock, {.must_exist = true, .keyspace = "other"});
    EXPECT_EQ(mock.last().cql, "DROP TABLE \"other\".\"t\"");
    schema::truncate(model.info(), mock);
    EXPECT_EQ(mock.last().cql, "TRUNCATE TABLE \"ks\".\"t\"");
    EXPECT_EQ(mock.last().kind, StatementKind::truncate);
    schema::drop_type("address", mock);
    EXPECT_EQ(mock.last().cql, "DROP TYPE IF EXISTS \"ks\".\"address\"");
}

TEST(Tables, ErrorsSayWhatWasTried) {
    MockDriver mock("ks");
    mock.on("TRUNCATE").fails(Error(ErrorKind::timeout, "no answer"));
    FakeModel model;
    try {
        schema::truncate(model.info(), mock);
        FAIL();
    } catch (const TimeoutError& error) {
        EXPECT_STREQ(error.what(), "truncate of \"ks\".\"t\": no answer (in: TRUNCATE TABLE \"ks\".\"t\")");
    }
}

}  // namespace
