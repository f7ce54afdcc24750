/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/session-private.h"
#include "app/text/text.h"

#include <math.h>
#include <string.h>

/* What a target string means, and which stations are near. */

#define MAX_STREET_DISTANCE_M 60.0

/* Lower case without accents; anything but letters and digits becomes one space (transfer full). */
static char *
fold (const char *text)
{
  g_autofree char *split = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = split != NULL ? g_utf8_casefold (split, -1) : g_strdup ("");
  GString *plain = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (g_unichar_ismark (letter))
        continue;
      if (g_unichar_isalnum (letter))
        g_string_append_unichar (plain, letter);
      else if (plain->len > 0 && plain->str[plain->len - 1] != ' ')
        g_string_append_c (plain, ' ');
    }
  return g_strstrip (g_string_free (plain, FALSE));
}

bool
volant_session_get_point (VolantSession *self, VolantPoint *point)
{
  VolantFix fix;

  volant_position_get_fix (VOLANT_POSITION (self->position), &fix);
  if (fix.valid)
    *point = fix.point;
  return fix.valid;
}

typedef struct {
  VolantPoint from;
  bool known;
} Nearness;

static int
compare_stations (const void *a, const void *b, void *data)
{
  const VolantStation *first = *(const VolantStation *const *) a;
  const VolantStation *second = *(const VolantStation *const *) b;
  const Nearness *near = data;

  if (near->known)
    {
      double first_m = volant_geo_distance_m (near->from, first->point);
      double second_m = volant_geo_distance_m (near->from, second->point);

      if (first_m != second_m)
        return first_m < second_m ? -1 : 1;
    }
  return strcmp (first->id, second->id);
}

static void
sort_stations (VolantSession *self, GPtrArray *stations)
{
  Nearness near = { 0 };

  near.known = volant_session_get_point (self, &near.from);
  g_ptr_array_sort_with_data (stations, compare_stations, &near);
}

/* A need that the feed says nothing of is not met; unknown free docks are taken for free. */
static bool
serves (const VolantStation *station, const char *need)
{
  if (!station->is_installed)
    return false;
  if (strcmp (need, "dock") == 0)
    return station->is_returning && station->docks_available != 0;
  if (strcmp (need, "charger") == 0)
    return station->has_charging && station->chargers_available != 0;
  return true;
}

GPtrArray *
volant_session_rank_stations (VolantSession *self, const char *need, unsigned limit)
{
  GPtrArray *found = g_ptr_array_new ();

  for (unsigned i = 0; i < self->stations->len; i++)
    if (serves (self->stations->pdata[i], need))
      g_ptr_array_add (found, self->stations->pdata[i]);
  sort_stations (self, found);
  g_ptr_array_set_size (found, (int) MIN (found->len, limit));
  return found;
}

VolantTarget *
volant_session_target_from_station (const VolantStation *station)
{
  g_autofree char *id = g_strconcat ("station:", station->id, NULL);
  bool spoken = station->spoken_name != NULL && *station->spoken_name != '\0';

  return volant_target_new (id, spoken ? station->spoken_name : station->name, station->point,
                            true);
}

static VolantTarget *
target_from_place (const VolantPlace *place)
{
  return volant_target_new (place->id, place->name, place->point, false);
}

/* Named by its position where name is NULL or no text. */
static VolantTarget *
target_from_point (VolantPoint point, const char *name)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE], lon[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *id = NULL;
  g_autofree char *position = NULL;

  g_ascii_formatd (lat, sizeof lat, "%.5f", volant_point_lat_deg (point));
  g_ascii_formatd (lon, sizeof lon, "%.5f", volant_point_lon_deg (point));
  position = g_strdup_printf ("%s, %s", lat, lon);
  if (name != NULL && *name != '\0' && g_utf8_validate (name, -1, NULL))
    {
      g_autofree char *query = g_uri_escape_string (name, NULL, TRUE);

      id = g_strdup_printf ("geo:%s,%s?q=%s", lat, lon, query);
      return volant_target_new (id, name, point, false);
    }
  id = g_strdup_printf ("geo:%s,%s", lat, lon);
  return volant_target_new (id, position, point, false);
}

