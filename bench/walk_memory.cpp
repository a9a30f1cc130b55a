// SPDX-License-Identifier: Apache-2.0
// A paged walk over many rows holds its memory flat: prints the resident set every tenth of the way.
// usage: walk_memory [ROWS]   (default 1000000)
#include "item.hpp"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

static double resident_mib() {
    std::ifstream statm("/proc/self/statm");
    long pages = 0;
    long resident = 0;
    statm >> pages >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

int main(int argc, char** argv) {
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const auto folder = std::filesystem::temp_directory_path() / ("coodie-walk-" + std::to_string(getpid()));
    {
        auto db = coodie::sync::init_coodie("embedded://" + folder.string());
        coodie::sync::create_keyspace("bench", {.replication_factor = 1});
        Item::sync_table();
        for (std::int64_t id = 0; id < rows; ++id) make_item(id).save();
        std::printf("after the load: %.1f MiB\n", resident_mib());
        std::int64_t seen = 0;
        for (const Item& item : Item::find().fetch_size(500)) {
            if (item.name.empty()) return 1;
            if (++seen % (rows / 10) == 0)
                std::printf("%9lld rows: %.1f MiB\n", static_cast<long long>(seen), resident_mib());
        }
        std::printf("%lld rows of %lld\n", static_cast<long long>(seen), static_cast<long long>(rows));
        if (seen != rows) return 1;
        db.close();
    }
    std::filesystem::remove_all(folder);
    return 0;
}
