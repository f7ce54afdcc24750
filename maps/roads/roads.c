/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/roads.h"

#include "maps/roads/roads-format.h"

#include <stdatomic.h>
#include <string.h>

/* The roads section read in place. Every index in it is checked once when it is opened, so that no
 * user of the arrays has to. */

typedef struct {
  VolantRoads roads; /* first: the public part */
  atomic_int ref_count;
  VolantCityFile *file; /* one of these two holds the bytes */
  GBytes *bytes;
} Roads;

static bool
check_segment (const VolantRoads *roads, const VolantSegment *segment)
{
  const VolantPoint *first, *last;
  const uint32_t strings[] = { segment->name,        segment->ref,
                               segment->destination, segment->destination_backward,
                               segment->turn_lanes,  segment->turn_lanes_backward };
  unsigned driven = VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);

  if (segment->from_node >= roads->n_junctions || segment->to_node >= roads->n_junctions ||
      segment->n_points < 2 || segment->first_point > roads->n_points ||
      segment->n_points > roads->n_points - segment->first_point || segment->length_mm == 0 ||
      segment->road_class >= VOLANT_N_ROAD_CLASSES)
    return false;
  for (unsigned i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strings[i] >= roads->strings_size)
      return false;
  for (unsigned i = 0; i < 2; i++)
    if (segment->access[i] >= VOLANT_MODE_BIT (VOLANT_N_MODES) ||
        ((segment->access[i] & driven) != 0 && segment->speed_kmh[i] == 0))
      return false;
  first = &roads->points[segment->first_point];
  last = first + segment->n_points - 1;
  return memcmp (first, &roads->junctions[segment->from_node].point, sizeof *first) == 0 &&
         memcmp (last, &roads->junctions[segment->to_node].point, sizeof *last) == 0;
}

static bool
check_restriction (const VolantRoads *roads, const VolantRestriction *restriction)
{
  const uint32_t *links;

  if (restriction->first_link > roads->n_restriction_links || restriction->n_links < 2 ||
      restriction->n_links > roads->n_restriction_links - restriction->first_link ||
      restriction->kind > VOLANT_TURN_ONLY ||
      restriction->modes >= VOLANT_MODE_BIT (VOLANT_N_MODES))
    return false;
  links = &roads->restriction_links[restriction->first_link];
  for (unsigned i = 0; i < restriction->n_links; i++)
    if (links[i] >= roads->n_segments * 2 ||
        (i > 0 && volant_roads_link_to (roads, links[i - 1]) !=
                      volant_roads_link_from (roads, links[i])))
      return false;
  return true;
}

/* Each link must stand once among those that leave its junction: all of them, ascending. */
static bool
check_out_links (const VolantRoads *roads)
{
  if (roads->first_out[0] != 0 || roads->first_out[roads->n_junctions] != roads->n_segments * 2)
    return false;
  for (uint32_t j = 0; j < roads->n_junctions; j++)
    {
      if (roads->first_out[j] > roads->first_out[j + 1] ||
          roads->first_out[j + 1] > roads->n_segments * 2)
        return false;
      for (uint32_t i = roads->first_out[j]; i < roads->first_out[j + 1]; i++)
        if (roads->out_links[i] >= roads->n_segments * 2 ||
            volant_roads_link_from (roads, roads->out_links[i]) != j ||
            (i > roads->first_out[j] && roads->out_links[i] <= roads->out_links[i - 1]))
          return false;
    }
  return true;
}

static bool
check_limit (const VolantRoads *roads, const VolantLimit *limit)
{
  uint32_t n_places = limit->scope == VOLANT_LIMIT_JUNCTION ? roads->n_junctions
                                                            : roads->n_segments;

  return limit->place < n_places && limit->value > 0 && limit->kind < VOLANT_N_LIMIT_KINDS &&
         limit->scope > 0 && limit->scope <= VOLANT_LIMIT_JUNCTION;
}

static bool
check_all (const VolantRoads *roads)
{
  if (roads->strings_size == 0 || roads->strings[0] != '\0' ||
      roads->strings[roads->strings_size - 1] != '\0')
    return false;
  for (uint32_t i = 0; i < roads->n_points; i++)
    if (!volant_point_is_valid (roads->points[i]))
      return false;
  for (uint32_t i = 0; i < roads->n_junctions; i++)
    if (roads->junctions[i].exit_ref >= roads->strings_size ||
        roads->junctions[i].blocked_modes >= VOLANT_MODE_BIT (VOLANT_N_MODES) ||
        !volant_point_is_valid (roads->junctions[i].point))
      return false;
  for (uint32_t i = 0; i < roads->n_segments; i++)
    if (!check_segment (roads, &roads->segments[i]))
      return false;
  for (uint32_t i = 0; i < roads->n_restrictions; i++)
    if (!check_restriction (roads, &roads->restrictions[i]))
      return false;
  for (uint32_t i = 0; i < roads->n_limits; i++)
    if (!check_limit (roads, &roads->limits[i]))
      return false;
  return check_out_links (roads);
}

