// SPDX-License-Identifier: Apache-2.0
// Any bytes as CQL: a tree or an error, never a crash, and the same answer twice.
#include "embedded/parser/parser.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view cql(reinterpret_cast<const char*>(data), size);
    const auto first = coodie::embedded::parse(cql);
    const auto second = coodie::embedded::parse(cql);
    if (first.index() != second.index()) std::abort();
    if (const auto* error = std::get_if<coodie::Error>(&first)) {
        if (error->message().empty()) std::abort();
        return 0;
    }
    // A tree may be copied and its copy dropped, however deep it is.
    const auto copy = std::get<coodie::embedded::ast::Statement>(first);
    if (copy.node.index() != std::get<coodie::embedded::ast::Statement>(second).node.index()) std::abort();
    return 0;
}
