// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Every codec, and encode_value/decode_value. The UDT codec is in model/.

#include <coodie/codec/adapter.hpp>
#include <coodie/codec/binary.hpp>
#include <coodie/codec/codec_base.hpp>
#include <coodie/codec/collection.hpp>
#include <coodie/codec/enum.hpp>
#include <coodie/codec/frozen.hpp>
#include <coodie/codec/identifier.hpp>
#include <coodie/codec/number.hpp>
#include <coodie/codec/scalar.hpp>
#include <coodie/codec/text.hpp>
#include <coodie/codec/time.hpp>
#include <coodie/codec/tuple.hpp>
#include <coodie/codec/value.hpp>
#include <coodie/codec/vector.hpp>
