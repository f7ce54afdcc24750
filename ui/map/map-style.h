/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/drawing/drawing.h"

/* The look of the map by day and by night: colours as 0xRRGGBBAA and widths by zoom. Plain data,
 * read by painting threads. */

typedef struct {
  uint32_t fill;
  uint32_t casing;
} VolantRoadPaint;

typedef struct {
  bool is_night;
  uint32_t ground;
  uint32_t areas[VOLANT_N_AREA_KINDS];
  uint32_t building;
  uint32_t building_edge;
  uint32_t waterway;
  uint32_t pier;
  uint32_t runway;
  uint32_t rail;
  uint32_t rail_gap; /* between the sleepers */
  uint32_t tram;
  uint32_t path;
  uint32_t ferry;
  uint32_t arrow; /* one-way */
  VolantRoadPaint roads[VOLANT_N_ROAD_CLASSES];

  uint32_t text;
  uint32_t text_place;
  uint32_t text_street;
  uint32_t text_quiet; /* house numbers, sights */
  uint32_t text_water;
  uint32_t text_park;
  uint32_t halo;
  uint32_t shield;
  uint32_t shield_text;

  uint32_t route;
  uint32_t route_casing;
  uint32_t route_driven;
  uint32_t station;
  uint32_t on_station;
  uint32_t surface;
  uint32_t accent;
  uint32_t on_accent;
  uint32_t good;
  uint32_t warning;
  uint32_t bad;
} VolantMapStyle;

const VolantMapStyle *volant_map_style_get (bool is_night);

/* Width of a road in logical pixels at a zoom, 0 where it is not shown. */
double volant_map_style_road_width_px (unsigned road_class, unsigned flags, double zoom);

static inline double
volant_colour_red (uint32_t colour)
{
  return (colour >> 24) / 255.0;
}

static inline double
volant_colour_green (uint32_t colour)
{
  return (colour >> 16 & 0xff) / 255.0;
}

static inline double
volant_colour_blue (uint32_t colour)
{
  return (colour >> 8 & 0xff) / 255.0;
}

static inline double
volant_colour_alpha (uint32_t colour)
{
  return (colour & 0xff) / 255.0;
}

/* Gives the display the rules for the map's own widgets: its buttons and the attribution. */
void volant_map_style_install (void);

