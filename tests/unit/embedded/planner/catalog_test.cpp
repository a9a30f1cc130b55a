// SPDX-License-Identifier: Apache-2.0
// Snapshots, schema changes and their records.
#include "unit/embedded/planner/schema_fixture.hpp"

#include <map>

namespace coodie::embedded::testing {
namespace {

using Records = std::map<std::string, Bytes>;

/// A schema whose changes are stored as helper E's storage would.
class StoredSchema : public Schema {
public:
    StoredSchema() { store(); }
    void change(std::string_view cql) {
        must(cql);
        store();
    }
    [[nodiscard]] std::variant<std::shared_ptr<const Catalog>, Error> reload() const {
        const std::vector<std::pair<std::string, Bytes>> all(records.begin(), records.end());
        return Catalog::load(all);
    }
    Records records;

private:
    void store() {
        for (auto& [name, bytes] : last.records) {
            if (bytes)
                records[name] = *bytes;
            else
                records.erase(name);
        }
    }
};

void fill(StoredSchema& schema) {
    schema.change("CREATE TYPE inner_type (a int, b list<int>)");
    schema.change("CREATE TYPE \"Outer Type\" (i frozen<inner_type>, \"Field\" text)");
    schema.change(
        "CREATE TABLE t (k int, c text, s int static, v frozen<\"Outer Type\">, m map<text, "
        "frozen<list<int>>>, vec "
        "vector<float, 3>, PRIMARY KEY (k, c)) WITH CLUSTERING ORDER BY (c DESC) AND comment = 'it''s' AND "
        "default_time_to_live = 7 AND caching = {'keys': 'NONE'} AND extensions = {}");
    schema.change("CREATE INDEX ON t (entries(m))");
    schema.change("ALTER TABLE t ADD dropped int");
    schema.change("ALTER TABLE t DROP dropped");
    schema.change("CREATE TABLE gone (k int PRIMARY KEY)");
    schema.change("DROP TABLE gone");
}

TEST(Catalog, RecordsGiveTheSameSchemaBack) {
    StoredSchema schema;
    fill(schema);
    const auto outcome = schema.reload();
    ASSERT_TRUE(std::holds_alternative<std::shared_ptr<const Catalog>>(outcome))
        << std::get<Error>(outcome).message();
    const auto& loaded = *std::get<0>(outcome);
    EXPECT_EQ(*loaded.table("ks", "t"), *schema.catalog->table("ks", "t"));
    EXPECT_EQ(*loaded.type("ks", "Outer Type"), *schema.catalog->type("ks", "Outer Type"));
    EXPECT_EQ(loaded.keyspace("ks")->replication, schema.catalog->keyspace("ks")->replication);
    EXPECT_EQ(loaded.table("ks", "gone"), nullptr);
    EXPECT_EQ(loaded.next_storage_id(), schema.catalog->next_storage_id());
}

TEST(Catalog, DamagedRecordsAreErrorsThatNameTheRecord) {
    StoredSchema schema;
    fill(schema);
    for (const auto& [name, bytes] : Records(schema.records)) {
        for (std::size_t length = 0; length < bytes.size(); ++length) {  // one that was cut off anywhere
            schema.records[name] = Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
            const auto outcome = schema.reload();
            ASSERT_TRUE(std::holds_alternative<Error>(outcome)) << name << " cut to " << length;
            EXPECT_EQ(std::get<Error>(outcome).kind(), ErrorKind::connection);
            EXPECT_NE(std::get<Error>(outcome).message().find(name), std::string::npos);
        }
        Bytes longer = bytes;
        longer.push_back(std::byte{0});
        schema.records[name] = longer;
        EXPECT_TRUE(std::holds_alternative<Error>(schema.reload())) << name << " with a byte too many";
        for (std::size_t at = 0; at < bytes.size();
             ++at) {  // a flipped byte: an error or another schema, no crash
            Bytes flipped = bytes;
            flipped[at] ^= std::byte{0xff};
            schema.records[name] = flipped;
            (void)schema.reload();
        }
        schema.records[name] = bytes;
    }
}

TEST(Catalog, TypesThatNameEachOtherInARingAreDamage) {
    StoredSchema schema;
    schema.change("CREATE TYPE a (x int)");
    schema.change("CREATE TYPE b (y frozen<a>)");
    // The record of a with the fields of b: a holds a frozen<a>.
    Bytes ring = schema.records.at("type/ks/b");
    for (std::byte& byte : ring)
        if (byte == std::byte{'b'}) byte = std::byte{'a'};
    schema.records["type/ks/a"] = ring;
    EXPECT_TRUE(std::holds_alternative<Error>(schema.reload()));
}

TEST(Catalog, SnapshotsNeverChange) {
    Schema schema;
    schema.must("CREATE TABLE t (k int PRIMARY KEY, v int)");
    const auto before = schema.catalog;
    const auto table = before->table("ks", "t");
    schema.must("ALTER TABLE t ADD w int");
    schema.must("CREATE TABLE u (k int PRIMARY KEY)");
    EXPECT_EQ(before->table("ks", "t"), table);
    EXPECT_EQ(table->columns.size(), 2U);
    EXPECT_GT(schema.catalog->version(), before->version());
    // What a change leaves alone is shared.
    const auto t = schema.catalog->table("ks", "t");
    schema.must("DROP TABLE u");
    EXPECT_EQ(schema.catalog->table("ks", "t"), t);
}

TEST(Catalog, IdsAreNeverUsedTwice) {
    Schema schema;
    schema.must("CREATE TABLE t (k int PRIMARY KEY, v int)");
    const Table first = *schema.catalog->table("ks", "t");
    const std::uint16_t old_column = first.find("v")->id;
    schema.must("ALTER TABLE t DROP v");
    schema.must("ALTER TABLE t ADD v int");
    EXPECT_NE(schema.catalog->table("ks", "t")->find("v")->id, old_column);
    schema.must("DROP TABLE t");
    EXPECT_EQ(schema.last.dropped_storage, std::vector<std::uint32_t>{first.storage_id});
    schema.must("CREATE TABLE t (k int PRIMARY KEY, v int)");  // semantics rule 31: create, drop, create
    EXPECT_NE(schema.catalog->table("ks", "t")->storage_id, first.storage_id);
    EXPECT_NE(schema.catalog->table("ks", "t")->id, first.id);
}

TEST(Catalog, ColumnsAreInTheOrderOfSelectStar) {
    Schema schema;
    schema.must(
        "CREATE TABLE t (z int, b int static, k2 int, a map<int, int>, k1 int, c2 int, c1 int, s int static, "
        "PRIMARY KEY ((k1, k2), c2, c1))");
    std::string names;
    for (const Column& column : schema.catalog->table("ks", "t")->columns) names += column.name + " ";
    EXPECT_EQ(names, "k1 k2 c2 c1 b s a z ");
}

TEST(Catalog, ReaddingADroppedColumnWithAnotherTypeIsRefusedSemanticsRule29) {
    Schema schema;
    schema.must("CREATE TABLE t (k int, c int, v int, PRIMARY KEY (k, c))");
    schema.must("ALTER TABLE t DROP v");
    EXPECT_EQ(
        schema.run("ALTER TABLE t ADD v text")->message(),
        "Cannot re-add previously dropped column 'v' of type text, incompatible with previous type int");
    EXPECT_EQ(schema.run("ALTER TABLE t ADD v int static")->message(),
              "Cannot re-add previously dropped column 'v' of kind STATIC, incompatible with previous kind "
              "REGULAR");
    schema.must("ALTER TABLE t ADD v int");
    EXPECT_EQ(schema.catalog->table("ks", "t")->dropped.size(), 1U);
}

TEST(Catalog, AlterTypeReachesEverythingThatIsMadeOfIt) {
    Schema schema;
    schema.must("CREATE TYPE a (x int)");
    schema.must("CREATE TYPE b (y frozen<a>)");
    schema.must("CREATE TABLE t (k int PRIMARY KEY, v list<frozen<b>>)");
    schema.must("ALTER TYPE a ADD z text");
    const DataType& b = schema.catalog->table("ks", "t")->find("v")->type.children()[0];
    EXPECT_EQ(b.children()[0].field_names(), (std::vector<std::string>{"x", "z"}));
    EXPECT_TRUE(b.is_frozen());
    EXPECT_TRUE(b.children()[0].is_frozen());
}

TEST(Catalog, IfExistsAndIfNotExistsChangeNothing) {
    Schema schema;
    const auto before = schema.catalog;
    for (const char* cql : {"CREATE KEYSPACE IF NOT EXISTS ks WITH replication = {'class': 'SimpleStrategy'}",
                            "DROP TABLE IF EXISTS t", "DROP TYPE IF EXISTS t", "DROP INDEX IF EXISTS t",
                            "DROP KEYSPACE IF EXISTS other", "ALTER TABLE IF EXISTS t ADD v int"}) {
        schema.must(cql);
        EXPECT_EQ(schema.last.kind, ChangeKind::none) << cql;
        EXPECT_EQ(schema.catalog, before) << cql;
        EXPECT_TRUE(schema.last.records.empty()) << cql;
    }
}

TEST(Catalog, IndexNamesAndTargets) {
    Schema schema;
    schema.must("CREATE TABLE t (k int, c int, m map<text, int>, \"V v\" int, PRIMARY KEY (k, c))");
    schema.must("CREATE INDEX ON t (m)");
    EXPECT_EQ(schema.last.created_index, "t_m_idx");
    schema.must("CREATE INDEX ON t (keys(m))");
    EXPECT_EQ(schema.last.created_index, "t_m_idx_1");
    schema.must("CREATE INDEX ON t (\"V v\")");
    EXPECT_EQ(schema.last.created_index, "t_Vv_idx");
    const auto table = schema.catalog->table("ks", "t");
    EXPECT_EQ(table->find_index("t_m_idx")->options.at("target"), "values(m)");
    EXPECT_EQ(table->find_index("t_m_idx_1")->options.at("target"), "keys(m)");
    EXPECT_EQ(table->find_index("t_Vv_idx")->options.at("target"), "\"V v\"");
    EXPECT_EQ(schema.catalog->table_of_index("ks", "t_m_idx"), table);
}

TEST(Catalog, DefaultOptionsAreCassandra5s) {
    const TableOptions options;
    EXPECT_EQ(options.gc_grace_seconds, 864000);
    EXPECT_EQ(options.compaction.at("class"),
              "org.apache.cassandra.db.compaction.SizeTieredCompactionStrategy");
    EXPECT_EQ(options.compression.at("chunk_length_in_kb"), "16");
    EXPECT_EQ(options.speculative_retry, "99p");
}

TEST(Catalog, SystemTablesExist) {
    const auto catalog = Catalog::initial();
    for (const char* name :
         {"keyspaces", "tables", "columns", "types", "indexes", "dropped_columns", "views"}) {
        const auto table = catalog->table("system_schema", name);
        ASSERT_NE(table, nullptr) << name;
        EXPECT_TRUE(table->is_virtual);
    }
    EXPECT_NE(catalog->table("system", "local"), nullptr);
    EXPECT_NE(catalog->table("system_virtual_schema", "tables"), nullptr);
}

}  // namespace
}  // namespace coodie::embedded::testing
