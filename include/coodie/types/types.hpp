// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Every value type.

#include <coodie/types/ascii.hpp>
#include <coodie/types/blob.hpp>
#include <coodie/types/counter.hpp>
#include <coodie/types/date.hpp>
#include <coodie/types/decimal.hpp>
#include <coodie/types/duration.hpp>
#include <coodie/types/frozen.hpp>
#include <coodie/types/inet.hpp>
#include <coodie/types/null.hpp>
#include <coodie/types/time_of_day.hpp>
#include <coodie/types/timestamp.hpp>
#include <coodie/types/timeuuid.hpp>
#include <coodie/types/uuid.hpp>
#include <coodie/types/varint.hpp>
#include <coodie/types/vector.hpp>
