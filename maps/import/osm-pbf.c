/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/import/osm-source.h"
#include "maps/import/wire.h"

#include <string.h>
#include <zlib.h>

/* The PBF format of OpenStreetMap (wiki.openstreetmap.org/wiki/PBF_Format): a row of blobs, each
 * with a small header, the first an OSMHeader, the others OSMData with a string table and groups of
 * objects. The limits are the format's own: 64 KiB a header, 32 MiB a blob. Reading is by hand on
 * the wire format, block after block through two buffers that are used again.
 *
 * The format has no count or end mark: a file cut exactly between two blobs looks whole. What can
 * be seen of that is what is then missing, and the importer counts it. */

#define HEADER_LIMIT (64u * 1024u)
#define BLOB_LIMIT (32u * 1024u * 1024u)

typedef struct {
  VolantOsmSource *source;
  VolantOsmBuilder *builder;
  GByteArray *packed;
  GByteArray *plain;
  size_t plain_size;
  bool has_header;
  /* of the block at hand */
  GArray *string_bytes;  /* VolantWire */
  GArray *string_interned; /* const char *, NULL until it is used */
  int64_t granularity;
  int64_t lat_offset;
  int64_t lon_offset;
} Reader;

static bool
is_text (const VolantWire *bytes, const char *text)
{
  return volant_wire_size (bytes) == strlen (text) &&
         memcmp (bytes->cursor, text, strlen (text)) == 0;
}

/* Reads exactly size bytes; at_end is set where the file ends before the first of them. */
static bool
read_exactly (Reader *reader, void *buffer, size_t size, bool *at_end, GError **error)
{
  size_t have = 0;

  while (have < size)
    {
      gssize count = volant_osm_source_read (reader->source, (uint8_t *) buffer + have, size - have,
                                             error);

      if (count < 0)
        return false;
      if (count == 0 && have == 0 && at_end != NULL)
        {
          *at_end = true;
          return true;
        }
      if (count == 0)
        return volant_osm_source_set_corrupt (reader->source, "it ends within a block", error);
      have += (size_t) count;
    }
  return true;
}

static bool
inflate_blob (Reader *reader, const VolantWire *packed, size_t size, GError **error)
{
  uLongf written = size;

  g_byte_array_set_size (reader->plain, (unsigned) size + 1);
  if (uncompress (reader->plain->data, &written, packed->cursor, volant_wire_size (packed)) !=
          Z_OK ||
      written != size)
    return volant_osm_source_set_corrupt (reader->source, "a block cannot be unpacked", error);
  reader->plain_size = size;
  return true;
}

/* Blob: raw = 1, raw_size = 2, zlib_data = 3; the other kinds of compression are 4 to 7. */
static bool
open_blob (Reader *reader, VolantWire blob, GError **error)
{
  VolantWireField field;
  VolantWire raw = { 0 }, zipped = { 0 };
  uint64_t raw_size = 0;
  bool is_other = false;

  while (volant_wire_next (&blob, &field))
    if (field.number == 1 && field.is_bytes)
      raw = field.bytes;
    else if (field.number == 2 && !field.is_bytes)
      raw_size = field.value;
    else if (field.number == 3 && field.is_bytes)
      zipped = field.bytes;
    else if (field.number >= 4 && field.number <= 7)
      is_other = true;
  if (blob.wrong || raw_size > BLOB_LIMIT ||
      (raw.cursor == NULL && zipped.cursor == NULL && !is_other))
    return volant_osm_source_set_corrupt (reader->source, "a block makes no sense", error);
  if (zipped.cursor != NULL)
    return inflate_blob (reader, &zipped, (size_t) raw_size, error);
  if (raw.cursor == NULL)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "%s is compressed with something other than zlib; convert it with "
                   "“osmium cat -f pbf,pbf_compression=zlib”",
                   reader->source->name);
      return false;
    }
  g_byte_array_set_size (reader->plain, 0);
  g_byte_array_append (reader->plain, raw.cursor, (unsigned) volant_wire_size (&raw));
  reader->plain_size = volant_wire_size (&raw);
  return true;
}

