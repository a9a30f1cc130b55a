// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The blocking front: everything that a program needs to use coodie with `coodie::sync`.

#include <coodie/driver/registry.hpp>
#include <coodie/query/collections.hpp>
#include <coodie/sync/batch_query.hpp>
#include <coodie/sync/document.hpp>
#include <coodie/sync/init.hpp>
#include <coodie/sync/raw.hpp>
#include <coodie/types/types.hpp>
