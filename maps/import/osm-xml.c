/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/import/osm-source.h"

#include <archive.h>
#include <expat.h>
#include <math.h>
#include <string.h>
#include <zlib.h>

/* OSM XML 0.6 (wiki.openstreetmap.org/wiki/OSM_XML), plain or compressed. gzip is undone with zlib,
 * which checks its sums; bzip2 and the others with libarchive, whose gzip does not. A document must
 * be complete; document types (and so entities) are refused, depth and the length of one tag are
 * bounded, memory therefore too. */

#define MAX_DEPTH 16
#define MAX_TAG_BYTES (1024 * 1024)
#define CHUNK_SIZE 65536

typedef struct {
  VolantOsmSource *source;
  VolantOsmBuilder *builder;
  XML_Parser parser;
  GError *error;
  unsigned depth;
  bool in_object; /* a node, way or relation is open */
  bool in_way;
  bool in_relation;
  bool is_deleted;
  uint64_t fed; /* bytes of XML */
  char input[CHUNK_SIZE];
} Reader;

static void
stop (Reader *reader, const char *what)
{
  if (reader->error == NULL)
    volant_osm_source_set_corrupt (reader->source, what, &reader->error);
  XML_StopParser (reader->parser, XML_FALSE);
}

/* osmChange, html, gpx, kml … */
static void
refuse_root (Reader *reader, const char *name)
{
  g_set_error (&reader->error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "%s holds <%.40s>, not <osm>; give an OpenStreetMap extract", reader->source->name,
               name);
  XML_StopParser (reader->parser, XML_FALSE);
}

static const char *
find_attribute (const char **attributes, const char *name)
{
  for (unsigned i = 0; attributes[i] != NULL; i += 2)
    if (strcmp (attributes[i], name) == 0)
      return attributes[i + 1];
  return NULL;
}

static bool
parse_id (const char *text, int64_t *id)
{
  char *end;

  if (text == NULL || *text == '\0')
    return false;
  *id = g_ascii_strtoll (text, &end, 10);
  return *end == '\0' && *id > INT64_MIN && *id < INT64_MAX;
}

/* Decimal degrees to 1e-7 degree, rounded half away from zero, with no detour through binary
 * fractions: the same point as from a PBF. Exponents (some programs write 1e-05) do take it. */
static bool
parse_degrees (const char *text, int32_t limit_deg, int32_t *value_e7)
{
  const char *cursor = text;
  bool negative = false;
  int64_t value = 0;
  int places = -1; /* digits after the point; -1 before it */

  if (text == NULL)
    return false;
  if (*cursor == '-' || *cursor == '+')
    negative = *cursor++ == '-';
  if (!g_ascii_isdigit (*cursor) && *cursor != '.')
    return false;
  for (; g_ascii_isdigit (*cursor) || (*cursor == '.' && places < 0); cursor++)
    if (*cursor == '.')
      places = 0;
    else if (places < 0)
      value = MIN (value * 10 + (*cursor - '0'), 1000);
    else if (places < 7)
      value = value * 10 + (*cursor - '0'), places++;
    else if (places++ == 7 && *cursor >= '5')
      value++;
  if (*cursor == 'e' || *cursor == 'E')
    {
      char *end;
      double degrees = g_ascii_strtod (text, &end);

      if (*end != '\0' || !isfinite (degrees) || fabs (degrees) > limit_deg)
        return false;
      *value_e7 = (int32_t) lrint (degrees * 1e7);
      return true;
    }
  for (int i = MAX (places, 0); i < 7; i++)
    value *= 10;
  *value_e7 = (int32_t) (negative ? -value : value);
  return *cursor == '\0' && value <= (int64_t) limit_deg * 10000000;
}

static void
begin_object (Reader *reader, const char *name, const char **attributes)
{
  const char *visible = find_attribute (attributes, "visible");
  const char *action = find_attribute (attributes, "action");
  VolantPoint point = { 0, 0 };
  int64_t id;

  reader->is_deleted = (visible != NULL && strcmp (visible, "false") == 0) ||
                       (action != NULL && strcmp (action, "delete") == 0);
  if (!parse_id (find_attribute (attributes, "id"), &id))
    {
      stop (reader, "an object has no number");
      return;
    }
  reader->in_object = true;
  if (strcmp (name, "way") == 0)
    {
      reader->in_way = true;
      volant_osm_builder_begin_way (reader->builder, id);
    }
  else if (strcmp (name, "relation") == 0)
    {
      reader->in_relation = true;
      volant_osm_builder_begin_relation (reader->builder, id);
    }
  else if (reader->is_deleted ||
           (parse_degrees (find_attribute (attributes, "lat"), 90, &point.lat_e7) &&
            parse_degrees (find_attribute (attributes, "lon"), 180, &point.lon_e7)))
    volant_osm_builder_begin_node (reader->builder, id, point);
  else
    stop (reader, "a node has no position");
}

