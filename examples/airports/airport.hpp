// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/sync.hpp>

#include <optional>
#include <string>

/// One airport. A partition holds a country's airports, in the order of their ICAO codes. Empty text in the
/// file is null here.
struct Airport : coodie::sync::Document<Airport> {
    std::string country;  ///< ISO 3166 alpha-2
    std::string icao;     ///< the file's key; also local codes of small fields
    std::optional<std::string> iata;
    std::string name;
    std::optional<std::string> city;
    std::optional<std::string> subdivision;
    std::optional<double> elevation;  ///< feet
    double latitude = 0;              ///< degrees, north positive
    double longitude = 0;             ///< degrees, east positive
    std::optional<std::string> timezone;
    std::optional<std::string> local_id;

    static constexpr auto schema() {
        return coodie::table("airports")
            .keyspace("world")
            .partition_key<&Airport::country>()
            .clustering_key<&Airport::icao>()
            .index<&Airport::iata>();
    }
};
