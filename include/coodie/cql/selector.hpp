// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coodie::cql {

/// One item of SELECT's list. Build it with the functions below.
struct Selector {
    enum class Kind : std::uint8_t {
        column,     ///< "a"
        count_all,  ///< COUNT(*)
        writetime,  ///< WRITETIME("a")
        ttl,        ///< TTL("a")
        token,      ///< token("a", "b")
        function,   ///< f("a", "b"): min, max, sum, avg, count, or one of the user's
    };

    Kind kind = Kind::column;
    std::vector<std::string> columns;  ///< unquoted
    std::string function;              ///< of Kind::function, unquoted
    std::string alias;                 ///< AS "alias"; "": none
};

[[nodiscard]] Selector select_column(std::string_view column, std::string_view alias = {});
[[nodiscard]] Selector count_all(std::string_view alias = {});
[[nodiscard]] Selector writetime(std::string_view column, std::string_view alias = {});
[[nodiscard]] Selector ttl(std::string_view column, std::string_view alias = {});
[[nodiscard]] Selector token(std::vector<std::string> columns, std::string_view alias = {});
[[nodiscard]] Selector function(std::string_view name, std::vector<std::string> columns,
                                std::string_view alias = {});

}  // namespace coodie::cql
