/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/demo/city/geometry.h"

/* Port-Lumière before it is written: what each planner adds to and the writers read. */

G_BEGIN_DECLS

/* Most important first. */
typedef enum {
  DEMO_MOTORWAY,
  DEMO_MOTORWAY_LINK,
  DEMO_PRIMARY,
  DEMO_SECONDARY,
  DEMO_TERTIARY,
  DEMO_RESIDENTIAL,
  DEMO_LIVING_STREET,
  DEMO_PEDESTRIAN,
  DEMO_SERVICE,
  DEMO_FOOTWAY,
} DemoClass;

typedef enum {
  DEMO_MASK_WATER = 1 << 0,
  DEMO_MASK_PARK = 1 << 1,
  DEMO_MASK_RING = 1 << 2, /* the ring road, the motorway and their ramps */
  DEMO_MASK_RAIL = 1 << 3,
  DEMO_MASK_CITY = 1 << 4,     /* streets are laid here */
  DEMO_MASK_BUILDING = 1 << 5,
  DEMO_MASK_STREET = 1 << 6,
  DEMO_MASK_GROUNDS = 1 << 7, /* of the station, the hospital …: no plain houses */
} DemoMask;

typedef struct {
  DemoLine *line;
  DemoClass kind;
  bool is_deck;    /* meets other roads only at its ends: motorways, ramps, tunnels */
  bool is_oneway;  /* as drawn */
  bool is_roundabout;
  bool is_tunnel;
  bool may_bridge; /* over water, rails and the ring road */
  int layer;
  int lanes;        /* 0 unsaid */
  int maxspeed_kmh; /* 0 unsaid */
  const char *name;        /* NULL: named later, street by street */
  const char *ref;
  const char *destination;
  const char *exit_ref;    /* of the junction where it begins */
} DemoRoad;

typedef struct {
  DemoPoint point;
  bool is_deck;
  bool has_signals;
  bool is_crossing;
  const char *exit_ref;
  int64_t id; /* in OSM, 0 until written */
} DemoNode;

/* A piece of a road between two nodes. */
typedef struct {
  unsigned road;
  unsigned from;
  unsigned to;
  DemoLine *line; /* ends included */
  double along;   /* of the road, where it begins */
  bool is_gone;
  bool is_bridge;
  int oneway;     /* 1 as drawn, -1 against, 0 both */
  DemoClass kind;
  int layer;
  const char *name;
  int street; /* number of the named street, -1 none */
} DemoEdge;

typedef struct {
  DemoLine *line; /* closed */
  const char *key;
  const char *value;
  const char *name; /* (nullable) */
} DemoArea;

typedef struct {
  DemoPoint point;
  const char *key;
  const char *value;
  const char *name;
} DemoPlace;

typedef struct {
  DemoLine *line; /* closed */
  const char *kind;
  const char *name;   /* (nullable) */
  const char *street; /* (nullable) */
  unsigned number;    /* 0 none */
  unsigned levels;
} DemoBuilding;

typedef struct {
  unsigned from_edge;
  unsigned via_node;
  unsigned to_edge;
  const char *kind; /* "no_left_turn" … */
} DemoBan;

typedef struct {
  DemoRandom random;
  DemoLine *coast;
  DemoLine *river;
  DemoLine *river_outline;
  DemoLine *ring;
  DemoLine *motorway;
  DemoLine *rail;
  DemoLine *city;         /* outline of the built city */
  GArray *areas;          /* DemoArea */
  GPtrArray *islands;     /* DemoLine, closed, land on the left */
  GPtrArray *roads;       /* DemoRoad */
  GPtrArray *rails;       /* DemoLine */
  GArray *circles;        /* DemoCircle: roundabouts */
  GArray *nodes;          /* DemoNode */
  GArray *edges;          /* DemoEdge */
  GArray *places;         /* DemoPlace */
  GArray *buildings;      /* DemoBuilding */
  GArray *bans;           /* DemoBan */
  uint8_t *mask;
  GStringChunk *strings;
  unsigned n_streets;
} DemoPlan;

typedef struct {
  DemoPoint middle;
  double radius;
} DemoCircle;

/* The city's frame. */
#define DEMO_MIN_X (-8000.0)
#define DEMO_MAX_X 8000.0
#define DEMO_MIN_Y (-4500.0)
#define DEMO_MAX_Y 9000.0
#define DEMO_LAT_DEG 46.55
#define DEMO_LON_DEG (-3.40)
#define DEMO_OLD_TOWN demo_point (-430.0, -450.0)

double demo_lat_deg (DemoPoint point);
double demo_lon_deg (DemoPoint point);

DemoPlan *demo_plan_new (void);
void demo_plan_free (DemoPlan *plan);
DemoRoad *demo_plan_add_road (DemoPlan *plan, DemoLine *line, DemoClass kind, const char *name);
void demo_plan_add_area (DemoPlan *plan, DemoLine *line, const char *key, const char *value,
                         const char *name);
void demo_plan_add_place (DemoPlan *plan, DemoPoint point, const char *key, const char *value,
                          const char *name);

/* terrain.c */
void demo_plan_terrain (DemoPlan *plan);
double demo_coast_y (double x);
double demo_height_m (DemoPoint point);
double demo_river_half_width (double along);
unsigned demo_mask_at (const DemoPlan *plan, DemoPoint point);
void demo_mask_paint_disc (DemoPlan *plan, DemoPoint middle, double radius, unsigned bits);
void demo_mask_paint_line (DemoPlan *plan, const DemoLine *line, double radius, unsigned bits);
void demo_mask_paint_area (DemoPlan *plan, const DemoLine *line, unsigned bits);
/* How many of the points of an area, probed every few metres, carry any of bits. */
unsigned demo_mask_probe (const DemoPlan *plan, const DemoLine *line, unsigned bits);

/* arteries.c: boulevards, quays, the ring road, the motorway, the tunnel, the railway */
void demo_plan_arteries (DemoPlan *plan);
/* field.c: collectors and streets along a field of directions */
void demo_plan_streets (DemoPlan *plan);
/* weave.c: roads to nodes and edges; bridges; loose ends */
void demo_plan_weave (DemoPlan *plan);
/* rules.c: names, one-ways, signals, banned turns; leaves one strongly connected network */
void demo_plan_rules (DemoPlan *plan);
/* parks.c */
void demo_plan_parks (DemoPlan *plan);
void demo_plan_landmarks (DemoPlan *plan);
/* buildings.c */
void demo_plan_buildings (DemoPlan *plan);

/* names.c: the next street name that no street has; zone 0 old town, 1 city, 2 suburb */
#define DEMO_GREAT_STREETS 3u
char *demo_next_name (DemoPlan *plan, const char *type, unsigned zone);
void demo_names_reset (void);

/* Writers: whole files in memory (transfer full). */
GString *demo_write_osm (DemoPlan *plan);
GBytes *demo_write_heights (void);
bool demo_write_gbfs (DemoPlan *plan, const char *folder, GError **error);

G_END_DECLS
