/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/import.h"

#include "maps/import/country.h"
#include "maps/drawing/drawing-build.h"
#include "maps/import/osm-load.h"
#include "maps/places/places-build.h"
#include "maps/routing/turn-topology.h"
#include "maps/routing/turns-build.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>

/* One city from one extract: load, make each section in turn, let it go, name the file at the end.
 * Whatever fails or is stopped on the way, nothing new stands at the city's path. */

#define ATTRIBUTION "© OpenStreetMap contributors, ODbL"

typedef struct {
  const VolantImportOptions *options;
  VolantImportReport *report;
  VolantProgress progress;
  void *progress_data;
  double stage_start; /* of the whole, for the stage at hand */
  double stage_end;
} Import;

static bool
on_stage_progress (double fraction, const char *stage, void *data)
{
  Import *self = data;
  double whole = self->stage_start +
                 (self->stage_end - self->stage_start) * CLAMP (fraction, 0.0, 1.0);

  return self->progress == NULL || self->progress (whole, stage, self->progress_data);
}

static void
set_stage (Import *self, double start, double end)
{
  self->stage_start = start;
  self->stage_end = end;
}

/* "/maps/monaco.osm.pbf" is "Monaco" (transfer full). */
static char *
name_of_path (const char *path)
{
  g_autofree char *base = g_filename_display_basename (path);
  char *dot = strchr (base + 1, '.');
  gunichar first;
  char upper[7] = { 0 };

  if (dot != NULL)
    *dot = '\0';
  first = g_unichar_toupper (g_utf8_get_char (base));
  g_unichar_to_utf8 (first, upper);
  return g_strconcat (upper, g_utf8_next_char (base), NULL);
}

static bool
is_car_junction (const VolantRoads *roads, uint32_t junction)
{
  for (uint32_t i = roads->first_out[junction]; i < roads->first_out[junction + 1]; i++)
    if (volant_roads_link_allows (roads, roads->out_links[i], VOLANT_MODE_CAR))
      return true;
  return false;
}

/* The junction for cars nearest to the middle of the roads. */
static VolantPoint
find_start (const VolantRoads *roads, const VolantBounds *bounds)
{
  VolantPoint middle = { (int32_t) (((int64_t) bounds->min_lat_e7 + bounds->max_lat_e7) / 2),
                         (int32_t) (((int64_t) bounds->min_lon_e7 + bounds->max_lon_e7) / 2) };
  VolantPoint best = middle;
  double best_m = G_MAXDOUBLE;

  for (uint32_t j = 0; j < roads->n_junctions; j++)
    {
      double distance_m = volant_geo_distance_m (middle, roads->junctions[j].point);

      if (distance_m < best_m && is_car_junction (roads, j))
        {
          best = roads->junctions[j].point;
          best_m = distance_m;
        }
    }
  return best;
}

static bool
write_info (Import *self, const char *path, const VolantRoads *roads, VolantCityWriter *writer,
            GError **error)
{
  g_autofree char *name = name_of_path (path);
  g_autofree char *source = g_filename_display_basename (path);
  g_autoptr (GBytes) bytes = NULL;
  VolantCityInfo info = {
    .name = self->options->name != NULL ? self->options->name : name,
    .country = self->report->country,
    .attribution = self->options->attribution != NULL ? self->options->attribution : ATTRIBUTION,
    .source = source,
    .drives_on_left = roads->drives_on_left,
    .bounds = VOLANT_BOUNDS_EMPTY,
    .order_ms = self->report->topology.order_ms,
    .tree_height = self->report->topology.tree_height,
    .search_arcs_mean = self->report->topology.search_arcs_mean,
  };

  for (uint32_t i = 0; i < roads->n_points; i++)
    volant_bounds_add (&info.bounds, roads->points[i]);
  info.start = self->options->has_start ? self->options->start : find_start (roads, &info.bounds);
  bytes = volant_city_info_serialize (&info);
  return volant_city_writer_add (writer, VOLANT_CITY_INFO, g_bytes_get_data (bytes, NULL),
                                 g_bytes_get_size (bytes), error);
}

static GBytes *
build_roads (Import *self, const VolantOsm *osm, GError **error)
{
  VolantRoadsOptions options = { .country = self->report->country };
  g_autoptr (VolantElevation) elevation = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (self->options->elevation_dir != NULL)
    {
      elevation = volant_elevation_new (self->options->elevation_dir, error);
      if (elevation == NULL)
        return NULL;
      options.elevation = elevation;
    }
  bytes = volant_roads_build (osm, &options, &self->report->roads, on_stage_progress, self, error);
  if (bytes == NULL || (elevation != NULL && !volant_elevation_check (elevation, error)))
    return NULL;
  return g_steal_pointer (&bytes);
}

