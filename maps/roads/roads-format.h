/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/roads/roads.h"

/* How the roads section lies: this header, then the arrays in the order of volant_roads_layout (),
 * each beginning at a multiple of 8 bytes, zeros between. Shared by reader and builder. */

G_BEGIN_DECLS

/* The letters say that it is this section, the figures which version of it. */
#define VOLANT_ROADS_MAGIC VOLANT_CITY_TAG ('R', 'D', '0', '2')
#define VOLANT_ROADS_MAGIC_LETTERS UINT32_C (0xffff)

typedef enum {
  VOLANT_ROADS_HAS_ELEVATION = 1 << 0,
  VOLANT_ROADS_DRIVES_ON_LEFT = 1 << 1,
} VolantRoadsFlags;

typedef struct {
  uint32_t magic;
  uint32_t flags;
  uint32_t n_segments;
  uint32_t n_junctions;
  uint32_t n_points;
  uint32_t n_restrictions;
  uint32_t n_restriction_links;
  uint32_t strings_size;
  uint32_t n_limits;
  uint32_t reserved;
} VolantRoadsHeader;

enum {
  VOLANT_ROADS_SEGMENTS,
  VOLANT_ROADS_JUNCTIONS,
  VOLANT_ROADS_POINTS,
  VOLANT_ROADS_RESTRICTIONS,
  VOLANT_ROADS_RESTRICTION_LINKS,
  VOLANT_ROADS_FIRST_OUT,
  VOLANT_ROADS_OUT_LINKS,
  VOLANT_ROADS_ELEVATIONS,
  VOLANT_ROADS_LIMITS,
  VOLANT_ROADS_STRINGS,
  VOLANT_ROADS_N_PARTS,
};

typedef struct {
  uint64_t offset;
  uint64_t size;
} VolantRoadsPart;

_Static_assert (sizeof (VolantRoadsHeader) == 40, "the header is 40 bytes");
_Static_assert (sizeof (VolantSegment) == 64, "a segment is 64 bytes");
_Static_assert (sizeof (VolantJunction) == 24, "a junction is 24 bytes");
_Static_assert (sizeof (VolantRestriction) == 16, "a restriction is 16 bytes");
_Static_assert (sizeof (VolantLimit) == 8, "a limit is 8 bytes");

/* Where the arrays lie; returns the size of the whole section. */
static inline uint64_t
volant_roads_layout (const VolantRoadsHeader *header, VolantRoadsPart parts[VOLANT_ROADS_N_PARTS])
{
  bool has_elevation = (header->flags & VOLANT_ROADS_HAS_ELEVATION) != 0;
  uint64_t sizes[VOLANT_ROADS_N_PARTS] = {
    (uint64_t) header->n_segments * sizeof (VolantSegment),
    (uint64_t) header->n_junctions * sizeof (VolantJunction),
    (uint64_t) header->n_points * sizeof (VolantPoint),
    (uint64_t) header->n_restrictions * sizeof (VolantRestriction),
    (uint64_t) header->n_restriction_links * sizeof (uint32_t),
    ((uint64_t) header->n_junctions + 1) * sizeof (uint32_t),
    (uint64_t) header->n_segments * 2 * sizeof (uint32_t),
    has_elevation ? (uint64_t) header->n_points * sizeof (int16_t) : 0,
    (uint64_t) header->n_limits * sizeof (VolantLimit),
    header->strings_size,
  };
  uint64_t offset = sizeof *header;

  for (unsigned i = 0; i < VOLANT_ROADS_N_PARTS; i++)
    {
      parts[i] = (VolantRoadsPart) { offset, sizes[i] };
      offset += (sizes[i] + 7) & ~(uint64_t) 7;
    }
  return offset;
}

G_END_DECLS
