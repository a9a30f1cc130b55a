// SPDX-License-Identifier: Apache-2.0
#pragma once

// All of the protocol.
#include "native/protocol/body_compression.hpp"
#include "native/protocol/envelope.hpp"
#include "native/protocol/requests/request.hpp"
#include "native/protocol/responses/response.hpp"
#include "native/protocol/segment.hpp"