static void
add_tag (Reader *reader, const char **attributes)
{
  const char *key = find_attribute (attributes, "k");
  const char *value = find_attribute (attributes, "v");

  if (key == NULL || value == NULL)
    stop (reader, "a tag has no key or no value");
  else
    volant_osm_builder_add_tag (reader->builder, volant_osm_builder_intern (reader->builder, key),
                                volant_osm_builder_intern (reader->builder, value));
}

static void
add_member (Reader *reader, const char **attributes)
{
  static const char *const kinds[] = { "node", "way", "relation" };
  const char *type = find_attribute (attributes, "type");
  const char *role = find_attribute (attributes, "role");
  int64_t id;
  unsigned kind = 0;

  while (kind < G_N_ELEMENTS (kinds) && g_strcmp0 (type, kinds[kind]) != 0)
    kind++;
  if (kind == G_N_ELEMENTS (kinds) || !parse_id (find_attribute (attributes, "ref"), &id))
    stop (reader, "a member of a relation makes no sense");
  else
    volant_osm_builder_add_member (
        reader->builder, (VolantOsmKind) kind, id,
        volant_osm_builder_intern (reader->builder, role != NULL ? role : ""));
}

static void
read_bounds (Reader *reader, const char **attributes)
{
  VolantPoint low, high;
  VolantBounds bounds = VOLANT_BOUNDS_EMPTY;

  if (!parse_degrees (find_attribute (attributes, "minlat"), 90, &low.lat_e7) ||
      !parse_degrees (find_attribute (attributes, "minlon"), 180, &low.lon_e7) ||
      !parse_degrees (find_attribute (attributes, "maxlat"), 90, &high.lat_e7) ||
      !parse_degrees (find_attribute (attributes, "maxlon"), 180, &high.lon_e7))
    return;
  volant_bounds_add (&bounds, low);
  volant_bounds_add (&bounds, high);
  volant_osm_builder_set_bounds (reader->builder, bounds);
}

static bool
is_object (const char *name)
{
  return strcmp (name, "node") == 0 || strcmp (name, "way") == 0 || strcmp (name, "relation") == 0;
}

static void
on_start (void *data, const char *name, const char **attributes)
{
  Reader *reader = data;
  int64_t id;

  if (++reader->depth > MAX_DEPTH)
    stop (reader, "its elements are nested too deeply");
  else if (reader->depth == 1 && strcmp (name, "osm") != 0)
    refuse_root (reader, name);
  else if (reader->depth == 2 && is_object (name))
    begin_object (reader, name, attributes);
  else if (reader->depth == 2 && strcmp (name, "bounds") == 0)
    read_bounds (reader, attributes);
  else if (reader->depth == 3 && reader->in_object && strcmp (name, "tag") == 0)
    add_tag (reader, attributes);
  else if (reader->depth == 3 && reader->in_relation && strcmp (name, "member") == 0)
    add_member (reader, attributes);
  else if (reader->depth == 3 && reader->in_way && strcmp (name, "nd") == 0)
    {
      if (parse_id (find_attribute (attributes, "ref"), &id))
        volant_osm_builder_add_ref (reader->builder, id);
      else
        stop (reader, "a way names a node without a number");
    }
}

static void
on_end (void *data, const char *name)
{
  Reader *reader = data;

  if (--reader->depth != 1 || !reader->in_object)
    return;
  if (reader->is_deleted)
    volant_osm_builder_drop (reader->builder);
  reader->in_object = reader->in_way = reader->in_relation = false;
}

static void
on_start_doctype (void *data, const char *name, const char *system_id, const char *public_id,
                  int has_internal_subset)
{
  stop (data, "it declares a document type, which OpenStreetMap data never does");
}

static bool
feed (Reader *reader, const char *text, size_t size, bool is_last)
{
  enum XML_Status status = XML_Parse (reader->parser, text, (int) size, is_last);

  reader->fed += size;
  if (status != XML_STATUS_OK && reader->error == NULL)
    {
      g_autofree char *what = g_strdup_printf (
          "line %lu: %s", (unsigned long) XML_GetCurrentLineNumber (reader->parser),
          XML_ErrorString (XML_GetErrorCode (reader->parser)));

      volant_osm_source_set_corrupt (reader->source, what, &reader->error);
    }
  if (reader->error == NULL && !is_last &&
      reader->fed > (uint64_t) MAX (XML_GetCurrentByteIndex (reader->parser), 0) + MAX_TAG_BYTES)
    volant_osm_source_set_corrupt (reader->source, "one of its tags has no end", &reader->error);
  return reader->error == NULL && volant_osm_source_report (reader->source, &reader->error);
}

