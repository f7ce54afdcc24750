/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing-classify.h"

#include <stdlib.h>

/* Tables of tags, read from the top: the first that fits decides. */

typedef struct {
  const char *key;
  const char *value;
  uint8_t kind;
  uint8_t rank;
  uint8_t min_zoom;
} Rule;

static const Rule area_rules[] = {
  { "natural", "water", VOLANT_AREA_WATER, 0, 0 },
  { "waterway", "riverbank", VOLANT_AREA_WATER, 0, 0 },
  { "waterway", "dock", VOLANT_AREA_WATER, 0, 0 },
  { "landuse", "reservoir", VOLANT_AREA_WATER, 0, 0 },
  { "landuse", "basin", VOLANT_AREA_WATER, 0, 0 },
  { "leisure", "swimming_pool", VOLANT_AREA_WATER, 0, 16 },
  { "leisure", "park", VOLANT_AREA_PARK, 0, 0 },
  { "leisure", "garden", VOLANT_AREA_PARK, 0, 0 },
  { "leisure", "nature_reserve", VOLANT_AREA_SCRUB, 0, 0 },
  { "leisure", "golf_course", VOLANT_AREA_GRASS, 0, 0 },
  { "leisure", "playground", VOLANT_AREA_PARK, 0, 15 },
  { "leisure", "pitch", VOLANT_AREA_PITCH, 0, 14 },
  { "leisure", "track", VOLANT_AREA_PITCH, 0, 14 },
  { "leisure", "stadium", VOLANT_AREA_CAMPUS, 0, 0 },
  { "landuse", "cemetery", VOLANT_AREA_CEMETERY, 0, 0 },
  { "amenity", "grave_yard", VOLANT_AREA_CEMETERY, 0, 0 },
  { "landuse", "forest", VOLANT_AREA_WOOD, 0, 0 },
  { "natural", "wood", VOLANT_AREA_WOOD, 0, 0 },
  { "natural", "scrub", VOLANT_AREA_SCRUB, 0, 0 },
  { "natural", "heath", VOLANT_AREA_SCRUB, 0, 0 },
  { "natural", "grassland", VOLANT_AREA_GRASS, 0, 0 },
  { "landuse", "grass", VOLANT_AREA_GRASS, 0, 0 },
  { "landuse", "meadow", VOLANT_AREA_GRASS, 0, 0 },
  { "landuse", "village_green", VOLANT_AREA_PARK, 0, 0 },
  { "landuse", "recreation_ground", VOLANT_AREA_PARK, 0, 0 },
  { "landuse", "flowerbed", VOLANT_AREA_GRASS, 0, 15 },
  { "landuse", "farmland", VOLANT_AREA_FARMLAND, 0, 0 },
  { "landuse", "orchard", VOLANT_AREA_SCRUB, 0, 0 },
  { "landuse", "vineyard", VOLANT_AREA_SCRUB, 0, 0 },
  { "landuse", "allotments", VOLANT_AREA_SCRUB, 0, 0 },
  { "natural", "beach", VOLANT_AREA_SAND, 0, 0 },
  { "natural", "sand", VOLANT_AREA_SAND, 0, 0 },
  { "natural", "bare_rock", VOLANT_AREA_ROCK, 0, 0 },
  { "natural", "scree", VOLANT_AREA_ROCK, 0, 0 },
  { "landuse", "quarry", VOLANT_AREA_ROCK, 0, 0 },
  { "landuse", "residential", VOLANT_AREA_RESIDENTIAL, 0, 0 },
  { "landuse", "industrial", VOLANT_AREA_INDUSTRIAL, 0, 0 },
  { "landuse", "commercial", VOLANT_AREA_INDUSTRIAL, 0, 0 },
  { "landuse", "retail", VOLANT_AREA_INDUSTRIAL, 0, 0 },
  { "landuse", "port", VOLANT_AREA_INDUSTRIAL, 0, 0 },
  { "landuse", "railway", VOLANT_AREA_RAILWAY, 0, 0 },
  { "amenity", "school", VOLANT_AREA_CAMPUS, 0, 0 },
  { "amenity", "university", VOLANT_AREA_CAMPUS, 0, 0 },
  { "amenity", "college", VOLANT_AREA_CAMPUS, 0, 0 },
  { "amenity", "hospital", VOLANT_AREA_CAMPUS, 0, 0 },
  { "amenity", "parking", VOLANT_AREA_PARKING, 0, 14 },
  { "aeroway", "aerodrome", VOLANT_AREA_AERODROME, 0, 0 },
  { "aeroway", "apron", VOLANT_AREA_PARKING, 0, 0 },
  { "man_made", "pier", VOLANT_AREA_PIER, 0, 0 },
  { "man_made", "breakwater", VOLANT_AREA_PIER, 0, 0 },
  { "man_made", "bridge", VOLANT_AREA_PEDESTRIAN, 0, 14 },
  { "place", "square", VOLANT_AREA_PEDESTRIAN, 0, 14 },
};

