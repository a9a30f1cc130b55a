// SPDX-License-Identifier: Apache-2.0
// What INSERT, UPDATE, DELETE and BATCH become, and what binding gives.
#include "unit/embedded/planner/schema_fixture.hpp"

#include <coodie/codec/wire.hpp>

namespace coodie::embedded::testing {
namespace {

using Target = ModificationPlan::Target;

class ModificationTest : public ::testing::Test {
protected:
    ModificationTest() {
        schema.must("CREATE TYPE addr (street text, zip int)");
        schema.must(
            "CREATE TABLE t (k int, c1 int, c2 int, s int static, v int, l list<int>, m map<text, int>, st "
            "set<int>, "
            "fs frozen<set<int>>, a addr, PRIMARY KEY (k, c1, c2))");
        schema.must("CREATE TABLE p (k int PRIMARY KEY, v int) WITH default_time_to_live = 100");
        schema.must("CREATE TABLE n (k int PRIMARY KEY, c counter)");
    }
    ModificationPlan modification(std::string_view cql) const {
        return schema.plan_as<ModificationPlan>(cql);
    }
    BoundModification& bound(std::string_view cql, const BoundValues& values = {}) {
        plan = modification(cql);
        auto views = Bound::of(values, values.count());
        bound_ = std::get<Bound>(std::move(views));
        error = bind(plan, bound_, out);
        return out;
    }
    static BoundValues ints(std::initializer_list<std::int32_t> list) {
        BoundValues values;
        for (const std::int32_t value : list) {
            Bytes bytes;
            wire::append(bytes, value);
            values.add(bytes);
        }
        return values;
    }

    Schema schema;
    ModificationPlan plan;
    Bound bound_;
    BoundModification out;
    std::optional<Error> error;
};

TEST_F(ModificationTest, InsertBindsViewsOfTheBoundValues) {
    const BoundValues values = ints({1, 2, 3, 4});
    bound("INSERT INTO t (k, c1, c2, v) VALUES (?, ?, ?, ?)", values);
    ASSERT_FALSE(error.has_value());
    EXPECT_TRUE(plan.row_marker);  // semantics rule 9
    EXPECT_EQ(plan.target, Target::rows);
    ASSERT_EQ(out.partitions.size(), 1U);
    // No copy: the key lies in the bound values.
    EXPECT_EQ(out.partitions[0].bytes.data(), values.bytes().data() + 4);
    ASSERT_EQ(out.rows.size(), 1U);
    EXPECT_EQ(as_int(out.rows[0][0]), 2);
    EXPECT_EQ(as_int(out.rows[0][1]), 3);
    ASSERT_EQ(out.operations.size(), 1U);
    EXPECT_EQ(out.operations[0].value.content.data(), values.bytes().data() + 28);
}

TEST_F(ModificationTest, UpdateHasNoRowMarkerSemanticsRule9) {
    EXPECT_FALSE(modification("UPDATE t SET v = 1 WHERE k = 1 AND c1 = 1 AND c2 = 1").row_marker);
}

TEST_F(ModificationTest, UnsetValuesAreLeftOutAndNullsStaySemanticsRule1) {
    BoundValues values = ints({1, 2, 3});
    values.add_unset();
    values.add_null();
    bound("INSERT INTO t (k, c1, c2, v, l) VALUES (?, ?, ?, ?, ?)", values);
    ASSERT_EQ(out.operations.size(), 1U);
    EXPECT_EQ(out.operations[0].column->name, "l");
    EXPECT_TRUE(out.operations[0].value.is_null());
}

TEST_F(ModificationTest, UnsetAndNullKeysAreRefusedSemanticsRule2) {
    BoundValues values;
    values.add_unset();
    bound("INSERT INTO p (k) VALUES (?)", values);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->message(), "Invalid unset value for column k");
    values.clear();
    values.add_null();
    bound("INSERT INTO p (k) VALUES (?)", values);
    EXPECT_EQ(error->message(), "Invalid null value in condition for column k");
}

TEST_F(ModificationTest, KeysOver65535BytesAreRefused) {
    schema.must("CREATE TABLE b (k blob PRIMARY KEY, v int)");
    BoundValues values;
    values.add(Bytes(65536));
    bound("INSERT INTO b (k) VALUES (?)", values);
    ASSERT_TRUE(error.has_value());
    EXPECT_NE(error->message().find("65536"), std::string::npos);
    values.clear();
    values.add(Bytes(65535));
    bound("INSERT INTO b (k) VALUES (?)", values);
    EXPECT_FALSE(error.has_value());
}

TEST_F(ModificationTest, ValuesOfAWrongLengthAreRefused) {
    BoundValues values;
    values.add(Bytes(3));
    bound("INSERT INTO p (k) VALUES (?)", values);
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code(), server_code::invalid);
}

