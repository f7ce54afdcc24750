/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/text-map.h"

#include "maps/routing/turns-build.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Fills the arrays of VolantRoads by hand, without importer or file. */

#define CELL_M 10.0

struct _TextMap {
  VolantRoads roads;
  GArray *segments;
  GArray *junctions;
  GArray *points;
  GArray *restrictions;
  GArray *restriction_links;
  GString *strings;
  uint32_t *first_out;
  uint32_t *out_links;
  uint32_t by_letter[128]; /* junction + 1 */
  char letters[128];       /* by junction */
  VolantRouter *router;
  unsigned n_ways;
};

static const char *const class_names[VOLANT_N_ROAD_CLASSES] = {
  "motorway",    "trunk",  "primary", "secondary", "tertiary", "unclassified",
  "residential", "living", "service", "track",     "busway",   "pedestrian",
  "cycleway",    "footway", "path",   "steps",     "ferry",
};

static void
read_drawing (TextMap *self, const char *drawing)
{
  VolantPoint origin = volant_point_from_degrees (48.85, 2.35);
  VolantPoint north = { origin.lat_e7 + 1000000, origin.lon_e7 };
  VolantPoint east = { origin.lat_e7, origin.lon_e7 + 1000000 };
  double per_lat = CELL_M / volant_geo_distance_m (origin, north);
  double per_lon = CELL_M / volant_geo_distance_m (origin, east);
  unsigned column = 0, line = 0;

  for (const char *c = drawing; *c != '\0'; c++, column++)
    {
      if (*c == '\n')
        {
          line++;
          column = UINT_MAX;
          continue;
        }
      if (g_ascii_isalnum (*c))
        {
          VolantJunction junction = { .node_id = *c };

          g_assert_cmpuint (self->by_letter[(unsigned char) *c], ==, 0);
          junction.point.lat_e7 = origin.lat_e7 - (int32_t) lrint (line * per_lat * 1e6);
          junction.point.lon_e7 = origin.lon_e7 + (int32_t) lrint (column * per_lon * 1e6);
          self->letters[self->junctions->len] = *c;
          g_array_append_val (self->junctions, junction);
          self->by_letter[(unsigned char) *c] = self->junctions->len;
        }
    }
}

static uint8_t
read_modes (const char *text)
{
  uint8_t modes = 0;

  modes |= strstr (text, "car") != NULL ? VOLANT_MODE_BIT (VOLANT_MODE_CAR) : 0;
  modes |= strstr (text, "bus") != NULL ? VOLANT_MODE_BIT (VOLANT_MODE_BUS) : 0;
  modes |= strstr (text, "foot") != NULL ? VOLANT_MODE_BIT (VOLANT_MODE_FOOT) : 0;
  return modes;
}

static uint16_t
read_flags (const char *text)
{
  uint16_t flags = 0;

  flags |= strstr (text, "link") != NULL ? VOLANT_ROAD_FLAG_LINK : 0;
  flags |= strstr (text, "roundabout") != NULL ? VOLANT_ROAD_FLAG_ROUNDABOUT : 0;
  flags |= strstr (text, "toll") != NULL ? VOLANT_ROAD_FLAG_TOLL : 0;
  flags |= strstr (text, "destination") != NULL ? VOLANT_ROAD_FLAG_DESTINATION_ONLY : 0;
  return flags;
}

static uint32_t
keep_string (TextMap *self, const char *text)
{
  uint32_t offset = self->strings->len;
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "_", ' ');

  g_string_append_len (self->strings, spaced, strlen (spaced) + 1);
  return offset;
}

