/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/stop-list.h"

#include "app/cli/cli.h"
#include "maps/routing/stops/points.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

static const char *const mode_names[VOLANT_N_MODES] = { "car", "bus", "foot" };

bool
volant_stop_list_parse_mode (const char *text, VolantMode *mode)
{
  *mode = VOLANT_MODE_CAR;
  for (unsigned i = 0; text != NULL && i < VOLANT_N_MODES; i++)
    if (strcmp (mode_names[i], text) == 0)
      {
        *mode = i;
        return true;
      }
  return text == NULL;
}

const char *
volant_stop_list_mode_name (VolantMode mode)
{
  return mode_names[mode];
}

static void
on_failed (VolantStationsFeed *feed, const GError *error, void *data)
{
  GError **kept = data;

  if (*kept == NULL)
    *kept = g_error_copy (error);
}

VolantStationsFeed *
volant_stop_list_read_feed (const char *location, const char *language, GError **error)
{
  g_autoptr (VolantStationsFeed) feed = volant_stations_feed_new (location, language);
  g_autoptr (GError) failure = NULL;

  g_signal_connect (feed, "failed", G_CALLBACK (on_failed), &failure);
  volant_stations_feed_start (feed);
  while (failure == NULL && volant_stations_feed_get_feed (feed) == NULL)
    g_main_context_iteration (NULL, TRUE);
  volant_stations_feed_stop (feed);
  g_signal_handlers_disconnect_by_data (feed, &failure);
  if (failure == NULL)
    return g_steal_pointer (&feed);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

GBytes *
volant_stop_list_read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GString) text = NULL;
  char part[65536];
  size_t n;

  if (strcmp (path, "-") != 0)
    {
      file = g_file_new_for_commandline_arg (path);
      return g_file_load_bytes (file, NULL, NULL, error);
    }
  text = g_string_new (NULL);
  while ((n = fread (part, 1, sizeof part, stdin)) > 0)
    g_string_append_len (text, part, (gssize) n);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static void
clear_stop (void *data)
{
  VolantListedStop *stop = data;

  g_free (stop->id);
  g_free (stop->name);
}

static bool
add_stations (VolantStopList *self, const char *location, const char *language, GError **error)
{
  const VolantStationFeed *feed;

  self->feed = volant_stop_list_read_feed (location, language, error);
  if (self->feed == NULL)
    return false;
  feed = volant_stations_feed_get_feed (self->feed);
  for (unsigned i = 0; feed->warnings[i] != NULL; i++)
    g_printerr ("%s: warning: %s\n", g_get_prgname (), feed->warnings[i]);
  for (unsigned i = 0; i < feed->stations->len; i++)
    {
      const VolantStation *station = feed->stations->pdata[i];
      VolantListedStop stop = { g_strdup (station->id), g_strdup (station->name), station->point,
                                station };

      g_array_append_val (self->stops, stop);
    }
  return true;
}

static bool
add_points (VolantStopList *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = volant_stop_list_read_file (path, error);
  g_autoptr (GArray) points = NULL;
  const char *text;
  size_t size;

  if (bytes == NULL)
    return false;
  text = g_bytes_get_data (bytes, &size);
  points = volant_points_parse (text != NULL ? text : "", size, error);
  if (points == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return false;
    }
  for (unsigned i = 0; i < points->len; i++)
    {
      const VolantNamedPoint *point = &g_array_index (points, VolantNamedPoint, i);
      VolantListedStop stop = { g_strdup_printf ("line-%u", point->line), g_strdup (point->name),
                                point->point, NULL };

      g_array_append_val (self->stops, stop);
    }
  return true;
}

VolantStopList *
volant_stop_list_new (const char *city, const char *stations, const char *points,
                      const char *language, GError **error)
{
  g_autoptr (VolantStopList) self = g_new0 (VolantStopList, 1);
  bool is_demo = city == NULL && stations == NULL && points == NULL;
  g_autofree char *demo_city = city == NULL ? volant_cli_demo_path ("city") : NULL;
  g_autofree char *demo_stations = is_demo ? volant_cli_demo_path ("stations") : NULL;

  self->stops = g_array_new (FALSE, FALSE, sizeof (VolantListedStop));
  g_array_set_clear_func (self->stops, clear_stop);
  self->city = volant_city_open (city != NULL ? city : demo_city, error);
  self->router = self->city != NULL ? volant_router_new (self->city, error) : NULL;
  if (self->router == NULL)
    return NULL;
  if (is_demo)
    stations = demo_stations;
  if ((stations != NULL && !add_stations (self, stations, language, error)) ||
      (points != NULL && !add_points (self, points, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
volant_stop_list_free (VolantStopList *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->feed);
  g_clear_pointer (&self->router, volant_router_unref);
  g_clear_pointer (&self->city, volant_city_unref);
  g_array_unref (self->stops);
  g_free (self);
}

VolantPoint *
volant_stop_list_get_points (const VolantStopList *self)
{
  VolantPoint *points = g_new (VolantPoint, self->stops->len + 1);

  for (unsigned i = 0; i < self->stops->len; i++)
    points[i] = g_array_index (self->stops, VolantListedStop, i).point;
  return points;
}
