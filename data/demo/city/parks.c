/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>

/* Parks, woods, fields and grounds, with the streets around them and the paths within. */

typedef struct {
  double x;
  double y;
  double wide;
  double high;
  double tilt;
  const char *key;
  const char *value;
  const char *name;
  bool has_street; /* around it */
  unsigned n_paths;
  double pond; /* share of its size, 0 none */
} Green;

static const Green greens[] = {
  { 1780, -330, 300, 190, 0.3, "leisure", "park", "Parc des Lumières", true, 6, 0.30 },
  { -1500, 260, 190, 150, 0.9, "leisure", "park", "Jardin des Plantes", true, 5, 0.22 },
  { -3350, 650, 520, 400, 0.5, "landuse", "forest", "Bois de la Corniche", true, 6, 0.0 },
  { 190, 1900, 190, 260, 0.1, "leisure", "park", "Parc des Rives", true, 4, 0.20 },
  { 3350, 1950, 380, 280, 0.7, "leisure", "park", "Parc des Coteaux", true, 6, 0.18 },
  { -1450, 2820, 210, 150, 0.6, "leisure", "park", "Parc du Moulin", true, 4, 0.0 },
  { -860, -820, 105, 120, 0.2, "leisure", "park", "Jardin de la Citadelle", false, 3, 0.0 },
  { 3560, 200, 230, 160, 0.1, "landuse", "cemetery", "Cimetière du Levant", true, 5, 0.0 },
  { -3650, -1000, 190, 120, 0.1, "leisure", "park", "Parc de la Falaise", true, 4, 0.16 },
  { 1150, 3000, 230, 170, 0.8, "leisure", "park", "Parc des Peupliers", true, 4, 0.25 },
  { -560, -180, 46, 36, 0.3, "leisure", "garden", "Square des Échevins", true, 2, 0.0 },
  { -380, -480, 48, 38, 0.4, "highway", "pedestrian", "Place du Marché", true, 0, 0.0 },
  { 620, -420, 60, 46, 0.1, "leisure", "garden", "Square Louise Michel", true, 2, 0.0 },
  { -2900, 2050, 70, 55, 0.5, "leisure", "garden", "Square des Mésanges", true, 2, 0.0 },
  { 2250, -900, 75, 50, 0.0, "leisure", "garden", "Square du Bassin", true, 2, 0.0 },
  { 500, 3650, 80, 60, 0.4, "leisure", "garden", "Square des Lilas", true, 2, 0.0 },
};

static const Green countryside[] = {
  { -5500, 4400, 900, 600, 0.7, "landuse", "forest", "Forêt de Brocéande", false, 0, 0 },
  { 5300, 4900, 1100, 700, 2.2, "landuse", "forest", "Bois des Hautes Landes", false, 0, 0 },
  { -3600, 7300, 1300, 650, 0.1, "landuse", "forest", "Bois du Roi", false, 0, 0 },
  { 3200, 7600, 900, 500, 0.3, "landuse", "forest", NULL, false, 0, 0 },
  { -6900, 800, 420, 900, 0.1, "landuse", "forest", NULL, false, 0, 0 },
  { 7100, 700, 400, 800, 0.2, "landuse", "forest", NULL, false, 0, 0 },
  { 0, 8000, 700, 350, 0.2, "landuse", "meadow", NULL, false, 0, 0 },
  { -6000, 2100, 450, 350, 0.6, "landuse", "meadow", NULL, false, 0, 0 },
  { 6000, 2900, 380, 300, 0.5, "landuse", "vineyard", NULL, false, 0, 0 },
  { 2400, 5600, 420, 260, 0.4, "landuse", "orchard", NULL, false, 0, 0 },
  { -1000, 5900, 500, 260, 0.2, "landuse", "farmland", NULL, false, 0, 0 },
  { 5700, 900, 350, 300, 0.4, "landuse", "farmland", NULL, false, 0, 0 },
  { -3000, 5700, 350, 260, 0.9, "landuse", "farmland", NULL, false, 0, 0 },
};

static DemoLine *
blob (double x, double y, double wide, double high, double tilt, unsigned seed)
{
  DemoLine *line = demo_line_new ();

  for (unsigned i = 0; i < 36; i++)
    {
      DemoPoint d = demo_direction (2.0 * G_PI * i / 36.0);
      /* A rounded oblong: the superellipse of degree three. */
      double radius = 1.0 / cbrt (pow (fabs (d.x), 3.0) + pow (fabs (d.y), 3.0));
      double ragged = 1.0 + 0.10 * demo_noise (d.x * 1.6, d.y * 1.6, seed);
      DemoPoint p = demo_point (d.x * radius * wide * ragged, d.y * radius * high * ragged);

      demo_line_add (line, demo_point (x + p.x * cos (tilt) - p.y * sin (tilt),
                                       y + p.x * sin (tilt) + p.y * cos (tilt)));
    }
  demo_line_add (line, line->points[0]);
  return line;
}

/* A path across, past the pond, from the street on one side to the street on the other. */
static void
lay_path (DemoPlan *plan, const Green *green, double angle)
{
  DemoPoint middle = demo_point (green->x, green->y);
  double reach = MAX (green->wide, green->high) * 1.5;
  double aside = MIN (green->wide, green->high) * (green->pond > 0.0 ? green->pond + 0.22 : 0.12);
  DemoPoint points[3] = {
    demo_sub (middle, demo_scale (demo_direction (angle), reach)),
    demo_add (middle, demo_scale (demo_left (demo_direction (angle)), aside)),
    demo_add (middle, demo_scale (demo_direction (angle), reach)),
  };
  DemoLine *whole = demo_line_smooth (points, 3, 12.0);
  DemoLine *path = demo_line_new ();

  for (unsigned i = 0; i < whole->n; i++)
    if (demo_mask_at (plan, whole->points[i]) & DEMO_MASK_PARK)
      demo_line_add (path, whole->points[i]);
  if (path->n >= 3)
    demo_plan_add_road (plan, path, DEMO_FOOTWAY, NULL);
}