/* Stations by name: those named exactly so, else those whose name begins so. */
static void
add_stations (VolantSession *self, const char *wanted, bool exact, GPtrArray *targets)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (unsigned i = 0; i < self->stations->len; i++)
    {
      const VolantStation *station = self->stations->pdata[i];
      g_autofree char *name = fold (station->name);
      g_autofree char *spoken = fold (station->spoken_name != NULL ? station->spoken_name : "");

      if (exact ? strcmp (name, wanted) == 0 || strcmp (spoken, wanted) == 0
                : g_str_has_prefix (name, wanted) || g_str_has_prefix (spoken, wanted))
        g_ptr_array_add (found, self->stations->pdata[i]);
    }
  sort_stations (self, found);
  for (unsigned i = 0; i < found->len; i++)
    g_ptr_array_add (targets, volant_session_target_from_station (found->pdata[i]));
}

static bool
add_places (VolantSession *self, const char *words, unsigned limit, GPtrArray *targets,
            GError **error)
{
  VolantPoint near;
  bool known = volant_session_get_point (self, &near);
  g_autoptr (GPtrArray) places =
      volant_places_search (self->places, words, known ? &near : NULL, limit, error);

  if (places == NULL)
    return false;
  for (unsigned i = 0; i < places->len; i++)
    g_ptr_array_add (targets, target_from_place (places->pdata[i]));
  return true;
}

static GPtrArray *
resolve_words (VolantSession *self, const char *words, unsigned limit, GError **error)
{
  g_autoptr (GPtrArray) targets =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_target_free);
  g_autofree char *wanted = fold (words);

  if (*wanted != '\0')
    add_stations (self, wanted, true, targets);
  if (*wanted != '\0' && targets->len == 0)
    {
      if (!add_places (self, words, limit, targets, error))
        return NULL;
      add_stations (self, wanted, false, targets);
    }
  if (targets->len == 0)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND,
                   volant_session_text (self, N_ ("I know no place called “%s”")), words);
      return NULL;
    }
  g_ptr_array_set_size (targets, (int) MIN (targets->len, limit));
  return g_steal_pointer (&targets);
}

/* "geo:LAT,LON" or "geo:LAT,LON?q=NAME", as maps of telephones hand places over. */
static VolantTarget *
resolve_geo (const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "?q=", 2);
  g_autofree char *name = parts[1] != NULL ? g_uri_unescape_string (parts[1], NULL) : NULL;
  VolantPoint point;

  return volant_point_parse (parts[0], &point, error) ? target_from_point (point, name) : NULL;
}

/* One target by its id; NULL without error where the text is no id. */
static VolantTarget *
resolve_id (VolantSession *self, const char *text, GError **error)
{
  VolantPoint point;

  if (g_str_has_prefix (text, "station:"))
    {
      const VolantStation *station = volant_session_find_station (self, text + strlen ("station:"));

      if (station != NULL)
        return volant_session_target_from_station (station);
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND,
                   volant_session_text (self, N_ ("There is no station “%s”")),
                   text + strlen ("station:"));
      return NULL;
    }
  if (g_str_has_prefix (text, "geo:") || volant_point_parse (text, &point, NULL))
    return resolve_geo (text, error);
  if (g_regex_match_simple ("^(node|way|relation|addr)/\\S+$", text, G_REGEX_OPTIMIZE, 0))
    {
      g_autoptr (VolantPlace) place = volant_places_get (self->places, text, error);

      return place != NULL ? target_from_place (place) : NULL;
    }
  return NULL;
}

GPtrArray *
volant_session_resolve (VolantSession *self, const char *target, unsigned limit, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (target));
  GError *own_error = NULL;
  VolantTarget *single;
  GPtrArray *targets;

  g_return_val_if_fail (limit > 0, NULL);
  single = resolve_id (self, text, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, own_error);
      return NULL;
    }
  if (single == NULL)
    return resolve_words (self, text, limit, error);
  targets = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_target_free);
  g_ptr_array_add (targets, single);
  return targets;
}

char *
volant_session_find_street (VolantSession *self)
{
  VolantPoint point;

  return volant_session_get_point (self, &point) ? volant_session_find_street_at (self, point)
                                                 : NULL;
}

char *
volant_session_find_street_at (VolantSession *self, VolantPoint point)
{
  const VolantRoads *roads = volant_router_get_roads (self->router);
  uint32_t link;
  double distance_m;
  const VolantSegment *segment;

  if (!volant_router_snap (self->router, VOLANT_MODE_CAR, point, &link, NULL, &distance_m, NULL) ||
      distance_m > MAX_STREET_DISTANCE_M)
    return NULL;
  segment = &roads->segments[volant_link_segment (link)];
  if (segment->name != 0)
    return g_strdup (volant_roads_string (roads, segment->name));
  return segment->ref != 0 ? g_strdup (volant_roads_string (roads, segment->ref)) : NULL;
}
