// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

namespace coodie::embedded {
namespace {

/// Partitions 1..3, each with rows (c, d) for c in 1..3 and d in 1..2; v = 10 c + d.
class EmbeddedSelect : public testing::Test {
protected:
    void SetUp() override {
        db.run(
            "CREATE TABLE t (k int, c int, d int, v int, s int static, PRIMARY KEY (k, c, d)) WITH "
            "CLUSTERING ORDER BY "
            "(c ASC, d DESC)");
        for (int k = 1; k <= 3; ++k)
            for (int c = 1; c <= 3; ++c)
                for (int d = 1; d <= 2; ++d)
                    db.run("INSERT INTO t (k, c, d, v) VALUES (?, ?, ?, ?)", {k, c, d, 10 * c + d});
    }
    std::string values(const std::string& rest) { return db.column("SELECT v FROM t " + rest); }
    Database db;
};

TEST_F(EmbeddedSelect, ClusteringOrderAndItsReverse) {
    EXPECT_EQ(values("WHERE k = 1"), "12 11 22 21 32 31");
    EXPECT_EQ(values("WHERE k = 1 ORDER BY c DESC"), "31 32 21 22 11 12");
    EXPECT_EQ(values("WHERE k = 1 ORDER BY c ASC, d DESC"), "12 11 22 21 32 31");
    EXPECT_EQ(db.error("SELECT v FROM t WHERE k = 1 ORDER BY c ASC, d ASC").code(), server_code::invalid);
}

TEST_F(EmbeddedSelect, Slices) {
    EXPECT_EQ(values("WHERE k = 1 AND c > 1"), "22 21 32 31");
    EXPECT_EQ(values("WHERE k = 1 AND c >= 2 AND c < 3"), "22 21");
    EXPECT_EQ(values("WHERE k = 1 AND c <= 2 ORDER BY c DESC"), "21 22 11 12");
    EXPECT_EQ(values("WHERE k = 1 AND c = 2 AND d < 2"), "21");
    EXPECT_EQ(values("WHERE k = 1 AND c = 2 AND d >= 1"), "22 21");
    EXPECT_EQ(values("WHERE k = 1 AND (c, d) > (2, 1)"), "22 32 31");
    EXPECT_EQ(values("WHERE k = 1 AND (c, d) <= (2, 1)"), "12 11 21");
    EXPECT_EQ(values("WHERE k = 1 AND c > 3 AND c < 2"), "");
}

TEST_F(EmbeddedSelect, OneRowAndIn) {
    EXPECT_EQ(values("WHERE k = 1 AND c = 2 AND d = 1"), "21");
    EXPECT_EQ(values("WHERE k = 1 AND c = 2 AND d = 9"), "");
    EXPECT_EQ(values("WHERE k = 1 AND c IN (3, 1, 3) AND d = 2"), "12 32");
    EXPECT_EQ(values("WHERE k = 1 AND c IN (3, 1) ORDER BY c DESC"), "31 32 11 12");
    EXPECT_EQ(values("WHERE k = 1 AND (c, d) IN ((2, 1), (1, 2), (7, 7))"), "12 21");
    EXPECT_EQ(values("WHERE k IN (2, 1) AND c = 1"), "12 11 12 11");
}

TEST_F(EmbeddedSelect, InTakesOneBoundListAndMayBeEmpty_SemanticsRule14) {
    const std::string cql = "SELECT v FROM t WHERE k = 1 AND c IN ? AND d = 1";
    EXPECT_EQ(db.column(cql, {"[1, 3]"}), "11 31");
    EXPECT_EQ(db.column(cql, {"[]"}), "");
    EXPECT_EQ(db.column("SELECT v FROM t WHERE k IN ?", {"[]"}), "");
    EXPECT_EQ(values("WHERE k IN () AND c = 1"), "");
}

TEST_F(EmbeddedSelect, LimitAndPerPartitionLimit) {
    EXPECT_EQ(values("WHERE k = 1 LIMIT 2"), "12 11");
    EXPECT_EQ(values("PER PARTITION LIMIT 1"), "12 12 12");
    EXPECT_EQ(values("PER PARTITION LIMIT 2 LIMIT 3"), "12 11 12");
    EXPECT_EQ(db.column("SELECT v FROM t WHERE k = 1 LIMIT ?", {1}), "12");
    EXPECT_EQ(db.error("SELECT v FROM t LIMIT 0").code(), server_code::invalid);
}

TEST_F(EmbeddedSelect, FilteringIsRefusedUnlessAllowed_SemanticsRule26) {
    const auto error = db.error("SELECT v FROM t WHERE v = 21");
    EXPECT_EQ(error.code(), server_code::invalid);
    EXPECT_EQ(values("WHERE v = 21 ALLOW FILTERING"), "21 21 21");
    EXPECT_EQ(values("WHERE k = 1 AND v > 21 ALLOW FILTERING"), "22 32 31");
    EXPECT_EQ(values("WHERE d = 2 AND v IN (12, 32) LIMIT 3 ALLOW FILTERING"), "12 32 12");
}

TEST_F(EmbeddedSelect, ScansAreInTokenOrderAndRangesAreExact_SemanticsRule25) {
    const auto tokens = db.rows("SELECT DISTINCT k, token(k) FROM t");
    ASSERT_EQ(tokens.size(), 3U);
    std::vector<std::int64_t> order;
    for (const auto& row : tokens) order.push_back(std::stoll(row[1]));
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
    const auto count = [&](const std::string& where) {
        return db.rows("SELECT count(*) FROM t WHERE " + where).at(0).at(0);
    };
    const auto middle = tokens[1][1];
    EXPECT_EQ(count("token(k) > " + middle), "6");
    EXPECT_EQ(count("token(k) <= " + middle), "12");
    EXPECT_EQ(count("token(k) >= " + middle + " AND token(k) < " + tokens[2][1]), "6");
    EXPECT_EQ(count("token(k) = token(" + tokens[0][0] + ")"), "6");
}

TEST_F(EmbeddedSelect, OrderByAcrossPartitions) {
    db.run("INSERT INTO t (k, c, d, v) VALUES (1, 9, 1, 91)");
    Statement statement = db.statement("SELECT v FROM t WHERE k IN (1, 2) ORDER BY c DESC LIMIT 3");
    statement.options().page_size = 0;
    EXPECT_EQ(rows_of(db.run(statement)), (Rows{{"91"}, {"31"}, {"32"}}));
}

TEST_F(EmbeddedSelect, PartitionWithStaticsAloneIsOneRow_SemanticsRule22) {
    db.run("UPDATE t SET s = 5 WHERE k = 7");
    EXPECT_EQ(db.rows("SELECT k, c, d, v, s FROM t WHERE k = 7"), (Rows{{"7", "null", "null", "null", "5"}}));
    EXPECT_EQ(db.rows("SELECT * FROM t").size(), 19U);
    EXPECT_TRUE(db.rows("SELECT s FROM t WHERE k = 7 AND c > 0").empty());
    EXPECT_EQ(db.rows("SELECT DISTINCT k, s FROM t WHERE k = 7"), (Rows{{"7", "5"}}));
    EXPECT_EQ(db.rows("SELECT DISTINCT k, s FROM t").size(), 4U);
    db.run("UPDATE t SET s = 6 WHERE k = 1");
    EXPECT_EQ(db.rows("SELECT v, s FROM t WHERE k = 1 AND c = 1 AND d = 1"), (Rows{{"11", "6"}}));
    EXPECT_EQ(db.rows("SELECT v, s FROM t WHERE k = 1 AND c = 1"), (Rows{{"12", "6"}, {"11", "6"}}));
    EXPECT_EQ(db.rows("SELECT v, s FROM t WHERE k = 1").size(), 6U);
}

TEST_F(EmbeddedSelect, Aggregates) {
    EXPECT_EQ(db.rows("SELECT count(*), min(v), max(v), sum(v), avg(v) FROM t WHERE k = 1"),
              (Rows{{"6", "11", "32", "129", "21"}}));
    EXPECT_EQ(db.rows("SELECT count(*) FROM t WHERE k = 99"), (Rows{{"0"}}));
    Statement statement = db.statement("SELECT count(*) FROM t");
    statement.options().page_size = 2;
    EXPECT_EQ(rows_of(db.run(statement)), (Rows{{"18"}}));
}

TEST_F(EmbeddedSelect, PagesGiveEveryRowOnce_SemanticsRule23) {
    db.run("UPDATE t SET s = 5 WHERE k = 7");
    const struct {
        const char* cql;
        std::size_t rows;
    } cases[] = {
        {"SELECT k, c, d FROM t", 19},
        {"SELECT k, c, d FROM t WHERE k = 1", 6},
        {"SELECT k, c, d FROM t WHERE k = 1 ORDER BY c DESC", 6},
        {"SELECT k, c, d FROM t WHERE k IN (1, 2, 7)", 13},
        {"SELECT k, c, d FROM t WHERE k IN (1, 2) AND c IN (1, 3) AND d = 1", 4},
        {"SELECT k, c, d FROM t WHERE k IN (1, 2, 3) AND c = 1 AND d = 1", 3},
        {"SELECT k, c, d FROM t PER PARTITION LIMIT 2", 7},
        {"SELECT k, c, d FROM t LIMIT 11", 11},
        {"SELECT k, c, d FROM t WHERE v > 20 ALLOW FILTERING", 12},
        {"SELECT DISTINCT k FROM t", 4},
    };
    for (const auto& c : cases) {
        const auto all = db.rows(c.cql);
        ASSERT_EQ(all.size(), c.rows) << c.cql;
        for (int page_size = 1; page_size <= 7; ++page_size) {
            Statement statement = db.statement(c.cql);
            statement.options().page_size = page_size;
            Rows paged;
            for (int pages = 0; pages < 40; ++pages) {
                const auto result = db.run(statement);
                EXPECT_LE(result.row_count(), static_cast<std::uint32_t>(page_size));
                for (auto& row : rows_of(result)) paged.push_back(std::move(row));
                if (result.paging_state().empty()) break;
                statement.set_paging_state({result.paging_state().begin(), result.paging_state().end()});
            }
            EXPECT_EQ(paged, all) << c.cql << " with pages of " << page_size;
        }
    }
}

TEST_F(EmbeddedSelect, DefaultPageIs5000RowsAndZeroIsNoPaging) {
    BatchStatement batch(BatchType::unlogged);
    for (int i = 0; i < 5001; ++i)
        batch.add(db.statement("INSERT INTO t (k, c, d) VALUES (100, " + std::to_string(i) + ", 1)"));
    db.run(batch);
    Statement statement = db.statement("SELECT c FROM t WHERE k = 100");
    const auto first = db.run(statement);
    EXPECT_EQ(first.row_count(), 5000U);
    EXPECT_FALSE(first.paging_state().empty());
    statement.options().page_size = 0;
    const auto all = db.run(statement);
    EXPECT_EQ(all.row_count(), 5001U);
    EXPECT_TRUE(all.paging_state().empty());
}

TEST_F(EmbeddedSelect, PagingStateBelongsToOneQueryAndItsValues_SemanticsRule24) {
    const auto with_state = [&](Statement statement, BytesView state) {
        statement.options().page_size = 2;
        statement.set_paging_state({state.begin(), state.end()});
        return db.driver.execute(statement);
    };
    const std::string cql = "SELECT v FROM t WHERE k = ?";
    Statement statement = db.statement(cql, {1});
    statement.options().page_size = 2;
    const auto page = db.run(statement);
    const Bytes state(page.paging_state().begin(), page.paging_state().end());
    ASSERT_FALSE(state.empty());
    EXPECT_TRUE(std::holds_alternative<Result>(with_state(db.statement(cql, {1}), state)));
    // Another value, another query.
    for (const auto& foreign : {db.statement(cql, {2}), db.statement("SELECT v FROM t WHERE k = 1")}) {
        const auto outcome = with_state(foreign, state);
        ASSERT_TRUE(std::holds_alternative<Error>(outcome));
        EXPECT_EQ(std::get<Error>(outcome).code(), server_code::protocol_error);
    }
    // Every bit counts, and every length.
    for (std::size_t i = 0; i < state.size() * 8; ++i) {
        Bytes altered = state;
        altered[i / 8] ^= static_cast<std::byte>(1U << (i % 8));
        EXPECT_TRUE(std::holds_alternative<Error>(with_state(db.statement(cql, {1}), altered))) << i;
    }
    for (std::size_t size = 1; size < state.size(); ++size)
        EXPECT_TRUE(
            std::holds_alternative<Error>(with_state(db.statement(cql, {1}), BytesView(state).first(size))))
            << size;
    // Another database with the same table.
    Database other;
    other.run("CREATE TABLE t (k int, c int, d int, v int, s int static, PRIMARY KEY (k, c, d))");
    Statement there = other.statement(cql, {1});
    there.set_paging_state(state);
    EXPECT_TRUE(std::holds_alternative<Error>(other.driver.execute(there)));
}

TEST(EmbeddedSelectTypes, CompositeKeysAndMixedCase) {
    Database db;
    db.run("CREATE TABLE t (a text, \"B\" int, c text, PRIMARY KEY ((a, \"B\"), c))");
    db.run("INSERT INTO t (a, \"B\", c) VALUES ('x', 1, 'y')");
    EXPECT_EQ(db.rows("SELECT a, \"B\", c FROM t WHERE a = 'x' AND \"B\" = 1"), (Rows{{"'x'", "1", "'y'"}}));
    EXPECT_EQ(db.rows("SELECT * FROM t WHERE \"B\" IN (1, 2) AND a IN ('x', 'z')").size(), 1U);
    EXPECT_EQ(db.error("SELECT * FROM t WHERE a = 'x'").code(), server_code::invalid);
}

TEST(EmbeddedSelectTypes, DecimalKeysKeepTheirScale_SemanticsRule5) {
    Database db;
    db.run("CREATE TABLE t (k int, c decimal, v int, PRIMARY KEY (k, c))");
    db.run("INSERT INTO t (k, c, v) VALUES (1, 1.50, 1)");
    db.run("INSERT INTO t (k, c, v) VALUES (1, 0.2, 2)");
    EXPECT_EQ(db.column("SELECT c FROM t WHERE k = 1"), "0.2 1.50");
    EXPECT_EQ(db.column("SELECT v FROM t WHERE k = 1 AND c = 1.5"), "1");
}

}  // namespace
}  // namespace coodie::embedded
