// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/codec/wire.hpp>
#include <coodie/driver/options.hpp>
#include <coodie/types/bytes.hpp>
#include <coodie/types/data_type.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coodie {

/// What a statement does, as far as a driver cares.
enum class StatementKind : std::uint8_t {
    other,
    select,
    insert,
    update,
    remove,
    conditional,  ///< any write with IF
    schema,       ///< CREATE, ALTER, DROP: wait for schema agreement afterwards
    truncate,
};

/// The text of a statement with everything that is the same for each execution. Made once per shape (model
/// and set of columns); a copy shares it. A driver caches its prepared form by `identity()`. Immutable; any
/// thread.
class StatementText {
public:
    StatementText() = default;
    /// @param parameter_types as which the values of the `?` are encoded, in order; empty when unknown
    /// (execute_raw). For ParameterFit and readable logs.
    /// @param routing_key positions of the partition key's values among the `?`, in key order; empty when
    /// unknown.
    explicit StatementText(std::string cql, StatementKind kind = StatementKind::other,
                           std::vector<DataType> parameter_types = {},
                           std::vector<std::uint16_t> routing_key = {});

    [[nodiscard]] const std::string& cql() const noexcept { return shape_->cql; }
    [[nodiscard]] StatementKind kind() const noexcept { return shape_->kind; }
    [[nodiscard]] std::span<const DataType> parameter_types() const noexcept {
        return shape_->parameter_types;
    }
    [[nodiscard]] std::span<const std::uint16_t> routing_key() const noexcept { return shape_->routing_key; }
    /// FNV-1a of the text.
    [[nodiscard]] std::uint64_t hash() const noexcept { return shape_->hash; }
    /// Equal for copies of one StatementText; never reused while any copy lives (a cache must keep a copy).
    [[nodiscard]] const void* identity() const noexcept { return shape_.get(); }
    [[nodiscard]] explicit operator bool() const noexcept { return shape_ != nullptr; }

private:
    struct Shape {
        std::string cql;
        std::vector<DataType> parameter_types;
        std::vector<std::uint16_t> routing_key;
        std::uint64_t hash = 0;
        StatementKind kind = StatementKind::other;
    };
    std::shared_ptr<const Shape> shape_;
};

/// Bound values in CQL binary, one after the other as EXECUTE wants them: [int] length (-1 null, -2 unset) +
/// content.
class BoundValues {
public:
    BoundValues() = default;
    /// @param bytes of `count` values, each as `[int] length + content`.
    BoundValues(Bytes bytes, std::uint16_t count) noexcept : bytes_(std::move(bytes)), count_(count) {}
    BoundValues(const BoundValues&) = default;
    BoundValues(BoundValues&&) noexcept = default;
    BoundValues& operator=(const BoundValues&) = default;
    BoundValues& operator=(BoundValues&&) noexcept = default;
    ~BoundValues() {
        if (bytes_.capacity() != 0) keep(std::move(bytes_));
    }

    /// An empty buffer, with the memory that values of before had: each thread keeps some, which saves a
    /// request its allocation. To be filled, and given to the constructor.
    [[nodiscard]] static Bytes spare_buffer();
    /// Makes room for so many bytes, in a spare buffer when there is none yet.
    void reserve(std::size_t size);

    /// Appends content; the view is copied.
    void add(BytesView content);
    void add_null();
    void add_unset();
    /// For encoders that append `[int] length + content` to `buffer()` themselves: call once per value so
    /// appended.
    void count_one() noexcept { ++count_; }
    [[nodiscard]] Bytes& buffer() noexcept { return bytes_; }

    [[nodiscard]] BytesView bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::uint16_t count() const noexcept { return count_; }
    void clear() noexcept { bytes_.clear(), count_ = 0; }

private:
    static void keep(Bytes&& buffer) noexcept;

    Bytes bytes_;
    std::uint16_t count_ = 0;
};

