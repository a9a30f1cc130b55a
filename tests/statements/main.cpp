// SPDX-License-Identifier: Apache-2.0
// Runs statement files on Cassandra, on the embedded engine, or on both, and compares the answers.
#include "answer.hpp"
#include "player.hpp"
#include "statement_file.hpp"

#include <coodie/driver/driver.hpp>
#ifdef COODIE_STATEMENTS_ENGINE
#include <coodie/driver/scheme.hpp>
#endif

#include "judge/judge_driver.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace coodie::statements {
namespace {

namespace fs = std::filesystem;

constexpr int exit_differences = 1;
constexpr int exit_usage = 2;
constexpr int exit_skipped = 77;  // tests/statements/CMakeLists.txt tells CTest

constexpr const char* usage =
    "coodie_statements [options] FILE.cql|FOLDER...\n"
    "  --cassandra HOST:PORT   ask this Cassandra (or the environment variable COODIE_CASSANDRA)\n"
    "  --engine URL            ask the embedded engine: memory: or embedded:///folder\n"
    "  --reopen N              close and open the engine after every N statements\n"
    "  --record                write Cassandra's answers beside the files (.expected)\n"
    "  --need-cassandra        exit with 77 when no Cassandra is given\n"
    "  --diffs FILE            also write the differences there\n"
    "Compares the engine with Cassandra; without one, with the recorded answers. Exit code 1: they differ.\n";

struct Options {
    std::string cassandra;
    std::string engine;
    std::string diffs;
    int reopen_every = 0;
    bool record = false;
    bool need_cassandra = false;
    std::vector<fs::path> files;
};

/// Counts and texts over all files.
struct Report {
    std::size_t files = 0;
    std::size_t equal = 0;
    std::size_t unsupported = 0;
    std::size_t differing_on_purpose = 0;
    std::size_t differences = 0;
    std::string text;      ///< the differences
    std::string expected;  ///< what is marked as unsupported or differing
};

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary);
    if (!(out << text << std::flush)) throw std::runtime_error("cannot write " + path.string());
}

fs::path recording_of(fs::path file) { return file.replace_extension(".expected"); }

/// A name that no other run on the same Cassandra has.
std::string keyspace_for(const fs::path& file) {
    return "st_" + file.stem().string() + "_" + std::to_string(::getpid());
}

std::shared_ptr<Driver> open_cassandra(const Options& options, const std::string& keyspace) {
    std::shared_ptr<Driver> driver = judge::JudgeDriver::from_endpoint(options.cassandra, keyspace);
    if (!driver) throw std::runtime_error("'" + options.cassandra + "' is not HOST:PORT");
    return driver;
}

std::shared_ptr<Driver> open_engine(const Options& options, const std::string& keyspace) {
#ifdef COODIE_STATEMENTS_ENGINE
    const char separator = options.engine.find('?') == std::string::npos ? '?' : '&';
    OpenedDriver opened = open_driver(options.engine + separator + "keyspace=" + keyspace);
    if (const auto* error = std::get_if<Error>(&opened)) throw std::runtime_error(error->message());
    return std::get<0>(opened);
#else
    throw std::runtime_error("built without the embedded engine: no " + options.engine + " for " + keyspace);
#endif
}

void add_difference(Report& report, const fs::path& file, const Answer& wanted, const Answer& got) {
    ++report.differences;
    report.text +=
        file.filename().string() + ":" + std::to_string(got.line) + "\n    " + got.statement + "\n";
    const auto list = [&](const char* title, const Answer& answer) {
        report.text += std::string("  ") + title + ":\n";
        for (const std::string& line : answer.lines) report.text += "    " + line + "\n";
    };
    list("wanted", wanted);
    list("got", got);
    if (wanted.lines == got.lines) report.text += "  (the texts agree, the bytes of the rows do not)\n";
    report.text += "\n";
}

/// Compares the answers of one file, marks of the engine taken into account.
void compare(Report& report, const fs::path& file, const std::vector<Answer>& wanted,
             const std::vector<Answer>& got, bool heed_marks) {
    for (std::size_t i = 0; i < std::min(wanted.size(), got.size()); ++i) {
        const bool same = agree(wanted[i], got[i]);
        const std::string where = "  " + file.filename().string() + ":" + std::to_string(got[i].line) + " " +
                                  got[i].statement.substr(0, got[i].statement.find('\n')) + "  (" +
                                  got[i].reason + ")\n";
        if (heed_marks && got[i].mark == EngineMark::unsupported && got[i].unsupported) {
            ++report.unsupported;
            report.expected += where;
        } else if (heed_marks && got[i].mark == EngineMark::differs && !same) {
            ++report.differing_on_purpose;
            report.expected += where;
        } else if (same && (!heed_marks || got[i].mark == EngineMark::same)) {
            ++report.equal;
        } else {
            if (same) report.text += "marked, but equal: remove the mark\n";
            add_difference(report, file, wanted[i], got[i]);
        }
    }
}

