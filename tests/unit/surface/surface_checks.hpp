// SPDX-License-Identifier: Apache-2.0
// The surface of a front, named once; included for each front with FRONT and Gives defined (so no #pragma
// once). A name or an argument that one of them lacks, or another type that it gives, does not compile.
namespace surface::FRONT {

namespace front = coodie::FRONT;
using namespace coodie::literals;

struct Item : front::Document<Item> {
    std::int32_t id = 0;
    std::int32_t at = 0;
    std::string name;
    std::optional<std::string> note;
    static constexpr auto schema() {
        return coodie::table("items").keyspace("k").partition_key<&Item::id>().clustering_key<&Item::at>();
    }
};
/// A model that inherits columns.
struct Extended : front::Document<Extended, Item> {
    std::int32_t extra = 0;
    static constexpr auto coodie_fields() { return std::tuple{&Extended::extra}; }
    static constexpr auto schema() { return coodie::table("extended").keyspace("k"); }
};
struct Address {
    std::string street;
    static constexpr auto schema() { return coodie::user_type("address"); }
};

using Lwt = coodie::LwtResult<Item>;
using Query = front::QuerySet<Item>;
using PartialQuery = front::QuerySet<Item, front::Partial<Item>>;

// Never called: it only has to compile.
template <class D>
constexpr bool writes() {
    static_assert(requires(D& d, const D& c, coodie::SaveOptions save, coodie::InsertOptions insert,
                           coodie::UpdateOptions update, coodie::RemoveOptions remove, std::vector<D> many,
                           coodie::InsertManyOptions insert_many) {
        { c.save() } -> Gives<void>;
        { c.save(save) } -> Gives<void>;
        { c.insert() } -> Gives<coodie::LwtResult<D>>;
        { c.insert(insert) } -> Gives<coodie::LwtResult<D>>;
        { D::create(c) } -> Gives<D>;
        { D::create(c, save) } -> Gives<D>;
        { D::insert_many(many) } -> Gives<coodie::InsertManyResult>;
        { D::insert_many(many, insert_many) } -> Gives<coodie::InsertManyResult>;
        { d.update("name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        { d.update(update, "name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        { d.update(coodie::only_if("name"_c == "y"), "name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        { d.update(update, coodie::only_if("name"_c == "y"), "name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        { c.remove() } -> Gives<coodie::LwtResult<D>>;
        { c.remove(remove) } -> Gives<coodie::LwtResult<D>>;
        { c.remove(coodie::only_if("name"_c == "y")) } -> Gives<coodie::LwtResult<D>>;
        { c.remove(remove, coodie::only_if("name"_c == "y")) } -> Gives<coodie::LwtResult<D>>;

        { front::save(c) } -> Gives<void>;
        { front::save(c, save) } -> Gives<void>;
        { front::insert(c) } -> Gives<coodie::LwtResult<D>>;
        { front::insert(c, insert) } -> Gives<coodie::LwtResult<D>>;
        { front::create(c) } -> Gives<D>;
        { front::create(c, save) } -> Gives<D>;
        { front::insert_many(many) } -> Gives<coodie::InsertManyResult>;
        { front::insert_many<D>(many, insert_many) } -> Gives<coodie::InsertManyResult>;
        { front::update(d, "name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        { front::update(d, update, "name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        { front::update(d, coodie::only_if("name"_c == "y"), "name"_c = "x") } -> Gives<coodie::LwtResult<D>>;
        {
            front::update(d, update, coodie::only_if("name"_c == "y"), "name"_c = "x")
        } -> Gives<coodie::LwtResult<D>>;
        { front::remove(c) } -> Gives<coodie::LwtResult<D>>;
        { front::remove(c, remove) } -> Gives<coodie::LwtResult<D>>;
        { front::remove(c, coodie::only_if("name"_c == "y")) } -> Gives<coodie::LwtResult<D>>;
        { front::remove(c, remove, coodie::only_if("name"_c == "y")) } -> Gives<coodie::LwtResult<D>>;
    });
    return true;
}
static_assert(writes<Item>() && writes<Extended>());

template <class D>
constexpr bool reads() {
    static_assert(requires {
        { D::find() } -> std::same_as<front::QuerySet<D>>;
        { D::find("id"_c == 1) } -> std::same_as<front::QuerySet<D>>;
        { D::find_one("id"_c == 1) } -> Gives<std::optional<D>>;
        { D::get("id"_c == 1, "at"_c == 2) } -> Gives<D>;
        { front::find<D>("id"_c == 1) } -> std::same_as<front::QuerySet<D>>;
        { front::find_one<D>("id"_c == 1) } -> Gives<std::optional<D>>;
        { front::get<D>("id"_c == 1, "at"_c == 2) } -> Gives<D>;
        { D::table_name() } -> std::same_as<std::string_view>;
        { D::keyspace_name() } -> std::same_as<std::string_view>;
    });
    return true;
}
static_assert(reads<Item>() && reads<Extended>());

template <class Q, class Row>
constexpr bool query() {
    static_assert(requires(const Q& q, coodie::UpdateOptions update, coodie::RemoveOptions remove,
                           coodie::Driver& driver, std::shared_ptr<coodie::Driver> shared,
                           coodie::Connection connection, coodie::WriteTime time) {
        { q.filter("at"_c > 1) } -> std::same_as<Q>;
        { q.limit(1) } -> std::same_as<Q>;
        { q.per_partition_limit(1) } -> std::same_as<Q>;
        { q.order_by(-"at"_c) } -> std::same_as<Q>;
        { q.allow_filtering() } -> std::same_as<Q>;
        { q.fetch_size(1) } -> std::same_as<Q>;
        { q.page("") } -> std::same_as<Q>;
        { q.ttl(std::chrono::seconds(1)) } -> std::same_as<Q>;
        { q.timestamp(time) } -> std::same_as<Q>;
        { q.using_(coodie::UsingOptions{}) } -> std::same_as<Q>;
        { q.consistency(coodie::Consistency::one) } -> std::same_as<Q>;
        { q.serial_consistency(coodie::Consistency::serial) } -> std::same_as<Q>;
        { q.timeout(std::chrono::milliseconds(1)) } -> std::same_as<Q>;
        { q.if_exists() } -> std::same_as<Q>;
        { q.only_if("name"_c == "x") } -> std::same_as<Q>;
        { q.in_keyspace("k") } -> std::same_as<Q>;
        { q.on(driver) } -> std::same_as<Q>;
        { q.on(shared) } -> std::same_as<Q>;
        { q.on(connection) } -> std::same_as<Q>;
        { q.on("name") } -> std::same_as<Q>;
        { q.only("name"_c) } -> std::same_as<PartialQuery>;
        { q.defer("name"_c) } -> std::same_as<PartialQuery>;
        { q.all() } -> Gives<std::vector<Row>>;
        { q.first() } -> Gives<std::optional<Row>>;
        { q.find_one() } -> Gives<std::optional<Row>>;
        { q.get() } -> Gives<Row>;
        { q.count() } -> Gives<std::int64_t>;
        { q.paged_all() } -> Gives<coodie::Page<Row>>;
        { q.paged_all("token") } -> Gives<coodie::Page<Row>>;
        { q.cursor().next() } -> Gives<std::optional<Row>>;
        { q.update("name"_c = "x") } -> Gives<Lwt>;
        { q.update(update, "name"_c = "x") } -> Gives<Lwt>;
        { q.remove() } -> Gives<Lwt>;
        { q.remove(remove) } -> Gives<Lwt>;
        { q.cql() } -> std::same_as<std::string>;
    });
    return true;
}
static_assert(query<Query, Item>() && query<PartialQuery, front::Partial<Item>>());

template <class P>
constexpr bool partial() {
    static_assert(requires(P& p, const P& c, coodie::UpdateOptions update, coodie::RemoveOptions remove) {
        { *c } -> std::same_as<const Item&>;
        { c.has("name"_c) } -> std::same_as<bool>;
        { c["name"_c] } -> std::same_as<const std::string&>;
        { p.update("name"_c = "x") } -> Gives<Lwt>;
        { p.update(update, "name"_c = "x") } -> Gives<Lwt>;
        { p.update(coodie::only_if("name"_c == "y"), "name"_c = "x") } -> Gives<Lwt>;
        { p.update(update, coodie::only_if("name"_c == "y"), "name"_c = "x") } -> Gives<Lwt>;
        { p.remove() } -> Gives<Lwt>;
        { p.remove(remove) } -> Gives<Lwt>;
    });
    return true;
}
static_assert(partial<front::Partial<Item>>());

template <class D, class U>
constexpr bool schema_operations() {
    static_assert(requires(coodie::SyncOptions sync, coodie::DropOptions drop,
                           coodie::TruncateOptions truncate, coodie::KeyspaceOptions keyspace,
                           const coodie::Replication& replication) {
        { D::sync_table() } -> Gives<coodie::SyncResult>;
        { D::sync_table(sync) } -> Gives<coodie::SyncResult>;
        { D::drop_table() } -> Gives<void>;
        { D::drop_table(drop) } -> Gives<void>;
        { D::truncate() } -> Gives<void>;
        { D::truncate(truncate) } -> Gives<void>;
        { front::sync_table<D>() } -> Gives<coodie::SyncResult>;
        { front::sync_table<D>(sync) } -> Gives<coodie::SyncResult>;
        { front::sync_type<U>() } -> Gives<coodie::SyncResult>;
        { front::drop_table<D>(drop) } -> Gives<void>;
        { front::truncate<D>(truncate) } -> Gives<void>;
        { front::create_keyspace("k") } -> Gives<void>;
        { front::create_keyspace("k", keyspace, "connection") } -> Gives<void>;
        { front::create_keyspace("k", replication) } -> Gives<void>;
        { front::create_keyspace("k", replication, keyspace, "connection") } -> Gives<void>;
        { front::alter_keyspace("k", keyspace) } -> Gives<void>;
        { front::alter_keyspace("k", replication, keyspace, "connection") } -> Gives<void>;
        { front::drop_keyspace("k") } -> Gives<void>;
        { front::drop_keyspace("k", true, "connection") } -> Gives<void>;
    });
    return true;
}
static_assert(schema_operations<Item, Address>());

template <class B, class R>
constexpr bool batches_and_raw() {
    static_assert(requires(B& batch, R& rows, coodie::Row& row, const coodie::RawOptions& options) {
        B(coodie::BatchType::unlogged, coodie::BatchOptions{});
        B(coodie::BatchOptions{});
        { batch.execute() } -> Gives<coodie::BatchResult>;
        { batch.add("cql", 1, "x") } -> Gives<void>;
        { batch.size() } -> std::same_as<std::size_t>;
        { front::execute_raw("cql", 1, "x") } -> Gives<R>;
        { front::execute_raw(options, "cql", 1, "x") } -> Gives<R>;
        { rows.columns() } -> std::same_as<const coodie::ColumnSpecs&>;
        { rows.applied() } -> std::same_as<bool>;
        { rows.warnings() } -> std::same_as<const std::vector<std::string>&>;
        { rows.tracing_id() } -> std::same_as<const std::optional<coodie::uuid>&>;
        { rows.next(row) } -> Gives<bool>;
        { rows.all() } -> Gives<std::vector<coodie::Row>>;
        { rows.template as<Item>() } -> Gives<std::vector<Item>>;
        { rows.template as<std::int32_t>() } -> Gives<std::vector<std::int32_t>>;
        { rows.template one<Item>() } -> Gives<std::optional<Item>>;
    });
    return true;
}
static_assert(batches_and_raw<front::BatchQuery, front::Rows>());

template <class Url>
constexpr bool connections() {
    static_assert(requires(Url url, const coodie::InitOptions& options,
                           std::shared_ptr<coodie::Driver> shared, coodie::Driver& driver) {
        { front::init_coodie(url) } -> std::convertible_to<coodie::Connection>;
        { front::init_coodie(url, options) } -> std::convertible_to<coodie::Connection>;
        { front::init_coodie(options) } -> std::convertible_to<coodie::Connection>;
        { front::init_coodie(shared) } -> std::convertible_to<coodie::Connection>;
        { front::init_coodie(shared, options) } -> std::convertible_to<coodie::Connection>;
        { front::init_coodie(driver, options) } -> std::convertible_to<coodie::Connection>;
        { front::init_coodie(url).connect() } -> Gives<void>;
        { front::init_coodie(url).close() } -> std::same_as<void>;
    });
    return true;
}
static_assert(connections<const char*>() && connections<std::string>());

}  // namespace surface::FRONT