/* The turns, and the topology on them: both are read back as a router will see them. */
static bool
write_routing (Import *self, const VolantRoads *roads, VolantCityWriter *writer, GError **error)
{
  g_autoptr (GBytes) bytes = volant_turns_build (roads);
  g_autoptr (VolantTurns) turns = volant_turns_open_bytes (bytes, roads, error);
  g_autoptr (GBytes) topology = NULL;

  if (turns == NULL ||
      !volant_city_writer_add (writer, VOLANT_CITY_TURNS, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), error))
    return false;
  topology = volant_turn_topology_build (roads, turns, g_get_num_processors (), on_stage_progress,
                                         self, &self->report->topology, error);
  return topology != NULL &&
         volant_city_writer_add (writer, VOLANT_CITY_TOPOLOGY, g_bytes_get_data (topology, NULL),
                                 g_bytes_get_size (topology), error);
}

/* What routing needs; the roads are read back as the next step will see them. The extract is let go
 * where nothing else is made of it. */
static bool
write_roads (Import *self, const char *path, VolantOsm **osm, VolantCityWriter *writer,
             GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (VolantRoads) roads = NULL;

  set_stage (self, 0.4, 0.5);
  bytes = build_roads (self, *osm, error);
  if (bytes == NULL)
    return false;
  if (self->options->roads_only)
    g_clear_pointer (osm, volant_osm_free);
  roads = volant_roads_open_bytes (bytes, error);
  if (roads == NULL)
    return false;
  self->report->n_segments = roads->n_segments;
  self->report->n_junctions = roads->n_junctions;
  set_stage (self, 0.5, self->options->roads_only ? 1.0 : 0.7);
  return volant_city_writer_add (writer, VOLANT_CITY_ROADS, g_bytes_get_data (bytes, NULL),
                                 g_bytes_get_size (bytes), error) &&
         write_routing (self, roads, writer, error) &&
         write_info (self, path, roads, writer, error);
}

static bool
write_sections (Import *self, const char *path, VolantOsm **osm, VolantCityWriter *writer,
                GError **error)
{
  if (!write_roads (self, path, osm, writer, error))
    return false;
  if (self->options->roads_only)
    return true;
  set_stage (self, 0.7, 0.85);
  if (!volant_drawing_write (*osm, writer, on_stage_progress, self, error))
    return false;
  set_stage (self, 0.85, 1.0);
  return volant_places_write (*osm, self->options->addresses_path, self->report->country, writer,
                              on_stage_progress, self, error);
}

static void
set_country (Import *self, const VolantOsm *osm)
{
  if (self->options->country != NULL && *self->options->country != '\0')
    for (unsigned i = 0; i < 2 && self->options->country[i] != '\0'; i++)
      self->report->country[i] = g_ascii_toupper (self->options->country[i]);
  else
    volant_country_find (osm, self->report->country);
}

static bool
check_paths (const char *path, const VolantImportOptions *options, const char *city_path,
             GError **error)
{
  struct stat source, target;
  const char *country = options->country;

  if (stat (path, &source) == 0 && stat (city_path, &target) == 0 &&
      source.st_dev == target.st_dev && source.st_ino == target.st_ino)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "%s would be written over itself; give another name after -o", path);
      return false;
    }
  if (country != NULL && *country != '\0' &&
      (strlen (country) != 2 || !g_ascii_isalpha (country[0]) || !g_ascii_isalpha (country[1])))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "“%s” is not a country; give two letters, such as FR", country);
      return false;
    }
  return true;
}

/* Imports path into a new city file at city_path, which is replaced only when all is done. options
 * may be NULL. progress runs on the caller's thread; false from it stops with G_IO_ERROR_CANCELLED.
 * Errors: those of volant_osm_load () and volant_roads_build (), G_FILE_ERROR. */
bool
volant_import (const char *path, const VolantImportOptions *options, const char *city_path,
               VolantProgress progress, void *data, GError **error)
{
  static const VolantImportOptions no_options;
  VolantImportReport own_report;
  Import self = { .options = options != NULL ? options : &no_options,
                  .progress = progress,
                  .progress_data = data };
  g_autoptr (VolantOsm) osm = NULL;
  g_autoptr (VolantCityWriter) writer = NULL;

  self.report = self.options->report != NULL ? self.options->report : &own_report;
  *self.report = (VolantImportReport) { 0 };
  if (!check_paths (path, self.options, city_path, error))
    return false;
  /* before the long work: a folder that cannot be written to is told at once */
  writer = volant_city_writer_new (city_path, error);
  if (writer == NULL)
    return false;
  set_stage (&self, 0.0, 0.4);
  osm = volant_osm_load (path, self.options->roads_only, on_stage_progress, &self, error);
  if (osm == NULL)
    return false;
  self.report->n_nodes = osm->n_nodes;
  self.report->n_ways = osm->n_ways;
  self.report->n_relations = osm->n_relations;
  set_country (&self, osm);
  return write_sections (&self, path, &osm, writer, error) &&
         volant_city_writer_finish (writer, error);
}