/* Input for the parser; negative with the error set. */
static gssize
read_input (Reader *reader)
{
  return volant_osm_source_read (reader->source, reader->input, sizeof reader->input,
                                 &reader->error);
}

static bool
read_plain (Reader *reader)
{
  gssize count;

  do
    count = read_input (reader);
  while (count > 0 && feed (reader, reader->input, (size_t) count, false));
  return count >= 0 && reader->error == NULL;
}

/* gzip, also several members one after the other (RFC 1952, 2.2). */
static bool
read_gzip (Reader *reader)
{
  g_autofree char *output = g_malloc (CHUNK_SIZE);
  z_stream stream = { 0 };
  bool is_complete = false;
  int status = inflateInit2 (&stream, 15 + 16);
  gssize count = 0;

  while (status == Z_OK && reader->error == NULL && (count = read_input (reader)) > 0)
    {
      stream.next_in = (uint8_t *) reader->input;
      stream.avail_in = (unsigned) count;
      stream.avail_out = CHUNK_SIZE;
      while (status == Z_OK && reader->error == NULL &&
             (stream.avail_in > 0 || (stream.avail_out == 0 && !is_complete)))
        {
          if (is_complete)
            status = inflateReset (&stream);
          stream.next_out = (uint8_t *) output;
          stream.avail_out = CHUNK_SIZE;
          status = status == Z_OK ? inflate (&stream, Z_NO_FLUSH) : status;
          is_complete = status == Z_STREAM_END;
          if (status == Z_STREAM_END || status == Z_BUF_ERROR)
            status = Z_OK;
          if (status == Z_OK && CHUNK_SIZE - stream.avail_out > 0)
            feed (reader, output, CHUNK_SIZE - stream.avail_out, false);
        }
    }
  inflateEnd (&stream);
  if (reader->error == NULL && (status != Z_OK || !is_complete))
    volant_osm_source_set_corrupt (reader->source, "its gzip packing is broken", &reader->error);
  return reader->error == NULL;
}

static la_ssize_t
on_archive_read (struct archive *archive, void *data, const void **buffer)
{
  Reader *reader = data;
  gssize count = read_input (reader);

  *buffer = reader->input;
  return count < 0 ? ARCHIVE_FATAL : count;
}

static bool
read_archive (Reader *reader)
{
  g_autofree char *output = g_malloc (CHUNK_SIZE);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  la_ssize_t count = -1;

  archive_read_support_filter_bzip2 (archive);
  archive_read_support_filter_xz (archive);
  archive_read_support_filter_zstd (archive);
  archive_read_support_format_raw (archive);
  if (archive_read_open (archive, reader, NULL, on_archive_read, NULL) == ARCHIVE_OK &&
      archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    do
      count = archive_read_data (archive, output, CHUNK_SIZE);
    while (count > 0 && feed (reader, output, (size_t) count, false));
  if (count < 0 && reader->error == NULL)
    volant_osm_source_set_corrupt (reader->source, "its packing is broken", &reader->error);
  archive_read_free (archive);
  return reader->error == NULL;
}

/* Reads a whole document from the source's present place. */
bool
volant_osm_read_xml (VolantOsmSource *source, VolantOsmBuilder *builder, GError **error)
{
  g_autofree Reader *reader = g_new0 (Reader, 1);
  uint8_t start[2] = { 0 };
  bool good;

  if (volant_osm_source_read (source, start, sizeof start, error) < 0)
    return false;
  source->offset = 0;
  reader->source = source;
  reader->builder = builder;
  reader->parser = XML_ParserCreate (NULL);
  XML_SetUserData (reader->parser, reader);
  XML_SetElementHandler (reader->parser, on_start, on_end);
  XML_SetStartDoctypeDeclHandler (reader->parser, on_start_doctype);
  if (start[0] == 0x1f && start[1] == 0x8b)
    good = read_gzip (reader);
  else if (start[0] == 'B' || start[0] == 0xfd || start[0] == 0x28)
    good = read_archive (reader);
  else
    good = read_plain (reader);
  good = good && feed (reader, "", 0, true);
  XML_ParserFree (reader->parser);
  if (reader->error != NULL)
    g_propagate_error (error, g_steal_pointer (&reader->error));
  return good;
}
