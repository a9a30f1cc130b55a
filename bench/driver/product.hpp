// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/model.hpp>
#include <coodie/types/timestamp.hpp>
#include <coodie/types/uuid.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coodie_bench {

/// How many rows table bench.products holds.
inline constexpr std::size_t product_count = 10'000;

/// The row of the driver benchmarks: nine columns, about 250 bytes of content, 330 on the wire. Every client
/// declares the same.
struct Product {
    coodie::uuid id;
    std::string name;
    std::string brand;
    std::string category;
    float price = 0;
    std::string description;
    std::vector<std::string> tags;
    std::map<std::string, std::string> metadata;
    coodie::timestamp created_at;

    static constexpr auto schema() {
        return coodie::table("products").keyspace("bench").partition_key<&Product::id>();
    }
};

/// The same for inserts, which must not disturb what the reads find.
struct WrittenProduct : Product {
    using coodie_base = Product;

    static constexpr auto schema() {
        return coodie::table("products_w").keyspace("bench").partition_key<&WrittenProduct::id>();
    }
};

/// Key of the row with this number: "00000000-0000-4000-8000-" and the number in hexadecimal, so that every
/// client can make it.
[[nodiscard]] inline coodie::uuid product_id(std::size_t number) {
    return {0x4000, 0x8000'0000'0000'0000U + number};
}

/// The number of the row that request `request` is about: all of them in an order without pattern.
[[nodiscard]] inline std::size_t product_of(std::size_t request) { return request * 7919 % product_count; }

/// The row with this number, below product_count.
[[nodiscard]] inline WrittenProduct make_product(std::size_t number) {
    static constexpr std::string_view words[] = {"quick",   "light",    "compact",  "durable",
                                                 "modern",  "classic",  "wireless", "portable",
                                                 "premium", "titanium", "cotton",   "leather"};
    std::uint64_t state = number + 1;
    const auto word = [&] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return std::string(words[(state >> 33U) % std::size(words)]);
    };
    WrittenProduct product;
    product.id = product_id(number);
    product.name = word() + " " + word() + " " + word() + " " + word();
    product.brand = "Initech";
    product.category = "garden-tools";
    product.price = static_cast<float>(number % 1000) + 0.5F;
    product.description = word();
    for (int i = 0; i < 18; ++i) product.description += " " + word();
    product.tags = {word(), word(), word()};
    product.metadata = {{"color", "black"}, {"origin", "Germany"}, {"warranty", "24-months"}};
    product.created_at =
        coodie::timestamp(std::chrono::milliseconds(1'700'000'000'000 + static_cast<std::int64_t>(number)));
    return product;
}

}  // namespace coodie_bench
