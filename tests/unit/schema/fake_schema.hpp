// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/mock/mock_driver.hpp>
#include <coodie/model/model_info.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::testing_schema {

/// system_schema as a real node answers, scripted on a MockDriver. Fill it in, then `script(mock)`.
struct FakeSchema {
    FakeSchema() { keyspaces.row({"ks"}); }

    /// A table with its options as a fresh Cassandra 5 table has them.
    FakeSchema& table(std::string_view comment = "", std::int32_t ttl = 0,
                      const std::map<std::string, std::string>& compaction = default_compaction()) {
        tables.row({"ks", "t", comment, ttl, compaction, std::map<std::string, std::string>{{"keys", "ALL"}},
                    0.01, 864000, "99p"});
        return *this;
    }
    FakeSchema& column(std::string_view name, std::string_view type, std::string_view kind = "regular",
                       int position = -1, std::string_view order = "none") {
        columns.row({name, type, kind, position, order});
        return *this;
    }
    FakeSchema& dropped(std::string_view name, std::string_view type) {
        dropped_columns.row({name, type});
        return *this;
    }
    FakeSchema& index(std::string_view name, std::string_view target, std::string_view on_table = "t") {
        indexes.row({on_table, name, std::map<std::string, std::string>{{"target", std::string(target)}}});
        return *this;
    }
    FakeSchema& type(std::string_view name, const std::vector<std::string>& fields,
                     const std::vector<std::string>& field_types) {
        types.row({name, fields, field_types});
        return *this;
    }

    void script(MockDriver& mock) const {
        mock.on("\"keyspaces\"").returns(keyspaces);
        mock.on("\"tables\"").returns(tables);
        mock.on("\"dropped_columns\"").returns(dropped_columns);
        mock.on("\"columns\"").returns_pages(columns, 2);
        mock.on("\"indexes\"").returns(indexes);
        mock.on("\"types\"").returns(types);
    }

    static std::map<std::string, std::string> default_compaction() {
        return {{"class", "org.apache.cassandra.db.compaction.SizeTieredCompactionStrategy"},
                {"max_threshold", "32"},
                {"min_threshold", "4"}};
    }

    MockRows keyspaces{{"keyspace_name", TypeId::text}};
    MockRows tables{{"keyspace_name", TypeId::text},
                    {"table_name", TypeId::text},
                    {"comment", TypeId::text},
                    {"default_time_to_live", TypeId::int_},
                    {"compaction", "frozen<map<text, text>>"},
                    {"caching", "frozen<map<text, text>>"},
                    {"crc_check_chance", TypeId::double_},
                    {"gc_grace_seconds", TypeId::int_},
                    {"speculative_retry", TypeId::text}};
    MockRows columns{{"column_name", TypeId::text},
                     {"type", TypeId::text},
                     {"kind", TypeId::text},
                     {"position", TypeId::int_},
                     {"clustering_order", TypeId::text}};
    MockRows dropped_columns{{"column_name", TypeId::text}, {"type", TypeId::text}};
    MockRows indexes{
        {"table_name", TypeId::text}, {"index_name", TypeId::text}, {"options", "frozen<map<text, text>>"}};
    MockRows types{{"type_name", TypeId::text},
                   {"field_names", "frozen<list<text>>"},
                   {"field_types", "frozen<list<text>>"}};
};

/// A model as the reflection makes it, built by hand.
class FakeModel {
public:
    FakeModel& column(ColumnInfo column) {
        const auto index = static_cast<std::uint16_t>(columns_.size());
        if (column.kind == ColumnKind::partition_key) partition_key_.push_back(index);
        if (column.kind == ColumnKind::clustering) clustering_.push_back(index);
        columns_.push_back(column);
        return *this;
    }
    FakeModel& option(std::string_view name, std::string_view value) {
        options_.push_back({name, value});
        return *this;
    }
    FakeModel& comment(std::string_view text) {
        info_.comment = text;
        return *this;
    }
    FakeModel& default_ttl(std::int32_t seconds) {
        info_.default_ttl = seconds;
        return *this;
    }
    FakeModel& counter_table() {
        info_.counter_table = true;
        return *this;
    }
    FakeModel& keyspace(std::string_view name) {
        info_.keyspace = name;
        return *this;
    }
    const ModelInfo& info() {
        info_.type_name = "Thing";
        info_.table = "t";
        info_.columns = columns_;
        info_.partition_key = partition_key_;
        info_.clustering = clustering_;
        info_.options = options_;
        return info_;
    }

private:
    ModelInfo info_;
    std::vector<ColumnInfo> columns_;
    std::vector<std::uint16_t> partition_key_;
    std::vector<std::uint16_t> clustering_;
    std::vector<TableOption> options_;
};

inline ColumnInfo column_of(std::string_view name, std::string_view cql_type, DataType (*type)(),
                            ColumnKind kind = ColumnKind::regular) {
    return {.name = name, .field = name, .cql_type = cql_type, .kind = kind, .type = type};
}
inline ColumnInfo text_column(std::string_view name, ColumnKind kind = ColumnKind::regular) {
    return column_of(name, "text", [] { return DataType(TypeId::text); }, kind);
}
inline ColumnInfo int_column(std::string_view name, ColumnKind kind = ColumnKind::regular) {
    return column_of(name, "int", [] { return DataType(TypeId::int_); }, kind);
}

}  // namespace coodie::testing_schema
