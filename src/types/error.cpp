// SPDX-License-Identifier: Apache-2.0
#include <coodie/types/error.hpp>

namespace coodie {

void raise(const Error& error) {
    switch (error.kind()) {
        case ErrorKind::configuration: throw ConfigurationError(error.message());
        case ErrorKind::invalid_query: throw InvalidQueryError(error.message());
        case ErrorKind::validation: throw ValidationError(error.message());
        case ErrorKind::connection: throw ConnectionError(error.message());
        case ErrorKind::timeout: throw TimeoutError(error.message());
        case ErrorKind::unsupported: throw UnsupportedError(error.message());
        case ErrorKind::cancelled: throw CancelledError(error.message());
        case ErrorKind::migration: throw MigrationError(error.message());
        case ErrorKind::server: break;
    }
    throw ServerError(error.code(), error.message());
}

}  // namespace coodie
