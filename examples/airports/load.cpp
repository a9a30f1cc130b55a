// SPDX-License-Identifier: Apache-2.0
#include "load.hpp"

#include "airport.hpp"
#include "csv.hpp"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace {

constexpr std::string_view columns[] = {"icao",      "iata", "name", "city", "subd", "country",
                                        "elevation", "lat",  "lon",  "tz",   "lid"};

std::optional<std::string> text_or_null(std::string& field) {
    if (field.empty()) return std::nullopt;
    return std::move(field);
}

double number(const std::string& field) {
    double value = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    if (error != std::errc() || end != field.data() + field.size())
        throw std::runtime_error("'" + field + "' is no number");
    return value;
}

Airport to_airport(std::vector<std::string>& fields) {
    if (fields.size() != std::size(columns))
        throw std::runtime_error(std::to_string(fields.size()) + " fields instead of 11");
    Airport airport;
    airport.icao = std::move(fields[0]);
    airport.iata = text_or_null(fields[1]);
    airport.name = std::move(fields[2]);
    airport.city = text_or_null(fields[3]);
    airport.subdivision = text_or_null(fields[4]);
    airport.country = std::move(fields[5]);
    if (!fields[6].empty()) airport.elevation = number(fields[6]);
    airport.latitude = number(fields[7]);
    airport.longitude = number(fields[8]);
    airport.timezone = text_or_null(fields[9]);
    airport.local_id = text_or_null(fields[10]);
    return airport;
}

/// A bar on one line of stderr; silent when that is no terminal.
class ProgressBar {
public:
    explicit ProgressBar(std::uintmax_t total)
        : total_(total ? total : 1), shown_(isatty(STDERR_FILENO) != 0) {}
    void at(std::uintmax_t done) {
        const auto percent = static_cast<int>(done * 100 / total_);
        if (!shown_ || percent == percent_) return;
        percent_ = percent;
        std::fprintf(stderr, "\r[%-50.*s] %3d %%", percent / 2,
                     "##################################################", percent);
    }
    ~ProgressBar() {
        if (shown_) std::fputc('\n', stderr);
    }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

private:
    std::uintmax_t total_;
    int percent_ = -1;
    bool shown_;
};

}  // namespace

Loaded load_airports(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> fields;
    if (!file || !read_record(file, fields)) throw std::runtime_error(path + ": cannot be read");
    if (!std::equal(fields.begin(), fields.end(), std::begin(columns), std::end(columns)))
        throw std::runtime_error(path + ":1: not the header of airportsdata's airports.csv");

    Loaded loaded;
    ProgressBar bar(std::filesystem::file_size(path));
    for (std::size_t record = 2; read_record(file, fields); ++record) {
        try {
            const Airport airport = to_airport(fields);
            coodie::sync::save(airport);
            ++loaded.per_country[airport.country];
            ++loaded.rows;
        } catch (const std::exception& error) {
            throw std::runtime_error(path + ", record " + std::to_string(record) + ": " + error.what());
        }
        if (const auto position = file.tellg(); position >= 0) bar.at(static_cast<std::uintmax_t>(position));
    }
    return loaded;
}