static void
read_way (TextMap *self, char **words)
{
  VolantSegment way = { .way_id = ++self->n_ways, .speed_kmh = { 50, 50 }, .access = { 7, 7 } };

  while (way.road_class < VOLANT_N_ROAD_CLASSES &&
         strcmp (class_names[way.road_class], words[2]) != 0)
    way.road_class++;
  g_assert_cmpuint (way.road_class, <, VOLANT_N_ROAD_CLASSES);
  for (char **word = words + 3; *word != NULL; word++)
    {
      if (strcmp (*word, "oneway") == 0)
        way.access[1] = VOLANT_MODE_BIT (VOLANT_MODE_FOOT);
      else if (g_str_has_prefix (*word, "name="))
        way.name = keep_string (self, *word + 5);
      else if (g_str_has_prefix (*word, "ref="))
        way.ref = keep_string (self, *word + 4);
      else if (g_str_has_prefix (*word, "dest="))
        way.destination = keep_string (self, *word + 5);
      else if (g_str_has_prefix (*word, "speed="))
        way.speed_kmh[0] = way.speed_kmh[1] = (uint8_t) atoi (*word + 6);
      else if (g_str_has_prefix (*word, "flags="))
        way.flags = read_flags (*word + 6);
      else if (g_str_has_prefix (*word, "modes="))
        {
          way.access[0] &= read_modes (*word + 6);
          way.access[1] &= read_modes (*word + 6);
        }
      else
        g_error ("text map: unknown word “%s”", *word);
    }
  for (const char *c = words[1]; c[1] != '\0'; c++)
    {
      double length_m;

      way.from_node = text_map_junction (self, c[0]);
      way.to_node = text_map_junction (self, c[1]);
      way.first_point = self->points->len;
      way.n_points = 2;
      g_array_append_vals (self->points, &(VolantPoint[]) { text_map_point (self, c[0]),
                                                           text_map_point (self, c[1]) }, 2);
      length_m = volant_geo_distance_m (text_map_point (self, c[0]), text_map_point (self, c[1]));
      way.length_mm = (uint32_t) lrint (1000.0 * length_m);
      g_array_append_val (self->segments, way);
    }
}

static void
read_restriction (TextMap *self, char **words, VolantTurnKind kind)
{
  VolantRestriction restriction = { .kind = kind, .modes = 3,
                                    .first_link = self->restriction_links->len,
                                    .n_links = (uint16_t) (strlen (words[1]) - 1) };

  for (char **word = words + 2; *word != NULL; word++)
    restriction.modes = read_modes (*word);
  for (const char *c = words[1]; c[1] != '\0'; c++)
    {
      uint32_t link = text_map_link (self, c[0], c[1]);

      g_array_append_val (self->restriction_links, link);
    }
  g_array_append_val (self->restrictions, restriction);
}

static void
read_node (TextMap *self, char **words)
{
  VolantJunction *junction = &g_array_index (self->junctions, VolantJunction,
                                             text_map_junction (self, words[1][0]));

  for (char **word = words + 2; *word != NULL; word++)
    {
      if (strcmp (*word, "signals") == 0)
        junction->flags |= VOLANT_NODE_FLAG_SIGNALS;
      else if (strcmp (*word, "mini") == 0)
        junction->flags |= VOLANT_NODE_FLAG_MINI_ROUNDABOUT;
      else if (g_str_has_prefix (*word, "barrier="))
        {
          junction->flags |= VOLANT_NODE_FLAG_BARRIER;
          junction->blocked_modes = read_modes (*word);
        }
      else
        g_error ("text map: unknown word “%s”", *word);
    }
}

static void
lay_roads (TextMap *self)
{
  VolantRoads *roads = &self->roads;
  uint32_t n_links = 2 * self->segments->len, n = 0;

  roads->n_segments = self->segments->len;
  roads->n_junctions = self->junctions->len;
  roads->n_points = self->points->len;
  roads->n_restrictions = self->restrictions->len;
  roads->n_restriction_links = self->restriction_links->len;
  roads->strings_size = self->strings->len;
  roads->segments = (VolantSegment *) self->segments->data;
  roads->junctions = (VolantJunction *) self->junctions->data;
  roads->points = (VolantPoint *) self->points->data;
  roads->restrictions = (VolantRestriction *) self->restrictions->data;
  roads->restriction_links = (uint32_t *) self->restriction_links->data;
  roads->strings = self->strings->str;
  self->first_out = g_new0 (uint32_t, roads->n_junctions + 1);
  self->out_links = g_new0 (uint32_t, n_links + 1);
  for (uint32_t node = 0; node < roads->n_junctions; node++)
    {
      self->first_out[node] = n;
      for (uint32_t link = 0; link < n_links; link++)
        if (volant_roads_link_from (roads, link) == node)
          self->out_links[n++] = link;
    }
  self->first_out[roads->n_junctions] = n;
  roads->first_out = self->first_out;
  roads->out_links = self->out_links;
}