static void
lay_green (DemoPlan *plan, const Green *green, unsigned seed)
{
  DemoLine *line = blob (green->x, green->y, green->wide, green->high, green->tilt, seed);

  demo_plan_add_area (plan, line, green->key, green->value, green->name);
  demo_mask_paint_area (plan, line, DEMO_MASK_PARK);
  if (green->pond > 0.0)
    demo_plan_add_area (plan, blob (green->x, green->y, green->wide * green->pond,
                                    green->high * green->pond, green->tilt + 0.5, seed + 7),
                        "natural", "water", NULL);
  if (green->has_street)
    demo_plan_add_road (plan, blob (green->x, green->y, green->wide + 13.0, green->high + 13.0,
                                    green->tilt, seed),
                        green->wide > 140.0 ? DEMO_TERTIARY : DEMO_RESIDENTIAL, NULL)
        ->may_bridge = false;
  for (unsigned i = 0; i < green->n_paths; i++)
    lay_path (plan, green, green->tilt + 0.4 + G_PI * i / green->n_paths);
}

static void
lay_ground (DemoPlan *plan, DemoPoint middle, double wide, double high, double tilt,
            const char *key, const char *value, const char *name)
{
  DemoPoint x = demo_scale (demo_direction (tilt), wide);
  DemoPoint y = demo_scale (demo_left (demo_direction (tilt)), high);
  DemoLine *line = demo_line_new ();

  demo_line_add (line, demo_sub (demo_sub (middle, x), y));
  demo_line_add (line, demo_sub (demo_add (middle, x), y));
  demo_line_add (line, demo_add (demo_add (middle, x), y));
  demo_line_add (line, demo_add (demo_sub (middle, x), y));
  demo_line_add (line, line->points[0]);
  demo_plan_add_area (plan, line, key, value, name);
  demo_mask_paint_area (plan, line, DEMO_MASK_GROUNDS);
}

/* The built city as one area, down to the shore. */
static void
lay_built_area (DemoPlan *plan)
{
  DemoLine *line = demo_line_new ();
  double west = 0.0;
  double east = 0.0;

  for (unsigned i = 0; i + 1 < plan->city->n; i++)
    {
      DemoPoint point = plan->city->points[i];

      if (point.y < demo_coast_y (point.x) + 60.0)
        continue;
      demo_line_add (line, point);
      west = MIN (west, point.x);
      east = MAX (east, point.x);
    }
  for (double x = east - 60.0; x > west + 60.0; x -= 60.0)
    demo_line_add (line, demo_point (x, demo_coast_y (x) + 50.0));
  demo_line_add (line, line->points[0]);
  demo_plan_add_area (plan, line, "landuse", "residential", NULL);
}

static void
lay_beach (DemoPlan *plan, double west, double east, const char *name)
{
  DemoLine *line = demo_line_new ();

  for (double x = west; x <= east; x += 30.0)
    demo_line_add (line, demo_point (x, demo_coast_y (x) - 1.0));
  for (double x = east; x >= west; x -= 30.0)
    {
      double edge = MIN ((x - west) / 200.0, (east - x) / 200.0);

      demo_line_add (line, demo_point (x, demo_coast_y (x) + 4.0 + 42.0 * CLAMP (edge, 0.0, 1.0)));
    }
  demo_line_add (line, line->points[0]);
  demo_plan_add_area (plan, line, "natural", "beach", name);
}

void
demo_plan_parks (DemoPlan *plan)
{
  lay_built_area (plan);
  lay_ground (plan, demo_point (1300, -1300), 500, 190, 0.0, "landuse", "industrial", NULL);
  lay_ground (plan, demo_point (2080, -1180), 160, 160, 0.0, "landuse", "industrial",
              "Chantiers Navals");
  lay_ground (plan, demo_point (-720, 1060), 85, 130, 1.7, "landuse", "railway", NULL);
  lay_ground (plan, demo_point (900, 1700), 130, 95, 1.0, "amenity", "hospital",
              "Hôpital Ambroise Paré");
  lay_ground (plan, demo_point (-2850, -850), 190, 120, 0.1, "amenity", "university",
              "Université du Littoral");
  lay_ground (plan, demo_point (-1850, 1150), 85, 60, 0.7, "amenity", "school", "Lycée Jules Verne");
  lay_ground (plan, demo_point (2500, 2050), 120, 90, 0.9, "leisure", "stadium",
              "Stade des Embruns");
  lay_ground (plan, demo_point (3050, -1010), 110, 70, 0.0, "landuse", "retail",
              "Centre Commercial du Levant");
  for (unsigned i = 0; i < G_N_ELEMENTS (greens); i++)
    lay_green (plan, &greens[i], 100 + i);
  for (unsigned i = 0; i < G_N_ELEMENTS (countryside); i++)
    demo_plan_add_area (plan, blob (countryside[i].x, countryside[i].y, countryside[i].wide,
                                    countryside[i].high, countryside[i].tilt, 200 + i),
                        countryside[i].key, countryside[i].value, countryside[i].name);
  lay_beach (plan, -4300.0, -2700.0, "Plage des Corsaires");
  lay_beach (plan, 3100.0, 4300.0, "Plage du Levant");
}
