/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <glib/gstdio.h>
#include <math.h>

/* Forty stations as a GBFS 2.3 feed, and the heights of the ground as an SRTM square. */

#define UPDATED_AT "1767225600"
#define SRTM_SAMPLES 1201

typedef struct {
  const char *name;
  double x;
  double y;
  unsigned capacity;
  unsigned cars; /* the rest of the docks is free */
  bool is_closed;
} Site;

static const Site sites[] = {
  { "Vieille Ville", -640, -40, 6, 3 },
  { "Gare Centrale", -560, 800, 8, 5 },
  { "Place du Marché", -560, -400, 5, 2 },
  { "Quai des Lumières", 40, -480, 6, 4 },
  { "Hôtel de Ville", -380, -600, 4, 0 },
  { "Cathédrale Saint-Nicolas", -200, -700, 4, 1 },
  { "Citadelle", -1000, -700, 5, 5 },
  { "Théâtre des Lumières", -280, -250, 4, 2 },
  { "Musée de la Marine", -560, -700, 4, 3 },
  { "Pont Neuf", 260, -300, 5, 1 },
  { "Gare Maritime", 520, -1080, 7, 4 },
  { "Bassin du Commerce", 830, -1000, 6, 6 },
  { "Parc des Lumières", 1460, -420, 6, 2 },
  { "Musée des Beaux-Arts", 640, 160, 5, 3 },
  { "Bibliothèque Colette", 200, 950, 4, 2 },
  { "Hôpital Ambroise Paré", 1060, 1650, 8, 3 },
  { "Place de la République", 2680, 680, 6, 4 },
  { "Place de l'Étoile", -390, 2480, 6, 2 },
  { "Place de la Liberté", -2420, -440, 6, 3 },
  { "Jardin des Plantes", -1720, 260, 5, 2 },
  { "Université", -2640, -860, 8, 6 },
  { "Plage des Corsaires", -3500, -1650, 6, 0 },
  { "Les Bains", -1950, -1500, 5, 3 },
  { "Bois de la Corniche", -2800, 700, 4, 2 },
  { "Lycée Jules Verne", -1750, 1150, 4, 4 },
  { "Parc du Moulin", -1650, 2900, 4, 1 },
  { "Gare des Filatures", -860, 2600, 6, 3 },
  { "Les Filatures", -300, 2900, 5, 2 },
  { "Parc des Rives", 360, 1700, 4, 2 },
  { "Place Simone Veil", 2720, -560, 6, 3 },
  { "Saint-Ambroise", 1480, 420, 5, 2 },
  { "Stade des Embruns", 2350, 2050, 7, 5 },
  { "Muséum", 2200, 2950, 5, 1 },
  { "Parc des Coteaux", 3400, 1580, 5, 3 },
  { "Le Levant", 3800, -600, 6, 4, true },
  { "Centre Commercial du Levant", 2900, -900, 8, 4 },
  { "Parc des Peupliers", 1400, 2900, 4, 2 },
  { "Port-Lumière/Jean Jaurès/12", -1250, 900, 5, 2 },
  { "Port-Lumière/Jean Jaurès/148", -1600, 1650, 5, 3 },
  { "Beauséjour", -350, 3900, 5, 2 },
};

/* The nearest street that a car may use, beside its middle line. */
static DemoPoint
at_kerb (const DemoPlan *plan, DemoPoint wish, const char **street)
{
  double best = G_MAXDOUBLE;
  DemoPoint found = wish;

  for (unsigned i = 0; i < plan->edges->len; i++)
    {
      const DemoEdge *edge = &g_array_index (plan->edges, DemoEdge, i);
      double along = 0.0;
      double distance;
      DemoPoint direction;

      if (edge->is_gone || edge->is_bridge || edge->name == NULL || edge->kind < DEMO_PRIMARY ||
          edge->kind > DEMO_LIVING_STREET || edge->layer != 0 ||
          demo_line_length (edge->line) < 30.0)
        continue;
      distance = demo_line_distance (edge->line, wish, &along);
      if (distance >= best)
        continue;
      best = distance;
      along = CLAMP (along, 12.0, demo_line_length (edge->line) - 12.0);
      found = demo_line_at (edge->line, along, &direction);
      found = demo_sub (found, demo_scale (demo_left (direction), edge->oneway < 0 ? -4.5 : 4.5));
      *street = edge->name;
    }
  return found;
}

static bool
write_feed (const char *folder, const char *name, const char *data, GError **error)
{
  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = g_strdup_printf ("{\n  \"last_updated\": " UPDATED_AT ",\n"
                                           "  \"ttl\": 60,\n  \"version\": \"2.3\",\n"
                                           "  \"data\": %s\n}\n",
                                           data);

  return g_file_set_contents (path, text, -1, error);
}

