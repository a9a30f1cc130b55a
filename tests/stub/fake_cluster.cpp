// SPDX-License-Identifier: Apache-2.0
#include "stub/fake_cluster.hpp"

#include "native/protocol/requests/auth_response.hpp"
#include "native/protocol/responses/result_kind.hpp"

#include <algorithm>
#include <utility>

namespace coodie::stub {
namespace {

using native::Opcode;

std::uint64_t fnv(std::string_view text, std::uint64_t hash) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    return hash;
}

/// 16 bytes, as Cassandra's MD5, and the same on each node.
Bytes id_of(std::string_view keyspace, std::string_view text) {
    Body body;
    body.long_(static_cast<std::int64_t>(fnv(text, fnv(keyspace, 14695981039346656037U))));
    body.long_(static_cast<std::int64_t>(fnv(text, 88172645463325252U)));
    return std::move(body).take();
}

Bytes metadata_id_of(const Table& table) {
    std::uint64_t hash = 14695981039346656037U;
    for (const Column& column : table.columns) hash = fnv(column.type.to_string(), fnv(column.name, hash));
    Body body;
    return std::move(body.long_(static_cast<std::int64_t>(hash)).long_(0)).take();
}

}  // namespace

FakeCluster::FakeCluster(const ServerOptions& options, std::uint16_t port)
    : options_(options),
      port_(port),
      prepared_(options.nodes),
      schema_versions_(options.nodes, uuid(0x5c5c'5c5c'5c5c'4c5cU, 0x8c5c'5c5c'5c5c'5c5cU)),
      members_(options.nodes, true) {}

std::string FakeCluster::text_of(std::size_t node, const Bytes& id) const {
    const auto found = prepared_[node].find(id);
    return found == prepared_[node].end() ? std::string() : found->second;
}

void FakeCluster::set_datacenter(std::size_t node, std::string name) {
    if (options_.datacenters.size() <= node) options_.datacenters.resize(node + 1, "dc1");
    options_.datacenters[node] = std::move(name);
}

void FakeCluster::add_table(Table table) {
    std::erase_if(options_.tables, [&](const Table& each) {
        return each.keyspace == table.keyspace && each.name == table.name;
    });
    options_.tables.push_back(std::move(table));
}

const FakeCluster::FastBodies* FakeCluster::fast_bodies(BytesView id) const {
    const auto found = fast_.find(Bytes(id.begin(), id.end()));
    return found == fast_.end() ? nullptr : &found->second;
}

Reply FakeCluster::answer(const Request& request) {
    switch (request.opcode) {
        case Opcode::options: {
            native::StringMultimap values{
                {"CQL_VERSION", {"3.4.7"}}, {"COMPRESSION", {}}, {"PROTOCOL_VERSIONS", {}}};
            if (options_.compression) values[1].second = {"snappy", "lz4"};
            for (const auto version : options_.versions) {
                const std::string number = std::to_string(static_cast<int>(version));
                values[2].second.push_back(number + "/v" + number);
            }
            return supported(std::move(values));
        }
        case Opcode::startup: return answer_startup();
        case Opcode::auth_response: return answer_token(request);
        case Opcode::register_: return ready();
        case Opcode::query: return answer_statement(request);
        case Opcode::prepare: return answer_prepare(request);
        case Opcode::execute: return answer_execute(request);
        case Opcode::batch: return answer_batch(request);
        default: return error(server_code::protocol_error, "not a request");
    }
}

Reply FakeCluster::answer_startup() const {
    if (options_.user.empty() && options_.password.empty()) return ready();
    return authenticate("org.apache.cassandra.auth.PasswordAuthenticator");
}

Reply FakeCluster::answer_token(const Request& request) const {
    if (request.token == native::sasl_plain_token(options_.user, options_.password)) return auth_success();
    return error(server_code::bad_credentials, "Provided username and/or password are incorrect");
}