/* HeaderBBox: left = 1, right = 2, top = 3, bottom = 4, in nanodegrees. */
static void
read_bounds (Reader *reader, VolantWire box)
{
  VolantWireField field;
  int64_t sides[4] = { 0 };
  VolantBounds bounds = VOLANT_BOUNDS_EMPTY;

  while (volant_wire_next (&box, &field))
    if (field.number >= 1 && field.number <= 4 && !field.is_bytes)
      sides[field.number - 1] = volant_wire_zigzag (field.value) / 100;
  if (box.wrong || ABS (sides[0]) > 1800000000 || ABS (sides[1]) > 1800000000 ||
      ABS (sides[2]) > 900000000 || ABS (sides[3]) > 900000000)
    return;
  volant_bounds_add (&bounds, (VolantPoint) { (int32_t) sides[2], (int32_t) sides[0] });
  volant_bounds_add (&bounds, (VolantPoint) { (int32_t) sides[3], (int32_t) sides[1] });
  volant_osm_builder_set_bounds (reader->builder, bounds);
}

/* HeaderBlock: bbox = 1, required_features = 4. What is required and not known is refused. */
static bool
read_header_block (Reader *reader, GError **error)
{
  VolantWire block = volant_wire_new (reader->plain->data, reader->plain_size);
  VolantWireField field;

  while (volant_wire_next (&block, &field))
    if (field.number == 1 && field.is_bytes)
      read_bounds (reader, field.bytes);
    else if (field.number == 4 && field.is_bytes && !is_text (&field.bytes, "OsmSchema-V0.6") &&
             !is_text (&field.bytes, "DenseNodes"))
      {
        g_autofree char *feature = g_utf8_make_valid ((const char *) field.bytes.cursor,
                                                      (gssize) volant_wire_size (&field.bytes));

        g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                     "%s needs the feature “%s”, which is not known here; export it as a plain "
                     "extract",
                     reader->source->name, feature);
        return false;
      }
  if (block.wrong)
    return volant_osm_source_set_corrupt (reader->source, "its header makes no sense", error);
  reader->has_header = true;
  return true;
}

/* The text with an index of the block's string table; interned when first used. */
static const char *
get_string (Reader *reader, VolantWire *wire, uint64_t index)
{
  const char **interned;
  VolantWire *bytes;
  g_autofree char *text = NULL;

  if (index >= reader->string_bytes->len)
    {
      volant_wire_fail (wire);
      return "";
    }
  interned = &g_array_index (reader->string_interned, const char *, index);
  if (*interned != NULL)
    return *interned;
  bytes = &g_array_index (reader->string_bytes, VolantWire, index);
  text = g_utf8_make_valid ((const char *) bytes->cursor, (gssize) volant_wire_size (bytes));
  return *interned = volant_osm_builder_intern (reader->builder, text);
}

static void
read_string_table (Reader *reader, VolantWire table, VolantWire *block)
{
  VolantWireField field;
  const char *none = NULL;

  while (volant_wire_next (&table, &field))
    if (field.number == 1 && field.is_bytes)
      {
        g_array_append_val (reader->string_bytes, field.bytes);
        g_array_append_val (reader->string_interned, none);
      }
  if (table.wrong)
    volant_wire_fail (block);
}

/* nanodegree = offset + granularity * value; kept to 1e-7 degree. */
static bool
make_point (const Reader *reader, int64_t lat, int64_t lon, VolantPoint *point)
{
  int64_t lat_nano, lon_nano;

  if (__builtin_mul_overflow (lat, reader->granularity, &lat_nano) ||
      __builtin_add_overflow (lat_nano, reader->lat_offset, &lat_nano) ||
      __builtin_mul_overflow (lon, reader->granularity, &lon_nano) ||
      __builtin_add_overflow (lon_nano, reader->lon_offset, &lon_nano) ||
      lat_nano > 90000000000 || lat_nano < -90000000000 || lon_nano > 180000000000 ||
      lon_nano < -180000000000)
    return false;
  point->lat_e7 = (int32_t) ((lat_nano + (lat_nano < 0 ? -50 : 50)) / 100);
  point->lon_e7 = (int32_t) ((lon_nano + (lon_nano < 0 ? -50 : 50)) / 100);
  return true;
}

