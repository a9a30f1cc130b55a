// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Both fronts. The coroutine front is the default one: its names are names of `coodie`, too, so that
/// `struct Review : coodie::Document<Review>` and `co_await coodie::get<Review>(...)` are those of
/// coodie::aio.

#include <coodie/aio.hpp>
#include <coodie/sync.hpp>

namespace coodie {

using aio::alter_keyspace;
using aio::BatchQuery;
using aio::create;
using aio::create_keyspace;
using aio::Cursor;
using aio::Document;
using aio::drop_keyspace;
using aio::drop_table;
using aio::execute_raw;
using aio::find;
using aio::find_one;
using aio::get;
using aio::init_coodie;
using aio::insert;
using aio::insert_many;
using aio::QuerySet;
using aio::remove;
using aio::save;
using aio::sync_table;
using aio::sync_type;
using aio::truncate;
using aio::update;

}  // namespace coodie
