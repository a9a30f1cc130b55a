// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/model/document_base.hpp>

#include <fmt/format.h>

/// fmt formatters for models: `fmt::print("{:>40}\n", review)`. The only header of coodie that includes fmt;
/// nothing of the library needs it.
template <class T>
    requires coodie::Model<T>
struct fmt::formatter<T, char> : fmt::formatter<fmt::string_view, char> {
    /// Takes the format specification of a string. Formats as coodie::to_string does.
    template <class Context>
    auto format(const T& document, Context& context) const {
        const std::string text = coodie::to_string(document);
        return fmt::formatter<fmt::string_view, char>::format(fmt::string_view(text.data(), text.size()),
                                                              context);
    }
};
