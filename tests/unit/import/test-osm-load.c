/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/osm-load.h"
#include "tests/unit/import/osm-text.h"
#include "tests/unit/import/pbf-writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <gio/gio.h>
#include <string.h>
#include <zlib.h>

/* Readers of OpenStreetMap files: every form gives the same model, every fault its words. */

static const char map[] =
    "n -3 -43.6900001 -7.4000007 highway=traffic_signals\n"
    "n 1 43.69 7.40\nn 2 43.7199999 7.4000001 name=Élysée%20&%20<Co>\n"
    "n 9007199254740993 0 179.9999999 a=1 b=2\n"
    "w 10 1,2,-3 highway=residential name=滨江路\nw 11 2,1\n"
    "r 1 from:w10,via:n2,to:w11 type=restriction restriction=no_left_turn\n"
    "r 2 :r1,outer:w99 type=site\n";

static VolantOsm *
load (GBytes *bytes, GError **error)
{
  return volant_osm_load_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "input",
                                false, NULL, NULL, error);
}

static VolantOsm *
load_good (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  VolantOsm *osm = load (bytes, &error);

  g_assert_no_error (error);
  return osm;
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GBytes *
map_as_xml (void)
{
  char *xml = osm_text_to_xml (map);

  return g_bytes_new_take (xml, strlen (xml));
}

static GBytes *
gzip (GBytes *bytes)
{
  z_stream stream = { 0 };
  size_t size;
  uint8_t *packed = g_malloc (65536);

  deflateInit2 (&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = (uint8_t *) g_bytes_get_data (bytes, &size);
  stream.avail_in = (unsigned) size;
  stream.next_out = packed;
  stream.avail_out = 65536;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  size = stream.total_out;
  deflateEnd (&stream);
  return g_bytes_new_take (packed, size);
}

static GBytes *
pack_with_archive (GBytes *bytes, int (*add_filter) (struct archive *))
{
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  uint8_t *packed = g_malloc (65536);
  size_t used = 0;

  add_filter (archive);
  archive_write_set_format_raw (archive);
  archive_write_set_bytes_per_block (archive, 0);
  archive_write_open_memory (archive, packed, 65536, &used);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_pathname (entry, "map");
  archive_write_header (archive, entry);
  archive_write_data (archive, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  archive_write_close (archive);
  archive_entry_free (entry);
  archive_write_free (archive);
  return g_bytes_new_take (packed, used);
}

static void
assert_same_tags (const VolantOsm *a, uint32_t first_a, const VolantOsm *b, uint32_t first_b,
                  uint32_t n_a, uint32_t n_b)
{
  g_assert_cmpuint (n_a, ==, n_b);
  for (uint32_t i = 0; i < n_a; i++)
    {
      g_assert_cmpstr (a->tags[first_a + i].key, ==, b->tags[first_b + i].key);
      g_assert_cmpstr (a->tags[first_a + i].value, ==, b->tags[first_b + i].value);
    }
}

static void
assert_same_ways (const VolantOsm *a, const VolantOsm *b)
{
  g_assert_cmpuint (a->n_ways, ==, b->n_ways);
  for (size_t i = 0; i < a->n_ways; i++)
    {
      g_assert_cmpint (a->ways[i].id, ==, b->ways[i].id);
      g_assert_cmpmem (a->refs + a->ways[i].first_ref, a->ways[i].n_refs * sizeof (int64_t),
                       b->refs + b->ways[i].first_ref, b->ways[i].n_refs * sizeof (int64_t));
      assert_same_tags (a, a->ways[i].first_tag, b, b->ways[i].first_tag, a->ways[i].n_tags,
                        b->ways[i].n_tags);
    }
}

static void
assert_same (const VolantOsm *a, const VolantOsm *b)
{
  g_assert_cmpuint (a->n_nodes, ==, b->n_nodes);
  for (size_t i = 0; i < a->n_nodes; i++)
    {
      g_assert_cmpint (a->nodes[i].id, ==, b->nodes[i].id);
      g_assert_cmpint (a->nodes[i].point.lat_e7, ==, b->nodes[i].point.lat_e7);
      g_assert_cmpint (a->nodes[i].point.lon_e7, ==, b->nodes[i].point.lon_e7);
      assert_same_tags (a, a->nodes[i].first_tag, b, b->nodes[i].first_tag, a->nodes[i].n_tags,
                        b->nodes[i].n_tags);
    }
  assert_same_ways (a, b);
  g_assert_cmpuint (a->n_relations, ==, b->n_relations);
  for (size_t i = 0; i < a->n_relations; i++)
    {
      const VolantOsmRelation *left = &a->relations[i], *right = &b->relations[i];

      g_assert_cmpint (left->id, ==, right->id);
      assert_same_tags (a, left->first_tag, b, right->first_tag, left->n_tags, right->n_tags);
      g_assert_cmpuint (left->n_members, ==, right->n_members);
      for (uint32_t m = 0; m < left->n_members; m++)
        {
          const VolantOsmMember *one = &a->members[left->first_member + m];
          const VolantOsmMember *other = &b->members[right->first_member + m];

          g_assert_true (one->id == other->id && one->kind == other->kind);
          g_assert_cmpstr (one->role, ==, other->role);
        }
    }
}

static void
test_model (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (VolantOsm) osm = load_good (xml);
  const VolantOsmNode *node = volant_osm_find_node (osm, 2);
  const VolantOsmWay *way = volant_osm_find_way (osm, 10);

  g_assert_cmpuint (osm->n_nodes, ==, 4);
  g_assert_cmpint (osm->nodes[0].id, ==, -3);
  g_assert_cmpint (osm->nodes[0].point.lat_e7, ==, -436900001);
  g_assert_cmpint (osm->nodes[0].point.lon_e7, ==, -74000007);
  g_assert_cmpint (node->point.lat_e7, ==, 437199999);
  g_assert_cmpstr (volant_osm_node_tag (osm, node, "name"), ==, "Élysée & <Co>");
  g_assert_null (volant_osm_node_tag (osm, node, "nam"));
  g_assert_cmpint (volant_osm_find_node (osm, 9007199254740993)->point.lon_e7, ==, 1799999999);
  g_assert_null (volant_osm_find_node (osm, 3));
  g_assert_cmpuint (way->n_refs, ==, 3);
  g_assert_cmpint (osm->refs[way->first_ref + 2], ==, -3);
  g_assert_cmpstr (volant_osm_way_tag (osm, way, "name"), ==, "滨江路");
  g_assert_cmpuint (volant_osm_find_relation (osm, 1)->n_members, ==, 3);
  g_assert_null (volant_osm_find_way (osm, 12));
}

static void
test_same_in_every_form (void)
{
  static const PbfFlags flags[] = { 0, PBF_RAW, PBF_PLAIN_NODES, PBF_PLAIN_NODES | PBF_RAW };
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (VolantOsm) osm = load_good (xml);
  g_autoptr (GBytes) gz = gzip (xml);
  g_autoptr (GBytes) bz2 = pack_with_archive (xml, archive_write_add_filter_bzip2);
  g_autoptr (GBytes) xz = pack_with_archive (xml, archive_write_add_filter_xz);
  GBytes *const packed[] = { gz, bz2, xz };

  for (unsigned i = 0; i < G_N_ELEMENTS (packed); i++)
    {
      g_autoptr (VolantOsm) other = load_good (packed[i]);

      assert_same (osm, other);
    }
  for (unsigned i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (GBytes) pbf = pbf_from_osm (osm, flags[i], NULL, NULL);
      g_autoptr (VolantOsm) other = load_good (pbf);

      assert_same (osm, other);
    }
}

/* granularity and offsets: a position is a multiple of 1,000 nanodegrees from the offset. */
static void
test_coarse_pbf (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (VolantOsm) osm = load_good (xml);
  g_autoptr (GBytes) pbf = pbf_from_osm (osm, PBF_COARSE, NULL, NULL);
  g_autoptr (VolantOsm) other = load_good (pbf);

  for (size_t i = 0; i < osm->n_nodes; i++)
    {
      g_assert_cmpint (ABS (osm->nodes[i].point.lat_e7 - other->nodes[i].point.lat_e7), <=, 10);
      g_assert_cmpint (ABS (osm->nodes[i].point.lon_e7 - other->nodes[i].point.lon_e7), <=, 10);
    }
}

/* Two gzip members one after the other are one file. */
static void
test_gzip_members (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (xml, 0, 100);
  g_autoptr (GBytes) end = g_bytes_new_from_bytes (xml, 100, g_bytes_get_size (xml) - 100);
  g_autoptr (GBytes) start_gz = gzip (start), end_gz = gzip (end);
  GByteArray *joined = g_byte_array_new ();
  g_autoptr (GBytes) both = NULL;
  g_autoptr (VolantOsm) osm = load_good (xml);
  g_autoptr (VolantOsm) other = NULL;

  g_byte_array_append (joined, g_bytes_get_data (start_gz, NULL),
                       (unsigned) g_bytes_get_size (start_gz));
  g_byte_array_append (joined, g_bytes_get_data (end_gz, NULL),
                       (unsigned) g_bytes_get_size (end_gz));
  both = g_byte_array_free_to_bytes (joined);
  other = load_good (both);
  assert_same (osm, other);
}

static void
assert_refused (GBytes *bytes, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (bytes, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, code);
  g_test_message ("%s", error->message);
}

static void
test_cut_xml (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (GBytes) gz = gzip (xml);
  g_autoptr (GBytes) bz2 = pack_with_archive (xml, archive_write_add_filter_bzip2);
  GBytes *const whole[] = { xml, gz, bz2 };

  for (unsigned i = 0; i < G_N_ELEMENTS (whole); i++)
    for (size_t length = 1; length < g_bytes_get_size (whole[i]) - (i == 0); length++)
      {
        g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole[i], 0, length);
        g_autoptr (GError) error = NULL;

        g_assert_null (load (cut, &error));
        g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
      }
}

/* Refused at every length but the borders of blocks, where the format has nothing to tell by. */
static void
test_cut_pbf (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (VolantOsm) osm = load_good (xml);
  g_autoptr (GArray) borders = g_array_new (FALSE, FALSE, sizeof (size_t));
  g_autoptr (GBytes) pbf = pbf_from_osm (osm, 0, NULL, borders);

  g_assert_cmpuint (borders->len, ==, 3);
  for (size_t length = 1; length < g_bytes_get_size (pbf); length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (pbf, 0, length);
      g_autoptr (GError) error = NULL;
      g_autoptr (VolantOsm) part = load (cut, &error);
      bool at_border = false;

      for (unsigned i = 0; i < borders->len; i++)
        at_border |= g_array_index (borders, size_t, i) == length;
      g_assert_true ((part != NULL) == at_border);
      if (part == NULL)
        g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
    }
}

/* A flipped bit in a packed block is seen by its checksum, in a gzip too. */
static void
test_flipped_bits (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (VolantOsm) osm = load_good (xml);
  g_autoptr (GBytes) gz = gzip (xml);
  g_autoptr (GBytes) pbf = pbf_from_osm (osm, 0, NULL, NULL);
  GBytes *const whole[] = { gz, pbf };
  unsigned n_taken = 0;

  for (unsigned i = 0; i < G_N_ELEMENTS (whole); i++)
    for (size_t bit = 0; bit < g_bytes_get_size (whole[i]) * 8; bit++)
      {
        size_t size = g_bytes_get_size (whole[i]);
        uint8_t *data = g_memdup2 (g_bytes_get_data (whole[i], NULL), size);
        g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
        g_autoptr (VolantOsm) other = NULL;

        data[bit / 8] ^= (uint8_t) (1 << bit % 8);
        other = load (bytes, NULL);
        /* the time in a gzip's head, the number of an unused field: then nothing has changed */
        if (other != NULL)
          assert_same (osm, other);
        n_taken += other != NULL;
      }
  g_test_message ("%u flips changed nothing and were taken", n_taken);
}

static void
test_wrong_kinds (void)
{
  static const char *const texts[] = {
    "hello", "PK\3\4zip", "\x89PNG\r\n", "<html></html>", "<osm><osm>", "<osm></osm><osm></osm>",
    "<?xml version='1.0'?>", "<osmChange version='0.6'></osmChange>", "{\"type\": 1}", "   ",
    "<!DOCTYPE osm><osm/>",
    "<!DOCTYPE osm [<!ENTITY a 'b'>]><osm><node id='1' lat='1' lon='&a;'/></osm>",
    "<osm><node id='1' lat='1'/></osm>", "<osm><node id='1' lat='91' lon='1'/></osm>",
    "<osm><node id='1' lat='1' lon='180.5'/></osm>", "<osm><node id='1' lat='x' lon='1'/></osm>",
    "<osm><node id='1x' lat='1' lon='1'/></osm>", "<osm><node lat='1' lon='1'/></osm>",
    "<osm><node id='1' lat='1' lon='1'><tag k='a'/></node></osm>",
    "<osm><way id='1'><nd ref=''/></way></osm>", "<osm><way id='1'><nd/></way></osm>",
    "<osm><relation id='1'><member type='thing' ref='1' role=''/></relation></osm>",
    "<osm><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>",
    "<osm><node id='1' lat='1' lon='1'>\xff</node></osm>",
  };
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  for (unsigned i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = text_bytes (texts[i]);

      assert_refused (bytes, VOLANT_MAPS_ERROR_CORRUPT);
    }
  assert_refused (nothing, VOLANT_MAPS_ERROR_EMPTY);
}

static void
test_endless_tag (void)
{
  g_autofree char *filler = g_strnfill (3 * 1024 * 1024, 'a');
  g_autofree char *text = g_strconcat ("<osm><node id='", filler, NULL);
  g_autoptr (GBytes) bytes = text_bytes (text);

  assert_refused (bytes, VOLANT_MAPS_ERROR_CORRUPT);
}

static void
test_missing_files (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_osm_load ("/nonexistent.osm", false, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_assert_null (volant_osm_load (volant_test_folder (), false, NULL, NULL, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
}

static void
test_required_features (void)
{
  g_autoptr (GBytes) xml = map_as_xml ();
  g_autoptr (VolantOsm) osm = load_good (xml);
  g_autoptr (GBytes) pbf = pbf_from_osm (osm, 0, "HistoricalInformation", NULL);

  assert_refused (pbf, VOLANT_MAPS_ERROR_UNSUPPORTED);
}

static void
append_head (GByteArray *file, PbfFlags flags)
{
  g_autoptr (GByteArray) header = g_byte_array_new ();

  pbf_append_bytes (header, 4, "OsmSchema-V0.6", 14);
  pbf_append_blob (file, "OSMHeader", header, flags);
}

static void
test_pbf_limits (void)
{
  static const uint8_t long_header[] = { 0, 1, 0, 1, 0x0a, 9 };
  GByteArray *other = g_byte_array_new (), *large = g_byte_array_new ();
  GByteArray *unpacked = g_byte_array_new (), *header = g_byte_array_new ();
  g_autoptr (GByteArray) blob = g_byte_array_new ();
  g_autoptr (GBytes) bytes_a = NULL, bytes_b = NULL, bytes_c = NULL;

  /* a blob header of more than 64 KiB */
  append_head (large, 0);
  g_byte_array_append (large, long_header, sizeof long_header);
  bytes_a = g_byte_array_free_to_bytes (large);
  assert_refused (bytes_a, VOLANT_MAPS_ERROR_CORRUPT);
  /* a blob that says it unpacks to 33 MiB */
  append_head (unpacked, 0);
  pbf_append_varint (blob, 2, 33u << 20);
  pbf_append_bytes (blob, 3, "x", 1);
  pbf_append_bytes (header, 1, "OSMData", 7);
  pbf_append_varint (header, 3, blob->len);
  g_byte_array_append (unpacked, (const uint8_t *) "\0\0\0", 3);
  g_byte_array_append (unpacked, (const uint8_t *) &header->len, 1);
  g_byte_array_append (unpacked, header->data, header->len);
  g_byte_array_append (unpacked, blob->data, blob->len);
  bytes_b = g_byte_array_free_to_bytes (unpacked);
  assert_refused (bytes_b, VOLANT_MAPS_ERROR_CORRUPT);
  /* lzma: known, but not to be read */
  append_head (other, 0);
  g_byte_array_set_size (blob, 0);
  pbf_append_varint (blob, 2, 10);
  pbf_append_bytes (blob, 4, "x", 1);
  g_byte_array_set_size (header, 0);
  pbf_append_bytes (header, 1, "OSMData", 7);
  pbf_append_varint (header, 3, blob->len);
  g_byte_array_append (other, (const uint8_t *) "\0\0\0", 3);
  g_byte_array_append (other, (const uint8_t *) &header->len, 1);
  g_byte_array_append (other, header->data, header->len);
  g_byte_array_append (other, blob->data, blob->len);
  bytes_c = g_byte_array_free_to_bytes (other);
  assert_refused (bytes_c, VOLANT_MAPS_ERROR_UNSUPPORTED);
  g_byte_array_unref (header);
}

/* Unsorted, doubled and deleted objects, as editors and joined extracts leave them. */
static void
test_disorder (void)
{
  g_autoptr (GBytes) bytes = text_bytes (
      "<osm><bounds minlat='1' minlon='2' maxlat='3' maxlon='4'/><way id='5'><nd ref='2'/></way>"
      "<node id='2' lat='1' lon='1'/><node id='1' lat='1e0' lon='-1.5E+1'/>"
      "<node id='3' visible='false'/><node id='4' action='delete' lat='1' lon='1'><tag k='a' "
      "v='b'/></node>"
      "<node id='2' lat='2' lon='2'><tag k='new' v='yes'/></node></osm>\n");
  g_autoptr (VolantOsm) osm = load_good (bytes);

  g_assert_cmpuint (osm->n_nodes, ==, 2);
  g_assert_cmpint (osm->nodes[0].point.lon_e7, ==, -150000000);
  g_assert_cmpint (osm->nodes[1].point.lat_e7, ==, 20000000);
  g_assert_cmpuint (osm->n_tags, ==, 1);
  g_assert_cmpuint (osm->n_ways, ==, 1);
  g_assert_true (osm->has_bounds);
  g_assert_cmpint (osm->bounds.max_lon_e7, ==, 40000000);
}

/* roads_only keeps what the roads need and lets the rest go. */
static void
test_roads_only (void)
{
  g_autofree char *xml = osm_text_to_xml (
      "n 1 1 1 shop=bakery\nn 2 1 2 barrier=gate name=x\nw 1 1,2 building=yes\n"
      "w 2 1,2 highway=service\nw 3 1,2 building=yes addr:country=FR\n"
      "r 1 a:w1 type=route route=bus\nr 2 from:w1 type=restriction restriction=no_u_turn\n");
  g_autoptr (VolantOsm) osm =
      volant_osm_load_bytes (xml, strlen (xml), "x", true, NULL, NULL, NULL);

  g_assert_cmpuint (osm->n_nodes, ==, 2);
  g_assert_cmpuint (osm->nodes[0].n_tags, ==, 0);
  g_assert_cmpuint (osm->nodes[1].n_tags, ==, 1);
  g_assert_cmpuint (osm->n_ways, ==, 2);
  g_assert_cmpint (osm->ways[0].id, ==, 2);
  g_assert_cmpuint (osm->ways[1].n_refs, ==, 0);
  g_assert_cmpuint (osm->n_relations, ==, 1);
  g_assert_cmpint (osm->relations[0].id, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/osm/model", test_model);
  g_test_add_func ("/osm/same-in-every-form", test_same_in_every_form);
  g_test_add_func ("/osm/coarse-pbf", test_coarse_pbf);
  g_test_add_func ("/osm/gzip-members", test_gzip_members);
  g_test_add_func ("/osm/cut-xml", test_cut_xml);
  g_test_add_func ("/osm/cut-pbf", test_cut_pbf);
  g_test_add_func ("/osm/flipped-bits", test_flipped_bits);
  g_test_add_func ("/osm/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/osm/endless-tag", test_endless_tag);
  g_test_add_func ("/osm/missing-files", test_missing_files);
  g_test_add_func ("/osm/required-features", test_required_features);
  g_test_add_func ("/osm/pbf-limits", test_pbf_limits);
  g_test_add_func ("/osm/disorder", test_disorder);
  g_test_add_func ("/osm/roads-only", test_roads_only);
  return g_test_run ();
}
