// SPDX-License-Identifier: Apache-2.0
// conformance [--database URL] [gtest options]: every case on one database, through one front.
#include "database.hpp"

#include <coodie/driver/url.hpp>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace {

constexpr int exit_usage = 2;
constexpr int exit_skipped = 77;
constexpr const char* usage =
    "usage: %s --database memory:NAME | embedded:///FOLDER | cassandra | judge [gtest options]\n"
    "cassandra (the native driver) and judge (the tests' own client) reach the cluster that the environment "
    "names:\n"
    "COODIE_TEST_HOSTS=HOST:PORT[,HOST:PORT...], else COODIE_CASSANDRA (tools/cassandra start prints them);\n"
    "COODIE_TEST_OPTIONS=\"?name=value&...\" is added to the URL.\n";

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// The URL of the cluster that runs; nullopt when none does.
std::optional<std::string> cluster_url(const std::string& scheme) {
    std::string hosts = from_environment("COODIE_TEST_HOSTS");
    if (hosts.empty()) hosts = from_environment("COODIE_CASSANDRA");
    if (hosts.empty()) return std::nullopt;
    if (scheme == "judge") return "judge://" + hosts.substr(0, hosts.find(','));
    return scheme + "://" + hosts + from_environment("COODIE_TEST_OPTIONS");
}

/// Without the credentials that COODIE_TEST_HOSTS may have.
std::string printable(const std::string& url) {
    const std::variant<coodie::Url, coodie::Error> parsed = coodie::Url::parse(url);
    const coodie::Url* good = std::get_if<coodie::Url>(&parsed);
    return good != nullptr ? good->display() : std::get_if<coodie::Error>(&parsed)->message();
}

void list_cases(const char* what, const std::vector<std::string>& list) {
    std::printf("%s: %zu cases\n", what, list.size());
    for (const std::string& line : list) std::printf("  %s\n", line.c_str());
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
    if (argc != 3 || std::string_view(argv[1]) != "--database") {
        std::fprintf(stderr, usage, argv[0]);
        return exit_usage;
    }
    std::string url = argv[2];
    if (url == "cassandra" || url == "judge") {
        const std::optional<std::string> found = cluster_url(url);
        if (!found) {
            std::puts(
                "skipped: no Cassandra (COODIE_TEST_HOSTS or COODIE_CASSANDRA=HOST:PORT names one, "
                "tools/cassandra "
                "starts one)");
            return exit_skipped;
        }
        url = *found;
    }
    constexpr std::string_view embedded = "embedded://";
    if (url.starts_with(embedded)) std::filesystem::remove_all(url.substr(embedded.size()));
    const std::string shown = printable(url);
    std::printf("coodie::%s on %s\n", conformance::front_name, shown.c_str());
    int status = 1;
    try {
        const conformance::Database database(url);
        status = RUN_ALL_TESTS();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", shown.c_str(), error.what());
    }
    list_cases("unsupported by this driver", conformance::unsupported());
    list_cases("known failures", conformance::known_failures());
    return status;
}
