// SPDX-License-Identifier: Apache-2.0
// A URL whose driver is not linked: the error names the CMake target to link.
#include <coodie/sync.hpp>

#include <cstdio>
#include <string>

int main() {
    try {
        auto db = coodie::sync::init_coodie("memory:");
    } catch (const coodie::ConfigurationError& error) {
        std::printf("%s\n", error.what());
        return std::string(error.what()).find("coodie::embedded") == std::string::npos ? 1 : 0;
    }
    std::puts("no error for a URL without a driver");
    return 1;
}
