// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/driver/result.hpp>
#include <coodie/types/inet.hpp>
#include <coodie/types/uuid.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie::native {

/// Walks the rows of a system table and reads cells by column name. Everything that is not there, null, or of
/// a wrong length reads as nullopt: which columns exist depends on the server's version, and no row of
/// another node may end a connection.
class SystemRows {
public:
    /// Borrows `result`.
    explicit SystemRows(const Result& result);

    /// Goes to the next row; false at the end, also when the bytes end early.
    bool next();

    [[nodiscard]] std::optional<std::string> text(std::string_view column) const;
    [[nodiscard]] std::optional<uuid> id(std::string_view column) const;
    [[nodiscard]] std::optional<inet> address(std::string_view column) const;
    /// An int from 1 to 65535.
    [[nodiscard]] std::optional<std::uint16_t> port(std::string_view column) const;
    /// A set or list of text.
    [[nodiscard]] std::vector<std::string_view> texts(std::string_view column) const;
    /// A map of text to text; nullopt when its bytes lie.
    [[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> text_map(
        std::string_view column) const;

private:
    [[nodiscard]] Cell cell(std::string_view column) const noexcept;

    const Result& result_;
    RowReader reader_;
    std::vector<Cell> cells_;
    std::uint32_t left_;
};

}  // namespace coodie::native
