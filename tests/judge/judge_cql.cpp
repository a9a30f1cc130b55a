// SPDX-License-Identifier: Apache-2.0
// coodie_judge_cql HOST:PORT "CQL; CQL": asks a Cassandra and prints what it says.
#include "judge_driver.hpp"

#include "statements/describe_answer.hpp"
#include "statements/statement_file.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <variant>

int main(int argc, char** argv) {
    using namespace coodie;
    const auto driver = argc == 3 ? judge::JudgeDriver::from_endpoint(argv[1]) : nullptr;
    if (!driver) {
        std::fputs("coodie_judge_cql HOST:PORT \"CQL; CQL\"\n", stderr);
        return 2;
    }
    bool failed = false;
    for (const statements::Step& step :
         statements::parse_statement_file("argument", std::string(argv[2]) + ";")) {
        if (step.cql.empty()) continue;
        std::printf("> %s\n", step.cql.c_str());
        const Outcome outcome = driver->execute(Statement(StatementText(step.cql)));
        if (const auto* error = std::get_if<Error>(&outcome)) {
            std::printf("%s\n", statements::error_line(*error).c_str());
            failed = true;
            continue;
        }
        const auto& result = std::get<Result>(outcome);
        for (const std::string& warning : result.warnings()) std::printf("warning: %s\n", warning.c_str());
        if (!result.has_rows()) {
            std::puts("ok");
            continue;
        }
        std::printf("columns %s\n", statements::columns_line(result.columns()).c_str());
        for (const std::string& line : statements::row_lines(result, false))
            std::printf("%s\n", line.c_str());
        std::printf("%u rows%s\n", result.row_count(), result.paging_state().empty() ? "" : ", and more");
    }
    return failed ? 1 : 0;
}
