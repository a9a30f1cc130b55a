// SPDX-License-Identifier: Apache-2.0
#include "embedded/engine/paging.hpp"

#include "embedded/engine/wire.hpp"

namespace coodie::embedded {

namespace {

constexpr std::byte format{1};
constexpr std::size_t hash_size = 8;

/// Parts are put behind their lengths, so that no two queries hash the same bytes.
std::uint64_t hash_of(const SipKey& key, const PagedQuery& query, BytesView position) {
    Bytes sizes;
    append_long(sizes, static_cast<std::int64_t>(query.cql.size()));
    append_long(sizes, static_cast<std::int64_t>(query.keyspace.size()));
    append_long(sizes, static_cast<std::int64_t>(query.values.size()));
    const BytesView parts[] = {sizes,        as_bytes(query.cql), as_bytes(query.keyspace),
                               query.values, query.table_id,      position};
    return siphash(key, parts);
}

Error refused() {
    return Error(
        server_code::protocol_error,
        "Invalid value for the paging state: it was altered, or belongs to another query, other values or "
        "another database; start again without one");
}

}  // namespace

Bytes write_paging_state(const SipKey& key, const PagedQuery& query, const PagePosition& position) {
    Bytes state{format};
    append_long(state, position.returned);
    append_long(state, position.of_partition);
    append_long(state, position.scan.token);
    append_value(state, position.scan.partition_key);
    if (position.scan.clustering) {
        append_value(state, *position.scan.clustering);
    } else {
        append_null(state);
    }
    append_long(state, static_cast<std::int64_t>(hash_of(key, query, state)));
    return state;
}

std::variant<PagePosition, Error> read_paging_state(const SipKey& key, const PagedQuery& query,
                                                    BytesView state) {
    if (state.size() <= hash_size || state[0] != format) return refused();
    const auto signed_part = state.first(state.size() - hash_size);
    ByteReader hash(state.last(hash_size));
    if (static_cast<std::uint64_t>(hash.i64()) != hash_of(key, query, signed_part)) return refused();

    PagePosition position;
    ByteReader in(signed_part.subspan(1));
    position.returned = in.i64();
    position.of_partition = in.i64();
    position.scan.token = in.i64();
    const auto partition = in.sized();
    position.scan.partition_key.assign(partition.begin(), partition.end());
    const auto size = in.i32();
    if (size >= 0) {
        const auto clustering = in.take(static_cast<std::size_t>(size));
        position.scan.clustering.emplace(clustering.begin(), clustering.end());
    }
    if (!in.done()) return refused();
    return position;
}

}  // namespace coodie::embedded