TEST_F(ModificationTest, WrongNumberOfValuesIsRefused) {
    const auto outcome = Bound::of(ints({1, 2}), 3);
    ASSERT_TRUE(std::holds_alternative<Error>(outcome));
    EXPECT_EQ(std::get<Error>(outcome).code(), server_code::invalid);
    BoundValues broken;
    broken.buffer().push_back(std::byte{0});
    broken.count_one();
    EXPECT_EQ(std::get<Error>(Bound::of(broken, 1)).code(), server_code::protocol_error);
}

TEST_F(ModificationTest, StaticsAloneNeedOnlyThePartitionKeySemanticsRule11) {
    EXPECT_EQ(modification("UPDATE t SET s = 1 WHERE k = 1").target, Target::statics);
    const ModificationPlan insert = modification("INSERT INTO t (k, s) VALUES (1, 1)");
    EXPECT_EQ(insert.target, Target::statics);
    EXPECT_FALSE(insert.row_marker);
    EXPECT_EQ(modification("DELETE s FROM t WHERE k = 1").target, Target::statics);
}

TEST_F(ModificationTest, DeleteTargets) {
    EXPECT_EQ(modification("DELETE FROM t WHERE k = 1").target, Target::partition);
    EXPECT_EQ(modification("DELETE FROM p WHERE k = 1").target, Target::partition);
    EXPECT_EQ(modification("DELETE FROM t WHERE k = 1 AND c1 = 1").target, Target::ranges);
    EXPECT_EQ(modification("DELETE FROM t WHERE k = 1 AND c1 > 1").target, Target::ranges);
    EXPECT_EQ(modification("DELETE FROM t WHERE k = 1 AND c1 = 1 AND c2 = 1").target, Target::rows);
    EXPECT_EQ(modification("DELETE v FROM t WHERE k = 1 AND c1 = 1 AND c2 IN (1, 2)").target, Target::rows);
}

TEST_F(ModificationTest, TtlSemanticsRule12) {
    EXPECT_EQ(bound("INSERT INTO p (k, v) VALUES (1, 1)").ttl, 100);
    EXPECT_EQ(bound("INSERT INTO p (k, v) VALUES (1, 1) USING TTL 0").ttl, 0);
    EXPECT_EQ(bound("INSERT INTO p (k, v) VALUES (1, 1) USING TTL 630720000").ttl, 630720000);
    bound("INSERT INTO p (k, v) VALUES (1, 1) USING TTL ?", ints({630720001}));
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->message(), "ttl is too large. requested (630720001) maximum (630720000)");
    bound("INSERT INTO p (k, v) VALUES (1, 1) USING TTL ?", ints({-1}));
    EXPECT_EQ(error->message(), "A TTL must be greater or equal to 0, but was -1");
    BoundValues unset;
    unset.add_unset();
    EXPECT_EQ(bound("INSERT INTO p (k, v) VALUES (1, 1) USING TTL ?", unset).ttl, 100);
    EXPECT_EQ(bound("DELETE FROM p WHERE k = 1").ttl, 0);
}

TEST_F(ModificationTest, TimestampIsBound) {
    EXPECT_EQ(bound("UPDATE p USING TIMESTAMP 42 SET v = 1 WHERE k = 1").timestamp, 42);
    EXPECT_EQ(bound("UPDATE p SET v = 1 WHERE k = 1").timestamp, std::nullopt);
}

