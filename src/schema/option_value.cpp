// SPDX-License-Identifier: Apache-2.0
#include "schema/option_value.hpp"
#include "types/ascii_case.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

namespace coodie::schema {
namespace {

bool ends_with_ignoring_case(const std::string& text, std::string_view ending) {
    return text.size() >= ending.size() && to_upper(text.substr(text.size() - ending.size())) == ending;
}

// Reads the CQL of one option's value: 'text', a bare word or number, or {key: value, ...} of those.
class OptionReader {
public:
    explicit OptionReader(std::string_view cql) : rest_(cql) {}

    std::optional<LiveOption> read() {
        skip_space();
        std::optional<LiveOption> value;
        if (take('{'))
            value = read_map();
        else if (auto text = read_scalar())
            value = *std::move(text);
        skip_space();
        return rest_.empty() ? value : std::nullopt;
    }

private:
    void skip_space() {
        while (!rest_.empty() &&
               (rest_[0] == ' ' || rest_[0] == '\t' || rest_[0] == '\n' || rest_[0] == '\r'))
            rest_.remove_prefix(1);
    }

    bool take(char c) {
        skip_space();
        if (rest_.empty() || rest_[0] != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::optional<std::string> read_scalar() {
        skip_space();
        std::string out;
        if (!take('\'')) {
            const std::size_t end = std::min(rest_.find_first_of(" \t\r\n,:{}'"), rest_.size());
            out = rest_.substr(0, end);
            rest_.remove_prefix(end);
            return out.empty() ? std::nullopt : std::optional(std::move(out));
        }
        while (!rest_.empty()) {
            const char c = rest_[0];
            rest_.remove_prefix(1);
            if (c == '\'') {
                if (rest_.empty() || rest_[0] != '\'') return out;
                rest_.remove_prefix(1);
            }
            out += c;
        }
        return std::nullopt;
    }

    std::optional<LiveOption> read_map() {
        std::map<std::string, std::string> map;
        if (take('}')) return map;
        while (true) {
            std::optional<std::string> key = read_scalar();
            if (!key || !take(':')) return std::nullopt;
            std::optional<std::string> value = read_scalar();
            if (!value) return std::nullopt;
            map.insert_or_assign(*std::move(key), *std::move(value));
            if (take('}')) return map;
            if (!take(',')) return std::nullopt;
        }
    }

    std::string_view rest_;
};

std::optional<double> number(const std::string& text) noexcept {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string last_part(const std::string& class_name) {
    const std::size_t dot = class_name.rfind('.');
    return dot == std::string::npos ? class_name : class_name.substr(dot + 1);
}

// `99PERCENTILE`, `99P` and `99percentile` are what Cassandra stores as `99p`, `10MS` as `10ms`, `always` as
// `ALWAYS`.
std::string retry_spelling(const std::string& text) {
    const std::string loud = to_upper(text);
    return ends_with_ignoring_case(loud, "PERCENTILE") ? loud.substr(0, loud.size() - 9) : loud;
}

bool same_text(std::string_view option, const std::string& wanted, const std::string& live) {
    if (wanted == live) return true;
    if (option == "caching") return to_upper(wanted) == to_upper(live);
    if (option == "speculative_retry" || option == "additional_write_policy")
        return retry_spelling(wanted) == retry_spelling(live);
    const std::optional<double> a = number(wanted);
    return a && a == number(live);
}

bool same_entry(std::string_view option, const std::string& key, const std::string& wanted,
                const std::string& live) {
    const bool is_class = key == "class" || key == "sstable_compression";
    if (is_class && wanted.find('.') == std::string::npos) return wanted == last_part(live);
    return same_text(option, wanted, live);
}

bool same_map(std::string_view option, const std::map<std::string, std::string>& wanted,
              const std::map<std::string, std::string>& live) {
    for (const auto& [key, value] : wanted) {
        const auto found = live.find(key);
        if (found == live.end() || !same_entry(option, key, value, found->second)) return false;
    }
    return true;
}

}  // namespace

bool same_option(std::string_view name, std::string_view wanted, const LiveOption& live) {
    const std::optional<LiveOption> value = OptionReader(wanted).read();
    if (!value || value->index() != live.index()) return false;
    if (const auto* text = std::get_if<std::string>(&*value))
        return same_text(name, *text, std::get<std::string>(live));
    return same_map(name, std::get<1>(*value), std::get<1>(live));
}

}  // namespace coodie::schema
