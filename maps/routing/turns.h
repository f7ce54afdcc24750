/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"
#include "maps/routing/engine/graph.h"

/* Turns expanded into a plain graph: its nodes are *states*, its arcs are turns that are allowed.
 *
 * State s < n_links is the link s with nothing remembered. Further states are copies of links that
 * lie inside a restriction via ways: being there means having come by the restriction's from link.
 * An arc leads from a state (at the end of its link) into a state (at the begin of its link); its
 * mask tells which modes may take it. One topology serves every mode and metric: costs are laid
 * beside the arcs by their index (maps/routing/metric.h). */

G_BEGIN_DECLS

typedef struct _VolantTurns VolantTurns;

/* Public to be read: every array is in the file. */
struct _VolantTurns {
  uint32_t n_links;           /* 2 x segments */
  uint32_t n_states;          /* >= n_links */
  uint32_t n_arcs;
  const uint32_t *first_arc;  /* arcs of state s: first_arc[s] … first_arc[s + 1] */
  const uint32_t *copy_links; /* the link of state n_links + i */
  const uint32_t *heads;      /* state each arc leads into */
  const uint16_t *bearings;   /* hundredths of a degree at which link l leaves its from junction */
  const uint8_t *modes;       /* mask of VOLANT_MODE_BIT of each arc, never 0 */
};

/* Both check every index against the roads; the roads must outlive the turns.
 * VOLANT_MAPS_ERROR_CORRUPT names what does not fit. */
VolantTurns *volant_turns_open (VolantCityFile *file, const VolantRoads *roads, GError **error);
VolantTurns *volant_turns_open_bytes (GBytes *bytes, const VolantRoads *roads, GError **error);
void volant_turns_free (VolantTurns *turns);

/* Turning angle from the end of one link into the begin of another, in degrees, right positive,
 * -180 < angle <= 180. */
double volant_turns_angle_deg (const VolantTurns *turns, uint32_t from_link, uint32_t to_link);

static inline uint32_t
volant_turns_state_link (const VolantTurns *turns, uint32_t state)
{
  return state < turns->n_links ? state : turns->copy_links[state - turns->n_links];
}

/* The states and turns as the engine sees them; lives as long as the turns. */
static inline VolantGraph
volant_turns_graph (const VolantTurns *turns)
{
  return (VolantGraph) { turns->n_states, turns->n_arcs, turns->first_arc, turns->heads };
}

/* Bearing in degrees at which a link leaves its first, or reaches its last junction. */
static inline double
volant_turns_bearing_out_deg (const VolantTurns *turns, uint32_t link)
{
  return turns->bearings[link] / 100.0;
}

static inline double
volant_turns_bearing_in_deg (const VolantTurns *turns, uint32_t link)
{
  return ((turns->bearings[volant_link_reverse (link)] + 18000) % 36000) / 100.0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantTurns, volant_turns_free)

G_END_DECLS
