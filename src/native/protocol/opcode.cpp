// SPDX-License-Identifier: Apache-2.0
#include "native/protocol/opcode.hpp"

namespace coodie::native {

std::string_view to_string(Opcode opcode) noexcept {
    switch (opcode) {
        case Opcode::error: return "ERROR";
        case Opcode::startup: return "STARTUP";
        case Opcode::ready: return "READY";
        case Opcode::authenticate: return "AUTHENTICATE";
        case Opcode::options: return "OPTIONS";
        case Opcode::supported: return "SUPPORTED";
        case Opcode::query: return "QUERY";
        case Opcode::result: return "RESULT";
        case Opcode::prepare: return "PREPARE";
        case Opcode::execute: return "EXECUTE";
        case Opcode::register_: return "REGISTER";
        case Opcode::event: return "EVENT";
        case Opcode::batch: return "BATCH";
        case Opcode::auth_challenge: return "AUTH_CHALLENGE";
        case Opcode::auth_response: return "AUTH_RESPONSE";
        case Opcode::auth_success: return "AUTH_SUCCESS";
    }
    return "UNKNOWN";
}

}  // namespace coodie::native
