/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/routing/traffic/locate.h"
#include "maps/routing/traffic/traffic-file.h"
#include "tests/unit/routing/text-map.h"

#include <gio/gio.h>
#include <string.h>

/* Volant's own traffic document: what is read of it, what is refused, and on which links it comes to
 * stand. */

#define NOW_S 1795420800 /* 2026-11-23T08:00:00Z */
#define HEAD "\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"2026-11-23T08:00:00Z\""

static VolantTrafficReports *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return volant_traffic_file_parse (bytes, NOW_S, error);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantTrafficReports) reports =
    parse ("{" HEAD ",\"ttl_s\":120,\"made_by\":\"x\",\"links\":["
           "{\"way\":4253,\"direction\":\"backward\",\"speed_kmh\":36},"
           "{\"way\":9007199254740991,\"from_node\":5,\"to_node\":7,\"closed\":true,"
           "\"valid_from\":\"2026-11-23T09:00:00+01:00\",\"valid_until\":\"2026-11-23T10:00:00Z\","
           "\"reason\":\"Marché\"}]}", &error);
  const VolantTrafficReport *first, *second;

  g_assert_no_error (error);
  g_assert_cmpuint (reports->reports->len, ==, 2);
  g_assert_cmpint (reports->expires_s, ==, NOW_S + 120);
  first = reports->reports->pdata[0];
  g_assert_cmpint (first->way_id, ==, 4253);
  g_assert_cmpint (first->directions, ==, VOLANT_TRAFFIC_BACKWARD);
  g_assert_cmpuint (first->speed_mm_per_s, ==, 10000);
  g_assert_cmpint (first->valid_from_s, ==, VOLANT_TRAFFIC_ALWAYS_S);
  second = reports->reports->pdata[1];
  g_assert_cmpint (second->way_id, ==, 9007199254740991);
  g_assert_cmpint (second->directions, ==, VOLANT_TRAFFIC_BOTH);
  g_assert_cmpint (second->from_node, ==, 5);
  g_assert_cmpuint (second->speed_mm_per_s, ==, 0);
  g_assert_cmpint (second->valid_from_s, ==, NOW_S);
  g_assert_cmpint (second->valid_until_s, ==, NOW_S + 7200);
  g_assert_cmpstr (second->reason, ==, "Marché");
}

/* A clock that is ahead does not make traffic live longer. */
static void
test_life (void)
{
  g_autoptr (VolantTrafficReports) ahead =
    parse ("{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"2027-01-01T00:00:00Z\","
           "\"links\":[]}", NULL);
  g_autoptr (VolantTrafficReports) old =
    parse ("{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"2026-11-23T07:00:00Z\","
           "\"links\":[]}", NULL);

  g_assert_cmpint (ahead->expires_s, ==, NOW_S + 300);
  g_assert_cmpint (old->expires_s, ==, NOW_S - 3300);
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    int code;
    const char *words;
  } cases[] = {
    { "", VOLANT_MAPS_ERROR_CORRUPT, "JSON" },
    { "{" HEAD ",\"links\":[{\"way\":1", VOLANT_MAPS_ERROR_CORRUPT, "cut off" },
    { "[1]", VOLANT_MAPS_ERROR_CORRUPT, "object" },
    { "{\"version\":1}", VOLANT_MAPS_ERROR_CORRUPT, "format" },
    { "{\"format\":\"volant-traffic\",\"version\":2}", VOLANT_MAPS_ERROR_UNSUPPORTED, "version" },
    { "{\"format\":\"volant-traffic\",\"version\":1,\"timestamp\":\"noon\",\"links\":[]}",
      VOLANT_MAPS_ERROR_INVALID, "timestamp" },
    { "{" HEAD ",\"ttl_s\":0,\"links\":[]}", VOLANT_MAPS_ERROR_INVALID, "ttl_s" },
    { "{" HEAD ",\"ttl_s\":\"9\",\"links\":[]}", VOLANT_MAPS_ERROR_INVALID, "ttl_s" },
    { "{" HEAD "}", VOLANT_MAPS_ERROR_INVALID, "links" },
    { "{" HEAD ",\"links\":{}}", VOLANT_MAPS_ERROR_INVALID, "links" },
    { "{" HEAD ",\"links\":[7]}", VOLANT_MAPS_ERROR_INVALID, "link 1" },
    { "{" HEAD ",\"links\":[{\"closed\":true}]}", VOLANT_MAPS_ERROR_INVALID, "no way" },
    { "{" HEAD ",\"links\":[{\"way\":-4,\"closed\":true}]}", VOLANT_MAPS_ERROR_INVALID, "way" },
    { "{" HEAD ",\"links\":[{\"way\":1.5,\"closed\":true}]}", VOLANT_MAPS_ERROR_INVALID, "way" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"closed\":true},{\"way\":2}]}", VOLANT_MAPS_ERROR_INVALID,
      "link 2" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"closed\":\"yes\"}]}", VOLANT_MAPS_ERROR_INVALID,
      "closed" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"speed_kmh\":0}]}", VOLANT_MAPS_ERROR_INVALID,
      "speed_kmh" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"speed_kmh\":1e9}]}", VOLANT_MAPS_ERROR_INVALID, "speed" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"speed_kmh\":9,\"direction\":\"up\"}]}",
      VOLANT_MAPS_ERROR_INVALID, "direction" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"speed_kmh\":9,\"from_node\":3}]}",
      VOLANT_MAPS_ERROR_INVALID, "from_node" },
    { "{" HEAD ",\"links\":[{\"way\":1,\"speed_kmh\":9,\"valid_until\":4}]}",
      VOLANT_MAPS_ERROR_INVALID, "valid_until" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, cases[i].code);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("%s: %s", cases[i].text, error->message);
    }
}

