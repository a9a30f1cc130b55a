// SPDX-License-Identifier: Apache-2.0
#include "csv.hpp"

#include <stdexcept>

bool read_record(std::istream& in, std::vector<std::string>& fields) {
    fields.clear();
    if (in.peek() == std::istream::traits_type::eof()) return false;
    fields.emplace_back();
    bool quoted = false;
    for (char c; in.get(c);) {
        if (quoted) {
            if (c != '"') {
                fields.back() += c;
            } else if (in.peek() == '"') {
                fields.back() += static_cast<char>(in.get());
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            fields.emplace_back();
        } else if (c == '\n') {
            return true;
        } else if (c != '\r') {
            fields.back() += c;
        }
    }
    if (quoted) throw std::runtime_error("CSV: the file ends inside a quoted field");
    return true;
}
