// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over every file of a folder, and over all short byte strings of one kind: what the
// fuzzers once found stays found, also in builds without libFuzzer.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    std::size_t runs = 0;
    for (unsigned byte = 0; byte < 256; ++byte) {
        for (std::size_t size = 0; size <= 64; size += size < 4 ? 1 : 20) {
            const std::vector<std::uint8_t> same(size, static_cast<std::uint8_t>(byte));
            LLVMFuzzerTestOneInput(same.data(), same.size());
            ++runs;
        }
    }
    if (argc > 1 && std::filesystem::is_directory(argv[1])) {
        for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
            LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
            ++runs;
        }
    }
    std::printf("replayed %zu inputs\n", runs);
    return 0;
}
