// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/query/assignment.hpp>
#include <coodie/query/column_name.hpp>
#include <coodie/query/condition.hpp>
#include <coodie/query/stored.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace coodie {
namespace query {

/// Marks the classes that name a column.
struct ColumnBase {};
template <class C>
concept ColumnExpression = std::is_base_of_v<ColumnBase, std::remove_cvref_t<C>>;

template <class V>
constexpr void refuse_column_operand() {
    static_assert(
        !ColumnExpression<V>,
        "coodie: a column is compared with or set to a value, never another column; CQL cannot do that");
}

/// What can be compared with a value. `Self` has `compare<Operator>(value)`.
template <class Self>
class Comparable {
public:
    template <class V>
    [[nodiscard]] auto operator==(V&& value) const {
        return self().template compare<Operator::equal>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator!=(V&& value) const {
        return self().template compare<Operator::not_equal>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator<(V&& value) const {
        return self().template compare<Operator::less>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator<=(V&& value) const {
        return self().template compare<Operator::less_equal>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator>(V&& value) const {
        return self().template compare<Operator::greater>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator>=(V&& value) const {
        return self().template compare<Operator::greater_equal>(std::forward<V>(value));
    }

private:
    const Self& self() const noexcept { return static_cast<const Self&>(*this); }
};

/// `"m"_c[key]`: an element of a map (by key) or of a list (by index). Copies its key.
template <class Column, class Key>
class Element : public Comparable<Element<Column, Key>> {
public:
    Element(Column column, Key key) : column_(std::move(column)), key_(std::move(key)) {}
    Element(const Element&) = default;
    /// Deleted: `"m"_c[1] = "m"_c[2]` would assign nothing.
    Element& operator=(const Element&) = delete;

    template <class V>
        requires(!std::is_same_v<std::remove_cvref_t<V>, Element>)
    [[nodiscard]] auto operator=(V&& value) const {
        refuse_column_operand<V>();
        return ElementAssignment<Column, Key, stored_t<V>>(column_, key_, store(std::forward<V>(value)));
    }

private:
    friend class Comparable<Element>;
    template <Operator Op, class V>
    auto compare(V&& value) const {
        refuse_column_operand<V>();
        return ElementComparison<Column, Key, Op, stored_t<V>>(column_, key_, store(std::forward<V>(value)));
    }

    [[no_unique_address]] Column column_;
    Key key_;
};

/// What can be done with a column, however it is named.
template <class Self>
class ColumnOperators : public ColumnBase, public Comparable<ColumnOperators<Self>> {
public:
    template <class V>
        requires(!std::is_same_v<std::remove_cvref_t<V>, Self>)
    [[nodiscard]] auto operator=(V&& value) const {
        return assign<ChangeKind::set>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator=(std::initializer_list<V> values) const {
        return assign<ChangeKind::set>(store_all(values));
    }

    /// One bound list, however many values (semantics rule 14); an empty one gives no rows and sends nothing.
    template <ValueRange R>
    [[nodiscard]] auto in(const R& values) const {
        return in_list(store_all(values));
    }
    template <class V>
    [[nodiscard]] auto in(std::initializer_list<V> values) const {
        return in_list(store_all(values));
    }
    /// `in(a, b, c)`: beside the braces, which GCC 12 cannot take within `co_await`.
    template <class First, class... Rest>
        requires(sizeof...(Rest) > 0 || !ValueRange<std::remove_cvref_t<First>>)
    [[nodiscard]] auto in(First&& first, Rest&&... rest) const {
        return in_list(store_list(std::forward<First>(first), std::forward<Rest>(rest)...));
    }

    /// An element of a list or set, or a value of a map.
    template <class V>
    [[nodiscard]] auto contains(V&& value) const {
        return compare<Operator::contains>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto contains_key(V&& key) const {
        return compare<Operator::contains_key>(std::forward<V>(key));
    }
    [[nodiscard]] auto is_not_null() const {
        return Comparison<Self, Operator::is_not_null, NoOperand>(self(), NoOperand{});
    }

    /// Appends to a list, adds to a set, merges into a map, increments a counter. Only the difference is sent
    /// (semantics rule 10).
    template <class V>
    [[nodiscard]] auto operator+=(V&& value) const {
        return assign<ChangeKind::add>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator+=(std::initializer_list<V> values) const {
        return assign<ChangeKind::add>(store_all(values));
    }
    /// Removes from a list (every occurrence), a set, or a map (by keys); decrements a counter.
    template <class V>
    [[nodiscard]] auto operator-=(V&& value) const {
        return assign<ChangeKind::subtract>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto operator-=(std::initializer_list<V> values) const {
        return assign<ChangeKind::subtract>(store_all(values));
    }
    /// Puts elements before a list's own.
    template <class V>
    [[nodiscard]] auto prepend(V&& value) const {
        return assign<ChangeKind::prepend>(std::forward<V>(value));
    }
    template <class V>
    [[nodiscard]] auto prepend(std::initializer_list<V> values) const {
        return assign<ChangeKind::prepend>(store_all(values));
    }
    template <class K>
    [[nodiscard]] auto operator[](K&& key) const {
        refuse_column_operand<K>();
        return Element<Self, stored_t<K>>(self(), store(std::forward<K>(key)));
    }

private:
    friend class Comparable<ColumnOperators>;
    template <ChangeKind Kind, class V>
    auto assign(V&& value) const {
        refuse_column_operand<V>();
        return Assignment<Self, Kind, stored_t<V>>(self(), store(std::forward<V>(value)));
    }
    template <Operator Op, class V>
    auto compare(V&& value) const {
        refuse_column_operand<V>();
        return Comparison<Self, Op, stored_t<V>>(self(), store(std::forward<V>(value)));
    }
    template <class List>
    auto in_list(List list) const {
        return Comparison<Self, Operator::in, List>(self(), std::move(list));
    }
    const Self& self() const noexcept { return static_cast<const Self&>(*this); }
};

/// `"rating"_c`: a column by its CQL name, known at compile time.
template <ColumnName Name>
class Column : public ColumnOperators<Column<Name>> {
public:
    constexpr Column() noexcept = default;
    constexpr Column(const Column&) noexcept = default;
    /// Deleted: `"a"_c = "a"_c` would compile to nothing.
    Column& operator=(const Column&) = delete;
    using ColumnOperators<Column>::operator=;
    [[nodiscard]] static constexpr std::string_view name() noexcept { return Name.view(); }
};

/// `coodie::col<&Review::rating>`: the same, for those who rename by tool.
template <auto Member>
class MemberColumn : public ColumnOperators<MemberColumn<Member>> {
public:
    constexpr MemberColumn() noexcept = default;
    constexpr MemberColumn(const MemberColumn&) noexcept = default;
    MemberColumn& operator=(const MemberColumn&) = delete;
    using ColumnOperators<MemberColumn>::operator=;
    static constexpr auto member = Member;
};

/// `coodie::column(name)`: a column whose name is known only at run time; checked then.
class DynamicColumn : public ColumnOperators<DynamicColumn> {
public:
    explicit DynamicColumn(std::string_view name) : name_(name) {}
    DynamicColumn(const DynamicColumn&) = default;
    DynamicColumn& operator=(const DynamicColumn&) = delete;
    using ColumnOperators<DynamicColumn>::operator=;
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
};

/// `-"created_at"_c`: descending, for order_by.
template <class Column>
class Descending {
public:
    explicit Descending(Column column) : column_(std::move(column)) {}
    [[nodiscard]] const Column& column() const noexcept { return column_; }

private:
    [[no_unique_address]] Column column_;
};

template <ColumnExpression Column>
[[nodiscard]] Descending<Column> operator-(const Column& column) {
    return Descending<Column>(column);
}

}  // namespace query

inline namespace literals {
/// The column of that name, checked by the model that it is used with.
template <query::ColumnName Name>
[[nodiscard]] constexpr query::Column<Name> operator""_c() noexcept {
    return {};
}
}  // namespace literals

template <auto Member>
inline constexpr query::MemberColumn<Member> col{};

/// A column by a name known only at run time. An operation that gets one its model lacks throws
/// InvalidQueryError.
[[nodiscard]] inline query::DynamicColumn column(std::string_view name) { return query::DynamicColumn(name); }

}  // namespace coodie