/* Running sums of deltas; damaged data must not overflow. */
static int64_t
add_delta (int64_t value, int64_t delta)
{
  return (int64_t) ((uint64_t) value + (uint64_t) delta);
}

/* DenseNodes: id = 1, lat = 8, lon = 9 (packed deltas), keys_vals = 10 (a node's tags end in 0). */
static void
read_dense (Reader *reader, VolantWire dense, VolantWire *block)
{
  VolantWireField field;
  VolantWire ids = { 0 }, lats = { 0 }, lons = { 0 }, tags = { 0 };
  int64_t id = 0, lat = 0, lon = 0;
  VolantPoint point;

  while (volant_wire_next (&dense, &field))
    if (field.is_bytes)
      switch (field.number)
        {
        case 1: ids = field.bytes; break;
        case 8: lats = field.bytes; break;
        case 9: lons = field.bytes; break;
        case 10: tags = field.bytes; break;
        default: break;
        }
  while (volant_wire_has_more (&ids))
    {
      id = add_delta (id, volant_wire_signed (&ids));
      lat = add_delta (lat, volant_wire_signed (&lats));
      lon = add_delta (lon, volant_wire_signed (&lons));
      if (ids.wrong || lats.wrong || lons.wrong || !make_point (reader, lat, lon, &point))
        {
          volant_wire_fail (block);
          return;
        }
      volant_osm_builder_begin_node (reader->builder, id, point);
      while (volant_wire_has_more (&tags))
        {
          uint64_t key = volant_wire_varint (&tags);
          const char *key_text;

          if (key == 0)
            break;
          key_text = get_string (reader, &tags, key);
          volant_osm_builder_add_tag (reader->builder, key_text,
                                      get_string (reader, &tags, volant_wire_varint (&tags)));
        }
    }
  if (dense.wrong || ids.wrong || tags.wrong || volant_wire_has_more (&lats) ||
      volant_wire_has_more (&lons) || volant_wire_has_more (&tags))
    volant_wire_fail (block);
}

static void
add_tags (Reader *reader, VolantWire keys, VolantWire values, VolantWire *block)
{
  while (volant_wire_has_more (&keys) && volant_wire_has_more (&values))
    {
      const char *key = get_string (reader, &keys, volant_wire_varint (&keys));

      volant_osm_builder_add_tag (reader->builder, key,
                                  get_string (reader, &values, volant_wire_varint (&values)));
    }
  if (keys.wrong || values.wrong || volant_wire_has_more (&keys) || volant_wire_has_more (&values))
    volant_wire_fail (block);
}

/* Node: id = 1, keys = 2, vals = 3, lat = 8, lon = 9. */
static void
read_node (Reader *reader, VolantWire node, VolantWire *block)
{
  VolantWireField field;
  VolantWire keys = { 0 }, values = { 0 };
  int64_t id = 0, lat = 0, lon = 0;
  VolantPoint point;

  while (volant_wire_next (&node, &field))
    if (field.number == 1 && !field.is_bytes)
      id = volant_wire_zigzag (field.value);
    else if (field.number == 2 && field.is_bytes)
      keys = field.bytes;
    else if (field.number == 3 && field.is_bytes)
      values = field.bytes;
    else if (field.number == 8 && !field.is_bytes)
      lat = volant_wire_zigzag (field.value);
    else if (field.number == 9 && !field.is_bytes)
      lon = volant_wire_zigzag (field.value);
  if (node.wrong || !make_point (reader, lat, lon, &point))
    {
      volant_wire_fail (block);
      return;
    }
  volant_osm_builder_begin_node (reader->builder, id, point);
  add_tags (reader, keys, values, block);
}

