// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/options.hpp"

#include "embedded/catalog/map_options.hpp"
#include "embedded/catalog/properties.hpp"
#include "embedded/catalog/refuse.hpp"
#include "types/ascii_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace coodie::embedded {
namespace {

/// Cassandra's smallest bloom filter chance: what 2 hash functions of its table reach.
constexpr double min_bloom_filter_fp_chance = 6.71e-5;

/// As Java prints a double: at least one digit after the point.
std::string java_double(double value) {
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

/// "99PERCENTILE", "99p", "50ms", "ALWAYS", "NEVER", "NONE", "MIN(99p, 50ms)", as system_schema shows them.
std::string check_retry(const std::string& written, std::string_view option) {
    const auto refuse_it = [&]() {
        refuse_config("Invalid value " + written + " for option '" + std::string(option) + "'");
    };
    std::string value = to_lower(written);
    if (value == "always") return "ALWAYS";
    if (value == "never" || value == "none") return "NEVER";
    if (value.starts_with("min(") || value.starts_with("max(")) {
        const std::size_t comma = value.find(',');
        if (comma == std::string::npos || !value.ends_with(')')) refuse_it();
        const auto trimmed = [](std::string text) {
            std::erase(text, ' ');
            return text;
        };
        return to_upper(value.substr(0, 4)) + check_retry(trimmed(value.substr(4, comma - 4)), option) + "," +
               check_retry(trimmed(value.substr(comma + 1, value.size() - comma - 2)), option) + ")";
    }
    const auto strip = [&](std::string_view suffix) {
        if (!value.ends_with(suffix)) return false;
        value.resize(value.size() - suffix.size());
        return true;
    };
    const bool percentile = strip("percentile") || strip("p");
    if (!percentile && !strip("ms")) refuse_it();
    const auto number = parse_number(value);
    if (!number || *number < 0 || (percentile && *number > 100)) refuse_it();
    return percentile ? fmt::format("{}p", *number) : fmt::format("{}ms", *number);
}

const std::vector<std::string_view>& table_option_names() {
    static const std::vector<std::string_view> names{"additional_write_policy",
                                                     "allow_auto_snapshot",
                                                     "bloom_filter_fp_chance",
                                                     "caching",
                                                     "cdc",
                                                     "comment",
                                                     "compaction",
                                                     "compression",
                                                     "crc_check_chance",
                                                     "default_time_to_live",
                                                     "extensions",
                                                     "gc_grace_seconds",
                                                     "id",
                                                     "incremental_backups",
                                                     "max_index_interval",
                                                     "memtable",
                                                     "memtable_flush_period_in_ms",
                                                     "min_index_interval",
                                                     "read_repair",
                                                     "speculative_retry"};
    return names;
}

void check_at_least(std::string_view option, std::int64_t value, std::int64_t least) {
    if (value < least)
        refuse_config(fmt::format("{} must be greater than or equal to {} (got {})", option, least, value));
}

void check_ranges(const TableOptions& options) {
    if (!(options.bloom_filter_fp_chance > min_bloom_filter_fp_chance && options.bloom_filter_fp_chance <= 1))
        refuse_config(fmt::format(
            "bloom_filter_fp_chance must be larger than 6.71E-5 and less than or equal to 1.0 (got {})",
            java_double(options.bloom_filter_fp_chance)));
    if (!(options.crc_check_chance >= 0 && options.crc_check_chance <= 1))
        refuse_config(fmt::format(
            "crc_check_chance must be larger than or equal to 0 and smaller than or equal to 1.0 (got {})",
            java_double(options.crc_check_chance)));
    check_at_least("default_time_to_live", options.default_time_to_live, 0);
    if (options.default_time_to_live > max_ttl)
        refuse_config(fmt::format("default_time_to_live must be less than or equal to {} (got {})", max_ttl,
                                  options.default_time_to_live));
    check_at_least("gc_grace_seconds", options.gc_grace_seconds, 0);
    check_at_least("min_index_interval", options.min_index_interval, 1);
    if (options.max_index_interval < options.min_index_interval)
        refuse_config(fmt::format(
            "max_index_interval must be greater than or equal to min_index_interval ({}) (got {})",
            options.min_index_interval, options.max_index_interval));
    check_at_least("memtable_flush_period_in_ms", options.memtable_flush_period_in_ms, 0);
}

void apply_words(const Properties& given, TableOptions& options) {
    if (given.has("additional_write_policy"))
        options.additional_write_policy =
            check_retry(given.text("additional_write_policy"), "additional_write_policy");
    if (given.has("speculative_retry"))
        options.speculative_retry = check_retry(given.text("speculative_retry"), "speculative_retry");
    if (given.has("read_repair")) {
        options.read_repair = to_upper(given.text("read_repair"));
        if (options.read_repair != "BLOCKING" && options.read_repair != "NONE")
            refuse_config("Invalid value " + options.read_repair + " for option 'read_repair'");
    }
    if (given.has("memtable")) {
        options.memtable = given.text("memtable");
        if (options.memtable != "default")
            refuse_config("Memtable configuration \"" + options.memtable + "\" not found.");
    }
    if (given.has("extensions"))
        for (const auto& [key, value] : given.map("extensions")) {
            const auto* data = reinterpret_cast<const std::byte*>(value.data());
            options.extensions.insert_or_assign(key, Bytes(data, data + value.size()));
        }
}

std::string check_replication_class(const StringMap& replication) {
    constexpr std::string_view package = "org.apache.cassandra.locator.";
    const std::string name = with_package(replication.at("class"), package);
    const std::string_view simple =
        name.starts_with(package) ? std::string_view(name).substr(package.size()) : std::string_view();
    if (simple == "LocalStrategy")
        refuse_invalid("Unable to use given strategy class: LocalStrategy is reserved for internal use.");
    if (simple != "SimpleStrategy" && simple != "NetworkTopologyStrategy")
        refuse_config("Unable to find replication strategy class '" + name + "'");
    return name;
}

/// "3" or "3/1" (three replicas, one of them transient).
void check_replication_factor(const std::string& factor) {
    const auto value = parse_integer(factor);
    if (!value) refuse_config("For input string: \"" + factor + "\"");
    if (*value < 0) refuse_config("Replication factor must be non-negative, found " + factor);
}

StringMap check_replication(StringMap replication, std::string_view keyspace) {
    replication["class"] = check_replication_class(replication);
    const bool simple = replication["class"].ends_with("SimpleStrategy");
    if (!simple) {
        // Cassandra expands it to its datacenters; the engine is one replica in one.
        auto factor = replication.extract("replication_factor");
        if (!factor.empty()) replication.try_emplace("datacenter1", factor.mapped());
    } else {
        replication.try_emplace("replication_factor", "1");
    }
    for (const auto& [option, value] : replication) {
        if (option == "class") continue;
        if (simple && option != "replication_factor")
            refuse_config("Unrecognized strategy option {" + option +
                          "} passed to SimpleStrategy for keyspace " + std::string(keyspace));
        check_replication_factor(value);
    }
    return replication;
}

}  // namespace

void apply_table_options(const std::vector<ast::Property>& properties, const Table& table,
                         TableOptions& options) {
    const Properties given(properties, table_option_names());
    if (given.has("allow_auto_snapshot")) options.allow_auto_snapshot = given.boolean("allow_auto_snapshot");
    if (given.has("bloom_filter_fp_chance"))
        options.bloom_filter_fp_chance = given.number("bloom_filter_fp_chance");
    if (given.has("caching")) options.caching = check_caching(given.map("caching"));
    if (given.has("cdc")) options.cdc = given.boolean("cdc");
    if (given.has("comment")) options.comment = given.text("comment");
    if (given.has("compaction")) options.compaction = check_compaction(given.map("compaction"));
    if (given.has("compression")) options.compression = check_compression(given.map("compression"));
    if (given.has("crc_check_chance")) options.crc_check_chance = given.number("crc_check_chance");
    if (given.has("default_time_to_live"))
        options.default_time_to_live = given.integer("default_time_to_live");
    if (given.has("gc_grace_seconds")) options.gc_grace_seconds = given.integer("gc_grace_seconds");
    if (given.has("incremental_backups")) options.incremental_backups = given.boolean("incremental_backups");
    if (given.has("max_index_interval")) options.max_index_interval = given.integer("max_index_interval");
    if (given.has("memtable_flush_period_in_ms"))
        options.memtable_flush_period_in_ms = given.integer("memtable_flush_period_in_ms");
    if (given.has("min_index_interval")) options.min_index_interval = given.integer("min_index_interval");
    apply_words(given, options);
    if (given.has("id")) refuse_unsupported("the table option \"id\"");
    check_ranges(options);
    if (options.cdc) refuse_unsupported("the table option \"cdc\"");
    if (table.is_counter && options.default_time_to_live > 0)
        refuse_invalid("Cannot set default_time_to_live on a table with counters");
}

void check_table_option_names(const std::vector<ast::Property>& properties) {
    (void)Properties(properties, table_option_names());
}

void check_keyspace_options(const std::vector<ast::Property>& properties, bool needs_replication) {
    const Properties given(properties, {"replication", "durable_writes"});
    if (given.has("durable_writes")) (void)given.boolean("durable_writes");
    if (given.has("replication")) {
        if (!given.map("replication").contains("class")) refuse_config("Missing replication strategy class");
    } else if (needs_replication) {
        refuse_invalid("Missing mandatory option 'replication'");
    }
}

void apply_keyspace_options(const std::vector<ast::Property>& properties, std::string_view keyspace,
                            StringMap& replication, bool& durable_writes) {
    const Properties given(properties, {"replication", "durable_writes"});
    if (given.has("durable_writes")) durable_writes = given.boolean("durable_writes");
    if (!given.has("replication")) return;
    replication = check_replication(given.map("replication"), keyspace);
}

}  // namespace coodie::embedded
