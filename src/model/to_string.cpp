// SPDX-License-Identifier: Apache-2.0
#include <coodie/codec/dynamic.hpp>
#include <coodie/model/document_base.hpp>

#include <stdexcept>

namespace coodie {

namespace {

/// Content of what a column's `encode` wrote: [int] length + bytes.
Cell cell_of(BytesView encoded) {
    Cell cell;
    wire::ValueReader reader(encoded, "a document");
    cell = reader.read();
    return cell;
}

/// A value that cannot be encoded is shown, too: this function is for logs and tests.
std::string show(const ColumnInfo& column, const void* document) {
    Bytes encoded;
    try {
        column.encode(document, encoded);
        return format_value(column.type(), cell_of(encoded));
    } catch (const ValidationError& error) {
        return "<" + std::string(error.what()) + ">";
    }
}

}  // namespace

std::string to_string(const ModelInfo& model, const void* document) {
    std::string text(model.type_name);
    text += '{';
    bool first = true;
    for (const ColumnInfo& column : model.columns) {
        if (!first) text += ", ";
        first = false;
        text += column.name;
        text += ": ";
        text += show(column, document);
    }
    return text + "}";
}

}  // namespace coodie