static bool
write_stations (const DemoPlan *plan, const char *folder, GError **error)
{
  g_autoptr (GString) information = g_string_new ("{ \"stations\": [\n");
  g_autoptr (GString) states = g_string_new ("{ \"stations\": [\n");

  for (unsigned i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      const Site *site = &sites[i];
      const char *end = i + 1 < G_N_ELEMENTS (sites) ? "," : " ] }";
      const char *street = "";
      DemoPoint point = at_kerb (plan, demo_point (site->x, site->y), &street);
      unsigned petite = site->cars / 3;
      char lat[G_ASCII_DTOSTR_BUF_SIZE];
      char lon[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (lat, sizeof lat, "%.6f", demo_lat_deg (point));
      g_ascii_formatd (lon, sizeof lon, "%.6f", demo_lon_deg (point));
      g_string_append_printf (information,
                              "    { \"station_id\": \"pl-%02u\", \"name\": \"%s\", \"lat\": %s, "
                              "\"lon\": %s, \"address\": \"%s\", \"capacity\": %u, "
                              "\"is_charging_station\": true, \"parking_type\": \"street_parking\" "
                              "}%s\n",
                              i + 1, site->name, lat, lon, street, site->capacity, end);
      g_string_append_printf (
          states,
          "    { \"station_id\": \"pl-%02u\", \"num_bikes_available\": %u, "
          "\"vehicle_types_available\": [ { \"vehicle_type_id\": \"lumen\", \"count\": %u }, "
          "{ \"vehicle_type_id\": \"lumen-xl\", \"count\": %u } ], \"num_docks_available\": %u, "
          "\"is_installed\": true, \"is_renting\": %s, \"is_returning\": %s, "
          "\"last_reported\": " UPDATED_AT " }%s\n",
          i + 1, site->cars, site->cars - petite, petite,
          site->is_closed ? 0 : site->capacity - site->cars, site->is_closed ? "false" : "true",
          site->is_closed ? "false" : "true", end);
    }
  return write_feed (folder, "station_information", information->str, error) &&
         write_feed (folder, "station_status", states->str, error);
}

bool
demo_write_gbfs (DemoPlan *plan, const char *folder, GError **error)
{
  g_mkdir_with_parents (folder, 0755);
  return write_stations (plan, folder, error) &&
         write_feed (folder, "gbfs",
                     "{ \"fr\": { \"feeds\": [\n"
                     "    { \"name\": \"system_information\", \"url\": \"system_information.json\" },\n"
                     "    { \"name\": \"vehicle_types\", \"url\": \"vehicle_types.json\" },\n"
                     "    { \"name\": \"station_information\", \"url\": "
                     "\"station_information.json\" },\n"
                     "    { \"name\": \"station_status\", \"url\": \"station_status.json\" } ] } }",
                     error) &&
         write_feed (folder, "system_information",
                     "{ \"system_id\": \"port-lumiere\", \"language\": \"fr\", \"name\": "
                     "\"Port-Lumière Autopartage\", \"timezone\": \"Europe/Paris\", \"license_id\": "
                     "\"CC0-1.0\" }",
                     error) &&
         write_feed (folder, "vehicle_types",
                     "{ \"vehicle_types\": [\n"
                     "    { \"vehicle_type_id\": \"lumen\", \"form_factor\": \"car\", "
                     "\"propulsion_type\": \"electric\", \"max_range_meters\": 210000, \"name\": "
                     "\"Lumen\" },\n"
                     "    { \"vehicle_type_id\": \"lumen-xl\", \"form_factor\": \"car\", "
                     "\"propulsion_type\": \"electric\", \"max_range_meters\": 280000, \"name\": "
                     "\"Lumen XL\" } ] }",
                     error);
}

/* SRTM3: rows from north to south, big-endian metres; the square N46W004. */
GBytes *
demo_write_heights (void)
{
  GByteArray *bytes = g_byte_array_sized_new (SRTM_SAMPLES * SRTM_SAMPLES * 2);
  double metres_per_lon = 111320.0 * cos (DEMO_LAT_DEG * G_PI / 180.0);

  for (unsigned row = 0; row < SRTM_SAMPLES; row++)
    for (unsigned column = 0; column < SRTM_SAMPLES; column++)
      {
        double lat = 47.0 - row / (SRTM_SAMPLES - 1.0);
        double lon = -4.0 + column / (SRTM_SAMPLES - 1.0);
        DemoPoint point = demo_point ((lon - DEMO_LON_DEG) * metres_per_lon,
                                      (lat - DEMO_LAT_DEG) * 111160.0);
        int16_t metres = (int16_t) lround (demo_height_m (point));
        uint16_t sample = GUINT16_TO_BE ((uint16_t) metres);

        g_byte_array_append (bytes, (const uint8_t *) &sample, 2);
      }
  return g_byte_array_free_to_bytes (bytes);
}
