// SPDX-License-Identifier: Apache-2.0
// docs/driver-options.md and the table in the program are one.
#include "native/options.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace coodie::native {
namespace {

std::string table() {
    std::ostringstream lines;
    lines << "| option | takes | default | what it does |\n|---|---|---|---|\n";
    for (const OptionDescription& row : describe_options())
        lines << "| `" << row.name << "` | " << row.takes << " | " << row.default_value << " | "
              << row.meaning << " |\n";
    return lines.str();
}

TEST(OptionsDocument, HasTheTableOfTheProgram) {
    std::ifstream file(std::string(COODIE_DOCS) + "/driver-options.md");
    ASSERT_TRUE(file);
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_NE(text.str().find(table()), std::string::npos)
        << "docs/driver-options.md has to have exactly this table:\n\n"
        << table();
}

}  // namespace
}  // namespace coodie::native
