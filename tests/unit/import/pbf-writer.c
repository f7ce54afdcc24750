/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/import/pbf-writer.h"

#include <string.h>
#include <zlib.h>

/* The wire format written by hand, so that the reader is not tested against itself. */

#define COARSE_LAT_OFFSET 370
#define COARSE_LON_OFFSET (-1200)

static void
put_varint (GByteArray *out, uint64_t value)
{
  do
    {
      uint8_t byte = (uint8_t) ((value & 0x7f) | (value > 0x7f ? 0x80 : 0));

      g_byte_array_append (out, &byte, 1);
      value >>= 7;
    }
  while (value > 0);
}

static void
put_signed (GByteArray *out, int64_t value)
{
  put_varint (out, (uint64_t) value << 1 ^ (uint64_t) (value >> 63));
}

void
pbf_append_varint (GByteArray *message, unsigned field, uint64_t value)
{
  put_varint (message, field << 3);
  put_varint (message, value);
}

void
pbf_append_bytes (GByteArray *message, unsigned field, const void *data, size_t size)
{
  put_varint (message, field << 3 | 2);
  put_varint (message, size);
  g_byte_array_append (message, data, (unsigned) size);
}

/* Appends part as a field and lets it go. */
static void
take_message (GByteArray *message, unsigned field, GByteArray *part)
{
  pbf_append_bytes (message, field, part->data, part->len);
  g_byte_array_unref (part);
}

void
pbf_append_blob (GByteArray *file, const char *type, const GByteArray *content, PbfFlags flags)
{
  g_autoptr (GByteArray) blob = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  uint8_t length[4];

  if (flags & PBF_RAW)
    pbf_append_bytes (blob, 1, content->data, content->len);
  else
    {
      uLongf size = compressBound (content->len);
      g_autofree uint8_t *packed = g_malloc (size);

      compress (packed, &size, content->data, content->len);
      pbf_append_varint (blob, 2, content->len);
      pbf_append_bytes (blob, 3, packed, size);
    }
  pbf_append_bytes (header, 1, type, strlen (type));
  pbf_append_varint (header, 3, blob->len);
  for (unsigned i = 0; i < 4; i++)
    length[i] = (uint8_t) (header->len >> (24 - 8 * i));
  g_byte_array_append (file, length, 4);
  g_byte_array_append (file, header->data, header->len);
  g_byte_array_append (file, blob->data, blob->len);
}

typedef struct {
  const VolantOsm *osm;
  PbfFlags flags;
  GHashTable *indices; /* text -> index */
  GPtrArray *texts;
} Writer;

static uint64_t
index_of (Writer *writer, const char *text)
{
  uint64_t index = GPOINTER_TO_UINT (g_hash_table_lookup (writer->indices, text));

  if (index > 0)
    return index;
  g_ptr_array_add (writer->texts, (void *) text);
  g_hash_table_insert (writer->indices, (void *) text, GUINT_TO_POINTER (writer->texts->len));
  return writer->texts->len;
}

static int64_t
coded (const Writer *writer, int32_t value_e7, int64_t offset)
{
  return writer->flags & PBF_COARSE ? (value_e7 * INT64_C (100) - offset) / 1000 : value_e7;
}

static int64_t
coded_lat (const Writer *writer, const VolantOsmNode *node)
{
  return coded (writer, node->point.lat_e7, COARSE_LAT_OFFSET);
}

static int64_t
coded_lon (const Writer *writer, const VolantOsmNode *node)
{
  return coded (writer, node->point.lon_e7, COARSE_LON_OFFSET);
}

static GByteArray *
make_dense (Writer *writer)
{
  GByteArray *dense = g_byte_array_new ();
  GByteArray *parts[4] = { g_byte_array_new (), g_byte_array_new (), g_byte_array_new (),
                           g_byte_array_new () };
  int64_t id = 0, lat = 0, lon = 0;

  for (size_t i = 0; i < writer->osm->n_nodes; i++)
    {
      const VolantOsmNode *node = &writer->osm->nodes[i];

      put_signed (parts[0], node->id - id);
      put_signed (parts[1], coded_lat (writer, node) - lat);
      put_signed (parts[2], coded_lon (writer, node) - lon);
      id = node->id;
      lat = coded_lat (writer, node);
      lon = coded_lon (writer, node);
      for (uint32_t t = node->first_tag; t < node->first_tag + node->n_tags; t++)
        {
          put_varint (parts[3], index_of (writer, writer->osm->tags[t].key));
          put_varint (parts[3], index_of (writer, writer->osm->tags[t].value));
        }
      put_varint (parts[3], 0);
    }
  take_message (dense, 1, parts[0]);
  take_message (dense, 8, parts[1]);
  take_message (dense, 9, parts[2]);
  take_message (dense, 10, parts[3]);
  return dense;
}

static void
put_tags (Writer *writer, GByteArray *message, uint32_t first, uint32_t count)
{
  GByteArray *keys = g_byte_array_new (), *values = g_byte_array_new ();

  for (uint32_t t = first; t < first + count; t++)
    {
      put_varint (keys, index_of (writer, writer->osm->tags[t].key));
      put_varint (values, index_of (writer, writer->osm->tags[t].value));
    }
  take_message (message, 2, keys);
  take_message (message, 3, values);
}