Reply FakeCluster::answer_statement(const Request& request) const {
    const StatementGuess guess = guess_statement(request.query);
    const std::string& keyspace = request.keyspace_in_force();
    if (guess.verb == "SELECT" && guess.keyspace == "system") {
        if (guess.table == "local") return rows(local_row(request.node));
        if (guess.table == "peers_v2") return rows(peer_rows(request.node, true));
        if (guess.table == "peers") return rows(peer_rows(request.node, false));
    }
    if (guess.verb == "SELECT" && guess.keyspace == "system_schema" && guess.table == "keyspaces")
        return rows(keyspace_rows());
    if (guess.verb == "SELECT") return rows(select(guess, keyspace));
    if (guess.verb == "USE") return set_keyspace(guess.table);
    if (guess.verb == "CREATE" || guess.verb == "ALTER" || guess.verb == "DROP") {
        const std::string change = guess.verb == "CREATE" ? "CREATED"
                                   : guess.verb == "DROP" ? "DROPPED"
                                                          : "UPDATED";
        return schema_change(change, "TABLE", keyspace.empty() ? "ks" : keyspace, "t");
    }
    return void_result();
}

const Table* FakeCluster::find_table(const StatementGuess& guess, const std::string& keyspace) const {
    const std::string& own = guess.keyspace.empty() ? keyspace : guess.keyspace;
    for (const Table& table : options_.tables)
        if (table.name == guess.table && (own.empty() || own == table.keyspace)) return &table;
    return nullptr;
}

Table FakeCluster::select(const StatementGuess& guess, const std::string& keyspace) const {
    const Table* const found = find_table(guess, keyspace);
    if (found == nullptr)
        return {.columns = {{"key", TypeId::text}}, .keyspace = guess.keyspace, .name = guess.table};
    std::vector<std::size_t> positions;
    for (const std::string& name : guess.columns)
        for (std::size_t i = 0; i < found->columns.size(); ++i)
            if (found->columns[i].name == name) positions.push_back(i);
    if (positions.empty() || positions.size() != guess.columns.size()) return *found;
    Table table{.columns = {}, .keyspace = found->keyspace, .name = found->name};
    for (const std::size_t position : positions) table.columns.push_back(found->columns[position]);
    for (const auto& row : found->rows) {
        table.rows.emplace_back();
        for (const std::size_t position : positions) table.rows.back().push_back(row[position]);
    }
    return table;
}

Column FakeCluster::parameter_of(const std::string& name, const Table* table) {
    if (table != nullptr)
        for (const Column& column : table->columns)
            if (column.name == name) return column;
    if (name == "LIMIT" || name == "TTL") return {name, TypeId::int_};
    if (name == "TIMESTAMP") return {name, TypeId::bigint};
    return {name, TypeId::blob};
}

Reply FakeCluster::answer_prepare(const Request& request) {
    const StatementGuess guess = guess_statement(request.query);
    const std::string& keyspace = request.keyspace_in_force();
    Prepared result{.id = id_of(keyspace, request.query)};
    const Table* const table = find_table(guess, keyspace);
    result.parameters.keyspace = table != nullptr ? table->keyspace : guess.keyspace;
    result.parameters.name = guess.table;
    for (const std::string& name : guess.parameters) {
        if (table != nullptr && name == table->columns.front().name && result.routing_key.empty())
            result.routing_key.push_back(static_cast<std::uint16_t>(result.parameters.columns.size()));
        result.parameters.columns.push_back(parameter_of(name, table));
    }
    if (guess.verb == "SELECT" && table != nullptr) result.result = select(guess, keyspace);
    result.result_metadata_id = metadata_id_of(result.result);
    prepared_[request.node][result.id] = request.query;
    if (options_.fast) make_fast(result.id, guess, keyspace);
    return prepared(std::move(result));
}

void FakeCluster::make_fast(const Bytes& id, const StatementGuess& guess, const std::string& keyspace) {
    if (guess.verb == "SELECT" && !guess.has_where) return;
    Bytes body = Body().int_(static_cast<std::int32_t>(native::ResultKind::void_)).view();
    FastBodies bodies{body, body};
    if (guess.verb == "SELECT") {
        const Table table = select(guess, keyspace);
        bodies = {rows_body(table, {.count = 1}), rows_body(table, {.skip_metadata = true, .count = 1})};
    }
    fast_.insert_or_assign(id, std::move(bodies));
}

Reply FakeCluster::answer_execute(const Request& request) const {
    if (request.query.empty()) {
        return error(server_code::unprepared, "Prepared query with this ID not found",
                     native::UnpreparedDetail{request.id});
    }
    return answer_statement(request);
}

Reply FakeCluster::answer_batch(const Request& request) const {
    for (const BatchItem& item : request.items)
        if (!item.id.empty() && item.query.empty())
            return error(server_code::unprepared, "Prepared query with this ID not found",
                         native::UnpreparedDetail{item.id});
    return void_result();
}

}  // namespace coodie::stub