static const Rule line_rules[] = {
  { "highway", "motorway", VOLANT_LINE_ROAD, VOLANT_ROAD_MOTORWAY, 0 },
  { "highway", "trunk", VOLANT_LINE_ROAD, VOLANT_ROAD_TRUNK, 0 },
  { "highway", "primary", VOLANT_LINE_ROAD, VOLANT_ROAD_PRIMARY, 0 },
  { "highway", "secondary", VOLANT_LINE_ROAD, VOLANT_ROAD_SECONDARY, 0 },
  { "highway", "tertiary", VOLANT_LINE_ROAD, VOLANT_ROAD_TERTIARY, 0 },
  { "highway", "unclassified", VOLANT_LINE_ROAD, VOLANT_ROAD_UNCLASSIFIED, 12 },
  { "highway", "residential", VOLANT_LINE_ROAD, VOLANT_ROAD_RESIDENTIAL, 12 },
  { "highway", "road", VOLANT_LINE_ROAD, VOLANT_ROAD_RESIDENTIAL, 12 },
  { "highway", "living_street", VOLANT_LINE_ROAD, VOLANT_ROAD_LIVING_STREET, 12 },
  { "highway", "service", VOLANT_LINE_ROAD, VOLANT_ROAD_SERVICE, 14 },
  { "highway", "track", VOLANT_LINE_ROAD, VOLANT_ROAD_TRACK, 14 },
  { "highway", "busway", VOLANT_LINE_ROAD, VOLANT_ROAD_BUSWAY, 14 },
  { "highway", "bus_guideway", VOLANT_LINE_ROAD, VOLANT_ROAD_BUSWAY, 14 },
  { "highway", "pedestrian", VOLANT_LINE_ROAD, VOLANT_ROAD_PEDESTRIAN, 14 },
  { "highway", "cycleway", VOLANT_LINE_ROAD, VOLANT_ROAD_CYCLEWAY, 15 },
  { "highway", "footway", VOLANT_LINE_ROAD, VOLANT_ROAD_FOOTWAY, 16 },
  { "highway", "corridor", VOLANT_LINE_ROAD, VOLANT_ROAD_FOOTWAY, 17 },
  { "highway", "path", VOLANT_LINE_ROAD, VOLANT_ROAD_PATH, 15 },
  { "highway", "bridleway", VOLANT_LINE_ROAD, VOLANT_ROAD_PATH, 15 },
  { "highway", "steps", VOLANT_LINE_ROAD, VOLANT_ROAD_STEPS, 16 },
  { "route", "ferry", VOLANT_LINE_ROAD, VOLANT_ROAD_FERRY, 0 },
  { "railway", "rail", VOLANT_LINE_RAIL, 0, 0 },
  { "railway", "narrow_gauge", VOLANT_LINE_RAIL, 1, 0 },
  { "railway", "light_rail", VOLANT_LINE_RAIL, 1, 0 },
  { "railway", "subway", VOLANT_LINE_RAIL, 1, 0 },
  { "railway", "funicular", VOLANT_LINE_RAIL, 1, 0 },
  { "railway", "monorail", VOLANT_LINE_RAIL, 1, 0 },
  { "railway", "tram", VOLANT_LINE_RAIL, 2, 0 },
  { "waterway", "river", VOLANT_LINE_WATERWAY, 0, 0 },
  { "waterway", "canal", VOLANT_LINE_WATERWAY, 1, 0 },
  { "waterway", "stream", VOLANT_LINE_WATERWAY, 2, 0 },
  { "waterway", "ditch", VOLANT_LINE_WATERWAY, 3, 15 },
  { "waterway", "drain", VOLANT_LINE_WATERWAY, 3, 15 },
  { "man_made", "pier", VOLANT_LINE_PIER, 0, 0 },
  { "man_made", "breakwater", VOLANT_LINE_PIER, 1, 0 },
  { "man_made", "groyne", VOLANT_LINE_PIER, 1, 0 },
  { "aeroway", "runway", VOLANT_LINE_RUNWAY, 0, 0 },
  { "aeroway", "taxiway", VOLANT_LINE_RUNWAY, 1, 0 },
};

