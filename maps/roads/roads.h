/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city.h"

/* The roads of a city as segments between junctions, with every attribute that routing, guidance
 * and energy need, before turns are expanded. Made by the importer (maps/import/), read in place.
 *
 * A *segment* is a piece of one OSM way between two junctions. It has two *links*: link 2 s runs as
 * the way is drawn (forward), link 2 s + 1 against it. Which modes may use a link is in its access
 * mask. All arrays lie in the memory-mapped file; indices are checked when the section is
 * opened. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_MODE_CAR,
  VOLANT_MODE_BUS,
  VOLANT_MODE_FOOT,
  VOLANT_N_MODES,
} VolantMode;

#define VOLANT_MODE_BIT(mode) (1u << (mode))

/* OSM highway values, most important first; links (ramps) share the class and carry the LINK flag.
 */
typedef enum {
  VOLANT_ROAD_MOTORWAY,
  VOLANT_ROAD_TRUNK,
  VOLANT_ROAD_PRIMARY,
  VOLANT_ROAD_SECONDARY,
  VOLANT_ROAD_TERTIARY,
  VOLANT_ROAD_UNCLASSIFIED,
  VOLANT_ROAD_RESIDENTIAL,
  VOLANT_ROAD_LIVING_STREET,
  VOLANT_ROAD_SERVICE,
  VOLANT_ROAD_TRACK,
  VOLANT_ROAD_BUSWAY,
  VOLANT_ROAD_PEDESTRIAN,
  VOLANT_ROAD_CYCLEWAY,
  VOLANT_ROAD_FOOTWAY,
  VOLANT_ROAD_PATH,
  VOLANT_ROAD_STEPS,
  VOLANT_ROAD_FERRY,
  VOLANT_N_ROAD_CLASSES,
} VolantRoadClass;

typedef enum {
  VOLANT_ROAD_FLAG_LINK = 1 << 0,       /* a ramp: highway=*_link */
  VOLANT_ROAD_FLAG_ROUNDABOUT = 1 << 1, /* junction=roundabout or circular */
  VOLANT_ROAD_FLAG_TUNNEL = 1 << 2,
  VOLANT_ROAD_FLAG_BRIDGE = 1 << 3,
  VOLANT_ROAD_FLAG_TOLL = 1 << 4,
  VOLANT_ROAD_FLAG_UNPAVED = 1 << 5,
  VOLANT_ROAD_FLAG_DESTINATION_ONLY = 1
                                      << 6, /* access=destination: only to begin or to end there */
} VolantRoadFlags;

typedef struct {
  int64_t way_id;        /* OSM way */
  uint32_t from_node;    /* junction index */
  uint32_t to_node;
  uint32_t first_point;  /* into points, both junctions included */
  uint32_t n_points;     /* >= 2 */
  uint32_t length_mm;    /* >= 1 */
  uint32_t name;         /* offset into strings, 0 is "" */
  uint32_t ref;          /* "A 86;N 12" */
  uint32_t destination;  /* destination sign of the forward link (";" separated) */
  uint32_t destination_backward;
  uint32_t turn_lanes;   /* OSM turn:lanes of the forward link */
  uint32_t turn_lanes_backward;
  uint16_t flags;        /* VolantRoadFlags */
  uint8_t road_class;    /* VolantRoadClass */
  int8_t layer;
  uint8_t access[2];     /* mask of VOLANT_MODE_BIT for the forward and the backward link */
  uint8_t speed_kmh[2];  /* car speed limit, the country's default where not signed; 0 only where no
                            car or bus may go */
  uint8_t lanes[2];      /* 0 unknown */
  uint8_t speed_signed;  /* bit 0/1: the limit of that link is signed, not a default */
  uint8_t reserved;
} VolantSegment;

typedef enum {
  VOLANT_NODE_FLAG_SIGNALS = 1 << 0,  /* highway=traffic_signals */
  VOLANT_NODE_FLAG_STOP = 1 << 1,
  VOLANT_NODE_FLAG_GIVE_WAY = 1 << 2,
  VOLANT_NODE_FLAG_CROSSING = 1 << 3,
  VOLANT_NODE_FLAG_BARRIER = 1 << 4,  /* blocks the modes in barrier_modes */
  VOLANT_NODE_FLAG_MINI_ROUNDABOUT = 1 << 5,
} VolantNodeFlags;

