// SPDX-License-Identifier: Apache-2.0
// How SELECT finds its rows: keys, slices, scans, indexes, filters.
#include "unit/embedded/planner/schema_fixture.hpp"

#include <coodie/codec/wire.hpp>

namespace coodie::embedded::testing {
namespace {

class AccessTest : public ::testing::Test {
protected:
    AccessTest() {
        schema.must(
            "CREATE TABLE t (k int, c1 int, c2 text, s int static, v int, w int, l list<int>, m map<text, "
            "int>, "
            "PRIMARY KEY (k, c1, c2)) WITH CLUSTERING ORDER BY (c1 DESC, c2 ASC)");
        schema.must("CREATE TABLE i (k int, c int, v int, w int, m map<text, int>, PRIMARY KEY (k, c))");
        schema.must("CREATE INDEX ON i (v)");
        schema.must("CREATE INDEX ON i (entries(m))");
        schema.must("CREATE TABLE two (a text, b int, v int, PRIMARY KEY ((a, b)))");
    }
    SelectPlan select(std::string_view cql) const { return schema.plan_as<SelectPlan>(cql); }
    /// The plan must outlive the bound select; kept here.
    BoundSelect& bound(std::string_view cql) {
        plan = select(cql);
        const auto error = bind(plan, Bound(), out);
        if (error) ADD_FAILURE() << cql << ": " << error->message();
        return out;
    }

    Schema schema;
    SelectPlan plan;
    BoundSelect out;
};

/// "[1,'a'..2)" of a slice whose first component is an int and second text.
std::string show(const SliceBound& bound, bool start) {
    std::string made = start ? (bound.inclusive ? "[" : "(") : "";
    for (std::size_t i = 0; i < bound.prefix.size(); ++i) {
        made += i == 0 ? "" : ",";
        made +=
            i == 0 ? std::to_string(as_int(bound.prefix[i])) : std::string(wire::as_text(bound.prefix[i]));
    }
    return made + (start ? "" : bound.inclusive ? "]" : ")");
}
std::string show(const BoundSelect& select) {
    std::string made;
    for (const ClusteringSlice& slice : select.slices)
        made += (made.empty() ? "" : " ") + show(slice.start, true) + ".." + show(slice.end, false);
    return made;
}

TEST_F(AccessTest, WholePartitionByKey) {
    const BoundSelect& select = bound("SELECT v FROM t WHERE k = 5");
    EXPECT_EQ(select.access, Access::partitions);
    ASSERT_EQ(select.partitions.size(), 1U);
    EXPECT_EQ(as_int(select.partitions[0].bytes), 5);
    EXPECT_EQ(select.partitions[0].token, -7509452495886106294);  // as Cassandra computes it
    EXPECT_TRUE(select.all_rows);
    EXPECT_TRUE(plan.statics_alone);  // semantics rule 22
    EXPECT_FALSE(select.empty);
}

TEST_F(AccessTest, CompositePartitionKeyIsLengthBytesZero) {
    const BoundSelect& select = bound("SELECT v FROM two WHERE b = 1 AND a = 'xy'");
    ASSERT_EQ(select.partitions.size(), 1U);
    const BytesView bytes = select.partitions[0].bytes;
    EXPECT_EQ(wire::as_text(bytes), std::string_view("\0\2xy\0\0\4\0\0\0\1\0", 12));
    EXPECT_EQ(select.partitions[0].components.size(), 2U);
}

TEST_F(AccessTest, InOnPartitionKeyGivesEachKeyOnceInTheOrderOfTheType) {
    const BoundSelect& select = bound("SELECT v FROM t WHERE k IN (3, 1, 3, -2)");
    ASSERT_EQ(select.partitions.size(), 3U);
    EXPECT_EQ(as_int(select.partitions[0].bytes), -2);
    EXPECT_EQ(as_int(select.partitions[1].bytes), 1);
    EXPECT_EQ(as_int(select.partitions[2].bytes), 3);
}

TEST_F(AccessTest, EmptyInIsAnEmptyResultSemanticsRule14) {
    EXPECT_TRUE(bound("SELECT v FROM t WHERE k IN ()").empty);
    EXPECT_TRUE(bound("SELECT v FROM t WHERE k = 1 AND c1 IN ()").empty);
}

TEST_F(AccessTest, FullKeyIsOneRow) {
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND c1 = 2 AND c2 = 'a'")), "[2,a..2,a]");
    EXPECT_FALSE(plan.statics_alone);
}

TEST_F(AccessTest, SlicesAreInStoredOrder) {
    // c1 is stored descending: what is greater comes first.
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND c1 > 2")), "[..2)");
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND c1 > 2 AND c1 <= 9")), "[9..2)");
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND c1 = 3 AND c2 >= 'b' AND c2 < 'd'")), "[3,b..3,d)");
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND c1 IN (1, 3, 1) AND c2 > 'b'")),
              "(3,b..3] (1,b..1]");
}

TEST_F(AccessTest, SliceThatExcludesItselfIsEmpty) {
    EXPECT_TRUE(bound("SELECT v FROM t WHERE k = 1 AND c1 > 2 AND c1 < 2").empty);
    EXPECT_TRUE(bound("SELECT v FROM t WHERE k = 1 AND c1 >= 2 AND c1 < 2").empty);
    EXPECT_TRUE(bound("SELECT v FROM t WHERE k = 1 AND c1 > 5 AND c1 < 2").empty);
    EXPECT_FALSE(bound("SELECT v FROM t WHERE k = 1 AND c1 >= 2 AND c1 <= 2").empty);
}

TEST_F(AccessTest, TupleSliceOverMixedOrdersIsSeveralSlices) {
    // (c1, c2) > (5, 'm') with c1 DESC: first all greater c1, then c1 = 5 with greater c2.
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND (c1, c2) > (5, 'm')")), "[..5) (5,m..5]");
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND (c1, c2) <= (5, 'm')")), "[5..5,m] (5..]");
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND (c1, c2) > (5, 'm') AND (c1) < (9)")),
              "(9..5) (5,m..5]");
    EXPECT_EQ(show(bound("SELECT v FROM t WHERE k = 1 AND (c1, c2) >= (5, 'm') AND (c1, c2) < (5, 'p')")),
              "[5,m..5,p)");
}

