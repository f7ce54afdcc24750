/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/map-style.h"

#include <gtk/gtk.h>
#include <math.h>

/* Few colours: roads are told apart by width and casing first, by lightness second. Night is built
 * from black: land nearly black, water bluer, roads the lighter the more they matter, so that the
 * route alone shines. */

#define DAY_ROAD(fill) { fill, 0xd3cec4ff }
#define DAY_PATH { 0xe6ddcfff, 0xe6ddcfff }
#define NIGHT_ROAD(fill) { fill, 0x0a0d10ff }
#define NIGHT_PATH { 0x242a31ff, 0x242a31ff }

static const VolantMapStyle day = {
  .is_night = false,
  .ground = 0xf4f2eeff,
  .areas = {
    [VOLANT_AREA_RESIDENTIAL] = 0xf1eee8ff,
    [VOLANT_AREA_INDUSTRIAL] = 0xeeebe8ff,
    [VOLANT_AREA_RAILWAY] = 0xebe8e3ff,
    [VOLANT_AREA_FARMLAND] = 0xf2f0e3ff,
    [VOLANT_AREA_SCRUB] = 0xe3ebd8ff,
    [VOLANT_AREA_WOOD] = 0xd3e4c8ff,
    [VOLANT_AREA_GRASS] = 0xe0ecd3ff,
    [VOLANT_AREA_PARK] = 0xd5e9c6ff,
    [VOLANT_AREA_CEMETERY] = 0xdbe6d0ff,
    [VOLANT_AREA_CAMPUS] = 0xf1ebdfff,
    [VOLANT_AREA_AERODROME] = 0xebeaecff,
    [VOLANT_AREA_ROCK] = 0xe9e6e1ff,
    [VOLANT_AREA_SAND] = 0xf6ecceff,
    [VOLANT_AREA_SEA] = 0xb5d6eaff,
    [VOLANT_AREA_WATER] = 0xb5d6eaff,
    [VOLANT_AREA_PIER] = 0xf0ede7ff,
    [VOLANT_AREA_PITCH] = 0xc9e2bcff,
    [VOLANT_AREA_PARKING] = 0xecebeaff,
    [VOLANT_AREA_PEDESTRIAN] = 0xefebe4ff,
  },
  .building = 0xe4dfd5ff,
  .building_edge = 0xd4cdc0ff,
  .waterway = 0xb5d6eaff,
  .pier = 0xf0ede7ff,
  .runway = 0xd9d8dcff,
  .rail = 0xb3aeb5ff,
  .rail_gap = 0xf4f2eeff,
  .tram = 0xc3bec6ff,
  .path = 0xd9cdb9ff,
  .ferry = 0x86b4d1ff,
  .arrow = 0x9a958cff,
  .roads = {
    [VOLANT_ROAD_MOTORWAY] = { 0xf9cf86ff, 0xd49c45ff },
    [VOLANT_ROAD_TRUNK] = { 0xfbdb9fff, 0xd9ab5cff },
    [VOLANT_ROAD_PRIMARY] = { 0xfdeabfff, 0xd8bd85ff },
    [VOLANT_ROAD_SECONDARY] = { 0xfff6dfff, 0xd3c5a5ff },
    [VOLANT_ROAD_TERTIARY] = { 0xffffffff, 0xcac4b8ff },
    [VOLANT_ROAD_UNCLASSIFIED] = DAY_ROAD (0xffffffff),
    [VOLANT_ROAD_RESIDENTIAL] = DAY_ROAD (0xffffffff),
    [VOLANT_ROAD_LIVING_STREET] = DAY_ROAD (0xfbf9f5ff),
    [VOLANT_ROAD_SERVICE] = DAY_ROAD (0xfcfbf9ff),
    [VOLANT_ROAD_TRACK] = DAY_PATH,
    [VOLANT_ROAD_BUSWAY] = DAY_ROAD (0xf3efeaff),
    [VOLANT_ROAD_PEDESTRIAN] = { 0xf2eee6ff, 0xddd6c9ff },
    [VOLANT_ROAD_CYCLEWAY] = DAY_PATH,
    [VOLANT_ROAD_FOOTWAY] = DAY_PATH,
    [VOLANT_ROAD_PATH] = DAY_PATH,
    [VOLANT_ROAD_STEPS] = DAY_PATH,
    [VOLANT_ROAD_FERRY] = { 0x86b4d1ff, 0x86b4d1ff },
  },
  .text = 0x14181cff,
  .text_place = 0x1d2329ff,
  .text_street = 0x3a4148ff,
  .text_quiet = 0x6b6459ff,
  .text_water = 0x2f6a94ff,
  .text_park = 0x38693aff,
  .halo = 0xfffffff0,
  .shield = 0x3d6fa8ff,
  .shield_text = 0xffffffff,
  .route = 0x1f7af0ff,
  .route_casing = 0x0a4fb0ff,
  .route_driven = 0xa9b8c8ff,
  .station = 0x0b63ceff,
  .on_station = 0xffffffff,
  .surface = 0xffffffff,
  .accent = 0x0b63ceff,
  .on_accent = 0xffffffff,
  .good = 0x157a42ff,
  .warning = 0x9a5b00ff,
  .bad = 0xb3261eff,
};