static bool
set_arrays (VolantRoads *roads, const uint8_t *data, size_t size)
{
  VolantRoadsHeader header;
  VolantRoadsPart parts[VOLANT_ROADS_N_PARTS];

  if (size < sizeof header)
    return false;
  memcpy (&header, data, sizeof header);
  if (header.magic != VOLANT_ROADS_MAGIC || header.n_segments > G_MAXUINT32 / 2 ||
      header.n_junctions == G_MAXUINT32 || volant_roads_layout (&header, parts) != size)
    return false;
  roads->n_segments = header.n_segments;
  roads->n_junctions = header.n_junctions;
  roads->n_points = header.n_points;
  roads->n_restrictions = header.n_restrictions;
  roads->n_restriction_links = header.n_restriction_links;
  roads->n_limits = header.n_limits;
  roads->strings_size = header.strings_size;
  roads->has_elevation = (header.flags & VOLANT_ROADS_HAS_ELEVATION) != 0;
  roads->drives_on_left = (header.flags & VOLANT_ROADS_DRIVES_ON_LEFT) != 0;
  roads->segments = (const void *) (data + parts[VOLANT_ROADS_SEGMENTS].offset);
  roads->junctions = (const void *) (data + parts[VOLANT_ROADS_JUNCTIONS].offset);
  roads->points = (const void *) (data + parts[VOLANT_ROADS_POINTS].offset);
  roads->restrictions = (const void *) (data + parts[VOLANT_ROADS_RESTRICTIONS].offset);
  roads->restriction_links = (const void *) (data + parts[VOLANT_ROADS_RESTRICTION_LINKS].offset);
  roads->first_out = (const void *) (data + parts[VOLANT_ROADS_FIRST_OUT].offset);
  roads->out_links = (const void *) (data + parts[VOLANT_ROADS_OUT_LINKS].offset);
  roads->elevations_dm = roads->has_elevation
                             ? (const void *) (data + parts[VOLANT_ROADS_ELEVATIONS].offset)
                             : NULL;
  roads->limits = (const void *) (data + parts[VOLANT_ROADS_LIMITS].offset);
  roads->strings = (const char *) (data + parts[VOLANT_ROADS_STRINGS].offset);
  return true;
}

/* Whether the section is of another version of the program; says so. */
static bool
is_other_version (const void *data, size_t size, GError **error)
{
  uint32_t magic;

  if (size < sizeof magic)
    return false;
  memcpy (&magic, data, sizeof magic);
  if (magic == VOLANT_ROADS_MAGIC ||
      ((magic ^ VOLANT_ROADS_MAGIC) & VOLANT_ROADS_MAGIC_LETTERS) != 0)
    return false;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
               "the roads of the city file are of another version of this program; make it again "
               "with “volant import”");
  return true;
}

/* Takes file and bytes. */
static VolantRoads *
open_data (const void *data, size_t size, VolantCityFile *file, GBytes *bytes, GError **error)
{
  Roads *self = g_new0 (Roads, 1);

  atomic_init (&self->ref_count, 1);
  self->file = file;
  self->bytes = bytes;
  if (set_arrays (&self->roads, data, size) && check_all (&self->roads))
    return &self->roads;
  if (!is_other_version (data, size, error))
    g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                 "the roads of the city file make no sense; make it again with “volant import”");
  volant_roads_unref (&self->roads);
  return NULL;
}

/* The roads of a city file, of which it keeps a reference. Errors: as volant_city_file_get_section
 * (), VOLANT_MAPS_ERROR_CORRUPT where an index points outside, VOLANT_MAPS_ERROR_UNSUPPORTED for
 * another version. */
VolantRoads *
volant_roads_open (VolantCityFile *file, GError **error)
{
  size_t size;
  const void *data = volant_city_file_get_section (file, VOLANT_CITY_ROADS, &size, error);

  if (data == NULL)
    return NULL;
  return open_data (data, size, volant_city_file_ref (file), NULL, error);
}

/* bytes are referenced; they must begin at a multiple of 8 (what g_malloc gives does). */
VolantRoads *
volant_roads_open_bytes (GBytes *bytes, GError **error)
{
  size_t size;
  const void *data = g_bytes_get_data (bytes, &size);

  return open_data (data, size, NULL, g_bytes_ref (bytes), error);
}

VolantRoads *
volant_roads_ref (VolantRoads *roads)
{
  atomic_fetch_add (&((Roads *) roads)->ref_count, 1);
  return roads;
}

/* roads may be NULL. */
void
volant_roads_unref (VolantRoads *roads)
{
  Roads *self = (Roads *) roads;

  if (self == NULL || atomic_fetch_sub (&self->ref_count, 1) != 1)
    return;
  volant_city_file_unref (self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}
