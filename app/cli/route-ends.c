/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/route-ends.h"

#include "app/feeds/stations-feed.h"
#include "maps/places/places.h"

#include <math.h>
#include <string.h>

/* Positions first, since they cannot be meant otherwise; then stations, then places. */

struct _VolantRouteEnds {
  VolantCity *city;
  VolantStationsFeed *feed; /* (nullable) */
  VolantPlaces *places;     /* (nullable) a city of roads alone has none */
};

static void
on_feed_failed (VolantStationsFeed *feed, const GError *error, void *data)
{
  GError **kept = data;

  if (*kept == NULL)
    *kept = g_error_copy (error);
}

/* A command has nothing else to do: it waits for the first reading. */
static bool
read_stations (VolantRouteEnds *self, const char *location, GError **error)
{
  g_autoptr (GError) failure = NULL;

  self->feed = volant_stations_feed_new (location, NULL);
  g_signal_connect (self->feed, "failed", G_CALLBACK (on_feed_failed), &failure);
  volant_stations_feed_start (self->feed);
  while (failure == NULL && volant_stations_feed_get_feed (self->feed) == NULL)
    g_main_context_iteration (NULL, TRUE);
  volant_stations_feed_stop (self->feed);
  g_signal_handlers_disconnect_by_data (self->feed, &failure);
  if (failure == NULL)
    return true;
  g_propagate_error (error, g_steal_pointer (&failure));
  return false;
}

VolantRouteEnds *
volant_route_ends_new (VolantCity *city, const char *stations, GError **error)
{
  g_autoptr (VolantRouteEnds) self = g_new0 (VolantRouteEnds, 1);
  VolantCityFile *file = volant_city_get_file (city);

  self->city = volant_city_ref (city);
  if (volant_city_file_has_section (file, VOLANT_CITY_PLACES))
    {
      self->places = volant_places_open (file, error);
      if (self->places == NULL)
        return NULL;
    }
  if (stations != NULL && !read_stations (self, stations, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
volant_route_ends_free (VolantRouteEnds *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->feed);
  g_clear_pointer (&self->places, volant_places_free);
  volant_city_unref (self->city);
  g_free (self);
}

const VolantStationFeed *
volant_route_ends_get_feed (const VolantRouteEnds *self)
{
  return self->feed != NULL ? volant_stations_feed_get_feed (self->feed) : NULL;
}

static VolantRouteEnd *
new_end (const char *name, VolantPoint point)
{
  VolantRouteEnd *end = g_new0 (VolantRouteEnd, 1);

  end->name = g_strdup (name);
  end->point = point;
  return end;
}

void
volant_route_end_free (VolantRouteEnd *end)
{
  if (end == NULL)
    return;
  g_free (end->name);
  g_free (end);
}

/* How well a station fits: 3 its id, 2 its name, 1 its spoken name, 0 not at all. */
static int
fit_of (const VolantStation *station, const char *wanted)
{
  g_autofree char *folded = g_utf8_casefold (wanted, -1);
  g_autofree char *name = g_utf8_casefold (station->name, -1);
  g_autofree char *spoken = g_utf8_casefold (station->spoken_name, -1);

  if (strcmp (station->id, wanted) == 0)
    return 3;
  if (strcmp (name, folded) == 0)
    return 2;
  return strcmp (spoken, folded) == 0 ? 1 : 0;
}

static VolantRouteEnd *
find_station (const VolantRouteEnds *self, const char *wanted, const VolantPoint *near)
{
  GPtrArray *stations = self->feed != NULL
                          ? volant_stations_feed_get_feed (self->feed)->stations
                          : NULL;
  const VolantStation *best = NULL;
  double best_m = INFINITY;
  int best_fit = 0;

  for (unsigned i = 0; stations != NULL && i < stations->len; i++)
    {
      const VolantStation *station = stations->pdata[i];
      int fit = fit_of (station, wanted);
      double here_m = near != NULL ? volant_geo_distance_m (*near, station->point) : 0.0;

      if (fit > best_fit || (fit > 0 && fit == best_fit && here_m < best_m))
        {
          best = station;
          best_fit = fit;
          best_m = here_m;
        }
    }
  return best != NULL ? new_end (best->name, best->point) : NULL;
}

/* A place by its id ("way/17"), else the best that fits the words. */
static VolantRouteEnd *
find_place (const VolantRouteEnds *self, const char *text, const VolantPoint *near)
{
  g_autoptr (VolantPlace) place = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (self->places == NULL)
    return NULL;
  if (strchr (text, '/') != NULL)
    place = volant_places_get (self->places, text, NULL);
  if (place != NULL)
    return new_end (place->name, place->point);
  found = volant_places_search (self->places, text, near, 1, NULL);
  if (found == NULL || found->len == 0)
    return NULL;
  return new_end (((const VolantPlace *) found->pdata[0])->name,
                  ((const VolantPlace *) found->pdata[0])->point);
}

/* Letters make a name; without any, a position was meant. */
static bool
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return true;
  return false;
}

VolantRouteEnd *
volant_route_ends_find (VolantRouteEnds *self, const char *text, const VolantPoint *near,
                        GError **error)
{
  g_autoptr (GError) refusal = NULL;
  VolantRouteEnd *end;
  VolantPoint point;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                   "a name is not written in UTF-8");
      return NULL;
    }
  if (volant_point_parse (text, &point, &refusal))
    return new_end (text, point);
  end = find_station (self, g_str_has_prefix (text, "station:") ? text + 8 : text, near);
  if (end != NULL)
    return end;
  if (!has_letter (text) || g_ascii_strncasecmp (text, "nan", 3) == 0)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  end = find_place (self, text, near);
  if (end != NULL)
    return end;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND,
               "nothing is called “%s” here; write a street or place, a station (with --stations) "
               "or a position such as 48.8443,2.3744",
               text);
  return NULL;
}