/* Way: id = 1, keys = 2, vals = 3, refs = 8 (packed deltas). */
static void
read_way (Reader *reader, VolantWire way, VolantWire *block)
{
  VolantWireField field;
  VolantWire keys = { 0 }, values = { 0 }, refs = { 0 };
  int64_t id = 0, ref = 0;

  while (volant_wire_next (&way, &field))
    if (field.number == 1 && !field.is_bytes)
      id = (int64_t) field.value;
    else if (field.number == 2 && field.is_bytes)
      keys = field.bytes;
    else if (field.number == 3 && field.is_bytes)
      values = field.bytes;
    else if (field.number == 8 && field.is_bytes)
      refs = field.bytes;
  volant_osm_builder_begin_way (reader->builder, id);
  add_tags (reader, keys, values, block);
  while (volant_wire_has_more (&refs))
    {
      ref = add_delta (ref, volant_wire_signed (&refs));
      if (!refs.wrong)
        volant_osm_builder_add_ref (reader->builder, ref);
    }
  if (way.wrong || refs.wrong)
    volant_wire_fail (block);
}

/* Relation: id = 1, keys = 2, vals = 3, roles_sid = 8, memids = 9 (packed deltas), types = 10. */
static void
read_relation (Reader *reader, VolantWire relation, VolantWire *block)
{
  VolantWireField field;
  VolantWire parts[11] = { 0 };
  int64_t id = 0, member = 0;

  while (volant_wire_next (&relation, &field))
    if (field.number == 1 && !field.is_bytes)
      id = (int64_t) field.value;
    else if (field.is_bytes && field.number < G_N_ELEMENTS (parts))
      parts[field.number] = field.bytes;
  volant_osm_builder_begin_relation (reader->builder, id);
  add_tags (reader, parts[2], parts[3], block);
  while (volant_wire_has_more (&parts[9]))
    {
      const char *role = get_string (reader, &parts[8], volant_wire_varint (&parts[8]));
      uint64_t kind = volant_wire_varint (&parts[10]);

      member = add_delta (member, volant_wire_signed (&parts[9]));
      if (parts[8].wrong || parts[9].wrong || parts[10].wrong || kind > VOLANT_OSM_RELATION)
        {
          volant_wire_fail (block);
          return;
        }
      volant_osm_builder_add_member (reader->builder, (VolantOsmKind) kind, member, role);
    }
  if (relation.wrong || volant_wire_has_more (&parts[8]) || volant_wire_has_more (&parts[10]))
    volant_wire_fail (block);
}

/* PrimitiveGroup: nodes = 1, dense = 2, ways = 3, relations = 4. */
static void
read_group (Reader *reader, VolantWire group, VolantWire *block)
{
  VolantWireField field;

  while (!block->wrong && volant_wire_next (&group, &field))
    if (field.is_bytes)
      switch (field.number)
        {
        case 1: read_node (reader, field.bytes, block); break;
        case 2: read_dense (reader, field.bytes, block); break;
        case 3: read_way (reader, field.bytes, block); break;
        case 4: read_relation (reader, field.bytes, block); break;
        default: break;
        }
  if (group.wrong)
    volant_wire_fail (block);
}

/* PrimitiveBlock: stringtable = 1, primitivegroup = 2, granularity = 17, lat_offset = 19,
 * lon_offset = 20. The groups need what may stand after them, so the fields are walked twice. */