TEST_F(AccessTest, TupleInIsSortedAndEachOnce) {
    EXPECT_EQ(
        show(bound("SELECT v FROM t WHERE k = 1 AND (c1, c2) IN ((1, 'b'), (2, 'a'), (1, 'a'), (1, 'b'))")),
        "[2,a..2,a] [1,a..1,a] [1,b..1,b]");
}

TEST_F(AccessTest, ScanFiltersEverything) {
    plan = select("SELECT v FROM t WHERE c1 = 1 AND v > 3 ALLOW FILTERING");
    EXPECT_EQ(plan.access, Access::scan);
    EXPECT_EQ(plan.filters.size(), 2U);
    EXPECT_TRUE(plan.clustering.empty());
    EXPECT_FALSE(plan.statics_alone);
}

TEST_F(AccessTest, PartitionWithSliceAndFilter) {
    plan = select("SELECT v FROM t WHERE k = 1 AND c1 > 2 AND c2 = 'a' AND w = 3 ALLOW FILTERING");
    EXPECT_EQ(plan.access, Access::partitions);
    EXPECT_EQ(plan.clustering.size(), 1U);
    EXPECT_EQ(plan.filters.size(), 2U);
}

TEST_F(AccessTest, TokenRange) {
    const BoundSelect& select = bound("SELECT v FROM t WHERE token(k) > 5 AND token(k) <= 9");
    EXPECT_EQ(select.access, Access::scan);
    EXPECT_EQ(select.tokens.from, 6);  // semantics rule 25: (start, end]
    EXPECT_EQ(select.tokens.to, 9);
    EXPECT_TRUE(bound("SELECT v FROM t WHERE token(k) > 9223372036854775807").empty);
    // The smallest token as an upper end means the end of the ring, as in Cassandra.
    EXPECT_EQ(bound("SELECT v FROM t WHERE token(k) <= -9223372036854775808").tokens.to, INT64_MAX);
    EXPECT_TRUE(bound("SELECT v FROM t WHERE token(k) > 9 AND token(k) < 5").empty);
}

