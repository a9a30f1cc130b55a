// SPDX-License-Identifier: Apache-2.0
#include "models.hpp"

namespace {

using namespace coodie::literals;
using coodie::InvalidQueryError;
using coodie::TypeId;
using coodie::ValidationError;
using coodie::sync::execute_raw;
using sync_test::Front;
using sync_test::Review;

class Raw : public Front {};

TEST_F(Raw, RowsByNameAndPosition) {
    mock_->on("SELECT").returns({{"name", TypeId::text}, {"n", TypeId::int_}, {"none", TypeId::int_}},
                                {{"ann", 1, nullptr}, {"bob", 2, nullptr}});
    auto rows = execute_raw("SELECT * FROM t");
    EXPECT_EQ(rows.columns().size(), 3U);
    std::string names;
    std::int64_t sum = 0;
    for (const coodie::Row& row : rows) {
        names += row["name"].as<std::string>();
        sum += row[1].as<std::int64_t>();  // an int reads as a bigint, too
        EXPECT_TRUE(row["none"].is_null());
        EXPECT_EQ(row["none"].as<std::optional<std::int32_t>>(), std::nullopt);
        EXPECT_EQ(row["name"].to_string(), "'" + row[0].as<std::string>() + "'");
        EXPECT_EQ(thrown<ValidationError>([&] {
                      (void)row["none"].as<std::int32_t>();
                  }).rfind("column none: null", 0),
                  0U);
        EXPECT_THROW((void)row["name"].as<std::int32_t>(), ValidationError);
        EXPECT_THROW((void)row["other"], InvalidQueryError);
        EXPECT_THROW((void)row[3], InvalidQueryError);
    }
    EXPECT_EQ(names, "annbob");
    EXPECT_EQ(sum, 3);
}

TEST_F(Raw, RowsAsDocumentsAndValues) {
    mock_->on("SELECT").returns_pages(reviews({1, 2, 3}), 2);
    const auto all = execute_raw("SELECT * FROM catalog.reviews").as<Review>();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].rating, 3);
    mock_->reset_answers();
    mock_->on("COUNT").returns({{"count", TypeId::bigint}}, {{std::int64_t{9}}});
    EXPECT_EQ(execute_raw("SELECT COUNT(*) FROM t").one<std::int64_t>(), 9);
    EXPECT_EQ(execute_raw("SELECT now() FROM t").one<std::int64_t>(), std::nullopt);
    mock_->on("many").returns({{"a", TypeId::int_}}, {{1}, {2}});
    EXPECT_THROW((void)execute_raw("SELECT many").one<std::int32_t>(), coodie::MultipleDocumentsFound);
    EXPECT_EQ(execute_raw("SELECT many").as<std::int32_t>(), (std::vector<std::int32_t>{1, 2}));
    EXPECT_EQ(execute_raw("SELECT many").all().size(), 2U);
}

TEST_F(Raw, PartOfARowCanBeReadBeforeTheRest) {
    mock_->on("SELECT").returns_pages(reviews({1, 2, 3}), 2);
    auto rows = execute_raw("SELECT * FROM catalog.reviews");
    coodie::Row row;
    ASSERT_TRUE(rows.next(row));
    const auto rest = rows.as<Review>();
    ASSERT_EQ(rest.size(), 2U);
    EXPECT_EQ(rest[0].rating, 2);
}

TEST_F(Raw, ArgumentsBecomeTheParametersTypes) {
    mock_->on("UPDATE").takes(
        {{"a", TypeId::bigint}, {"b", TypeId::double_}, {"c", "set<smallint>"}, {"d", TypeId::text}});
    (void)execute_raw("UPDATE t SET x = ?", 1, 2U, std::vector<int>{3}, std::nullopt);
    EXPECT_EQ(last(), "UPDATE t SET x = ? [1, 2.0, {3}, null]");
    EXPECT_EQ(mock_->last().kind, coodie::StatementKind::update);
    EXPECT_THROW((void)execute_raw("UPDATE t SET x = ?", 1), InvalidQueryError);
    EXPECT_NE(thrown<ValidationError>([] {
                  (void)execute_raw("UPDATE t SET x = ?", 1, 2, std::vector<int>{70000}, "x");
              }).find("value 3, for c: 70000 does not fit smallint"),
              std::string::npos);
    EXPECT_NE(thrown<ValidationError>([] {
                  (void)execute_raw("UPDATE t SET x = ?", "text", 2, std::vector<int>{}, "x");
              }).find("value 1, for a: a value of type text does not fit bigint"),
              std::string::npos);
}

TEST_F(Raw, TakesOptionsFirst) {
    coodie::MockDriver other;
    coodie::sync::init_coodie(other, {.name = "b"});
    (void)execute_raw({.driver = "b", .keyspace = "ks", .fetch_size = 100}, "SELECT * FROM t WHERE a = ?",
                      "x");
    EXPECT_EQ(sent(), 0U);
    EXPECT_EQ(other.last().to_string(), "SELECT * FROM t WHERE a = ? ['x']");
    EXPECT_EQ(other.last().keyspace, "ks");
    EXPECT_EQ(other.last().options.page_size, 100);
    EXPECT_TRUE(other.last().options.idempotent);
    EXPECT_THROW((void)execute_raw({.fetch_size = 0}, "SELECT"), InvalidQueryError);
    EXPECT_THROW((void)execute_raw({.driver = "c"}, "SELECT"), coodie::ConfigurationError);
}

TEST_F(Raw, KindIsReadFromTheText) {
    const auto kind = [&](std::string_view cql) {
        (void)execute_raw(cql);
        return mock_->last().kind;
    };
    EXPECT_EQ(kind("-- IF\n insert INTO t"), coodie::StatementKind::insert);
    EXPECT_EQ(kind("/* x */ INSERT INTO t (a) VALUES ('IF')"), coodie::StatementKind::insert);
    EXPECT_EQ(kind("INSERT INTO t VALUES (1) if not exists"), coodie::StatementKind::conditional);
    EXPECT_EQ(kind("Create table t"), coodie::StatementKind::schema);
    EXPECT_EQ(kind("TRUNCATE t"), coodie::StatementKind::truncate);
    EXPECT_EQ(kind("DELETE FROM \"IF\" WHERE a = 1"), coodie::StatementKind::remove);
    EXPECT_EQ(kind("USE k"), coodie::StatementKind::other);
}

TEST_F(Raw, ConditionalWrite) {
    mock_->on("IF").applied(false, reviews({4}));
    auto rows = execute_raw("INSERT INTO t (a) VALUES (1) IF NOT EXISTS");
    EXPECT_FALSE(rows.applied());
    EXPECT_EQ(rows.one<Review>()->rating, 4);
}

}  // namespace
