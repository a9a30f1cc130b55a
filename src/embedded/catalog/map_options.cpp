// SPDX-License-Identifier: Apache-2.0
#include "embedded/catalog/map_options.hpp"

#include "embedded/catalog/properties.hpp"
#include "embedded/catalog/refuse.hpp"
#include "types/ascii_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace coodie::embedded {
namespace {

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

}  // namespace

std::string with_package(const std::string& name, std::string_view package) {
    return name.find('.') == std::string::npos ? std::string(package) + name : name;
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
        const std::string word = to_upper(value);
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

}  // namespace coodie::embedded
