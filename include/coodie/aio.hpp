// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The coroutine front: everything that a program needs to use coodie with `co_await` and `coodie::aio`. Its
/// functions give `boost::asio::awaitable<T>`; link the CMake target coodie::aio.

#include <coodie/aio/batch_query.hpp>
#include <coodie/aio/document.hpp>
#include <coodie/aio/init.hpp>
#include <coodie/aio/raw.hpp>
#include <coodie/driver/registry.hpp>
#include <coodie/query/collections.hpp>
#include <coodie/types/types.hpp>
