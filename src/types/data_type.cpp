// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/data_type.hpp>

#include <utility>

namespace coodie {

struct DataType::Node {
    std::vector<DataType> children;
    std::vector<std::string> field_names;
    std::string keyspace;
    std::string name;
    std::uint32_t dimensions = 0;
};

namespace {

std::vector<DataType> frozen_all(std::vector<DataType> types) {
    for (DataType& type : types) type = type.frozen();
    return types;
}

}  // namespace

DataType DataType::list(DataType element) {
    DataType type(TypeId::list);
    type.node_ = std::make_shared<const Node>(Node{.children = {std::move(element)}});
    return type;
}

DataType DataType::set(DataType element) {
    DataType type(TypeId::set);
    type.node_ = std::make_shared<const Node>(Node{.children = {std::move(element)}});
    return type;
}

DataType DataType::map(DataType key, DataType value) {
    DataType type(TypeId::map);
    type.node_ = std::make_shared<const Node>(Node{.children = {std::move(key), std::move(value)}});
    return type;
}

DataType DataType::tuple(std::vector<DataType> elements) {
    DataType type(TypeId::tuple);
    type.node_ = std::make_shared<const Node>(Node{.children = frozen_all(std::move(elements))});
    return type;
}

DataType DataType::vector(DataType element, std::uint32_t dimensions) {
    DataType type(TypeId::vector);
    type.node_ = std::make_shared<const Node>(Node{.children = {element.frozen()}, .dimensions = dimensions});
    return type;
}

DataType DataType::udt(std::string keyspace, std::string name, std::vector<std::string> field_names,
                       std::vector<DataType> field_types) {
    DataType type(TypeId::udt);
    type.node_ = std::make_shared<const Node>(Node{.children = std::move(field_types),
                                                   .field_names = std::move(field_names),
                                                   .keyspace = std::move(keyspace),
                                                   .name = std::move(name)});
    return type;
}

DataType DataType::custom(std::string class_name) {
    DataType type(TypeId::custom);
    type.node_ = std::make_shared<const Node>(Node{.name = std::move(class_name)});
    return type;
}

DataType DataType::frozen() const {
    if (!is_multi_cell()) return *this;
    DataType type = *this;
    type.frozen_ = true;
    bool changes = false;
    for (const DataType& child : children()) changes = changes || child.is_multi_cell();
    if (changes) {
        Node node = *node_;
        node.children = frozen_all(std::move(node.children));
        type.node_ = std::make_shared<const Node>(std::move(node));
    }
    return type;
}

namespace {
// Outlive static destruction: a type may be asked from another object's destructor.
template <class T>
const T& empty_one() {
    static const T* const one = new T();
    return *one;
}
}  // namespace

const std::vector<DataType>& DataType::children() const noexcept {
    return node_ ? node_->children : empty_one<std::vector<DataType>>();
}
std::uint32_t DataType::dimensions() const noexcept { return node_ ? node_->dimensions : 0; }
const std::string& DataType::keyspace() const noexcept {
    return node_ ? node_->keyspace : empty_one<std::string>();
}
const std::string& DataType::name() const noexcept { return node_ ? node_->name : empty_one<std::string>(); }
const std::vector<std::string>& DataType::field_names() const noexcept {
    return node_ ? node_->field_names : empty_one<std::vector<std::string>>();
}

bool operator==(const DataType& a, const DataType& b) noexcept {
    if (a.id_ != b.id_ || a.frozen_ != b.frozen_) return false;
    if (a.node_ == b.node_) return true;
    return a.children() == b.children() && a.dimensions() == b.dimensions() && a.name() == b.name() &&
           a.field_names() == b.field_names();
}

}  // namespace coodie
