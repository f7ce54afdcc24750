/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/turns.h"

#include "maps/routing/turns-format.h"

/* Reads the turns section in place. Every index is checked once, at open, so that the search may
 * follow them blindly. */

typedef struct {
  VolantTurns turns;
  VolantCityFile *file; /* one of the two keeps the arrays alive */
  GBytes *bytes;
} Turns;

static bool
corrupt (GError **error, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "the city file's turns are damaged (%s); import the city again", what);
  return false;
}

static bool
check_header (const VolantTurnsHeader *header, size_t size, const VolantRoads *roads,
              GError **error)
{
  uint64_t expected;

  if (header->version != VOLANT_TURNS_VERSION)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "the city file's turns are of version %u, this program reads version %u; import "
                   "the city again",
                   header->version, VOLANT_TURNS_VERSION);
      return false;
    }
  if (header->n_links != (uint64_t) roads->n_segments * 2)
    return corrupt (error, "they are of other roads");
  if (header->n_states < header->n_links)
    return corrupt (error, "fewer states than links");
  expected = sizeof *header + 4 * ((uint64_t) header->n_states + 1) +
             4 * ((uint64_t) header->n_states - header->n_links) + 4 * (uint64_t) header->n_arcs +
             2 * (uint64_t) header->n_links + (uint64_t) header->n_arcs;
  return expected == size || corrupt (error, "its size does not fit its header");
}

static void
lay_arrays (VolantTurns *turns, const VolantTurnsHeader *header)
{
  const uint32_t *words = (const uint32_t *) (header + 1);

  turns->n_links = header->n_links;
  turns->n_states = header->n_states;
  turns->n_arcs = header->n_arcs;
  turns->first_arc = words;
  turns->copy_links = turns->first_arc + turns->n_states + 1;
  turns->heads = turns->copy_links + (turns->n_states - turns->n_links);
  turns->bearings = (const uint16_t *) (turns->heads + turns->n_arcs);
  turns->modes = (const uint8_t *) (turns->bearings + turns->n_links);
}

static bool
check_arcs (const VolantTurns *turns, const VolantRoads *roads, uint32_t state, GError **error)
{
  uint32_t end = volant_roads_link_to (roads, volant_turns_state_link (turns, state));

  for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
    {
      uint32_t head = turns->heads[arc];

      if (head >= turns->n_states)
        return corrupt (error, "a turn leads nowhere");
      if (volant_roads_link_from (roads, volant_turns_state_link (turns, head)) != end)
        return corrupt (error, "a turn joins roads that do not meet");
      if (turns->modes[arc] == 0 || turns->modes[arc] >= VOLANT_MODE_BIT (VOLANT_N_MODES))
        return corrupt (error, "a turn is for no known mode");
    }
  return true;
}

static bool
check_arrays (const VolantTurns *turns, const VolantRoads *roads, GError **error)
{
  if (turns->first_arc[0] != 0 || turns->first_arc[turns->n_states] != turns->n_arcs)
    return corrupt (error, "its first arcs do not span its arcs");
  for (uint32_t state = 0; state < turns->n_states; state++)
    if (turns->first_arc[state] > turns->first_arc[state + 1])
      return corrupt (error, "its first arcs do not ascend");
  for (uint32_t i = 0; i < turns->n_states - turns->n_links; i++)
    if (turns->copy_links[i] >= turns->n_links)
      return corrupt (error, "a copy is of no link");
  for (uint32_t link = 0; link < turns->n_links; link++)
    if (turns->bearings[link] >= 36000)
      return corrupt (error, "a bearing is past 360°");
  for (uint32_t state = 0; state < turns->n_states; state++)
    if (!check_arcs (turns, roads, state, error))
      return false;
  return true;
}

static Turns *
open_data (const void *data, size_t size, const VolantRoads *roads, GError **error)
{
  g_autofree Turns *self = g_new0 (Turns, 1);

  if (size < sizeof (VolantTurnsHeader) || (uintptr_t) data % 4 != 0)
    {
      corrupt (error, "it is cut off");
      return NULL;
    }
  if (!check_header (data, size, roads, error))
    return NULL;
  lay_arrays (&self->turns, data);
  return check_arrays (&self->turns, roads, error) ? g_steal_pointer (&self) : NULL;
}

/* The turns of a city file (transfer full). */
VolantTurns *
volant_turns_open (VolantCityFile *file, const VolantRoads *roads, GError **error)
{
  size_t size = 0;
  const void *data = volant_city_file_get_section (file, VOLANT_CITY_TURNS, &size, error);
  Turns *self = data != NULL ? open_data (data, size, roads, error) : NULL;

  if (self == NULL)
    return NULL;
  self->file = volant_city_file_ref (file);
  return &self->turns;
}

/* The same from a section's bytes, aligned to four. */
VolantTurns *
volant_turns_open_bytes (GBytes *bytes, const VolantRoads *roads, GError **error)
{
  size_t size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  Turns *self = open_data (data, size, roads, error);

  if (self == NULL)
    return NULL;
  self->bytes = g_bytes_ref (bytes);
  return &self->turns;
}

void
volant_turns_free (VolantTurns *turns)
{
  Turns *self = (Turns *) turns;

  if (self == NULL)
    return;
  g_clear_pointer (&self->file, volant_city_file_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

double
volant_turns_angle_deg (const VolantTurns *turns, uint32_t from_link, uint32_t to_link)
{
  return volant_geo_turn_deg (volant_turns_bearing_in_deg (turns, from_link),
                              volant_turns_bearing_out_deg (turns, to_link));
}
