// SPDX-License-Identifier: Apache-2.0
#include "verdict.hpp"

#include <gtest/gtest.h>

#include <malloc.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace integration {

namespace {

/// Reads whole tables, or one row, at QUORUM.
class Reader {
public:
    Reader(std::string_view connection, const std::string& keyspace)
        : options_{.driver = connection, .fetch_size = 1000, .consistency = coodie::Consistency::quorum},
          from_(" FROM " + keyspace + ".") {}

    /// Two columns of all rows, as a map.
    [[nodiscard]] std::map<std::string, std::string> all(const std::string& columns,
                                                         const std::string& table) const {
        std::map<std::string, std::string> found;
        coodie::sync::Rows rows = coodie::sync::execute_raw(options_, "SELECT " + columns + from_ + table);
        coodie::Row row;
        while (rows.next(row)) found.emplace(row[0].as<std::string>(), row[1].as<std::string>());
        return found;
    }
    template <class T>
    [[nodiscard]] T one(const std::string& column, const std::string& table, const std::string& id) const {
        coodie::sync::Rows rows =
            coodie::sync::execute_raw(options_, "SELECT " + column + from_ + table + " WHERE id = ?", id);
        return rows.one<T>().value_or(T());
    }

private:
    coodie::RawOptions options_;
    std::string from_;
};

void expect_requests_ended(const Meter& meter, std::chrono::milliseconds limit) {
    EXPECT_EQ(meter.completed, meter.started) << "requests that never ended";
    EXPECT_EQ(meter.completed_again, 0) << "requests that ended twice";
    EXPECT_LE(meter.longest_ms, limit.count()) << "the longest request, in ms";
}

void expect_counted_once(const Worker& worker, const Reader& reader) {
    const auto counter = reader.one<std::int64_t>("n", "load_hits", worker.name());
    EXPECT_GE(counter, worker.counted()) << worker.name() << ": acknowledged increments are lost";
    EXPECT_LE(counter, worker.counted() + worker.maybe_counted())
        << worker.name() << ": increments done twice";
}

void expect_appended_once(const Worker& worker, const Reader& reader) {
    const auto list = reader.one<std::vector<std::int32_t>>("items", "load_lists", worker.name());
    const std::set<std::int32_t> distinct(list.begin(), list.end());
    EXPECT_EQ(list.size(), distinct.size()) << worker.name() << ": items appended twice";
    for (const std::int32_t item : worker.items())
        EXPECT_TRUE(distinct.contains(item)) << worker.name() << ": acknowledged item " << item << " is lost";
}

}  // namespace

void expect_all_kept(const Load& load, std::string_view connection, const std::string& keyspace,
                     std::chrono::milliseconds limit) {
    expect_requests_ended(load.meter(), limit);
    const Reader reader(connection, keyspace);
    const std::map<std::string, std::string> rows = reader.all("id, payload", "load_rows");
    const std::map<std::string, std::string> claims = reader.all("id, owner", "load_claims");
    for (const auto& [id, payload] : rows) EXPECT_EQ(payload, payload_of(id));
    for (const std::unique_ptr<Worker>& worker : load.workers()) {
        for (const std::string& fault : worker->faults()) ADD_FAILURE() << worker->name() << ": " << fault;
        EXPECT_FALSE(worker->rows().empty()) << worker->name() << " did nothing";
        for (const std::string& id : worker->rows())
            EXPECT_TRUE(rows.contains(id)) << "acknowledged row " << id << " is lost";
        for (const std::string& id : worker->claims())
            EXPECT_TRUE(claims.contains(id) && claims.at(id) == worker->name())
                << "claim " << id << " is lost";
        expect_counted_once(*worker, reader);
        expect_appended_once(*worker, reader);
    }
}

Holdings Holdings::now() {
    const std::filesystem::directory_iterator open("/proc/self/fd");
    const struct mallinfo2 heap = mallinfo2();
    return {.descriptors = std::distance(begin(open), end(open)),
            .heap_bytes = static_cast<std::ptrdiff_t>(heap.uordblks + heap.hblkhd)};
}

}  // namespace integration