TEST_F(ModificationTest, CollectionOperations) {
    const auto kind = [&](std::string_view set) {
        return modification("UPDATE t SET " + std::string(set) + " WHERE k = 1 AND c1 = 1 AND c2 = 1")
            .operations[0]
            .kind;
    };
    EXPECT_EQ(kind("l = [1]"), OperationKind::set);
    EXPECT_EQ(kind("l = l + [1]"), OperationKind::append);
    EXPECT_EQ(kind("l = [1] + l"), OperationKind::prepend);
    EXPECT_EQ(kind("l = l - [1]"), OperationKind::discard);
    EXPECT_EQ(kind("l[0] = 1"), OperationKind::set_index);
    EXPECT_EQ(kind("m['a'] = 1"), OperationKind::set_element);
    EXPECT_EQ(kind("m = m - {'a'}"), OperationKind::discard);
    EXPECT_EQ(kind("st = st + {1}"), OperationKind::append);
    EXPECT_EQ(kind("a.zip = 1"), OperationKind::set_field);
    EXPECT_EQ(modification("UPDATE n SET c = c - 1 WHERE k = 1").operations[0].kind, OperationKind::subtract);
    EXPECT_TRUE(modification("UPDATE t SET l[0] = 1 WHERE k = 1 AND c1 = 1 AND c2 = 1").reads_before_write);
    EXPECT_EQ(modification("DELETE m['a'] FROM t WHERE k = 1 AND c1 = 1 AND c2 = 1").operations[0].kind,
              OperationKind::discard_element);
    EXPECT_EQ(modification("DELETE l[1] FROM t WHERE k = 1 AND c1 = 1 AND c2 = 1").operations[0].kind,
              OperationKind::discard_index);
}

TEST_F(ModificationTest, SetsAreSortedAndHaveEachElementOnce) {
    bound("INSERT INTO t (k, c1, c2, fs) VALUES (1, 1, 1, {3, -1, 3, 2})");
    ASSERT_EQ(out.operations.size(), 1U);
    const BytesView bytes = out.operations[0].value.content;
    ASSERT_EQ(bytes.size(), 4U + 3 * 8);
    EXPECT_EQ(as_int(bytes.subspan(8, 4)), -1);
    EXPECT_EQ(as_int(bytes.subspan(16, 4)), 2);
    EXPECT_EQ(as_int(bytes.subspan(24, 4)), 3);
    // A bound one that came unsorted is put in order, too.
    Bytes unsorted;
    wire::append(unsorted, std::int32_t{2});
    for (const std::int32_t element : {9, 4}) {
        wire::append(unsorted, std::int32_t{4});
        wire::append(unsorted, element);
    }
    BoundValues values;
    values.add(unsorted);
    bound("INSERT INTO t (k, c1, c2, fs) VALUES (1, 1, 1, ?)", values);
    ASSERT_FALSE(error.has_value());
    EXPECT_EQ(as_int(out.operations[0].value.content.subspan(8, 4)), 4);
}

TEST_F(ModificationTest, ConditionalAnswers) {
    const auto names = [](const ColumnSpecs& specs) {
        std::string made;
        for (const ColumnSpec& spec : specs) made += (made.empty() ? "" : " ") + spec.name;
        return made;
    };
    plan = modification(
        "UPDATE t SET v = 1 WHERE k = 1 AND c1 = 1 AND c2 = 1 IF s = 1 AND v = 2 AND l[0] = 3 AND v != 5");
    EXPECT_EQ(names(*plan.applied_columns), "[applied]");
    EXPECT_EQ(names(*plan.not_applied_columns), "[applied] v l s");  // regular ones first, each once
    plan = modification("INSERT INTO p (k, v) VALUES (1, 1) IF NOT EXISTS");
    EXPECT_EQ(names(*plan.not_applied_columns), "[applied] k v");
    plan = modification("DELETE FROM p WHERE k = 1 IF EXISTS");
    EXPECT_EQ(names(*plan.not_applied_columns), "[applied] k v");  // for static cells that are not there
}

