// SPDX-License-Identifier: Apache-2.0
#include <coodie/model/document_base.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>

// What the base brings: ==, <<, to_string.
struct Tag {
    std::string label;
    static constexpr auto schema() { return coodie::user_type("tag"); }
};
struct Note : coodie::DocumentBase<Note> {
    std::int32_t id = 0;
    std::optional<std::string> text;
    Tag tag;
    int hidden = 0;
    static constexpr auto schema() {
        return coodie::table().partition_key<&Note::id>().ignore<&Note::hidden>();
    }
};
struct Defaulted : coodie::DocumentBase<Defaulted> {
    std::int32_t id = 0;
    bool operator==(const Defaulted&) const = default;
    static constexpr auto schema() { return coodie::table().partition_key<&Defaulted::id>(); }
};
struct Custom : coodie::DocumentBase<Custom> {
    std::int32_t id = 0;
    bool operator==(const Custom&) const { return true; }
    static constexpr auto schema() { return coodie::table().partition_key<&Custom::id>(); }
};
struct Free {
    std::int32_t id = 0;
    std::string text;
    static constexpr auto schema() { return coodie::table().partition_key<&Free::id>(); }
};
namespace elsewhere {
struct Far : coodie::DocumentBase<Far> {
    std::int32_t id = 0;
    static constexpr auto schema() { return coodie::table().partition_key<&Far::id>(); }
};
}  // namespace elsewhere

TEST(DocumentBase, TakesNoRoom) { EXPECT_EQ(sizeof(Defaulted), sizeof(std::int32_t)); }

TEST(DocumentBase, ComparesAllFields) {
    const Note note{.id = 1, .text = "a", .tag = {"t"}, .hidden = 0};
    Note other = note;
    EXPECT_TRUE(note == other);
    EXPECT_FALSE(note != other);
    other.tag.label = "u";
    EXPECT_TRUE(note != other) << "a UDT without == of its own";
    other = note;
    other.text.reset();
    EXPECT_NE(note, other);
    other = note;
    other.hidden = 1;
    EXPECT_NE(note, other) << "fields that are no columns, too";
    EXPECT_EQ(elsewhere::Far{.id = 1}, elsewhere::Far{.id = 1});
}

TEST(DocumentBase, AStructsOwnEqualityWins) {
    EXPECT_EQ(Defaulted{.id = 1}, Defaulted{.id = 1});
    EXPECT_NE(Defaulted{.id = 1}, Defaulted{.id = 2});
    EXPECT_EQ(Custom{.id = 1}, Custom{.id = 2});
}

TEST(DocumentBase, ShowsColumnsAsCqlLiterals) {
    const Note note{.id = 7, .text = "it's", .tag = {"t"}, .hidden = 3};
    EXPECT_EQ(coodie::to_string(note), "Note{id: 7, text: 'it''s', tag: {label: 't'}}");
    EXPECT_EQ(coodie::to_string(Note{}), "Note{id: 0, text: null, tag: {label: ''}}");
    EXPECT_EQ(coodie::to_string(Free{.id = 1, .text = "x"}), "Free{id: 1, text: 'x'}");
    std::ostringstream out;
    out << note;
    EXPECT_EQ(out.str(), coodie::to_string(note));
}

TEST(DocumentBase, ShowsAValueThatCannotBeEncoded) {
    const std::string text = coodie::to_string(Free{.id = 1, .text = "\xff"});
    EXPECT_EQ(text.substr(0, 18), "Free{id: 1, text: ") << text;
    EXPECT_EQ(text.back(), '}');
    EXPECT_NE(text.find("UTF-8"), std::string::npos) << text;
}