static bool
read_data_block (Reader *reader, GError **error)
{
  VolantWire start = volant_wire_new (reader->plain->data, reader->plain_size);
  VolantWire block = start;
  VolantWireField field;

  g_array_set_size (reader->string_bytes, 0);
  g_array_set_size (reader->string_interned, 0);
  reader->granularity = 100;
  reader->lat_offset = reader->lon_offset = 0;
  while (volant_wire_next (&block, &field))
    if (field.number == 1 && field.is_bytes)
      read_string_table (reader, field.bytes, &block);
    else if (field.number == 17 && !field.is_bytes)
      reader->granularity = (int32_t) field.value;
    else if (field.number == 19 && !field.is_bytes)
      reader->lat_offset = (int64_t) field.value;
    else if (field.number == 20 && !field.is_bytes)
      reader->lon_offset = (int64_t) field.value;
  if (!block.wrong)
    {
      block = start;
      while (volant_wire_next (&block, &field))
        if (field.number == 2 && field.is_bytes)
          read_group (reader, field.bytes, &block);
    }
  return !block.wrong ||
         volant_osm_source_set_corrupt (reader->source, "a block makes no sense", error);
}

/* BlobHeader: type = 1, datasize = 3. */
static bool
read_blob_header (Reader *reader, VolantWire header, VolantWire *type, size_t *size, GError **error)
{
  VolantWireField field;
  uint64_t data_size = 0;

  *type = (VolantWire) { 0 };
  while (volant_wire_next (&header, &field))
    if (field.number == 1 && field.is_bytes)
      *type = field.bytes;
    else if (field.number == 3 && !field.is_bytes)
      data_size = field.value;
  if (header.wrong || type->cursor == NULL || data_size == 0)
    return volant_osm_source_set_corrupt (reader->source, "a block's header makes no sense", error);
  if (data_size > BLOB_LIMIT)
    return volant_osm_source_set_corrupt (reader->source, "a block is larger than 32 MiB", error);
  *size = (size_t) data_size;
  return true;
}

/* One blob; at_end is set where there is none any more. */
static bool
read_blob (Reader *reader, bool *at_end, GError **error)
{
  uint8_t length[4];
  uint8_t header[HEADER_LIMIT];
  uint32_t header_size;
  VolantWire type;
  size_t size = 0;

  if (!read_exactly (reader, length, sizeof length, at_end, error))
    return false;
  if (*at_end)
    return true;
  header_size = (uint32_t) length[0] << 24 | (uint32_t) length[1] << 16 |
                (uint32_t) length[2] << 8 | length[3];
  if (header_size == 0 || header_size > HEADER_LIMIT)
    return volant_osm_source_set_corrupt (reader->source, "a block's header has no true length",
                                          error);
  if (!read_exactly (reader, header, header_size, NULL, error) ||
      !read_blob_header (reader, volant_wire_new (header, header_size), &type, &size, error))
    return false;
  g_byte_array_set_size (reader->packed, (unsigned) size);
  if (!read_exactly (reader, reader->packed->data, size, NULL, error))
    return false;
  if (is_text (&type, "OSMHeader") || is_text (&type, "OSMData"))
    {
      bool is_header = is_text (&type, "OSMHeader");

      if (!is_header && !reader->has_header)
        return volant_osm_source_set_corrupt (reader->source, "it has no header", error);
      return open_blob (reader, volant_wire_new (reader->packed->data, size), error) &&
             (is_header ? read_header_block (reader, error) : read_data_block (reader, error));
    }
  /* the format lets other kinds be skipped, but none is known: a flipped letter is more likely */
  return volant_osm_source_set_corrupt (reader->source, "a block is of an unknown kind", error);
}

/* Reads a PBF from the source's present place to its end. */
bool
volant_osm_read_pbf (VolantOsmSource *source, VolantOsmBuilder *builder, GError **error)
{
  Reader reader = { .source = source, .builder = builder };
  bool good = true, at_end = false;

  reader.packed = g_byte_array_new ();
  reader.plain = g_byte_array_new ();
  reader.string_bytes = g_array_new (FALSE, FALSE, sizeof (VolantWire));
  reader.string_interned = g_array_new (FALSE, FALSE, sizeof (const char *));
  while (good && !at_end)
    good = read_blob (&reader, &at_end, error) && volant_osm_source_report (source, error);
  g_byte_array_unref (reader.packed);
  g_byte_array_unref (reader.plain);
  g_array_unref (reader.string_bytes);
  g_array_unref (reader.string_interned);
  return good;
}
