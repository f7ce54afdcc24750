/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/router-core.h"

/* Small maps drawn as text, for tests whose answers are worked out by hand.
 *
 * The drawing gives the junctions: each letter or digit is one, a column is 10 m wide, a line 10 m
 * high; everything else in it is for the eye. Lines below describe what the drawing cannot:
 *
 *   way abc residential name=Rue_A speed=30 oneway modes=car+bus flags=link+roundabout dest=Lille
 *   no abc modes=car          after ab, bc is forbidden (more letters: via ways)
 *   only abcd                 after ab and bc, nothing but cd
 *   node b signals barrier=car+bus mini left
 *
 * As in OpenStreetMap ways have numbers, from 1 in their order, and junctions the code of their
 * letter. */

G_BEGIN_DECLS

typedef struct _TextMap TextMap;

TextMap *text_map_new (const char *drawing, const char *const *lines);
void text_map_free (TextMap *map);

VolantRoads *text_map_roads (TextMap *map);
/* Owned by the map, made on first use. */
VolantRouter *text_map_router (TextMap *map);

uint32_t text_map_junction (TextMap *map, char letter);
VolantPoint text_map_point (TextMap *map, char letter);
/* A point some metres right (east) and down (south) of a junction. */
VolantPoint text_map_near (TextMap *map, char letter, double east_m, double south_m);
/* The link from a junction to the next. */
uint32_t text_map_link (TextMap *map, char from, char to);
/* The letters a route's links pass; its first and last junction included (transfer full). */
char *text_map_letters (TextMap *map, const uint32_t *links, unsigned n_links);
char *text_map_route_letters (TextMap *map, const VolantRoute *route);
/* The cheapest way from junction to junction as letters, "" where there is none (transfer full). */
char *text_map_way (TextMap *map, VolantMode mode, char from, char to, uint32_t *cost_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextMap, text_map_free)

G_END_DECLS