static const Rule label_rules[] = {
  { "place", "city", VOLANT_LABEL_CITY, 0, 5 },
  { "place", "town", VOLANT_LABEL_TOWN, 10, 8 },
  { "place", "borough", VOLANT_LABEL_SUBURB, 20, 11 },
  { "place", "suburb", VOLANT_LABEL_SUBURB, 21, 12 },
  { "place", "village", VOLANT_LABEL_VILLAGE, 22, 11 },
  { "place", "quarter", VOLANT_LABEL_QUARTER, 30, 13 },
  { "place", "neighbourhood", VOLANT_LABEL_QUARTER, 32, 14 },
  { "place", "hamlet", VOLANT_LABEL_HAMLET, 34, 13 },
  { "place", "locality", VOLANT_LABEL_HAMLET, 50, 15 },
  { "place", "island", VOLANT_LABEL_HAMLET, 33, 13 },
  { "railway", "station", VOLANT_LABEL_RAIL_STATION, 40, 13 },
  { "railway", "halt", VOLANT_LABEL_RAIL_STATION, 45, 14 },
  { "amenity", "hospital", VOLANT_LABEL_HOSPITAL, 41, 14 },
  { "amenity", "townhall", VOLANT_LABEL_PUBLIC, 46, 15 },
  { "amenity", "university", VOLANT_LABEL_PUBLIC, 47, 15 },
  { "amenity", "theatre", VOLANT_LABEL_PUBLIC, 52, 16 },
  { "leisure", "stadium", VOLANT_LABEL_PUBLIC, 46, 14 },
  { "tourism", "museum", VOLANT_LABEL_SIGHT, 48, 15 },
  { "tourism", "attraction", VOLANT_LABEL_SIGHT, 49, 15 },
  { "historic", "castle", VOLANT_LABEL_SIGHT, 49, 15 },
  { "historic", "monument", VOLANT_LABEL_SIGHT, 53, 16 },
  { "amenity", "place_of_worship", VOLANT_LABEL_PUBLIC, 56, 17 },
  { "place", "square", VOLANT_LABEL_PUBLIC, 47, 15 },
  { "natural", "peak", VOLANT_LABEL_PEAK, 50, 13 },
  { "leisure", "park", VOLANT_LABEL_PARK, 44, 14 },
  { "leisure", "garden", VOLANT_LABEL_PARK, 54, 16 },
  { "leisure", "nature_reserve", VOLANT_LABEL_PARK, 50, 14 },
  { "landuse", "cemetery", VOLANT_LABEL_PARK, 52, 15 },
  { "landuse", "forest", VOLANT_LABEL_PARK, 50, 14 },
  { "natural", "wood", VOLANT_LABEL_PARK, 50, 14 },
  { "natural", "water", VOLANT_LABEL_WATER, 43, 14 },
  { "natural", "bay", VOLANT_LABEL_WATER, 40, 12 },
  { "natural", "beach", VOLANT_LABEL_PARK, 52, 15 },
  { "place", "sea", VOLANT_LABEL_WATER, 5, 6 },
  { "amenity", "parking", VOLANT_LABEL_PARKING, 58, 17 },
};

const char *
volant_drawing_tag (const VolantDrawingTags *tags, const char *key)
{
  for (uint32_t i = 0; i < tags->n_tags; i++)
    if (g_str_equal (tags->osm->tags[tags->first_tag + i].key, key))
      return tags->osm->tags[tags->first_tag + i].value;
  return NULL;
}

static bool
tag_is (const VolantDrawingTags *tags, const char *key, const char *value)
{
  return g_strcmp0 (volant_drawing_tag (tags, key), value) == 0;
}

static bool
tag_is_set (const VolantDrawingTags *tags, const char *key)
{
  const char *value = volant_drawing_tag (tags, key);

  return value != NULL && !g_str_equal (value, "no");
}

static const Rule *
find_rule (const VolantDrawingTags *tags, const Rule *rules, size_t n_rules)
{
  for (size_t i = 0; i < n_rules; i++)
    if (tag_is (tags, rules[i].key, rules[i].value))
      return &rules[i];
  return NULL;
}

static int8_t
layer_of (const VolantDrawingTags *tags)
{
  const char *value = volant_drawing_tag (tags, "layer");

  return value != NULL ? (int8_t) CLAMP (strtol (value, NULL, 10), -5, 5) : 0;
}

static void
fill (VolantDrawingLook *look, VolantSheet sheet, const Rule *rule)
{
  *look = (VolantDrawingLook) {
    .sheet = sheet, .kind = rule->kind, .rank = rule->rank, .min_zoom = rule->min_zoom
  };
}