/// Walks bound values in order. Checks every length: a malformed buffer ends the walk with `ok() == false`.
class BoundValueReader {
public:
// GCC 12 takes the enumerator for a shadow of coodie::null.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
    enum class State : std::uint8_t { value, null, unset };
#pragma GCC diagnostic pop
    explicit BoundValueReader(const BoundValues& values) noexcept : rest_(values.bytes()) {}
    /// The next value; false at the end or at malformed bytes. The content borrows from the BoundValues.
    bool next(State& state, BytesView& content) noexcept {
        content = {};
        if (rest_.empty()) return false;
        if (rest_.size() < 4) return ok_ = false;
        const auto length = wire::load<std::int32_t>(rest_.data());
        rest_ = rest_.subspan(4);
        if (length == wire::null_length || length == wire::unset_length) {
            state = length == wire::null_length ? State::null : State::unset;
            return true;
        }
        if (length < 0 || static_cast<std::size_t>(length) > rest_.size()) return ok_ = false;
        state = State::value;
        content = rest_.first(static_cast<std::size_t>(length));
        rest_ = rest_.subspan(static_cast<std::size_t>(length));
        return true;
    }
    [[nodiscard]] bool ok() const noexcept { return ok_; }

private:
    BytesView rest_;
    bool ok_ = true;
};

/// One statement to execute: a text, its bound values, how to execute it. No model types in it. A class with
/// constructors, so that it may travel in a `co_await` expression on GCC 12.
class Statement {
public:
    Statement() = default;
    explicit Statement(StatementText text) : text_(std::move(text)) {}
    Statement(StatementText text, BoundValues values, ExecutionOptions options = {})
        : text_(std::move(text)), values_(std::move(values)), options_(options) {}

    [[nodiscard]] const StatementText& text() const noexcept { return text_; }
    [[nodiscard]] const BoundValues& values() const noexcept { return values_; }
    [[nodiscard]] BoundValues& values() noexcept { return values_; }
    [[nodiscard]] const ExecutionOptions& options() const noexcept { return options_; }
    [[nodiscard]] ExecutionOptions& options() noexcept { return options_; }
    /// The keyspace for names that the text leaves unqualified; "" means the driver's.
    [[nodiscard]] std::string_view keyspace() const noexcept {
        return keyspace_ ? std::string_view(*keyspace_) : std::string_view();
    }
    void set_keyspace(std::string keyspace) {
        keyspace_ = std::make_shared<const std::string>(std::move(keyspace));
    }
    /// Where to go on (`Result::paging_state()` of the page before); empty: at the start.
    [[nodiscard]] BytesView paging_state() const noexcept { return paging_state_; }
    void set_paging_state(Bytes state) { paging_state_ = std::move(state); }

private:
    StatementText text_;
    BoundValues values_;
    std::shared_ptr<const std::string> keyspace_;  ///< most statements have none, and all are moved about
    Bytes paging_state_;
    ExecutionOptions options_;
};

enum class BatchType : std::uint8_t { logged = 0, unlogged = 1, counter = 2 };

/// Several writes that go as one. Per-statement options are ignored; the batch's apply.
class BatchStatement {
public:
    explicit BatchStatement(BatchType type = BatchType::logged) : type_(type) {}
    void add(Statement statement) { statements_.push_back(std::move(statement)); }

    [[nodiscard]] BatchType type() const noexcept { return type_; }
    [[nodiscard]] std::span<const Statement> statements() const noexcept { return statements_; }
    [[nodiscard]] const ExecutionOptions& options() const noexcept { return options_; }
    [[nodiscard]] ExecutionOptions& options() noexcept { return options_; }
    /// `USING TIMESTAMP` of the whole batch (microseconds since 1970); not set: the driver's clock, one for
    /// all.
    [[nodiscard]] std::optional<std::int64_t> timestamp() const noexcept { return timestamp_; }
    void set_timestamp(std::int64_t microseconds) { timestamp_ = microseconds; }

private:
    std::vector<Statement> statements_;
    ExecutionOptions options_;
    std::optional<std::int64_t> timestamp_;
    BatchType type_;
};

}  // namespace coodie
