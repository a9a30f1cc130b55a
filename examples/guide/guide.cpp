// SPDX-License-Identifier: Apache-2.0
// Every snippet of docs/guide.md, run as a test on memory:. usage: guide [URL]
#include <coodie/sync.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

using namespace coodie::literals;
using namespace std::chrono_literals;

// [model]
struct Review : coodie::sync::Document<Review> {
    coodie::uuid product_id;
    coodie::timestamp created_at = coodie::now();
    std::string author;
    std::int32_t rating = 0;
    std::optional<std::string> content;
    std::set<std::string> tags;
    std::map<std::string, std::int32_t> votes;

    static constexpr auto schema() {
        return coodie::table("reviews")
            .keyspace("guide")
            .partition_key<&Review::product_id>()
            .clustering_key<&Review::created_at>(coodie::desc)
            .index<&Review::rating>();
    }
};
// [end]

// [plain]
// No base class: the same operations as free functions.
struct Setting {
    std::string name;
    std::string value;
    static constexpr auto schema() {
        return coodie::table("settings").keyspace("guide").partition_key<&Setting::name>();
    }
};
// [end]

// [money]
struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};

template <>
struct coodie::adapter<Money> {
    using cql = std::int64_t;
    static cql to(const Money& money) { return money.cents; }
    static Money from(cql cents) { return {cents}; }
};
// [end]

// [types]
enum class Size : std::uint8_t { small, medium, large };

struct Address {
    std::string street;
    std::int32_t zip = 0;
    static constexpr auto schema() { return coodie::user_type("address").keyspace("guide"); }
};

struct Order : coodie::sync::Document<Order> {
    std::int64_t id = 0;
    Money total;                           // bigint, by the adapter
    Size size = Size::small;               // text: 'small'
    Address ship_to;                       // frozen<address>
    std::vector<Address> other_addresses;  // list<frozen<address>>
    coodie::decimal weight;
    static constexpr auto schema() {
        return coodie::table("orders").keyspace("guide").partition_key<&Order::id>();
    }
};
// [end]

static void require(bool holds, const char* what) {
    if (!holds) throw std::runtime_error(what);
}

static void writes(const coodie::uuid& product) {
    // [writes]
    Review review{.product_id = product, .author = "ann", .rating = 5};
    review.save();              // the row now equals the document; empty optionals are null
    review.save({.ttl = 24h});  // for a day
    review.update("rating"_c = 4, "content"_c = "solid");  // only these columns, and `review` itself
    review.update("tags"_c += std::set<std::string>{"new"});
    review.update("votes"_c["ann"] = 1, "content"_c = coodie::null);

    coodie::LwtResult<Review> won = review.insert();  // IF NOT EXISTS
    if (!won.applied()) std::printf("there already, by %s\n", (*won.existing())->author.c_str());
    review.update(coodie::only_if("rating"_c == 4), "rating"_c = 3).or_throw();  // NotApplied, with the row
    review.remove({.if_exists = true});
    // [end]
    require(!won.applied(), "the row was there");
    require(!Review::find_one("product_id"_c == product), "the row is gone");
}

static void queries(const coodie::uuid& product) {
    for (std::int32_t i = 0; i < 30; ++i) {
        Review review{.product_id = product, .author = i % 2 ? "ann" : "bob", .rating = i % 5};
        review.created_at += std::chrono::seconds(i);
        review.save();
    }
    const coodie::timestamp at = Review::find("product_id"_c == product).first()->created_at;
    // [queries]
    Review one = Review::get("product_id"_c == product, "created_at"_c == at);  // or DocumentNotFound
    std::optional<Review> maybe = Review::find_one("product_id"_c == product, "created_at"_c == at);
    std::vector<Review> latest = Review::find("product_id"_c == product).limit(20).all();
    std::vector<Review> oldest =
        Review::find("product_id"_c == product).order_by("created_at"_c).limit(3).all();
    std::int64_t good = Review::find("rating"_c == 4).count();  // through the index
    for (const Review& review : Review::find().fetch_size(10)) good += review.rating > 4;  // pages as it goes
    Review::find("product_id"_c == product, "created_at"_c < at - 10s).remove();  // a range, in one statement
    std::printf("%s\n", Review::find("product_id"_c == product).limit(20).cql().c_str());
    // [end]
    require(one == *maybe && latest.size() == 20 && oldest.size() == 3 && good == 6,
            "what the queries found");

    // [pages]
    auto page = Review::find("product_id"_c == product).fetch_size(5).paged_all();
    auto next = Review::find("product_id"_c == product).fetch_size(5).paged_all(page.paging_state);
    // [end]
    require(
        page.data.size() == 5 && next.data.size() == 5 && page.data[4].created_at > next.data[0].created_at,
        "pages follow each other");
}

static void batches_and_raw() {
    // [batch]
    Setting color{.name = "color", .value = "green"};
    Setting shape{.name = "shape", .value = "round"};
    {
        coodie::sync::BatchQuery batch;
        coodie::sync::save(color, {.batch = &batch});
        coodie::sync::save(shape, {.batch = &batch});
        batch.execute();
    }
    // [end]
    // [raw]
    for (const Setting& setting : coodie::sync::execute_raw("SELECT * FROM guide.settings").as<Setting>())
        std::printf("%s = %s\n", setting.name.c_str(), setting.value.c_str());
    // [end]
    require(coodie::sync::find<Setting>().count() == 2, "both are stored");
}

static void errors() {
    // [errors]
    try {
        std::vector<Review> by_ann = Review::find("author"_c == "ann").all();
    } catch (const coodie::ServerError& error) {
        std::printf("%s\n", error.what());  // names the column, and says: allow_filtering() or an index
    }
    // [end]
}

int main(int argc, char** argv) {
    try {
        // [init]
        auto db = coodie::sync::init_coodie(argc > 1 ? argv[1] : "memory:");
        coodie::sync::create_keyspace("guide", {.replication_factor = 1});
        Review::sync_table();
        coodie::sync::sync_table<Setting>();
        // [end]
        Order::sync_table();
        Order order{.id = 1, .total = {995}, .size = Size::large, .ship_to = {"Main St", 1000}};
        order.save();
        require(Order::get("id"_c == 1).total == Money{995}, "an order comes back");
        const auto product = coodie::uuid::random();
        writes(product);
        queries(product);
        batches_and_raw();
        errors();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "guide: %s\n", error.what());
        return 1;
    }
    return 0;
}