TEST_F(AccessTest, TokenWithWholeKeyKeepsTheKeysInTheRange) {
    EXPECT_EQ(bound("SELECT v FROM t WHERE token(k) > 0 AND k IN (1, 2, 3, 4)").partitions.size(), 1U);
    EXPECT_TRUE(bound("SELECT v FROM t WHERE token(k) > 0 AND k = 1").empty);
}

TEST_F(AccessTest, IndexAnswersEquality) {
    const BoundSelect& select = bound("SELECT * FROM i WHERE v = 7");
    EXPECT_EQ(select.access, Access::index);
    ASSERT_NE(select.index, nullptr);
    EXPECT_EQ(select.index->name, "i_v_idx");
    EXPECT_EQ(as_int(select.index_value.content), 7);
    EXPECT_EQ(plan.filters.size(), 1U);
}

TEST_F(AccessTest, IndexInAPartitionFiltersKeysToo) {
    plan = select("SELECT * FROM i WHERE k = 1 AND c > 5 AND v = 7");
    EXPECT_EQ(plan.access, Access::index);
    EXPECT_EQ(plan.filters.size(), 3U);
    EXPECT_EQ(plan.partition_key.size(), 1U);
}

TEST_F(AccessTest, EntriesIndexTakesKeyAndValue) {
    const BoundSelect& select = bound("SELECT * FROM i WHERE m['a'] = 7");
    ASSERT_NE(select.index, nullptr);
    EXPECT_EQ(select.index->target, IndexTarget::entries);
    EXPECT_EQ(wire::as_text(select.index_key.content), "a");
}

TEST_F(AccessTest, OrderByReversesOrNot) {
    EXPECT_FALSE(select("SELECT v FROM t WHERE k = 1 ORDER BY c1 DESC").reversed);
    EXPECT_TRUE(select("SELECT v FROM t WHERE k = 1 ORDER BY c1 ASC").reversed);
    EXPECT_TRUE(select("SELECT v FROM t WHERE k = 1 AND c1 = 1 ORDER BY c2 DESC").reversed);
    EXPECT_TRUE(select("SELECT v FROM t WHERE k = 1 ORDER BY c1 ASC").sort.empty());
    EXPECT_EQ(select("SELECT v FROM t WHERE k IN (1, 2) ORDER BY c1 ASC").sort.size(), 1U);
}

TEST_F(AccessTest, FetchNamesResultColumnsFirst) {
    plan = select("SELECT v, k FROM t WHERE w = 1 ALLOW FILTERING");
    EXPECT_TRUE(plan.plain);
    ASSERT_EQ(plan.fetch.size(), 3U);
    EXPECT_EQ(plan.table->columns[plan.fetch[0]].name, "v");
    EXPECT_EQ(plan.table->columns[plan.fetch[1]].name, "k");
    EXPECT_EQ(plan.table->columns[plan.fetch[2]].name, "w");
    EXPECT_FALSE(select("SELECT v, v FROM t").plain);
    EXPECT_FALSE(select("SELECT writetime(v) FROM t").plain);
}

TEST_F(AccessTest, LimitsAreChecked) {
    EXPECT_EQ(bound("SELECT v FROM t LIMIT 5").limit, 5);
    EXPECT_EQ(bound("SELECT v FROM t PER PARTITION LIMIT 2").per_partition_limit, 2);
    EXPECT_EQ(schema.refusal("SELECT v FROM t LIMIT 0")->message(), "LIMIT must be strictly positive");
}

TEST_F(AccessTest, RefusedFilterNamesTheColumnSemanticsRule26) {
    const auto error = schema.refusal("SELECT v FROM t WHERE k = 1 AND w = 3");
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), server_code::invalid);
    EXPECT_NE(error->message().find("use ALLOW FILTERING"), std::string::npos);
    EXPECT_NE(error->message().find("\"w\""), std::string::npos);
}

}  // namespace
}  // namespace coodie::embedded::testing
