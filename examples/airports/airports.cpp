// SPDX-License-Identifier: Apache-2.0
// The world's airports: reads the CSV that the PyPI package airportsdata ships, stores it by country, asks
// questions, and holds the answers against the file. usage: airports URL CSV
#include "airport.hpp"
#include "load.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

using namespace coodie::literals;

namespace {

void expect_equal(const std::string& what, std::size_t stored, std::size_t in_file) {
    if (stored != in_file)
        throw std::runtime_error(what + ": " + std::to_string(stored) + " rows stored, " +
                                 std::to_string(in_file) + " in the file");
}

void print(const Airport& airport) {
    std::printf("  %-4s %-3s %-40s %-20s %10.5f %11.5f\n", airport.icao.c_str(),
                airport.iata.value_or("-").c_str(), airport.name.c_str(), airport.city.value_or("-").c_str(),
                airport.latitude, airport.longitude);
}

void ask_by_key_and_order() {
    std::printf("by key:\n");
    print(Airport::get("country"_c == "CH", "icao"_c == "LSZH"));
    std::printf("the first five of Iceland, in order:\n");
    for (const Airport& airport : Airport::find("country"_c == "IS").order_by("icao"_c).limit(5))
        print(airport);
    std::printf("the last three of Iceland:\n");
    for (const Airport& airport : Airport::find("country"_c == "IS").order_by(-"icao"_c).limit(3))
        print(airport);
}

void ask_by_index() {
    std::printf("by IATA code, through the index:\n");
    for (const char* code : {"ZRH", "KEF", "GRU", "NRT"})
        for (const Airport& airport : Airport::find("iata"_c == code)) print(airport);
}

void compare_counts(const Loaded& loaded) {
    std::printf("counts per country:\n");
    for (const auto& [country, in_file] : loaded.per_country) {
        const auto stored = static_cast<std::size_t>(Airport::find("country"_c == country).count());
        expect_equal("country " + country, stored, in_file);
        if (in_file >= 500) std::printf("  %s %zu\n", country.c_str(), stored);
    }
    std::printf("  all %zu countries agree with the file\n", loaded.per_country.size());
}

void walk(const Loaded& loaded) {
    std::size_t rows = 0;
    std::size_t without_city = 0;
    double northernmost = -90;
    std::string name;
    for (const Airport& airport : Airport::find().fetch_size(500)) {
        ++rows;
        if (!airport.city) ++without_city;
        if (airport.latitude > northernmost) {
            northernmost = airport.latitude;
            name = airport.name;
        }
    }
    expect_equal("paged walk", rows, loaded.rows);
    std::printf("a paged walk over all: %zu rows, %zu without a city; the northernmost is %s\n", rows,
                without_city, name.c_str());
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"Stores the world's airports and asks questions."};
    std::string url;
    std::string csv;
    app.add_option("URL", url, "the database, e.g. embedded:///tmp/world or memory:")->required();
    app.add_option("CSV", csv, "airports.csv of the PyPI package airportsdata")->required();
    CLI11_PARSE(app, argc, argv);
    try {
        auto db = coodie::sync::init_coodie(url);
        coodie::sync::create_keyspace("world", {.replication_factor = 1});
        Airport::sync_table();
        const Loaded loaded = load_airports(csv);
        std::printf("saved %zu airports of %zu countries\n", loaded.rows, loaded.per_country.size());
        ask_by_key_and_order();
        ask_by_index();
        compare_counts(loaded);
        walk(loaded);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "airports: %s\n", error.what());
        return 1;
    }
    return 0;
}
