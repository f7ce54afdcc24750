/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/city/city-file.h"
#include "maps/geo.h"
#include "maps/roads/roads.h"

/* What the map shows of a city: areas, buildings, lines and labels, read in place from the city
 * file's DRAW section, and found by box and zoom.
 *
 * Geometry is kept in the projection it is drawn in: Web Mercator (EPSG:3857) scaled so that the
 * world is 2^32 units wide, x east from the antimeridian, y south from 85.0511 degrees north. One
 * pixel of a 256-pixel tile at zoom z is 2^(24 - z) units; one unit is under 10 mm.
 *
 * Coarser levels, made at import, serve lower zooms. Everything here may be called from several
 * threads at once; nothing allocates after opening. */

G_BEGIN_DECLS

typedef struct {
  uint32_t x;
  uint32_t y;
} VolantDrawingPoint;

typedef struct {
  uint32_t min_x;
  uint32_t min_y;
  uint32_t max_x;
  uint32_t max_y;
} VolantDrawingBox;

/* Sheets are drawn in this order. */
typedef enum {
  VOLANT_SHEET_AREAS,
  VOLANT_SHEET_BUILDINGS,
  VOLANT_SHEET_LINES,
  VOLANT_SHEET_LABELS,
  VOLANT_N_SHEETS,
} VolantSheet;

/* Kinds on the sheet of areas, the lowest in the picture first. */
typedef enum {
  VOLANT_AREA_RESIDENTIAL,
  VOLANT_AREA_INDUSTRIAL, /* and commercial, retail */
  VOLANT_AREA_RAILWAY,
  VOLANT_AREA_FARMLAND,
  VOLANT_AREA_SCRUB,
  VOLANT_AREA_WOOD,
  VOLANT_AREA_GRASS,
  VOLANT_AREA_PARK,
  VOLANT_AREA_CEMETERY,
  VOLANT_AREA_CAMPUS, /* schools, universities, hospitals */
  VOLANT_AREA_AERODROME,
  VOLANT_AREA_ROCK,
  VOLANT_AREA_SAND,
  VOLANT_AREA_SEA,
  VOLANT_AREA_WATER,
  VOLANT_AREA_PIER,
  VOLANT_AREA_PITCH,
  VOLANT_AREA_PARKING,
  VOLANT_AREA_PEDESTRIAN,
  VOLANT_N_AREA_KINDS,
} VolantAreaKind;

/* Kinds on the sheet of lines; rank says more: for roads a VolantRoadClass. */
typedef enum {
  VOLANT_LINE_WATERWAY, /* rank: 0 river, 1 canal, 2 stream, 3 ditch */
  VOLANT_LINE_PIER,
  VOLANT_LINE_RUNWAY,   /* rank: 0 runway, 1 taxiway */
  VOLANT_LINE_RAIL,     /* rank: 0 main line, 1 light rail or metro, 2 tram, 3 siding */
  VOLANT_LINE_ROAD,
  VOLANT_N_LINE_KINDS,
} VolantLineKind;

/* Kinds on the sheet of labels; rank: the smaller, the more it matters. */
typedef enum {
  VOLANT_LABEL_CITY,
  VOLANT_LABEL_TOWN,
  VOLANT_LABEL_SUBURB,
  VOLANT_LABEL_VILLAGE,
  VOLANT_LABEL_QUARTER,
  VOLANT_LABEL_HAMLET,
  VOLANT_LABEL_WATER,
  VOLANT_LABEL_PARK,
  VOLANT_LABEL_RAIL_STATION,
  VOLANT_LABEL_HOSPITAL,
  VOLANT_LABEL_SIGHT,
  VOLANT_LABEL_PUBLIC, /* town halls, universities, theatres, stadiums */
  VOLANT_LABEL_PARKING,
  VOLANT_LABEL_PEAK,
  VOLANT_LABEL_NUMBER, /* house numbers */
  VOLANT_N_LABEL_KINDS,
} VolantLabelKind;

typedef enum {
  VOLANT_DRAWING_TUNNEL = 1 << 0,
  VOLANT_DRAWING_BRIDGE = 1 << 1,
  VOLANT_DRAWING_LINK = 1 << 2,       /* a ramp */
  VOLANT_DRAWING_ONEWAY = 1 << 3,     /* traffic runs as the points do */
  VOLANT_DRAWING_ROUNDABOUT = 1 << 4,
  VOLANT_DRAWING_PRIVATE = 1 << 5,    /* the public may not drive here */
  VOLANT_DRAWING_UNPAVED = 1 << 6,
} VolantDrawingFlags;

/* As it lies in the file. Parts are rings of an area (filled by the even-odd rule, first and last
 * point equal), or the one run of points of a line or a label. */
typedef struct {
  VolantDrawingBox box;
  uint32_t first_part;
  uint32_t n_parts;
  uint32_t name; /* volant_drawing_get_string () */
  uint32_t ref;  /* road numbers; "" otherwise */
  uint16_t flags;
  uint8_t kind;
  uint8_t rank;
  int8_t layer;  /* OSM layer, -5…5 */
  uint8_t min_zoom; /* not worth showing below */
  uint16_t reserved;
} VolantDrawingFeature;

#define VOLANT_DRAWING_MAX_ZOOM 20

typedef struct _VolantDrawing VolantDrawing;

VolantDrawing *volant_drawing_open (VolantCityFile *file, GError **error);
VolantDrawing *volant_drawing_open_bytes (GBytes *bytes, GError **error);
VolantDrawing *volant_drawing_ref (VolantDrawing *drawing);
void volant_drawing_unref (VolantDrawing *drawing);

/* The box of all that is drawn but the sea, which runs on beyond. */
VolantDrawingBox volant_drawing_get_box (const VolantDrawing *drawing);
const char *volant_drawing_get_string (const VolantDrawing *drawing, uint32_t offset);
/* Part number part (< n_parts) of feature: its points, and how many. */
const VolantDrawingPoint *volant_drawing_get_part (const VolantDrawing *drawing,
                                                   const VolantDrawingFeature *feature,
                                                   uint32_t part, uint32_t *n_points);

/* A walk over the features of one sheet that touch a box; lives on the stack, ends by itself. */
typedef struct {
  const VolantDrawing *drawing;
  VolantDrawingBox box;
  uint32_t level;
  uint32_t sheet;
  uint32_t next;
} VolantDrawingQuery;

void volant_drawing_query_init (VolantDrawingQuery *query, const VolantDrawing *drawing,
                                VolantSheet sheet, unsigned zoom, const VolantDrawingBox *box);
/* The next feature, in no order that means anything; NULL at the end. */
const VolantDrawingFeature *volant_drawing_query_next (VolantDrawingQuery *query);

VolantDrawingPoint volant_drawing_project (VolantPoint point);
VolantPoint volant_drawing_unproject (VolantDrawingPoint point);

static inline bool
volant_drawing_boxes_touch (const VolantDrawingBox *a, const VolantDrawingBox *b)
{
  return a->min_x <= b->max_x && b->min_x <= a->max_x && a->min_y <= b->max_y &&
         b->min_y <= a->max_y;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDrawing, volant_drawing_unref)

G_END_DECLS
