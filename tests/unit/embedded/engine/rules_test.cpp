// SPDX-License-Identifier: Apache-2.0
// Rules of semantics.md that the engine keeps as a server does, by number; others are in the files of their
// subject.
#include "database.hpp"

#include "embedded/engine/prepared.hpp"

#include <gmock/gmock.h>

namespace coodie::embedded {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(EngineRulesTest, ConditionalWritesTakeNoTimestampAndNoInSemanticsRule17) {
    Database db;
    db.run("CREATE TABLE t (p int, c int, v int, PRIMARY KEY (p, c))");
    for (const char* cql :
         {"INSERT INTO t (p, c, v) VALUES (1, 1, 1) IF NOT EXISTS USING TIMESTAMP 5",
          "UPDATE t USING TIMESTAMP 5 SET v = 1 WHERE p = 1 AND c = 1 IF v = 2",
          "DELETE FROM t USING TIMESTAMP 5 WHERE p = 1 AND c = 1 IF EXISTS",
          "BEGIN BATCH USING TIMESTAMP 5 UPDATE t SET v = 1 WHERE p = 1 AND c = 1 IF v = 2; "
          "APPLY BATCH"}) {
        const Error error = db.error(cql);
        EXPECT_EQ(error.code(), server_code::invalid) << cql;
        EXPECT_THAT(error.message(), HasSubstr("Cannot provide custom timestamp for conditional")) << cql;
    }
    for (const char* cql : {"UPDATE t SET v = 1 WHERE p IN (1, 2) AND c = 1 IF EXISTS",
                            "UPDATE t SET v = 1 WHERE p = 1 AND c IN (1, 2) IF EXISTS",
                            "DELETE FROM t WHERE p IN (1, 2) AND c = 1 IF EXISTS"})
        EXPECT_THAT(db.error(cql).message(), HasSubstr("is not supported with conditional")) << cql;
    EXPECT_TRUE(db.rows("SELECT * FROM t").empty());
}

TEST(EngineRulesTest, ListOperationsAndGeneratedIdsWriteAgainEachTimeSemanticsRule15) {
    Database db;
    db.run("CREATE TABLE t (p int PRIMARY KEY, l list<int>)");
    for (int i = 0; i < 2; ++i) db.run("UPDATE t SET l = l + [1] WHERE p = 1");
    EXPECT_EQ(db.column("SELECT l FROM t"), "[1, 1]")
        << "sent twice, it is there twice: so nobody may retry it";
    db.run("CREATE TABLE u (id uuid PRIMARY KEY)");
    for (int i = 0; i < 2; ++i) db.run("INSERT INTO u (id) VALUES (uuid())");
    EXPECT_EQ(db.rows("SELECT * FROM u").size(), 2U);
}

TEST(EngineRulesTest, TypesComeBeforeWhatUsesThemAndGoAfterSemanticsRule30) {
    Database db;
    EXPECT_EQ(db.error("CREATE TYPE outer_type (a frozen<inner_type>)").code(), server_code::invalid);
    db.run("CREATE TYPE inner_type (a int)");
    db.run("CREATE TYPE outer_type (a frozen<inner_type>)");
    db.run("CREATE TABLE t (k int PRIMARY KEY, v frozen<outer_type>)");
    EXPECT_EQ(db.error("DROP TYPE inner_type").code(), server_code::invalid);
    EXPECT_EQ(db.error("DROP TYPE outer_type").code(), server_code::invalid);
    db.run("INSERT INTO t (k, v) VALUES (1, {a: {a: 5}})");
    db.run("ALTER TYPE inner_type ADD b text");
    EXPECT_EQ(db.column("SELECT v FROM t"), "{a: {a: 5, b: null}}");
    db.run("DROP TABLE t");
    db.run("DROP TYPE outer_type");
    db.run("DROP TYPE inner_type");
}

TEST(EngineRulesTest, AForgottenPlanIsMadeAgainSemanticsRule33) {
    Database db;
    db.run("CREATE TABLE t (p int PRIMARY KEY, v int)");
    const Statement kept = db.statement("INSERT INTO t (p, v) VALUES (?, ?)", {1, 1});
    db.run(kept);
    for (std::size_t i = 0; i < 2 * PlanCache::capacity; ++i)
        db.driver.execute(Statement(StatementText("SELECT v FROM t WHERE p = " + std::to_string(i))));
    db.run("DROP TABLE t");
    db.run("CREATE TABLE t (p int PRIMARY KEY, v int)");
    db.run(kept);
    EXPECT_THAT(db.rows("SELECT p, v FROM t"), ElementsAre(ElementsAre("1", "1")));
}

}  // namespace
}  // namespace coodie::embedded
