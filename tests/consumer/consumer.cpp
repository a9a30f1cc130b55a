// SPDX-License-Identifier: Apache-2.0
// Linking coodie::embedded is enough for its URLs to work, static and shared.
#include <coodie/sync.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

using namespace coodie::literals;

struct Note : coodie::sync::Document<Note> {
    std::int32_t id = 0;
    std::string text;
    static constexpr auto schema() {
        return coodie::table("notes").keyspace("consumer").partition_key<&Note::id>();
    }
};

int main() {
    auto db = coodie::sync::init_coodie("memory:");
    coodie::sync::create_keyspace("consumer", {.replication_factor = 1});
    Note::sync_table();
    Note note{.id = 7, .text = "installed"};
    note.save();
    const Note back = Note::get("id"_c == 7);
    std::printf("%s\n", back.text.c_str());
    return back.text == "installed" ? 0 : 1;
}
