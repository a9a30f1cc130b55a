// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#if defined(COODIE_CONFORMANCE_JUDGE)
#include "judge/judge_driver.hpp"
#endif

#include <unistd.h>

#include <cstdio>
#include <stdexcept>
#include <utility>

namespace conformance {

namespace {

Database* current = nullptr;
[[maybe_unused]] constexpr std::string_view judge_scheme = "judge://";

}  // namespace

Database::Database(std::string url)
    : url_(std::move(url)),
      keyspace_("conformance_" + std::string(front_name) + "_" + std::to_string(getpid())) {
    current = this;
    // Stays open to the end, so that a database in memory does.
    const coodie::Connection admin = connect("admin", {});
    WAIT(front::create_keyspace(keyspace_, {}, "admin"));
    static_cast<void>(connect("main", keyspace_));
    coodie::set_default_driver("main");
}

Database::~Database() {
    try {
        WAIT(front::drop_keyspace(keyspace_, false, "admin"));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "keyspace %s stays: %s\n", keyspace_.c_str(), error.what());
    }
    coodie::shutdown();
    current = nullptr;
}

Database& Database::the() {
    if (current == nullptr) throw std::logic_error("no database");
    return *current;
}

std::string_view Database::scheme() const noexcept {
    return std::string_view(url_).substr(0, url_.find(':'));
}

coodie::Connection Database::connect(std::string_view name, std::string_view keyspace) const {
    const coodie::InitOptions options{.name = name, .keyspace = keyspace};
#if defined(COODIE_CONFORMANCE_JUDGE)
    if (url_.starts_with(judge_scheme)) {
        std::shared_ptr<coodie::Driver> driver = coodie::judge::JudgeDriver::from_endpoint(
            std::string_view(url_).substr(judge_scheme.size()), std::string(keyspace));
        if (!driver) throw std::invalid_argument(url_ + " is not judge://IPV4:PORT");
        return front::init_coodie(std::move(driver), {.name = name});
    }
#endif
#if defined(COODIE_CONFORMANCE_AIO)
    return front::init_coodie(context().get_executor(), url_, options);
#else
    return front::init_coodie(url_, options);
#endif
}

std::vector<std::string>& unsupported() {
    static std::vector<std::string> list;
    return list;
}

std::vector<std::string>& known_failures() {
    static std::vector<std::string> list;
    return list;
}

void run_case(const char* name, void (*body)()) {
    try {
        body();
    } catch (const coodie::UnsupportedError& error) {
        unsupported().push_back(std::string(name) + ": " + error.what());
        GTEST_SKIP() << "unsupported: " << error.what();
    }
}

}  // namespace conformance
