/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/app/small-city.h"

#include "maps/import/import.h"
#include "tests/unit/import/osm-text.h"

#include <glib/gstdio.h>

#define SIDE 5
#define SOUTH 43.7000
#define WEST 7.4000
#define STEP_LAT 0.00225 /* 250 m */
#define STEP_LON 0.00311

static const char *const across[SIDE] = { "Rue%20du%20Port", "Rue%20de%20la%20Gare",
                                          "Avenue%20Jean%20Jaurès", "Rue%20des%20Lilas",
                                          "Boulevard%20du%20Nord" };
static const char *const along[SIDE] = { "Rue%20de%20l’Ouest", "Rue%20Victor%20Hugo",
                                         "Rue%20du%20Centre", "Rue%20des%20Écoles",
                                         "Rue%20de%20l’Est" };

static void
add_way (GString *map, unsigned way, const char *name, unsigned first, unsigned step)
{
  g_string_append_printf (map, "w %u ", way);
  for (unsigned i = 0; i < SIDE; i++)
    g_string_append_printf (map, "%s%u", i > 0 ? "," : "", first + i * step);
  g_string_append_printf (map, " highway=residential maxspeed=50 name=%s\n", name);
}

static char *
make_map (void)
{
  GString *map = g_string_new (NULL);

  for (unsigned row = 0; row < SIDE; row++)
    for (unsigned column = 0; column < SIDE; column++)
      {
        char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];

        g_ascii_formatd (lat, sizeof lat, "%.6f", SOUTH + row * STEP_LAT);
        g_ascii_formatd (lon, sizeof lon, "%.6f", WEST + column * STEP_LON);
        g_string_append_printf (map, "n %u %s %s\n", 100 + row * SIDE + column, lat, lon);
      }
  g_string_append (map, "n 900 43.7010 7.4100 amenity=hospital name=Hôpital%20Central\n");
  for (unsigned i = 0; i < SIDE; i++)
    {
      add_way (map, 10 + i, across[i], 100 + i * SIDE, 1);
      add_way (map, 20 + i, along[i], 100 + i, SIDE);
    }
  return g_string_free (map, FALSE);
}

const char *
small_city_path (void)
{
  static char *city;
  g_autofree char *map = NULL;
  g_autofree char *xml = NULL;
  g_autofree char *source = NULL;
  g_autoptr (GError) error = NULL;
  VolantImportOptions options = { .name = "Petiteville", .country = "FR", .has_start = true };

  if (city != NULL)
    return city;
  map = make_map ();
  xml = osm_text_to_xml (map);
  source = g_build_filename (volant_test_folder (), "small.osm", NULL);
  city = g_build_filename (volant_test_folder (), "small.city", NULL);
  options.start = volant_point_from_degrees (SOUTH + 0.00001, WEST + 0.5 * STEP_LON);
  g_file_set_contents (source, xml, -1, &error);
  g_assert_no_error (error);
  volant_import (source, &options, city, NULL, NULL, &error);
  g_assert_no_error (error);
  return city;
}

static void
write_document (const char *folder, const char *name, const char *data)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("{\"last_updated\":1640887163,\"ttl\":3600,"
                                           "\"version\":\"2.3\",\"data\":%s}",
                                           data);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* b and c share a spoken name, c is nearer to the start; d has no free dock; a has a charger. */