bool
volant_drawing_classify_area (const VolantDrawingTags *tags, VolantDrawingLook *look)
{
  const Rule *rule;
  bool is_plaza = tag_is (tags, "highway", "pedestrian") || tag_is (tags, "highway", "footway");

  if (tag_is (tags, "location", "underground"))
    return false;
  if (tag_is_set (tags, "building") && !tag_is (tags, "building", "roof"))
    {
      *look = (VolantDrawingLook) { .sheet = VOLANT_SHEET_BUILDINGS, .min_zoom = 14 };
      return true;
    }
  if (tag_is (tags, "area", "no"))
    return false;
  if (is_plaza && (tag_is (tags, "area", "yes") || tag_is (tags, "type", "multipolygon")))
    {
      static const Rule plaza = { NULL, NULL, VOLANT_AREA_PEDESTRIAN, 0, 14 };
      fill (look, VOLANT_SHEET_AREAS, &plaza);
      return true;
    }
  if (tag_is (tags, "parking", "underground"))
    return false;
  rule = find_rule (tags, area_rules, G_N_ELEMENTS (area_rules));
  if (rule == NULL)
    return false;
  fill (look, VOLANT_SHEET_AREAS, rule);
  look->layer = layer_of (tags);
  return true;
}

static bool
classify_link (const VolantDrawingTags *tags, VolantDrawingLook *look)
{
  static const char *const links[] = { "motorway_link", "trunk_link", "primary_link",
                                       "secondary_link", "tertiary_link" };
  const char *highway = volant_drawing_tag (tags, "highway");

  for (unsigned i = 0; highway != NULL && i < G_N_ELEMENTS (links); i++)
    if (g_str_equal (highway, links[i]))
      {
        *look = (VolantDrawingLook) { .sheet = VOLANT_SHEET_LINES,
                                      .kind = VOLANT_LINE_ROAD,
                                      .rank = (uint8_t) (VOLANT_ROAD_MOTORWAY + i),
                                      .flags = VOLANT_DRAWING_LINK };
        return true;
      }
  return false;
}

static uint16_t
road_flags (const VolantDrawingTags *tags, const VolantDrawingLook *look, bool *is_reversed)
{
  static const char *const unpaved[] = { "unpaved", "gravel", "dirt", "ground", "earth", "sand",
                                         "grass", "compacted", "fine_gravel", NULL };
  const char *oneway = volant_drawing_tag (tags, "oneway");
  const char *junction = volant_drawing_tag (tags, "junction");
  const char *access = volant_drawing_tag (tags, "access");
  const char *surface = volant_drawing_tag (tags, "surface");
  bool is_round = g_strcmp0 (junction, "roundabout") == 0 || g_strcmp0 (junction, "circular") == 0;
  bool is_implied = is_round || (look->rank == VOLANT_ROAD_MOTORWAY && oneway == NULL);
  uint16_t flags = look->flags;

  *is_reversed = g_strcmp0 (oneway, "-1") == 0 || g_strcmp0 (oneway, "reverse") == 0;
  if (*is_reversed || is_implied || g_strcmp0 (oneway, "yes") == 0 ||
      g_strcmp0 (oneway, "true") == 0 || g_strcmp0 (oneway, "1") == 0)
    flags |= VOLANT_DRAWING_ONEWAY;
  if (is_round)
    flags |= VOLANT_DRAWING_ROUNDABOUT;
  if (g_strcmp0 (access, "private") == 0 || g_strcmp0 (access, "no") == 0)
    flags |= VOLANT_DRAWING_PRIVATE;
  if (surface != NULL && g_strv_contains (unpaved, surface))
    flags |= VOLANT_DRAWING_UNPAVED;
  return flags;
}

bool
volant_drawing_classify_line (const VolantDrawingTags *tags, VolantDrawingLook *look,
                              bool *is_reversed)
{
  const Rule *rule;

  *is_reversed = false;
  if (!classify_link (tags, look))
    {
      rule = find_rule (tags, line_rules, G_N_ELEMENTS (line_rules));
      if (rule == NULL)
        return false;
      fill (look, VOLANT_SHEET_LINES, rule);
    }
  if (look->kind == VOLANT_LINE_ROAD)
    look->flags = road_flags (tags, look, is_reversed);
  if (look->kind == VOLANT_LINE_RAIL && tag_is_set (tags, "service"))
    {
      look->rank = 3;
      look->min_zoom = 15;
    }
  if (tag_is_set (tags, "tunnel"))
    look->flags |= VOLANT_DRAWING_TUNNEL;
  if (tag_is_set (tags, "bridge"))
    look->flags |= VOLANT_DRAWING_BRIDGE;
  look->layer = layer_of (tags);
  if (look->layer == 0 && (look->flags & VOLANT_DRAWING_TUNNEL) != 0)
    look->layer = -1;
  if (look->layer == 0 && (look->flags & VOLANT_DRAWING_BRIDGE) != 0)
    look->layer = 1;
  return true;
}

bool
volant_drawing_classify_label (const VolantDrawingTags *tags, VolantDrawingLook *look)
{
  const Rule *rule = find_rule (tags, label_rules, G_N_ELEMENTS (label_rules));

  if (rule == NULL)
    return false;
  fill (look, VOLANT_SHEET_LABELS, rule);
  return true;
}