TextMap *
text_map_new (const char *drawing, const char *const *lines)
{
  TextMap *self = g_new0 (TextMap, 1);

  self->segments = g_array_new (FALSE, TRUE, sizeof (VolantSegment));
  self->junctions = g_array_new (FALSE, TRUE, sizeof (VolantJunction));
  self->points = g_array_new (FALSE, TRUE, sizeof (VolantPoint));
  self->restrictions = g_array_new (FALSE, TRUE, sizeof (VolantRestriction));
  self->restriction_links = g_array_new (FALSE, TRUE, sizeof (uint32_t));
  self->strings = g_string_new_len ("", 1);
  read_drawing (self, drawing);
  for (; *lines != NULL; lines++)
    {
      g_auto (GStrv) words = g_strsplit (*lines, " ", -1);

      if (strcmp (words[0], "way") == 0)
        read_way (self, words);
      else if (strcmp (words[0], "no") == 0)
        read_restriction (self, words, VOLANT_TURN_NO);
      else if (strcmp (words[0], "only") == 0)
        read_restriction (self, words, VOLANT_TURN_ONLY);
      else if (strcmp (words[0], "node") == 0)
        read_node (self, words);
      else if (strcmp (words[0], "left") == 0)
        self->roads.drives_on_left = true;
      else
        g_error ("text map: unknown line “%s”", *lines);
    }
  lay_roads (self);
  return self;
}

void
text_map_free (TextMap *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->router, volant_router_unref);
  g_array_unref (self->segments);
  g_array_unref (self->junctions);
  g_array_unref (self->points);
  g_array_unref (self->restrictions);
  g_array_unref (self->restriction_links);
  g_string_free (self->strings, TRUE);
  g_free (self->first_out);
  g_free (self->out_links);
  g_free (self);
}

VolantRoads *
text_map_roads (TextMap *self)
{
  return &self->roads;
}

VolantRouter *
text_map_router (TextMap *self)
{
  if (self->router == NULL)
    {
      g_autoptr (GBytes) bytes = volant_turns_build (&self->roads);
      g_autoptr (GError) error = NULL;
      VolantTurns *turns = volant_turns_open_bytes (bytes, &self->roads, &error);

      g_assert_no_error (error);
      self->router = volant_router_new_from (&self->roads, NULL, turns);
    }
  return self->router;
}

uint32_t
text_map_junction (TextMap *self, char letter)
{
  uint32_t junction = self->by_letter[(unsigned char) letter];

  g_assert_cmpuint (junction, >, 0);
  return junction - 1;
}

VolantPoint
text_map_point (TextMap *self, char letter)
{
  return g_array_index (self->junctions, VolantJunction, text_map_junction (self, letter)).point;
}

VolantPoint
text_map_near (TextMap *self, char letter, double east_m, double south_m)
{
  VolantPoint point = volant_geo_destination (text_map_point (self, letter), 90.0, east_m);

  return volant_geo_destination (point, 180.0, south_m);
}

uint32_t
text_map_link (TextMap *self, char from, char to)
{
  for (uint32_t i = 0; i < self->segments->len; i++)
    {
      VolantSegment *segment = &g_array_index (self->segments, VolantSegment, i);

      if (segment->from_node == text_map_junction (self, from) &&
          segment->to_node == text_map_junction (self, to))
        return 2 * i;
      if (segment->to_node == text_map_junction (self, from) &&
          segment->from_node == text_map_junction (self, to))
        return 2 * i + 1;
    }
  g_error ("text map: no road %c%c", from, to);
}

char *
text_map_letters (TextMap *self, const uint32_t *links, unsigned n_links)
{
  GString *letters = g_string_new (NULL);

  for (unsigned i = 0; i < n_links; i++)
    {
      if (i == 0)
        g_string_append_c (letters, self->letters[volant_roads_link_from (&self->roads, links[0])]);
      g_string_append_c (letters, self->letters[volant_roads_link_to (&self->roads, links[i])]);
    }
  return g_string_free (letters, FALSE);
}

char *
text_map_route_letters (TextMap *self, const VolantRoute *route)
{
  g_autofree uint32_t *links = g_new (uint32_t, route->n_steps);

  for (uint32_t i = 0; i < route->n_steps; i++)
    links[i] = route->steps[i].link;
  return text_map_letters (self, links, route->n_steps);
}

char *
text_map_way (TextMap *self, VolantMode mode, char from, char to, uint32_t *cost_ms)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (self));
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t ms = volant_router_query_junctions (query, mode, text_map_junction (self, from),
                                               text_map_junction (self, to), links);

  if (cost_ms != NULL)
    *cost_ms = ms;
  return text_map_letters (self, (uint32_t *) links->data, links->len);
}