typedef struct {
  int64_t node_id; /* OSM node */
  VolantPoint point;
  uint16_t flags;
  uint8_t blocked_modes; /* mask: these modes may not pass through here (they may turn back) */
  uint8_t reserved;
  uint32_t exit_ref; /* offset into strings: motorway_junction ref, 0 none */
} VolantJunction;

typedef enum {
  VOLANT_TURN_NO,   /* from → via… → to is forbidden */
  VOLANT_TURN_ONLY, /* after from → via…, nothing but to is allowed */
} VolantTurnKind;

/* A restriction as a path of links: first the from link, then the via links (none where via is a
 * node), last the to link. Each link leaves where the one before ends. */
typedef struct {
  int64_t relation_id;
  uint32_t first_link; /* into restriction_links */
  uint16_t n_links;    /* >= 2 */
  uint8_t kind;        /* VolantTurnKind */
  uint8_t modes;       /* mask it binds (except=bus and restriction:bus are resolved here) */
} VolantRestriction;

typedef enum {
  VOLANT_LIMIT_HEIGHT,    /* centimetres */
  VOLANT_LIMIT_WIDTH,
  VOLANT_LIMIT_LENGTH,
  VOLANT_LIMIT_WEIGHT,    /* tens of kilograms */
  VOLANT_LIMIT_AXLE_LOAD,
  VOLANT_N_LIMIT_KINDS,
} VolantLimitKind;

typedef enum {
  VOLANT_LIMIT_FORWARD = 1 << 0,  /* of a segment: its forward link */
  VOLANT_LIMIT_BACKWARD = 1 << 1, /* its backward link; both bits together for both */
  VOLANT_LIMIT_JUNCTION = 1 << 2, /* of a junction, and of nothing else: none larger passes it */
} VolantLimitScope;

/* A vehicle that is larger or heavier than this may not pass. */
typedef struct {
  uint32_t place; /* segment, or junction */
  uint16_t value; /* >= 1 */
  uint8_t kind;   /* VolantLimitKind */
  uint8_t scope;  /* VolantLimitScope */
} VolantLimit;

typedef struct _VolantRoads VolantRoads;

/* Public to be read: every array is in the file. */
struct _VolantRoads {
  uint32_t n_segments;
  uint32_t n_junctions;
  uint32_t n_points;
  uint32_t n_restrictions;
  uint32_t n_restriction_links;
  uint32_t n_limits;
  uint32_t strings_size;
  bool has_elevation;
  bool drives_on_left;
  const VolantSegment *segments;
  const VolantJunction *junctions;
  const VolantPoint *points;
  const int16_t *elevations_dm; /* one per point, decimetres above sea; NULL without elevation */
  const VolantRestriction *restrictions;
  const uint32_t *restriction_links;
  const VolantLimit *limits; /* few, and in no order: they are read as a whole */
  const char *strings;
  /* Links that leave a junction: out_links[first_out[j] … first_out[j + 1]). */
  const uint32_t *first_out;
  const uint32_t *out_links;
};

VolantRoads *volant_roads_open (VolantCityFile *file, GError **error);
/* The same from a section's bytes that are not (yet) in a file. */
VolantRoads *volant_roads_open_bytes (GBytes *bytes, GError **error);
VolantRoads *volant_roads_ref (VolantRoads *roads);
void volant_roads_unref (VolantRoads *roads);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantRoads, volant_roads_unref)

static inline uint32_t
volant_link_segment (uint32_t link)
{
  return link >> 1;
}

static inline uint32_t
volant_link_reverse (uint32_t link)
{
  return link ^ 1;
}

static inline uint32_t
volant_roads_link_from (const VolantRoads *roads, uint32_t link)
{
  const VolantSegment *segment = &roads->segments[link >> 1];

  return (link & 1) ? segment->to_node : segment->from_node;
}

static inline uint32_t
volant_roads_link_to (const VolantRoads *roads, uint32_t link)
{
  return volant_roads_link_from (roads, link ^ 1);
}

static inline bool
volant_roads_link_allows (const VolantRoads *roads, uint32_t link, VolantMode mode)
{
  return (roads->segments[link >> 1].access[link & 1] & VOLANT_MODE_BIT (mode)) != 0;
}

static inline const char *
volant_roads_string (const VolantRoads *roads, uint32_t offset)
{
  return roads->strings + offset;
}

G_END_DECLS
