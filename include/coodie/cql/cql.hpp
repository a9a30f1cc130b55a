// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The statement builder: `coodie::cql`. Identifiers are always quoted, values always bound.
#include <coodie/cql/alter_table.hpp>
#include <coodie/cql/batch.hpp>
#include <coodie/cql/create_index.hpp>
#include <coodie/cql/create_table.hpp>
#include <coodie/cql/delete.hpp>
#include <coodie/cql/drop.hpp>
#include <coodie/cql/insert.hpp>
#include <coodie/cql/keyspace.hpp>
#include <coodie/cql/select.hpp>
#include <coodie/cql/update.hpp>
#include <coodie/cql/user_type.hpp>