static const VolantMapStyle night = {
  .is_night = true,
  .ground = 0x11161bff,
  .areas = {
    [VOLANT_AREA_RESIDENTIAL] = 0x12171dff,
    [VOLANT_AREA_INDUSTRIAL] = 0x13171dff,
    [VOLANT_AREA_RAILWAY] = 0x14181dff,
    [VOLANT_AREA_FARMLAND] = 0x12171aff,
    [VOLANT_AREA_SCRUB] = 0x111a1aff,
    [VOLANT_AREA_WOOD] = 0x0f1d1aff,
    [VOLANT_AREA_GRASS] = 0x111b1bff,
    [VOLANT_AREA_PARK] = 0x10201cff,
    [VOLANT_AREA_CEMETERY] = 0x121c1cff,
    [VOLANT_AREA_CAMPUS] = 0x14191fff,
    [VOLANT_AREA_AERODROME] = 0x14181eff,
    [VOLANT_AREA_ROCK] = 0x15191dff,
    [VOLANT_AREA_SAND] = 0x1b1c1bff,
    [VOLANT_AREA_SEA] = 0x081a29ff,
    [VOLANT_AREA_WATER] = 0x081a29ff,
    [VOLANT_AREA_PIER] = 0x161b21ff,
    [VOLANT_AREA_PITCH] = 0x13241fff,
    [VOLANT_AREA_PARKING] = 0x151a20ff,
    [VOLANT_AREA_PEDESTRIAN] = 0x181e25ff,
  },
  .building = 0x1a2027ff,
  .building_edge = 0x232a33ff,
  .waterway = 0x081a29ff,
  .pier = 0x161b21ff,
  .runway = 0x262c34ff,
  .rail = 0x3a414bff,
  .rail_gap = 0x161a20ff,
  .tram = 0x2b323bff,
  .path = 0x262d35ff,
  .ferry = 0x24445fff,
  .arrow = 0x78838fff,
  .roads = {
    [VOLANT_ROAD_MOTORWAY] = { 0x75695aff, 0x0a0d10ff },
    [VOLANT_ROAD_TRUNK] = { 0x696259ff, 0x0a0d10ff },
    [VOLANT_ROAD_PRIMARY] = { 0x575a5eff, 0x0a0d10ff },
    [VOLANT_ROAD_SECONDARY] = { 0x495058ff, 0x0a0d10ff },
    [VOLANT_ROAD_TERTIARY] = { 0x3e464fff, 0x0a0d10ff },
    [VOLANT_ROAD_UNCLASSIFIED] = NIGHT_ROAD (0x333b44ff),
    [VOLANT_ROAD_RESIDENTIAL] = NIGHT_ROAD (0x313841ff),
    [VOLANT_ROAD_LIVING_STREET] = NIGHT_ROAD (0x2c333bff),
    [VOLANT_ROAD_SERVICE] = NIGHT_ROAD (0x282f37ff),
    [VOLANT_ROAD_TRACK] = NIGHT_PATH,
    [VOLANT_ROAD_BUSWAY] = NIGHT_ROAD (0x2a313aff),
    [VOLANT_ROAD_PEDESTRIAN] = NIGHT_ROAD (0x222931ff),
    [VOLANT_ROAD_CYCLEWAY] = NIGHT_PATH,
    [VOLANT_ROAD_FOOTWAY] = NIGHT_PATH,
    [VOLANT_ROAD_PATH] = NIGHT_PATH,
    [VOLANT_ROAD_STEPS] = NIGHT_PATH,
    [VOLANT_ROAD_FERRY] = { 0x24445fff, 0x24445fff },
  },
  .text = 0xe8edf2ff,
  .text_place = 0xd5dde5ff,
  .text_street = 0xaeb9c4ff,
  .text_quiet = 0x87919cff,
  .text_water = 0x6ea3c9ff,
  .text_park = 0x7fae8dff,
  .halo = 0x0b0e11e6,
  .shield = 0x2c4a6eff,
  .shield_text = 0xdfe9f4ff,
  .route = 0x5aa9ffff,
  .route_casing = 0x123a68ff,
  .route_driven = 0x3a4857ff,
  .station = 0x2a5f9cff,
  .on_station = 0xf2f7fcff,
  .surface = 0x151a20ff,
  .accent = 0x5aa9ffff,
  .on_accent = 0x06121fff,
  .good = 0x4fc787ff,
  .warning = 0xf0b040ff,
  .bad = 0xff7a6bff,
};