class ConditionTest : public ModificationTest {
protected:
    bool holds_for(std::string_view condition, Cell cell) {
        bound("UPDATE t SET v = 1 WHERE k = 1 AND c1 = 1 AND c2 = 1 IF " + std::string(condition));
        if (error) return ADD_FAILURE() << error->message(), false;
        return std::get<bool>(holds(out.conditions.at(0), cell));
    }
    static Bytes integer(std::int32_t value) {
        Bytes bytes;
        wire::append(bytes, value);
        return bytes;
    }
    static Bytes list(std::initializer_list<std::int32_t> elements) {
        Bytes bytes;
        wire::append(bytes, static_cast<std::int32_t>(elements.size()));
        for (const std::int32_t element : elements) {
            wire::append(bytes, std::int32_t{4});
            wire::append(bytes, element);
        }
        return bytes;
    }
};

TEST_F(ConditionTest, Comparisons) {
    const Bytes five = integer(5);
    EXPECT_TRUE(holds_for("v = 5", Cell(five)));
    EXPECT_FALSE(holds_for("v != 5", Cell(five)));
    EXPECT_TRUE(holds_for("v < 6", Cell(five)));
    EXPECT_TRUE(holds_for("v >= 5", Cell(five)));
    EXPECT_TRUE(holds_for("v IN (1, 5)", Cell(five)));
    EXPECT_FALSE(holds_for("v IN ()", Cell(five)));
    EXPECT_TRUE(holds_for("v > -1", Cell(five)));
}

TEST_F(ConditionTest, Nulls) {
    EXPECT_TRUE(holds_for("v = null", Cell()));
    EXPECT_TRUE(holds_for("v != 1", Cell()));
    EXPECT_FALSE(holds_for("v < 1", Cell()));
    EXPECT_TRUE(holds_for("v IN (1, null)", Cell()));
    const Bytes empty = list({});
    EXPECT_TRUE(holds_for("l = null", Cell(empty)));  // an empty collection is none: semantics rule 3
}

TEST_F(ConditionTest, Elements) {
    const Bytes three = list({7, 8, 9});
    EXPECT_TRUE(holds_for("l[1] = 8", Cell(three)));
    EXPECT_TRUE(holds_for("l[5] = null", Cell(three)));
    EXPECT_TRUE(holds_for("l = [7, 8, 9]", Cell(three)));
    EXPECT_TRUE(holds_for("l CONTAINS 9", Cell(three)));
    EXPECT_FALSE(holds_for("l CONTAINS 1", Cell(three)));
    EXPECT_FALSE(holds_for("l[0] = 7", Cell()));
}

TEST_F(ModificationTest, BatchOfStatements) {
    const Plan made = schema.plan(
        "BEGIN BATCH USING TIMESTAMP 5 INSERT INTO p (k, v) VALUES (1, 1); DELETE FROM p WHERE k = 2; APPLY "
        "BATCH");
    const auto& batch = std::get<BatchPlan>(made.node);
    EXPECT_EQ(batch.statements.size(), 2U);
    EXPECT_FALSE(batch.conditional);
    EXPECT_EQ(std::get<0>(bind_timestamp(batch.timestamp, Bound())), 5);
}

TEST_F(ModificationTest, ConditionalBatchStaysInOneTableSemanticsRule18) {
    const auto refused = schema.refusal(
        "BEGIN BATCH INSERT INTO p (k) VALUES (1) IF NOT EXISTS; INSERT INTO t (k, s) VALUES (1, 1); APPLY "
        "BATCH");
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->message(), "Batch with conditions cannot span multiple tables");
}

TEST_F(ModificationTest, CountersNeverMixSemanticsRule20) {
    const auto refused = schema.refusal(
        "BEGIN UNLOGGED BATCH UPDATE n SET c = c + 1 WHERE k = 1; INSERT INTO p (k) VALUES (1); APPLY BATCH");
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->message(), "Counter and non-counter mutations cannot exist in the same batch");
}

}  // namespace
}  // namespace coodie::embedded::testing
