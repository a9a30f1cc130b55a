// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/options.hpp"

#include "embedded/catalog/refuse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <span>

namespace coodie::embedded {
namespace {

constexpr std::int32_t max_ttl = 630720000;
/// Cassandra's smallest bloom filter chance: what 2 hash functions of its table reach.
constexpr double min_bloom_filter_fp_chance = 6.71e-5;

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return made;
}
std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return made;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> parse_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> parse_boolean(std::string_view text) {
    const std::string word = lower(text);
    if (word == "1" || word == "true" || word == "yes") return true;
    if (word == "0" || word == "false" || word == "no") return false;
    return std::nullopt;
}

/// As Java prints a double: at least one digit after the point.
std::string java_double(double value) {
    std::string text = fmt::format("{}", value);
    return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

/// Class names may leave out their package.
std::string with_package(const std::string& name, std::string_view package) {
    return name.find('.') == std::string::npos ? std::string(package) + name : name;
}

struct Strategy {
    std::string_view class_name;
    bool thresholds;  ///< has min_threshold and max_threshold
    std::span<const std::string_view> options;
};
constexpr std::array<std::string_view, 8> common_compaction{"class",
                                                            "enabled",
                                                            "tombstone_threshold",
                                                            "tombstone_compaction_interval",
                                                            "unchecked_tombstone_compaction",
                                                            "log_all",
                                                            "only_purge_repaired_tombstones",
                                                            "provide_overlapping_tombstones"};
constexpr std::array<std::string_view, 5> size_tiered{"min_sstable_size", "bucket_low", "bucket_high",
                                                      "min_threshold", "max_threshold"};
constexpr std::array<std::string_view, 5> leveled{"sstable_size_in_mb", "fanout_size",
                                                  "single_sstable_uplevel", "min_threshold", "max_threshold"};
constexpr std::array<std::string_view, 10> time_window{"timestamp_resolution",
                                                       "compaction_window_unit",
                                                       "compaction_window_size",
                                                       "expired_sstable_check_frequency_seconds",
                                                       "unsafe_aggressive_sstable_expiration",
                                                       "min_sstable_size",
                                                       "bucket_low",
                                                       "bucket_high",
                                                       "min_threshold",
                                                       "max_threshold"};
constexpr std::array<std::string_view, 11> unified{"scaling_parameters",
                                                   "target_sstable_size",
                                                   "min_sstable_size",
                                                   "base_shard_count",
                                                   "sstable_growth",
                                                   "max_sstables_to_compact",
                                                   "flush_size_override",
                                                   "overlap_inclusion_method",
                                                   "expired_sstable_check_frequency_seconds",
                                                   "unsafe_aggressive_sstable_expiration",
                                                   "parallelize_output_shards"};
constexpr std::array<Strategy, 4> strategies{{{"SizeTieredCompactionStrategy", true, size_tiered},
                                              {"LeveledCompactionStrategy", true, leveled},
                                              {"TimeWindowCompactionStrategy", true, time_window},
                                              {"UnifiedCompactionStrategy", false, unified}}};

bool contains(std::span<const std::string_view> words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

StringMap check_compaction(StringMap options) {
    constexpr std::string_view package = "org.apache.cassandra.db.compaction.";
    const auto name = options.find("class");
    if (name == options.end()) refuse_config("Missing sub-option 'class' for the 'compaction' option");
    name->second = with_package(name->second, package);
    const auto* strategy = std::find_if(strategies.begin(), strategies.end(), [&](const Strategy& s) {
        return name->second == std::string(package) + std::string(s.class_name);
    });
    if (strategy == strategies.end())
        refuse_config("Unable to find compaction strategy class '" + name->second + "'");
    std::string unknown;
    for (const auto& [option, value] : options)
        if (!contains(common_compaction, option) && !contains(strategy->options, option))
            unknown += (unknown.empty() ? "" : ", ") + option;
    if (!unknown.empty())
        refuse_config("Properties specified [" + unknown + "] are not understood by " +
                      std::string(strategy->class_name));
    if (!strategy->thresholds) return options;
    options.try_emplace("min_threshold", "4");
    options.try_emplace("max_threshold", "32");
    const auto low = parse_integer(options["min_threshold"]);
    const auto high = parse_integer(options["max_threshold"]);
    if (!low || !high)
        refuse_config("compaction sub-options min_threshold and max_threshold must be integers");
    if (*low < 2) refuse_config(fmt::format("Min compaction threshold cannot be less than 2 (got {})", *low));
    if (*low > *high)
        refuse_config(fmt::format("min_threshold ({}) should be less than or equal to max_threshold ({})",
                                  *low, *high));
    return options;
}

StringMap check_compression(StringMap options) {
    constexpr std::string_view package = "org.apache.cassandra.io.compress.";
    static constexpr std::array<std::string_view, 5> compressors{
        "LZ4Compressor", "SnappyCompressor", "DeflateCompressor", "ZstdCompressor", "NoopCompressor"};
    const auto enabled = options.find("enabled");
    const bool is_enabled = enabled == options.end() || parse_boolean(enabled->second).value_or(false);
    if (options.empty() || !is_enabled) {
        if (options.contains("class"))
            refuse_config("The 'class' option must not be specified when 'enabled' is false");
        return {{"enabled", "false"}};
    }
    options.erase("enabled");
    const auto name = options.find("class");
    if (name == options.end()) refuse_config("Missing sub-option 'class' for the 'compression' option.");
    name->second = with_package(name->second, package);
    if (!name->second.starts_with(package) ||
        !contains(compressors, std::string_view(name->second).substr(package.size())))
        refuse_config("Could not create Compression for type " + name->second);
    static constexpr std::array<std::string_view, 7> known{"class",
                                                           "chunk_length_in_kb",
                                                           "chunk_length_kb",
                                                           "min_compress_ratio",
                                                           "compression_level",
                                                           "lz4_compressor_type",
                                                           "lz4_high_compressor_level"};
    for (const auto& [option, value] : options)
        if (!contains(known, option)) refuse_config("Unknown compression options " + option);
    const auto old_name = options.extract("chunk_length_kb");
    if (!old_name.empty()) options.try_emplace("chunk_length_in_kb", old_name.mapped());
    options.try_emplace("chunk_length_in_kb", "16");
    const auto length = parse_integer(options["chunk_length_in_kb"]);
    if (!length) refuse_config("Invalid value for chunk_length_in_kb");
    if (*length <= 0 || *length > 2097151) refuse_config("Invalid negative or null chunk_length_in_kb");
    if ((*length & (*length - 1)) != 0) refuse_config("chunk_length_in_kb must be a power of 2");
    return options;
}

StringMap check_caching(StringMap options) {
    std::string unknown;
    for (const auto& [option, value] : options)
        if (option != "keys" && option != "rows_per_partition")
            unknown += (unknown.empty() ? "" : ", ") + option;
    if (!unknown.empty())
        refuse_config("Invalid caching sub-options [" + unknown +
                      "]: only 'keys' and 'rows_per_partition' are allowed");
    options.try_emplace("keys", "ALL");
    options.try_emplace("rows_per_partition", "NONE");
    const auto is_word = [](const std::string& value) { return value == "ALL" || value == "NONE"; };
    for (auto& [option, value] : options) {
        const std::string word = upper(value);
        if (is_word(word)) {
            value = word;
        } else if (option == "keys") {
            refuse_config("Invalid value '" + value +
                          "' for caching sub-option 'keys': only 'ALL' and 'NONE' are allowed");
        } else if (!parse_integer(value) || *parse_integer(value) < 0) {
            refuse_config(
                "Invalid value '" + value +
                "' for caching sub-option 'rows_per_partition': only 'ALL', 'NONE', and integer values are "
                "allowed");
        }
    }
    return options;
}

/// "99PERCENTILE", "99p", "50ms", "ALWAYS", "NEVER", "NONE", "MIN(99p, 50ms)", as system_schema shows them.
std::string check_retry(const std::string& written, std::string_view option) {
    const auto refuse_it = [&]() {
        refuse_config("Invalid value " + written + " for option '" + std::string(option) + "'");
    };
    std::string value = lower(written);
    if (value == "always") return "ALWAYS";
    if (value == "never" || value == "none") return "NEVER";
    if (value.starts_with("min(") || value.starts_with("max(")) {
        const std::size_t comma = value.find(',');
        if (comma == std::string::npos || !value.ends_with(')')) refuse_it();
        const auto trimmed = [](std::string text) {
            std::erase(text, ' ');
            return text;
        };
        return upper(value.substr(0, 4)) + check_retry(trimmed(value.substr(4, comma - 4)), option) + "," +
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
        options.read_repair = upper(given.text("read_repair"));
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

Properties::Properties(const std::vector<ast::Property>& properties,
                       const std::vector<std::string_view>& known)
    : properties_(properties) {
    for (const ast::Property& property : properties) {
        if (!contains(known, property.name.name))
            refuse_syntax("Unknown property '" + property.name.name + "'");
        if (find(property.name.name) != &property)
            refuse_syntax("Multiple definitions for property '" + property.name.name + "'");
    }
}

const ast::Property* Properties::find(std::string_view name) const noexcept {
    for (const ast::Property& property : properties_)
        if (property.name.name == name) return &property;
    return nullptr;
}

std::string Properties::text(std::string_view name) const {
    const auto* literal = std::get_if<ast::Literal>(&find(name)->value);
    if (literal == nullptr)
        refuse_syntax("Invalid value for property '" + std::string(name) + "'. It should be a string");
    return literal->text;
}

std::int32_t Properties::integer(std::string_view name) const {
    const std::string written = text(name);
    const auto value = parse_integer(written);
    if (!value || *value < INT32_MIN || *value > INT32_MAX)
        refuse_syntax("Invalid integer value " + written + " for '" + std::string(name) + "'");
    return static_cast<std::int32_t>(*value);
}

double Properties::number(std::string_view name) const {
    const std::string written = text(name);
    const auto value = parse_number(written);
    if (!value) refuse_syntax("Invalid double value " + written + " for '" + std::string(name) + "'");
    return *value;
}

bool Properties::boolean(std::string_view name) const {
    const std::string written = text(name);
    const auto value = parse_boolean(written);
    if (!value)
        refuse_syntax(
            "Invalid boolean value " + written + " for '" + std::string(name) +
            "'. Positive values can be '1', 'true' or 'yes'. Negative values can be '0', 'false' or 'no'.");
    return *value;
}

StringMap Properties::map(std::string_view name) const {
    const auto* entries = std::get_if<std::vector<std::pair<ast::Literal, ast::Literal>>>(&find(name)->value);
    if (entries == nullptr)
        refuse_syntax("Invalid value for property '" + std::string(name) + "'. It should be a map.");
    StringMap made;
    for (const auto& [key, value] : *entries)
        if (!made.emplace(key.text, value.text).second)
            refuse_syntax("Multiple definition for property '" + key.text + "'");
    return made;
}

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
