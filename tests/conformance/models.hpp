// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

/// Models that several groups of cases share. Cases use partition keys of their own.
namespace conformance {

using namespace coodie::literals;
using namespace std::chrono_literals;

struct Note : front::Document<Note> {
    std::string id;
    std::int32_t at = 0;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::vector<std::string> tags;
    std::set<std::int32_t> marks;
    std::map<std::string, std::int64_t> votes;
    coodie::frozen<std::vector<std::int32_t>> fixed;
    std::optional<std::string> brand;

    static constexpr auto schema() {
        return coodie::table("notes")
            .partition_key<&Note::id>()
            .clustering_key<&Note::at>(coodie::desc)
            .static_column<&Note::brand>();
    }
};

/// A row that may be nothing but its key.
struct Item : front::Document<Item> {
    std::string id;
    std::optional<std::int32_t> value;
    std::optional<std::string> text;
    static constexpr auto schema() { return coodie::table("items").partition_key<&Item::id>(); }
};

struct Visits : front::Document<Visits> {
    std::string page;
    coodie::counter hits;
    coodie::counter misses;
    static constexpr auto schema() { return coodie::table("visits").partition_key<&Visits::page>(); }
};

inline std::vector<std::int32_t> ats(const std::vector<Note>& notes) {
    std::vector<std::int32_t> list;
    for (const Note& note : notes) list.push_back(note.at);
    return list;
}

/// Between a plain write and a conditional one of the same cell: within one millisecond the plain write,
/// though the earlier one, may win (docs/semantics.md, below rule 19, says why).
inline void before_condition() {
    if (Database::the().is_cluster()) std::this_thread::sleep_for(2ms);
}

inline void save_note(const std::string& id, std::int32_t at, std::int32_t rating = 0) {
    const Note note{.id = id, .at = at, .rating = rating};
    WAIT(front::save(note));
}

}  // namespace conformance