static GByteArray *
make_node (Writer *writer, const VolantOsmNode *node)
{
  GByteArray *message = g_byte_array_new ();

  pbf_append_varint (message, 1, (uint64_t) node->id << 1 ^ (uint64_t) (node->id >> 63));
  put_tags (writer, message, node->first_tag, node->n_tags);
  put_varint (message, 8 << 3);
  put_signed (message, coded_lat (writer, node));
  put_varint (message, 9 << 3);
  put_signed (message, coded_lon (writer, node));
  return message;
}

static GByteArray *
make_way (Writer *writer, const VolantOsmWay *way)
{
  GByteArray *message = g_byte_array_new (), *refs = g_byte_array_new ();
  int64_t before = 0;

  pbf_append_varint (message, 1, (uint64_t) way->id);
  put_tags (writer, message, way->first_tag, way->n_tags);
  for (uint32_t i = way->first_ref; i < way->first_ref + way->n_refs; i++)
    {
      put_signed (refs, writer->osm->refs[i] - before);
      before = writer->osm->refs[i];
    }
  take_message (message, 8, refs);
  return message;
}

static GByteArray *
make_relation (Writer *writer, const VolantOsmRelation *relation)
{
  GByteArray *message = g_byte_array_new ();
  GByteArray *roles = g_byte_array_new (), *ids = g_byte_array_new (), *types = g_byte_array_new ();
  int64_t before = 0;

  pbf_append_varint (message, 1, (uint64_t) relation->id);
  put_tags (writer, message, relation->first_tag, relation->n_tags);
  for (uint32_t i = 0; i < relation->n_members; i++)
    {
      const VolantOsmMember *member = &writer->osm->members[relation->first_member + i];

      put_varint (roles, index_of (writer, member->role));
      put_signed (ids, member->id - before);
      put_varint (types, member->kind);
      before = member->id;
    }
  take_message (message, 8, roles);
  take_message (message, 9, ids);
  take_message (message, 10, types);
  return message;
}

/* A group of one kind: 0 nodes, 1 ways, 2 relations. */
static GByteArray *
make_group (Writer *writer, unsigned kind)
{
  GByteArray *group = g_byte_array_new ();

  if (kind == 0 && !(writer->flags & PBF_PLAIN_NODES))
    take_message (group, 2, make_dense (writer));
  for (size_t i = 0; kind == 0 && (writer->flags & PBF_PLAIN_NODES) && i < writer->osm->n_nodes;
       i++)
    take_message (group, 1, make_node (writer, &writer->osm->nodes[i]));
  for (size_t i = 0; kind == 1 && i < writer->osm->n_ways; i++)
    take_message (group, 3, make_way (writer, &writer->osm->ways[i]));
  for (size_t i = 0; kind == 2 && i < writer->osm->n_relations; i++)
    take_message (group, 4, make_relation (writer, &writer->osm->relations[i]));
  return group;
}

static GByteArray *
make_block (const VolantOsm *osm, unsigned kind, PbfFlags flags)
{
  Writer writer = { .osm = osm, .flags = flags };
  GByteArray *block = g_byte_array_new (), *table = g_byte_array_new ();
  GByteArray *group;

  writer.indices = g_hash_table_new (g_str_hash, g_str_equal);
  writer.texts = g_ptr_array_new ();
  group = make_group (&writer, kind);
  pbf_append_bytes (table, 1, "", 0);
  for (unsigned i = 0; i < writer.texts->len; i++)
    pbf_append_bytes (table, 1, writer.texts->pdata[i], strlen (writer.texts->pdata[i]));
  take_message (block, 1, table);
  take_message (block, 2, group);
  if (flags & PBF_COARSE)
    {
      pbf_append_varint (block, 17, 1000);
      pbf_append_varint (block, 19, COARSE_LAT_OFFSET);
      pbf_append_varint (block, 20, (uint64_t) (int64_t) COARSE_LON_OFFSET);
    }
  g_hash_table_unref (writer.indices);
  g_ptr_array_unref (writer.texts);
  return block;
}

GBytes *
pbf_from_osm (const VolantOsm *osm, PbfFlags flags, const char *feature, GArray *borders)
{
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();

  pbf_append_bytes (header, 4, "OsmSchema-V0.6", 14);
  pbf_append_bytes (header, 4, "DenseNodes", 10);
  if (feature != NULL)
    pbf_append_bytes (header, 4, feature, strlen (feature));
  pbf_append_bytes (header, 16, "a test", 6);
  pbf_append_blob (file, "OSMHeader", header, flags);
  for (unsigned kind = 0; kind < 3; kind++)
    {
      g_autoptr (GByteArray) block = make_block (osm, kind, flags);
      size_t border = file->len;

      if (borders != NULL)
        g_array_append_val (borders, border);
      pbf_append_blob (file, "OSMData", block, flags);
    }
  return g_byte_array_free_to_bytes (file);
}
