// SPDX-License-Identifier: Apache-2.0
#include "embedded/parser/token.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

namespace coodie::embedded {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
constexpr bool is_hex(char c) noexcept { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }
constexpr bool is_word(char c) noexcept { return is_letter(c) || is_digit(c) || c == '_'; }
constexpr bool is_space(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Thrown inside this file only.
struct LexicalError {
    Error error;
};

class Lexer {
public:
    explicit Lexer(std::string_view cql) : text_(cql) {}

    std::vector<Token> run() {
        std::vector<Token> tokens;
        for (;;) {
            skip_blanks();
            start_ = at_;
            start_position_ = position_;
            tokens.push_back(next());
            if (tokens.back().kind == TokenKind::end) return tokens;
        }
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    [[nodiscard]] bool done() const noexcept { return at_ >= text_.size(); }
    void advance(std::size_t count = 1) noexcept {
        for (; count > 0 && !done(); --count, ++at_) {
            if (text_[at_] == '\n') {
                ++position_.line;
                position_.column = 0;
            } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
                ++position_.column;  // UTF-8 continuation bytes belong to the character before
            }
        }
    }
    [[nodiscard]] LexicalError error(const std::string& what) const {
        return {Error(server_code::syntax_error, "line " + std::to_string(start_position_.line) + ":" +
                                                     std::to_string(start_position_.column) + " " + what)};
    }
    Token make(TokenKind kind, std::string text) const {
        return {kind, std::move(text), text_.substr(start_, at_ - start_), start_position_};
    }
    Token take(TokenKind kind, std::size_t size) {
        std::string text(text_.substr(at_, size));
        advance(size);
        return make(kind, std::move(text));
    }

    void skip_blanks() {
        for (;;) {
            while (!done() && is_space(peek())) advance();
            if ((peek() == '-' && peek(1) == '-') || (peek() == '/' && peek(1) == '/')) {
                while (!done() && peek() != '\n') advance();
            } else if (peek() == '/' && peek(1) == '*') {
                skip_block_comment();
            } else {
                return;
            }
        }
    }
    void skip_block_comment() {
        start_position_ = position_;
        const auto end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) throw error("mismatched character '<EOF>' expecting '*/'");
        advance(end + 2 - at_);
    }

    Token next() {
        if (done()) return make(TokenKind::end, {});
        const char c = peek();
        if (const auto size = uuid_size()) return take(TokenKind::uuid, size);
        if (c == '\'') return {quoted('\'', TokenKind::string)};
        if (c == '"') return {quoted('"', TokenKind::quoted_name)};
        if (c == '$' && peek(1) == '$') return dollars();
        if (is_digit(c) || (c == '-' && is_digit(peek(1)))) return number();
        if (const auto size = iso_duration_size()) return take(TokenKind::duration, size);
        if (is_letter(c)) return word();
        return symbol();
    }

    Token word() {
        std::string text;
        while (is_word(peek())) {
            text.push_back(lower(peek()));
            advance();
        }
        return make(TokenKind::word, std::move(text));
    }

    Token quoted(char quote, TokenKind kind) {
        std::string text;
        advance();
        for (;; advance()) {
            if (done()) throw error(std::string("mismatched character '<EOF>' expecting '") + quote + "'");
            if (peek() == quote) {
                if (peek(1) != quote) break;
                advance();
            }
            text.push_back(peek());
        }
        advance();
        return make(kind, std::move(text));
    }

    Token dollars() {
        const auto end = text_.find("$$", at_ + 2);
        if (end == std::string_view::npos) throw error("mismatched character '<EOF>' expecting '$$'");
        std::string text(text_.substr(at_ + 2, end - at_ - 2));
        advance(end + 2 - at_);
        return make(TokenKind::string, std::move(text));
    }

    Token number() {
        if (peek() == '0' && lower(peek(1)) == 'x') {
            std::size_t size = 2;
            while (is_hex(peek(size))) ++size;
            return take(TokenKind::blob, size);
        }
        if (const auto size = unit_duration_size()) return take(TokenKind::duration, size);
        std::size_t size = peek() == '-' ? 1 : 0;
        while (is_digit(peek(size))) ++size;
        TokenKind kind = TokenKind::integer;
        if (peek(size) == '.' && peek(size + 1) != '.') {  // not the range of m[1..3]
            kind = TokenKind::floating;
            ++size;
            while (is_digit(peek(size))) ++size;
        }
        if (lower(peek(size)) == 'e') {
            std::size_t exponent = size + 1;
            if (peek(exponent) == '+' || peek(exponent) == '-') ++exponent;
            if (is_digit(peek(exponent))) {
                kind = TokenKind::floating;
                while (is_digit(peek(exponent))) ++exponent;
                size = exponent;
            }
        }
        // Cassandra folds such constants as doubles, whatever they are for.
        if (kind == TokenKind::floating && is_infinite(text_.substr(at_, size)))
            throw error("a number that is no double: " + std::string(text_.substr(at_, size)));
        return take(kind, size);
    }
    static bool is_infinite(std::string_view number) {
        return std::isinf(std::strtod(std::string(number).c_str(), nullptr));
    }

    /// Eight, four, four, four and twelve hexadecimal digits with dashes between; 0 when there is no UUID
    /// here. What starts as one in the last group can be nothing else.
    [[nodiscard]] std::size_t uuid_size() const {
        std::size_t size = 0;
        for (const int digits : {8, 4, 4, 4, 12}) {
            if (size > 0 && peek(size++) != '-') return 0;
            for (int i = 0; i < digits; ++i) {
                if (is_hex(peek(size++))) continue;
                if (digits == 12 && i > 0) throw error("a uuid's last group has twelve digits");
                return 0;
            }
        }
        return is_word(peek(size)) ? 0 : size;
    }

    /// 1y2mo3w4d5h6m7s8ms9us10ns with any subset of the units, in any order: the value is checked later.
    [[nodiscard]] std::size_t unit_duration_size() const noexcept {
        std::size_t size = peek() == '-' ? 1 : 0;
        bool any = false;
        while (is_digit(peek(size))) {
            while (is_digit(peek(size))) ++size;
            const auto unit = unit_size(size);
            if (unit == 0) return 0;
            size += unit;
            any = true;
        }
        return any && !is_word(peek(size)) ? size : 0;
    }
    [[nodiscard]] std::size_t unit_size(std::size_t at) const noexcept {
        constexpr std::array<std::string_view, 11> units{"\xC2\xB5s", "mo", "ms", "us", "ns", "y",
                                                         "w",         "d",  "h",  "m",  "s"};
        for (const auto unit : units) {
            std::size_t i = 0;
            while (i < unit.size() && lower(peek(at + i)) == unit[i]) ++i;
            if (i == unit.size()) return i;
        }
        return 0;
    }

    /// P1Y2M3DT4H5M6S, P3W and P0001-02-03T04:05:06, maybe negative; 0 when there is none here.
    [[nodiscard]] std::size_t iso_duration_size() const noexcept {
        std::size_t size = peek() == '-' ? 1 : 0;
        if (peek(size) != 'P' || (!is_digit(peek(size + 1)) && peek(size + 1) != 'T')) return 0;
        ++size;
        bool digits = false;
        bool designator = false;
        bool time = false;
        for (;; ++size) {
            const char c = peek(size);
            if (is_digit(c)) {
                digits = true;
            } else if (c != '\0' &&
                       std::string_view(time ? "HMS" : "YMWDT").find(c) != std::string_view::npos) {
                time = time || c == 'T';
                designator = designator || c != 'T';
            } else if (!(digits && (c == '-' || c == ':') && is_digit(peek(size + 1)))) {
                break;
            } else {
                designator = true;
            }
        }
        return digits && designator && !is_word(peek(size)) ? size : 0;
    }

    Token symbol() {
        for (const std::string_view two : {"<=", ">=", "!=", "+=", "-=", ".."})
            if (text_.substr(at_, 2) == two) return take(TokenKind::symbol, 2);
        if (std::string_view("()[]{},;:.?=<>+-*/%").find(peek()) != std::string_view::npos && peek() != '\0')
            return take(TokenKind::symbol, 1);
        throw error("no viable alternative at character '" + character() + "'");
    }
    /// The whole UTF-8 character here, or an escape for what is not printable.
    [[nodiscard]] std::string character() const {
        const auto first = static_cast<unsigned char>(peek());
        if (first < 0x20 || first == 0x7F) {
            constexpr std::string_view digits = "0123456789abcdef";
            return std::string("\\x") + digits[first >> 4U] + digits[first & 0xFU];
        }
        std::size_t size = 1;
        while ((static_cast<unsigned char>(peek(size)) & 0xC0U) == 0x80U && size < 4) ++size;
        return std::string(text_.substr(at_, size));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;
    ast::Position position_;
    ast::Position start_position_;
};

}  // namespace

std::variant<std::vector<Token>, Error> tokenize(std::string_view cql) {
    try {
        return Lexer(cql).run();
    } catch (LexicalError& failure) {
        return std::move(failure.error);
    }
}

}  // namespace coodie::embedded
