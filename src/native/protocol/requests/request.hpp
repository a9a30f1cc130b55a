// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "native/protocol/requests/auth_response.hpp"
#include "native/protocol/requests/batch.hpp"
#include "native/protocol/requests/execute.hpp"
#include "native/protocol/requests/options.hpp"
#include "native/protocol/requests/prepare.hpp"
#include "native/protocol/requests/query.hpp"
#include "native/protocol/requests/register.hpp"
#include "native/protocol/requests/startup.hpp"
