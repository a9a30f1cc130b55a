// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "stub/reply.hpp"
#include "stub/request.hpp"
#include "stub/server_options.hpp"
#include "stub/statement_guess.hpp"

#include <coodie/types/inet.hpp>
#include <coodie/types/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace coodie::stub {

/// What the server answers without a rule: as little of Cassandra as a driver needs. Not synchronized.
class FakeCluster {
public:
    FakeCluster(const ServerOptions& options, std::uint16_t port);

    [[nodiscard]] Reply answer(const Request& request);
    /// The text of a prepared statement; "" when the node does not know it.
    [[nodiscard]] std::string text_of(std::size_t node, const Bytes& id) const;

    void forget_prepared(std::size_t node) { prepared_[node].clear(); }
    void set_schema_version(std::size_t node, const uuid& version) { schema_versions_[node] = version; }
    void set_member(std::size_t node, bool member) { members_[node] = member; }
    void set_datacenter(std::size_t node, std::string name);
    void add_table(Table table);
    /// Bodies for EXECUTE of a statement that ServerOptions::fast answers; nullptr for any other.
    struct FastBodies {
        Bytes with_metadata;
        Bytes without_metadata;
    };
    [[nodiscard]] const FastBodies* fast_bodies(BytesView id) const;

    [[nodiscard]] static inet address_of(std::size_t node) {
        return inet::v4(127, 0, 0, static_cast<std::uint8_t>(node + 1));
    }
    [[nodiscard]] static uuid host_id_of(std::size_t node) {
        return {0x1111'2222'3333'4444U, 0x8000'0000'0000'0001U + node};
    }

private:
    [[nodiscard]] Reply answer_startup() const;
    [[nodiscard]] Reply answer_token(const Request& request) const;
    [[nodiscard]] Reply answer_prepare(const Request& request);
    [[nodiscard]] Reply answer_execute(const Request& request) const;
    [[nodiscard]] Reply answer_batch(const Request& request) const;
    [[nodiscard]] Reply answer_statement(const Request& request) const;
    [[nodiscard]] static Column parameter_of(const std::string& name, const Table* table);
    [[nodiscard]] Table select(const StatementGuess& guess, const std::string& keyspace) const;
    [[nodiscard]] const Table* find_table(const StatementGuess& guess, const std::string& keyspace) const;
    [[nodiscard]] Table local_row(std::size_t node) const;
    [[nodiscard]] Table peer_rows(std::size_t node, bool v2) const;
    [[nodiscard]] Table keyspace_rows() const;
    [[nodiscard]] std::string datacenter_of(std::size_t node) const;
    [[nodiscard]] Value tokens_of(std::size_t node) const;
    void make_fast(const Bytes& id, const StatementGuess& guess, const std::string& keyspace);

    ServerOptions options_;
    std::uint16_t port_;
    std::vector<std::map<Bytes, std::string>> prepared_;
    std::vector<uuid> schema_versions_;
    std::vector<bool> members_;
    std::map<Bytes, FastBodies> fast_;
};

}  // namespace coodie::stub