std::vector<Answer> recorded_answers(const fs::path& file, const std::vector<Answer>& played) {
    std::vector<Answer> recorded = read_recording(read_file(recording_of(file)));
    const bool fits = std::equal(recorded.begin(), recorded.end(), played.begin(), played.end(),
                                 [](const auto& a, const auto& b) { return a.statement == b.statement; });
    if (!fits)
        throw std::runtime_error(recording_of(file).string() +
                                 " is of another version of the file: --record");
    return recorded;
}

void run_file(const Options& options, const fs::path& file, Report& report) {
    const std::vector<Step> steps = parse_statement_file(file.string(), read_file(file));
    const std::string keyspace = keyspace_for(file);
    std::optional<std::vector<Answer>> judged;
    if (!options.cassandra.empty()) {
        judged = play(steps, [&] { return open_cassandra(options, keyspace); }, keyspace);
        if (options.record)
            write_file(recording_of(file), write_recording(*judged));
        else
            compare(report, file, recorded_answers(file, *judged), *judged, false);
    }
    if (!options.engine.empty()) {
        const std::vector<Answer> got =
            play(steps, [&] { return open_engine(options, keyspace); }, keyspace, options.reopen_every);
        compare(report, file, judged ? *judged : recorded_answers(file, got), got, true);
    }
    ++report.files;
}

std::vector<fs::path> files_in(const fs::path& path) {
    if (!fs::is_directory(path)) return {path};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path))
        if (entry.path().extension() == ".cql") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<Options> parse_arguments(const std::vector<std::string>& arguments) {
    Options options;
    if (const char* endpoint = std::getenv("COODIE_CASSANDRA")) options.cassandra = endpoint;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& argument = arguments[i];
        std::string* const value = argument == "--cassandra" ? &options.cassandra
                                   : argument == "--engine"  ? &options.engine
                                   : argument == "--diffs"   ? &options.diffs
                                                             : nullptr;
        if (value != nullptr && i + 1 < arguments.size()) {
            *value = arguments[++i];
        } else if (argument == "--reopen" && i + 1 < arguments.size()) {
            options.reopen_every = std::atoi(arguments[++i].c_str());
        } else if (argument == "--record") {
            options.record = true;
        } else if (argument == "--need-cassandra") {
            options.need_cassandra = true;
        } else if (argument.starts_with("--")) {
            return std::nullopt;
        } else {
            for (fs::path& file : files_in(argument)) options.files.push_back(std::move(file));
        }
    }
    if (options.files.empty() || (options.record && options.cassandra.empty())) return std::nullopt;
    return options;
}

void print_report(const Options& options, const Report& report) {
    if (!report.expected.empty()) std::printf("Marked in the files:\n%s\n", report.expected.c_str());
    if (report.differences > 0) std::printf("Differences:\n%s", report.text.c_str());
    if (!options.diffs.empty()) write_file(options.diffs, report.text);
    const char* judge =
        options.cassandra.empty() ? "Cassandra's recorded answers" : options.cassandra.c_str();
    std::printf(
        "%zu files on %s against %s: %zu equal, %zu different, %zu unsupported as marked, %zu different as "
        "marked\n",
        report.files, options.engine.empty() ? "no engine" : options.engine.c_str(), judge, report.equal,
        report.differences, report.unsupported, report.differing_on_purpose);
}

int run(const std::vector<std::string>& arguments) {
    const std::optional<Options> options = parse_arguments(arguments);
    if (!options) {
        std::fputs(usage, stderr);
        return exit_usage;
    }
    if (options->need_cassandra && options->cassandra.empty()) {
        std::puts("skipped: no Cassandra (COODIE_CASSANDRA=HOST:PORT names one, tools/cassandra starts one)");
        return exit_skipped;
    }
    Report report;
    for (const fs::path& file : options->files) {
        try {
            run_file(*options, file, report);
        } catch (const std::exception& failure) {
            ++report.differences;
            report.text += file.filename().string() + ": " + failure.what() + "\n\n";
        }
    }
    print_report(*options, report);
    return report.differences > 0 ? exit_differences : 0;
}

}  // namespace
}  // namespace coodie::statements

int main(int argc, char** argv) {
    return coodie::statements::run(std::vector<std::string>(argv + 1, argv + argc));
}
