// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coodie/types/error.hpp>

#include <string>
#include <utility>

/// How catalog and planner leave a deep recursion when they refuse a statement. Refused never leaves their
/// public functions (apply, make_plan, bind, ...): those catch it and return the Error.
namespace coodie::embedded {

struct Refused {
    Error error;
};

[[nodiscard]] inline Error invalid_request(std::string message) {
    return {server_code::invalid, std::move(message)};
}
[[noreturn]] inline void refuse(std::int32_t code, std::string message) {
    throw Refused{Error(code, std::move(message))};
}
[[noreturn]] inline void refuse_invalid(std::string message) {
    refuse(server_code::invalid, std::move(message));
}
[[noreturn]] inline void refuse_config(std::string message) {
    refuse(server_code::config_error, std::move(message));
}
[[noreturn]] inline void refuse_syntax(std::string message) {
    refuse(server_code::syntax_error, std::move(message));
}
/// @param word what the engine stopped at, as the text spells it.
[[noreturn]] inline void refuse_unsupported(const std::string& word) {
    throw Refused{Error(ErrorKind::unsupported, "the embedded engine does not know " + word + " yet")};
}

}  // namespace coodie::embedded