const VolantMapStyle *
volant_map_style_get (bool is_night)
{
  return is_night ? &night : &day;
}

/* Widths at these zooms; between them they grow by the same factor a step. */
static const uint8_t stops[] = { 8, 10, 12, 14, 16, 18 };

static const float widths[VOLANT_N_ROAD_CLASSES][G_N_ELEMENTS (stops)] = {
  [VOLANT_ROAD_MOTORWAY] = { 1.4f, 1.9f, 3.0f, 5.2f, 10.0f, 25.0f },
  [VOLANT_ROAD_TRUNK] = { 1.1f, 1.6f, 2.7f, 4.8f, 10.0f, 25.0f },
  [VOLANT_ROAD_PRIMARY] = { 0.8f, 1.2f, 2.3f, 4.4f, 9.5f, 24.0f },
  [VOLANT_ROAD_SECONDARY] = { 0.5f, 0.9f, 1.9f, 3.9f, 8.5f, 22.0f },
  [VOLANT_ROAD_TERTIARY] = { 0.0f, 0.6f, 1.4f, 3.2f, 7.5f, 19.0f },
  [VOLANT_ROAD_UNCLASSIFIED] = { 0.0f, 0.0f, 0.9f, 2.4f, 6.2f, 16.0f },
  [VOLANT_ROAD_RESIDENTIAL] = { 0.0f, 0.0f, 0.8f, 2.2f, 6.0f, 15.0f },
  [VOLANT_ROAD_LIVING_STREET] = { 0.0f, 0.0f, 0.7f, 2.0f, 5.4f, 13.0f },
  [VOLANT_ROAD_SERVICE] = { 0.0f, 0.0f, 0.0f, 0.9f, 3.0f, 8.0f },
  [VOLANT_ROAD_TRACK] = { 0.0f, 0.0f, 0.0f, 0.6f, 1.4f, 2.8f },
  [VOLANT_ROAD_BUSWAY] = { 0.0f, 0.0f, 0.0f, 0.9f, 3.2f, 9.0f },
  [VOLANT_ROAD_PEDESTRIAN] = { 0.0f, 0.0f, 0.0f, 1.0f, 3.6f, 9.0f },
  [VOLANT_ROAD_CYCLEWAY] = { 0.0f, 0.0f, 0.0f, 0.0f, 1.2f, 2.4f },
  [VOLANT_ROAD_FOOTWAY] = { 0.0f, 0.0f, 0.0f, 0.0f, 1.1f, 2.2f },
  [VOLANT_ROAD_PATH] = { 0.0f, 0.0f, 0.0f, 0.0f, 1.0f, 2.0f },
  [VOLANT_ROAD_STEPS] = { 0.0f, 0.0f, 0.0f, 0.0f, 1.4f, 3.0f },
  [VOLANT_ROAD_FERRY] = { 0.6f, 0.8f, 1.0f, 1.2f, 1.4f, 1.6f },
};

double
volant_map_style_road_width_px (unsigned road_class, unsigned flags, double zoom)
{
  const float *row = widths[MIN (road_class, VOLANT_N_ROAD_CLASSES - 1)];
  unsigned last = G_N_ELEMENTS (stops) - 1;
  unsigned stop = 0;
  double width, along;

  if (zoom >= stops[last])
    width = row[last] * exp2 ((zoom - stops[last]) * 0.8);
  else
    {
      while (stop + 1 < last && zoom >= stops[stop + 1])
        stop++;
      along = CLAMP ((zoom - stops[stop]) / (stops[stop + 1] - stops[stop]), 0.0, 1.0);
      if (row[stop] > 0.0f)
        width = row[stop] * pow (row[stop + 1] / row[stop], along);
      else
        width = along > 0.0 ? row[stop + 1] * along : 0.0;
    }
  return (flags & VOLANT_DRAWING_LINK) != 0 ? width * 0.66 : width;
}

void
volant_map_style_install (void)
{
  static GtkCssProvider *provider;

  if (provider != NULL)
    return;
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (
      provider,
      "button.map-station { background: none; border: none; box-shadow: none; padding: 0;"
      " min-width: 60px; min-height: 60px; }"
      "map map-license label { font-size: 12px; padding: 1px 5px; border-radius: 4px;"
      " color: #55606B; background: alpha(#F4F2EE, 0.8); }"
      "map.night map-license label { color: #87919C; background: alpha(#0B0E11, 0.7); }",
      -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
