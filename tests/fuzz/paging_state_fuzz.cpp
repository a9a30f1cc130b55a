// SPDX-License-Identifier: Apache-2.0
// Any bytes as a paging state: refused, save the very bytes that were written for the same query. The first
// byte of the input chooses how a right state is altered; the rest goes in as it is, too.
#include "embedded/engine/paging.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

using namespace coodie;
using namespace coodie::embedded;

constexpr SipKey key{0x0123456789abcdefULL, 0xfedcba9876543210ULL};

void check(bool holds) {
    if (!holds) std::abort();
}

BytesView part(BytesView& rest, std::size_t most) {
    const auto size = std::min(rest.size(), most);
    const auto result = rest.first(size);
    rest = rest.subspan(size);
    return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    BytesView input(reinterpret_cast<const std::byte*>(data), size);
    const PagedQuery plain{"SELECT * FROM t", "ks", {}, {}};
    check(std::holds_alternative<Error>(read_paging_state(key, plain, input)));
    if (size < 4) return 0;

    const auto choice = std::to_integer<std::size_t>(input[0]);
    const auto at = std::to_integer<std::size_t>(input[1]);
    BytesView rest = input.subspan(2);
    PagePosition position;
    position.returned = static_cast<std::int64_t>(at) << (choice % 50);
    position.scan.token = static_cast<std::int64_t>(choice) - 128;
    const auto partition = part(rest, 20);
    position.scan.partition_key.assign(partition.begin(), partition.end());
    if (choice % 2 == 0) {
        const auto clustering = part(rest, 20);
        position.scan.clustering.emplace(clustering.begin(), clustering.end());
    }
    const auto text = part(rest, 30);
    const PagedQuery query{
        {reinterpret_cast<const char*>(text.data()), text.size()}, "ks", part(rest, 30), {}};
    auto state = write_paging_state(key, query, position);
    const auto read = read_paging_state(key, query, state);
    check(std::holds_alternative<PagePosition>(read) && std::get<PagePosition>(read) == position);

    check(std::holds_alternative<Error>(read_paging_state({key[0] ^ 1, key[1]}, query, state)));
    PagedQuery foreign = query;
    foreign.keyspace = "kt";
    check(std::holds_alternative<Error>(read_paging_state(key, foreign, state)));
    check(std::holds_alternative<Error>(
        read_paging_state(key, query, BytesView(state).first(at % state.size()))));
    state[at % state.size()] ^= static_cast<std::byte>(1U << (choice % 8));
    check(std::holds_alternative<Error>(read_paging_state(key, query, state)));
    return 0;
}