const char *
small_city_stations (void)
{
  static char *folder;

  if (folder != NULL)
    return folder;
  folder = g_build_filename (volant_test_folder (), "gbfs", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_document (folder, "gbfs.json",
                  "{\"en\":{\"feeds\":["
                  "{\"name\":\"station_information\",\"url\":\"station_information.json\"},"
                  "{\"name\":\"station_status\",\"url\":\"station_status.json\"}]}}");
  write_document (folder, "station_information.json",
                  "{\"stations\":["
                  "{\"station_id\":\"a\",\"name\":\"Gare Maritime\",\"lat\":43.7089,"
                  "\"lon\":7.4124,\"capacity\":6,\"is_charging_station\":true},"
                  "{\"station_id\":\"b\",\"name\":\"Petiteville/Jean Jaurès/12\",\"lat\":43.7045,"
                  "\"lon\":7.4123,\"capacity\":4},"
                  "{\"station_id\":\"c\",\"name\":\"Petiteville/Jean Jaurès/3\",\"lat\":43.7045,"
                  "\"lon\":7.4002,\"capacity\":4},"
                  "{\"station_id\":\"d\",\"name\":\"Rue du Port\",\"lat\":43.7000,"
                  "\"lon\":7.4040,\"capacity\":4},"
                  "{\"station_id\":\"far\",\"name\":\"Ailleurs\",\"lat\":48.85,\"lon\":2.35}]}");
  write_document (
      folder, "station_status.json",
      "{\"stations\":["
#define STATUS(id, docks)                                                                          \
  "{\"station_id\":\"" id "\",\"is_installed\":true,\"is_renting\":true,\"is_returning\":true,"    \
  "\"last_reported\":1640887190,\"num_bikes_available\":1,\"num_docks_available\":" docks "}"
      STATUS ("a", "3") "," STATUS ("b", "2") "," STATUS ("c", "1") "," STATUS ("d", "0") "]}");
  return folder;
}

typedef struct {
  VolantSession *session;
  GError *error;
  bool done;
} Opening;

static void
on_opened (GObject *source, GAsyncResult *result, void *data)
{
  Opening *opening = data;

  opening->session = volant_session_new_finish (result, &opening->error);
  opening->done = true;
}

static bool
is_opened (void *data)
{
  return ((Opening *) data)->done;
}

static bool
is_ready (void *data)
{
  gboolean ready;

  g_object_get (data, "ready", &ready, NULL);
  return ready;
}

VolantSession *
small_city_session (const VolantSessionOptions *given)
{
  VolantSessionOptions options = { 0 };
  Opening opening = { 0 };

  if (given != NULL)
    options = *given;
  else
    options.no_voice = true;
  if (options.city == NULL)
    options.city = small_city_path ();
  if (options.stations == NULL)
    options.stations = small_city_stations ();
  if (options.media == NULL)
    options.media = volant_test_folder ();
  if (options.speaker == NULL)
    options.speaker = "none";
  if (options.language == NULL)
    options.language = "en";
  volant_session_new_async (&options, NULL, on_opened, &opening);
  g_assert_true (volant_test_wait (is_opened, &opening, 20.0));
  g_assert_no_error (opening.error);
  g_assert_true (volant_test_wait (is_ready, opening.session, 60.0));
  return opening.session;
}

typedef struct {
  VolantActionAnswer *answer;
  GError *error;
  bool done;
} Performing;

static void
on_performed (GObject *source, GAsyncResult *result, void *data)
{
  Performing *performing = data;

  performing->answer =
      volant_action_perform_finish (VOLANT_SESSION (source), result, &performing->error);
  performing->done = true;
}

static bool
is_performed (void *data)
{
  return ((Performing *) data)->done;
}

char *
small_city_perform (VolantSession *session, const char *name, GVariant *parameter, char **undo,
                    GError **error)
{
  Performing performing = { 0 };
  g_autoptr (VolantActionAnswer) answer = NULL;

  volant_action_perform_async (session, name, parameter, NULL, on_performed, &performing);
  g_assert_true (volant_test_wait (is_performed, &performing, 30.0));
  answer = performing.answer;
  if (answer == NULL)
    {
      g_propagate_error (error, performing.error);
      return NULL;
    }
  if (undo != NULL)
    *undo = g_strdup (answer->undo);
  return g_strdup (answer->message);
}

void
small_city_do (VolantSession *session, const char *name, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = small_city_perform (session, name, parameter, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (message);
}

char *
small_city_state (VolantSession *session, const char *key)
{
  g_autoptr (GVariant) state = g_variant_ref_sink (volant_session_get_state (session));
  g_autoptr (GVariant) value = g_variant_lookup_value (state, key, NULL);

  if (value == NULL)
    return g_strdup ("absent");
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL)
                                                             : g_variant_print (value, FALSE);
}