/* Whether traffic tells something of the link from one letter to another. */
static bool
tells_of (TextMap *map, const VolantTraffic *traffic, char from, char to)
{
  return volant_traffic_find (traffic, text_map_link (map, from, to), NOW_S) != NULL;
}

static TextMap *
new_map (void)
{
  return text_map_new (
    "a-----b-----c-----d\n"
    "      |     |\n"
    "      f-----g\n",
    (const char *[]) { "way abcd residential", "way bfgcb residential oneway", NULL });
}

static GBytes *
pack (const char *text, size_t size)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_data (text, (gssize) size, NULL);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, G_CONVERTER (compressor));
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (output, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

static VolantTraffic *
read_on (TextMap *map, const char *links, VolantTrafficTally *tally)
{
  g_autofree char *text = g_strdup_printf ("{" HEAD ",\"links\":[%s]}", links);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  int64_t expires_s = 0;
  VolantTraffic *traffic =
    volant_traffic_read (bytes, "test", text_map_router (map), NOW_S, tally, &expires_s, &error);

  g_assert_no_error (error);
  g_assert_cmpint (expires_s, ==, NOW_S + 300);
  return traffic;
}

static void
test_ways (void)
{
  g_autoptr (TextMap) map = new_map ();
  VolantTrafficTally tally;
  g_autoptr (VolantTraffic) whole =
    read_on (map, "{\"way\":1,\"direction\":\"forward\",\"speed_kmh\":9}", &tally);
  g_autofree char *part_text =
    g_strdup_printf ("{\"way\":1,\"from_node\":%d,\"to_node\":%d,\"closed\":true}", 'c', 'b');
  g_autoptr (VolantTraffic) part = NULL;
  uint32_t n_changes;

  g_assert_cmpuint (tally.n_links, ==, 3);
  g_assert_true (tells_of (map, whole, 'a', 'b'));
  g_assert_true (tells_of (map, whole, 'c', 'd'));
  g_assert_false (tells_of (map, whole, 'b', 'a'));
  g_assert_null (volant_traffic_find (whole, text_map_link (map, 'a', 'b'), NOW_S + 300));
  part = read_on (map, part_text, &tally);
  volant_traffic_get_changes (part, &n_changes);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpuint (tally.n_located, ==, 1);
}

/* A ring: the part from g over the seam at b to f, and the other one. */
static void
test_ring (void)
{
  g_autoptr (TextMap) map = new_map ();
  static const char format[] =
    "{\"way\":2,\"from_node\":%d,\"to_node\":%d,\"direction\":\"forward\",\"closed\":true}";
  g_autofree char *text = g_strdup_printf (format, 'g', 'f');
  g_autofree char *other_text = g_strdup_printf (format, 'f', 'g');
  g_autoptr (VolantTraffic) traffic = read_on (map, text, NULL);
  g_autoptr (VolantTraffic) other = read_on (map, other_text, NULL);

  g_assert_true (tells_of (map, traffic, 'g', 'c'));
  g_assert_true (tells_of (map, traffic, 'b', 'f'));
  g_assert_false (tells_of (map, traffic, 'f', 'g'));
  g_assert_true (tells_of (map, other, 'f', 'g'));
  g_assert_false (tells_of (map, other, 'g', 'c'));
}

/* What has no place here is counted, by why. */
static void
test_tally (void)
{
  g_autoptr (TextMap) map = new_map ();
  VolantTrafficTally tally;
  g_autoptr (VolantTraffic) traffic =
    read_on (map, "{\"way\":1,\"closed\":true},{\"way\":77,\"closed\":true},"
                  "{\"way\":1,\"from_node\":1,\"to_node\":2,\"closed\":true}", &tally);
  g_autofree char *text = volant_traffic_tally_to_text (&tally);

  g_assert_nonnull (traffic);
  g_assert_cmpuint (tally.n_reports, ==, 3);
  g_assert_cmpuint (tally.n_located, ==, 1);
  g_assert_cmpuint (tally.n_elsewhere, ==, 1);
  g_assert_cmpuint (tally.n_unmatched, ==, 1);
  g_assert_cmpstr (text, ==, "1 of 3 traffic reports found, on 6 links; 1 elsewhere; 1 fit no road "
                             "of the map");
}

/* Packed with gzip it is the same; cut off it is refused, and so is what grows past the bound. */
static void
test_packed (void)
{
  g_autoptr (TextMap) map = new_map ();
  const char text[] = "{" HEAD ",\"links\":[{\"way\":1,\"closed\":true}]}";
  g_autofree char *huge = g_strnfill (70u << 20, ' ');
  g_autoptr (GBytes) packed = pack (text, strlen (text)), bomb = pack (huge, 70u << 20);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 9);
  g_autoptr (GError) cut_error = NULL, bomb_error = NULL;
  VolantTrafficTally tally;
  g_autoptr (VolantTraffic) traffic =
    volant_traffic_read (packed, "x.gz", text_map_router (map), NOW_S, &tally, NULL, NULL);

  g_assert_nonnull (traffic);
  g_assert_cmpuint (tally.n_links, ==, 6);
  g_assert_null (volant_traffic_read (cut, "x.gz", text_map_router (map), NOW_S, NULL, NULL,
                                      &cut_error));
  g_assert_error (cut_error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT);
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 1u << 20);
  g_assert_null (volant_traffic_read (bomb, "x.gz", text_map_router (map), NOW_S, NULL, NULL,
                                      &bomb_error));
  g_assert_error (bomb_error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE);
}

static void
test_out_of_date (void)
{
  g_autoptr (TextMap) map = new_map ();
  const char text[] = "{" HEAD ",\"links\":[]}";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_traffic_read (bytes, "old.json", text_map_router (map), NOW_S + 300, NULL,
                                      NULL, &error));
  g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY);
  g_assert_true (g_str_has_prefix (error->message, "old.json: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic-file/read", test_read);
  g_test_add_func ("/traffic-file/life", test_life);
  g_test_add_func ("/traffic-file/refused", test_refused);
  g_test_add_func ("/traffic-file/ways", test_ways);
  g_test_add_func ("/traffic-file/ring", test_ring);
  g_test_add_func ("/traffic-file/tally", test_tally);
  g_test_add_func ("/traffic-file/packed", test_packed);
  g_test_add_func ("/traffic-file/out-of-date", test_out_of_date);
  return g_test_run ();
}
