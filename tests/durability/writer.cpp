// SPDX-License-Identifier: Apache-2.0
// writer FOLDER periodic|always FIRST: writes until it is killed, and says of each acknowledged batch so on
// its standard output: thread and number, four bytes each. Batches are numbered from FIRST. Exit code 3: an
// error, told on stderr.
#include "load.hpp"

#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace coodie;
using namespace coodie::durability;

namespace {

[[noreturn]] void fail(const Error& error) {
    std::fprintf(stderr, "writer: %s\n", error.message().c_str());
    _exit(3);
}

void add_batch(st::WriteBatch& batch, const Tables& tables, int thread, int n) {
    const std::string left = "left " + std::to_string(thread);
    const std::string right = "right " + std::to_string(thread);
    st::RowMutation row;
    row.put_marker({.timestamp = n + 1});
    row.put_cell(1, {.timestamp = n + 1}, view(value_of(thread, n)));
    batch.write_row(*tables.rows, partition(left), key(tables, n), row);
    batch.write_row(*tables.rows, partition(right), key(tables, n), row);
    st::RowMutation count;
    count.add_counter(1, n + 1, 1);
    batch.write_row(*tables.counters, partition(left), {}, count);
    if (n % 7 != deleted_after % 7) return;
    st::RowMutation deletion;
    deletion.delete_row({n + 1, 1});
    batch.write_row(*tables.rows, partition(left), key(tables, n - deleted_after), deletion);
    batch.write_row(*tables.rows, partition(right), key(tables, n - deleted_after), deletion);
}

void run(st::Store& store, const Tables& tables, int thread, int first) {
    st::WriteBatch batch;
    for (int n = first;; ++n) {
        batch.clear();
        add_batch(batch, tables, thread, n);
        if (auto error = store.write(batch)) fail(*error);
        const std::int32_t said[2] = {thread, n};
        if (write(STDOUT_FILENO, said, sizeof said) != static_cast<ssize_t>(sizeof said)) _exit(4);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    auto opened = st::Store::open(options(argv[1], argv[2]));
    if (auto* error = std::get_if<Error>(&opened)) fail(*error);
    st::Store& store = *std::get<0>(opened);
    auto tables = open_tables(store);
    if (auto* error = std::get_if<Error>(&tables)) fail(*error);
    std::vector<std::thread> writers;
    for (int t = 0; t < threads; ++t) {
        writers.emplace_back([&, t] { run(store, std::get<0>(tables), t, std::atoi(argv[3])); });
    }
    for (std::thread& writer : writers) writer.join();
}
