/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Protocol-buffer wire format (protobuf.dev, "Encoding"), read field by field within bounds. A
 * reader that has gone wrong stays wrong and has nothing more to give: callers check once, at the
 * end. Nothing is copied. */

G_BEGIN_DECLS

typedef struct {
  const uint8_t *cursor;
  const uint8_t *end;
  bool wrong;
} VolantWire;

typedef struct {
  uint32_t number;
  bool is_bytes;    /* length-delimited: bytes; else value */
  uint64_t value;
  VolantWire bytes;
} VolantWireField;

static inline VolantWire
volant_wire_new (const void *data, size_t size)
{
  return (VolantWire) { data, (const uint8_t *) data + size, false };
}

static inline size_t
volant_wire_size (const VolantWire *wire)
{
  return (size_t) (wire->end - wire->cursor);
}

static inline bool
volant_wire_has_more (const VolantWire *wire)
{
  return !wire->wrong && wire->cursor < wire->end;
}

static inline void
volant_wire_fail (VolantWire *wire)
{
  wire->wrong = true;
  wire->cursor = wire->end;
}

static inline uint64_t
volant_wire_varint (VolantWire *wire)
{
  uint64_t value = 0;

  for (unsigned shift = 0; shift < 64 && wire->cursor < wire->end; shift += 7)
    {
      uint8_t byte = *wire->cursor++;

      value |= (uint64_t) (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0)
        return value;
    }
  volant_wire_fail (wire);
  return 0;
}

static inline int64_t
volant_wire_zigzag (uint64_t value)
{
  return (int64_t) (value >> 1) ^ -(int64_t) (value & 1);
}

static inline int64_t
volant_wire_signed (VolantWire *wire)
{
  return volant_wire_zigzag (volant_wire_varint (wire));
}

/* The next field; false at the end or where something is wrong. Fixed-width fields are skipped over
 * with value 0: the OSM schema has none. */
static inline bool
volant_wire_next (VolantWire *wire, VolantWireField *field)
{
  uint64_t key, size = 0;

  if (!volant_wire_has_more (wire))
    return false;
  key = volant_wire_varint (wire);
  *field = (VolantWireField) { .number = (uint32_t) (key >> 3) };
  switch (key & 7)
    {
    case 0:
      field->value = volant_wire_varint (wire);
      return !wire->wrong;
    case 1:
      size = 8;
      break;
    case 2:
      size = volant_wire_varint (wire);
      field->is_bytes = true;
      break;
    case 5:
      size = 4;
      break;
    default:
      volant_wire_fail (wire);
    }
  if (wire->wrong || key >> 3 == 0 || key >> 3 > 0x1fffffff || size > volant_wire_size (wire))
    {
      volant_wire_fail (wire);
      return false;
    }
  if (field->is_bytes)
    field->bytes = volant_wire_new (wire->cursor, (size_t) size);
  wire->cursor += size;
  return true;
}

G_END_DECLS
