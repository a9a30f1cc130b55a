// SPDX-License-Identifier: Apache-2.0
#include "bare.hpp"

#include <coodie/codec/wire.hpp>

#include <bit>
#include <cstring>

namespace coodie_bench::bare {
namespace {

namespace wire = coodie::wire;
using coodie::Bytes;
using coodie::BytesView;

constexpr const char* select_text =
    "SELECT id, name, brand, category, price, description, tags, metadata, created_at FROM bench.products";
constexpr const char* insert_text =
    "INSERT INTO bench.products_w (id, name, brand, category, price, description, tags, metadata, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "coodie_driver: %s\n", why);
    std::exit(1);
}

template <class T>
void put(Bytes& out, T value) {
    const std::size_t at = out.size();
    out.resize(at + sizeof value);
    wire::store(out.data() + at, value);
}

void put_text(Bytes& out, std::string_view text) {
    put(out, static_cast<std::int32_t>(text.size()));
    const std::size_t at = out.size();
    out.resize(at + text.size());
    std::memcpy(out.data() + at, text.data(), text.size());
}

// Room for the [int] length of what is put next; set_length fills it in.
std::size_t begin_value(Bytes& out) {
    put(out, std::int32_t{0});
    return out.size();
}
void set_length(Bytes& out, std::size_t begin) {
    wire::store(out.data() + begin - 4, static_cast<std::int32_t>(out.size() - begin));
}

void put_id(Bytes& out, const coodie::uuid& id) {
    put(out, std::int32_t{16});
    put(out, static_cast<std::int64_t>(id.most()));
    put(out, static_cast<std::int64_t>(id.least()));
}

std::string text_of(BytesView content) {
    return {reinterpret_cast<const char*>(content.data()), content.size()};
}

/// Counted, length-prefixed elements of a collection.
class Elements {
public:
    explicit Elements(BytesView content) : at_(content.data()), end_(at_ + content.size()) {
        if (!content.empty()) count_ = take_int();
    }
    [[nodiscard]] std::int32_t count() const { return count_; }
    std::string next() {
        const std::int32_t size = take_int();
        if (size < 0 || size > end_ - at_) give_up("a collection is malformed");
        const auto* from = reinterpret_cast<const char*>(at_);
        at_ += size;
        return {from, static_cast<std::size_t>(size)};
    }

private:
    std::int32_t take_int() {
        if (end_ - at_ < 4) give_up("a collection is malformed");
        const auto value = wire::load<std::int32_t>(at_);
        at_ += 4;
        return value;
    }
    const std::byte* at_;
    const std::byte* end_;
    std::int32_t count_ = 0;
};

}  // namespace

coodie::Statement get_statement(const coodie::uuid& id) {
    static const coodie::StatementText text(std::string(select_text) + " WHERE id = ?",
                                            coodie::StatementKind::select, {}, {0});
    coodie::BoundValues values;
    values.reserve(20);
    put_id(values.buffer(), id);
    values.count_one();
    return {text, std::move(values), {.page_size = 0, .idempotent = true}};
}

coodie::Statement insert_statement(const Product& product) {
    static const coodie::StatementText text(insert_text, coodie::StatementKind::insert, {}, {0});
    coodie::BoundValues values;
    values.reserve(512);
    Bytes& out = values.buffer();
    put_id(out, product.id);
    put_text(out, product.name);
    put_text(out, product.brand);
    put_text(out, product.category);
    put(out, std::int32_t{4});
    put(out, std::bit_cast<std::int32_t>(product.price));
    put_text(out, product.description);
    std::size_t begin = begin_value(out);
    put(out, static_cast<std::int32_t>(product.tags.size()));
    for (const std::string& tag : product.tags) put_text(out, tag);
    set_length(out, begin);
    begin = begin_value(out);
    put(out, static_cast<std::int32_t>(product.metadata.size()));
    for (const auto& [key, value] : product.metadata) put_text(out, key), put_text(out, value);
    set_length(out, begin);
    put(out, std::int32_t{8});
    put(out, static_cast<std::int64_t>(product.created_at.time_since_epoch().count()));
    for (int i = 0; i < 9; ++i) values.count_one();
    return {text, std::move(values), {.idempotent = true}};
}

coodie::Statement page_statement(BytesView paging_state) {
    static const coodie::StatementText text(select_text, coodie::StatementKind::select);
    coodie::Statement statement(text, {}, {.page_size = page_rows, .idempotent = true});
    statement.set_paging_state(Bytes(paging_state.begin(), paging_state.end()));
    return statement;
}

coodie::Result checked(coodie::Outcome outcome) {
    if (const auto* error = std::get_if<coodie::Error>(&outcome)) give_up(error->message().c_str());
    return std::move(*std::get_if<coodie::Result>(&outcome));
}

ProductReader::ProductReader(const coodie::Result& result)
    : at_(result.row_bytes().data()), end_(at_ + result.row_bytes().size()) {
    if (result.columns().size() != 9) give_up("a result has other columns");
}

BytesView ProductReader::next() {
    if (end_ - at_ < 4) give_up("a row is malformed");
    const auto size = wire::load<std::int32_t>(at_);
    at_ += 4;
    if (size <= 0) return {};
    if (size > end_ - at_) give_up("a row is malformed");
    const BytesView content(at_, static_cast<std::size_t>(size));
    at_ += size;
    return content;
}

void ProductReader::read(Product& product) {
    const BytesView id = next();
    if (id.size() != 16) give_up("an id is malformed");
    product.id = {static_cast<std::uint64_t>(wire::load<std::int64_t>(id.data())),
                  static_cast<std::uint64_t>(wire::load<std::int64_t>(id.data() + 8))};
    product.name = text_of(next());
    product.brand = text_of(next());
    product.category = text_of(next());
    if (const BytesView price = next(); price.size() == 4)
        product.price = std::bit_cast<float>(wire::load<std::int32_t>(price.data()));
    product.description = text_of(next());
    Elements tags(next());
    product.tags.reserve(static_cast<std::size_t>(tags.count()));
    for (std::int32_t i = 0; i < tags.count(); ++i) product.tags.push_back(tags.next());
    Elements metadata(next());
    for (std::int32_t i = 0; i < metadata.count(); ++i) {
        std::string key = metadata.next();
        product.metadata.emplace_hint(product.metadata.end(), std::move(key), metadata.next());
    }
    if (const BytesView created = next(); created.size() == 8)
        product.created_at =
            coodie::timestamp(std::chrono::milliseconds(wire::load<std::int64_t>(created.data())));
}

Product one_product(const coodie::Result& result) {
    if (result.row_count() != 1) give_up("a row is missing; seed the tables first");
    Product product;
    ProductReader(result).read(product);
    return product;
}

std::vector<Product> all_products(const coodie::Result& result) {
    std::vector<Product> products(result.row_count());
    ProductReader reader(result);
    for (Product& product : products) reader.read(product);
    return products;
}

}  // namespace coodie_bench::bare
