/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>

/* What the city hangs on: boulevards, quays, the ring road with its ramps, the motorway, the tunnel
 * and the railway. */

#define CARRIAGEWAY_M 11.0
#define RAMP_REACH_M 290.0
#define RAMP_FOOT_M 78.0

typedef struct {
  DemoPoint points[12];
  unsigned n;
  DemoClass kind;
  const char *name;
  const char *exit_ref; /* where it crosses the ring road; NULL: it does not */
  const char *town;     /* signposted outwards */
} Artery;

static const Artery radials[] = {
  { { { -1010, -420 }, { -2000, -520 }, { -3300, -380 }, { -4700, -260 }, { -6250, -150 } },
    5, DEMO_PRIMARY, NULL, "2", "Saint-Malon" },
  { { { -955, 80 }, { -2050, 880 }, { -3400, 1750 }, { -4250, 2300 }, { -6000, 3300 } },
    5, DEMO_PRIMARY, NULL, "3", "Kerlouan" },
  { { { -760, 480 }, { -1500, 1800 }, { -2350, 2850 }, { -2980, 3480 }, { -4150, 5350 } },
    5, DEMO_PRIMARY, NULL, "4", "Rennes" },
  { { { -280, 690 }, { -340, 2000 }, { -480, 3300 }, { -420, 4450 }, { -600, 6950 } },
    5, DEMO_PRIMARY, NULL, "6", "Vitré" },
  { { { 760, 560 }, { 1250, 1250 }, { 2150, 2650 }, { 2900, 3750 }, { 4350, 5450 } },
    5, DEMO_PRIMARY, NULL, "7", "Angers" },
  { { { 1040, 60 }, { 1500, 150 }, { 2700, 650 }, { 4480, 1500 }, { 6350, 2250 } },
    5, DEMO_PRIMARY, NULL, "8", "Nantes" },
  { { { 1000, -700 }, { 1700, -760 }, { 3000, -520 }, { 4690, -330 }, { 6560, -100 } },
    5, DEMO_PRIMARY, NULL, "9", "Pornic" },
};

static const Artery loops[] = {
  { { { 130, -1180 }, { -480, -1260 }, { -930, -1060 }, { -1060, -600 }, { -960, 60 },
      { -680, 540 }, { -180, 730 }, { 470, 640 }, { 960, 420 }, { 1080, -180 }, { 930, -860 },
      { 640, -1150 } },
    12, DEMO_PRIMARY, NULL, NULL, NULL },
  { { { -2540, -1790 }, { -2480, -1000 }, { -2420, -200 }, { -2080, 900 }, { -1500, 1900 },
      { -350, 2380 }, { 800, 2200 }, { 1800, 1950 }, { 2500, 1250 }, { 2720, 500 },
      { 2700, -500 }, { 2620, -1190 } },
    12, DEMO_PRIMARY, NULL, NULL, NULL },
  { { { -6300, -1720 }, { -6200, 1500 }, { -5650, 3400 }, { -4300, 5500 }, { -2600, 6400 },
      { 0, 7000 }, { 3000, 6400 }, { 4900, 4900 }, { 6100, 3000 }, { 6500, 1000 },
      { 6600, -1100 } },
    11, DEMO_SECONDARY, "Route des Blés d'Or", NULL, NULL },
};

static const DemoPoint ring_course[] = {
  { -4600, -1560 }, { -4640, -1300 }, { -4720, -300 }, { -4640, 1200 }, { -3950, 2700 },
  { -2700, 3850 },  { -1200, 4420 },  { 300, 4560 },   { 1900, 4350 },  { 3300, 3600 },
  { 4250, 2300 },   { 4680, 800 },    { 4720, -300 },  { 4650, -930 },
};

/* Where two lines first cross; false if they do not. */
static bool
find_crossing (const DemoLine *a, const DemoLine *b, DemoPoint *at)
{
  for (unsigned i = 1; i < a->n; i++)
    for (unsigned k = 1; k < b->n; k++)
      {
        DemoPoint p = a->points[i - 1];
        DemoPoint r = demo_sub (a->points[i], p);
        DemoPoint q = b->points[k - 1];
        DemoPoint s = demo_sub (b->points[k], q);
        double cross = demo_cross (r, s);
        double t = demo_cross (demo_sub (q, p), s) / cross;
        double u = demo_cross (demo_sub (q, p), r) / cross;

        if (cross != 0.0 && t >= 0.0 && t <= 1.0 && u >= 0.0 && u <= 1.0)
          {
            *at = demo_add (p, demo_scale (r, t));
            return true;
          }
      }
  return false;
}

static void
lay_roundabout (DemoPlan *plan, DemoPoint middle, double radius, DemoClass kind, const char *name)
{
  DemoCircle circle = { middle, radius };
  DemoRoad *road = demo_plan_add_road (plan, demo_line_circle (middle, radius, 24), kind, name);

  road->is_oneway = true;
  road->is_roundabout = true;
  road->lanes = radius > 24.0 ? 2 : 1;
  g_array_append_val (plan->circles, circle);
  demo_mask_paint_disc (plan, middle, radius + 4.0, DEMO_MASK_STREET);
}

static DemoRoad *
add_ramp (DemoPlan *plan, DemoLine *line, const char *destination, const char *exit_ref, int layer)
{
  DemoRoad *ramp = demo_plan_add_road (plan, line, DEMO_MOTORWAY_LINK, NULL);

  ramp->is_deck = true;
  ramp->is_oneway = true;
  ramp->lanes = 1;
  ramp->maxspeed_kmh = 50;
  ramp->destination = destination;
  ramp->exit_ref = exit_ref;
  ramp->layer = layer;
  demo_mask_paint_line (plan, line, 16.0, DEMO_MASK_RING);
  return ramp;
}

/* A diamond: each carriageway leaves to and comes from the radial, on its own side of the ring. The
 * inner carriageway runs clockwise, as traffic keeps to the right. */
static void
lay_diamond (DemoPlan *plan, const DemoLine *inner, const DemoLine *outer, const DemoLine *radial,
             const Artery *artery)
{
  const DemoLine *sides[] = { inner, outer };
  DemoPoint crossing = { 0.0, 0.0 };
  double along_radial = 0.0;

  if (!find_crossing (radial, plan->ring, &crossing))
    return;
  demo_line_distance (radial, crossing, &along_radial);
  for (unsigned i = 0; i < 2; i++)
    {
      DemoPoint out;
      DemoPoint leave;
      DemoPoint join;
      DemoPoint from;
      DemoPoint to;
      DemoPoint foot = demo_line_at (radial, along_radial + (i == 0 ? -RAMP_FOOT_M : RAMP_FOOT_M),
                                     &out);
      double along = 0.0;
      const char *destination = g_string_chunk_insert_const (
          plan->strings,
          i == 0 ? "Port-Lumière-Centre" : artery->town);

      demo_line_distance (sides[i], crossing, &along);
      from = demo_line_at (sides[i], along - RAMP_REACH_M, &leave);
      to = demo_line_at (sides[i], along + RAMP_REACH_M, &join);
      if (i == 0)
        out = demo_scale (out, -1.0);
      add_ramp (plan, demo_line_curve (from, leave, foot, demo_add (leave, out)),
                g_string_chunk_insert_const (plan->strings, destination), artery->exit_ref, 0);
      add_ramp (plan, demo_line_curve (foot, demo_sub (join, out), to, join),
                i == 0 ? "Périphérique Est" : "Périphérique Ouest", NULL, 0);
    }
}

static DemoRoad *
add_carriageway (DemoPlan *plan, DemoLine *line, const char *name, const char *ref, int speed_kmh)
{
  DemoRoad *road = demo_plan_add_road (plan, line, DEMO_MOTORWAY, name);

  road->is_deck = true;
  road->is_oneway = true;
  road->may_bridge = true;
  road->lanes = 2;
  road->ref = ref;
  road->maxspeed_kmh = speed_kmh;
  return road;
}

/* The motorway leaves the ring by a three-armed junction and ends at a roundabout in the country. */
static void
lay_motorway (DemoPlan *plan, const DemoLine *inner, const DemoLine *outer, const DemoLine *country)
{
  static const DemoPoint course[] = {
    { -1960, 4560 }, { -2060, 5200 }, { -2150, 5900 }, { -2250, 6700 },
  };
  DemoLine *middle = demo_line_smooth (course, G_N_ELEMENTS (course), 40.0);
  DemoLine *outbound;
  DemoLine *inbound;
  DemoPoint end = { 0.0, 0.0 };
  DemoPoint direction;
  double along = 0.0;
  double s = 0.0;

  find_crossing (middle, country, &end);
  demo_line_distance (middle, end, &along);
  lay_roundabout (plan, end, 34.0, DEMO_SECONDARY, "Rond-Point du Moulin Vert");
  middle = demo_line_part (middle, 0.0, along - 32.4);
  outbound = demo_line_offset (middle, -CARRIAGEWAY_M);
  inbound = demo_line_offset (middle, CARRIAGEWAY_M);
  demo_line_reverse (inbound);
  add_carriageway (plan, outbound, NULL, "A 87", 110)->destination = "Rennes;Nantes";
  add_carriageway (plan, inbound, NULL, "A 87", 110)->destination = "Port-Lumière";
  plan->motorway = middle;
  demo_mask_paint_line (plan, middle, 60.0, DEMO_MASK_RING);
  demo_line_at (middle, 0.0, &direction);
  for (unsigned i = 0; i < 2; i++)
    {
      const DemoLine *side = i == 0 ? inner : outer;
      DemoPoint from;
      DemoPoint leave;
      DemoPoint to;
      DemoPoint join;

      demo_line_distance (side, middle->points[0], &s);
      from = demo_line_at (side, s - 430.0, &leave);
      to = demo_line_at (side, s + 430.0, &join);
      add_ramp (plan, demo_line_curve (from, leave, outbound->points[0], direction),
                "Rennes;Nantes", "5", i == 0 ? 1 : 0)
          ->ref = "A 87";
      add_ramp (plan,
                demo_line_curve (inbound->points[inbound->n - 1], demo_scale (direction, -1.0), to,
                                 join),
                i == 0 ? "Périphérique Est" : "Périphérique Ouest", NULL, i == 0 ? 2 : 0);
    }
}

static void
lay_ring (DemoPlan *plan)
{
  DemoLine *ring = demo_line_smooth (ring_course, G_N_ELEMENTS (ring_course), 30.0);
  DemoPoint feet[2];
  double length;
  const double radius = 36.0;
  const double drop = sqrt (radius * radius - CARRIAGEWAY_M * CARRIAGEWAY_M);

  for (unsigned i = 0; i < 2; i++)
    {
      DemoPoint end = ring->points[i == 0 ? 0 : ring->n - 1];

      feet[i] = demo_point (end.x, demo_coast_y (end.x) + 80.0);
      demo_line_distance (ring, feet[i], &length);
      lay_roundabout (plan, feet[i], radius, DEMO_PRIMARY,
                      i == 0 ? "Rond-Point du Ponant" : "Rond-Point du Levant");
    }
  ring->points[0] = demo_add (feet[0], demo_point (0.0, drop));
  ring->points[ring->n - 1] = demo_add (feet[1], demo_point (0.0, drop));
  plan->ring = ring;
  demo_mask_paint_line (plan, ring, 88.0, DEMO_MASK_RING);
}

static void
lay_carriageways (DemoPlan *plan, const DemoLine *first_loop, const DemoLine *country)
{
  DemoLine *inner = demo_line_offset (plan->ring, -CARRIAGEWAY_M);
  DemoLine *outer = demo_line_offset (plan->ring, CARRIAGEWAY_M);

  demo_line_reverse (outer);
  add_carriageway (plan, inner, "Périphérique Intérieur", "N 165", 90);
  add_carriageway (plan, outer, "Périphérique Extérieur", "N 165", 90);
  for (unsigned i = 0; i < G_N_ELEMENTS (radials); i++)
    {
      DemoLine *radial = demo_line_smooth (radials[i].points, radials[i].n, 25.0);
      DemoPoint start = radial->points[0];
      double along = 0.0;

      /* From the first loop outwards. */
      if (find_crossing (radial, first_loop, &start))
        demo_line_distance (radial, start, &along);
      radial = demo_line_part (radial, along, 1e9);
      demo_plan_add_road (plan, radial, radials[i].kind, radials[i].name)->lanes = 4;
      lay_diamond (plan, inner, outer, radial, &radials[i]);
    }
  lay_motorway (plan, inner, outer, country);
  /* Streets along both sides of the ring. */
  demo_plan_add_road (plan, demo_line_part (demo_line_offset (plan->ring, -118.0), 60.0, 1e9),
                      DEMO_TERTIARY, NULL);
  demo_plan_add_road (plan, demo_line_part (demo_line_offset (plan->ring, 118.0), 60.0, 1e9),
                      DEMO_TERTIARY, NULL);
}

static void
lay_shore (DemoPlan *plan)
{
  DemoLine *shore = demo_line_new ();
  double length = demo_line_length (plan->river);

  for (double x = -7300.0; x <= 7300.0; x += 60.0)
    {
      double mean = 0.0;

      for (int k = -3; k <= 3; k++)
        mean += demo_coast_y (x + k * 45.0) / 7.0;
      demo_line_add (shore, demo_point (x, mean + 80.0));
    }
  demo_plan_add_road (plan, shore, DEMO_PRIMARY, NULL)->lanes = 3;
  for (int side = -1; side <= 1; side += 2)
    {
      DemoLine *quay = demo_line_new ();

      for (double along = length - 5300.0; along < length - 420.0; along += 40.0)
        {
          DemoPoint direction;
          DemoPoint point = demo_line_at (plan->river, along, &direction);

          demo_line_add (quay, demo_add (point, demo_scale (demo_left (direction),
                                                            side * (demo_river_half_width (along) +
                                                                    24.0))));
        }
      demo_plan_add_road (plan, quay, DEMO_SECONDARY, NULL)->lanes = 2;
    }
}

static void
lay_bridges (DemoPlan *plan)
{
  static const struct {
    double along_from_mouth;
    const char *name;
  } bridges[] = {
    { 1130.0, "Pont des Corsaires" },    { 1560.0, "Pont Neuf" },
    { 2080.0, "Pont de la Cathédrale" }, { 3250.0, "Pont des Lavandières" },
    { 3950.0, "Pont Jacques Cartier" },  { 4700.0, "Pont des Peupliers" },
  };
  double length = demo_line_length (plan->river);

  for (unsigned i = 0; i < G_N_ELEMENTS (bridges); i++)
    {
      DemoPoint direction;
      double along = length - bridges[i].along_from_mouth;
      DemoPoint middle = demo_line_at (plan->river, along, &direction);
      DemoPoint across = demo_scale (demo_left (direction), demo_river_half_width (along) + 24.0);
      DemoLine *line = demo_line_new ();

      demo_line_add (line, demo_add (middle, across));
      demo_line_add (line, demo_sub (middle, across));
      demo_plan_add_road (plan, line, DEMO_SECONDARY, bridges[i].name)->lanes = 2;
    }
}

/* Under the citadel's hill, from the west boulevard to the shore. */
static void
lay_tunnel (DemoPlan *plan)
{
  static const DemoPoint course[] = {
    { -1065, -480 }, { -960, -640 }, { -860, -860 }, { -800, -1080 }, { -780, -1165 },
  };
  DemoLine *line = demo_line_smooth (course, G_N_ELEMENTS (course), 25.0);
  DemoRoad *tunnel;
  double along = 0.0;
  const DemoRoad *loop = g_ptr_array_index (plan->roads, 0);

  demo_line_distance (loop->line, line->points[0], &along);
  line->points[0] = demo_line_at (loop->line, along, NULL);
  demo_line_distance (loop->line, line->points[line->n - 1], &along);
  line->points[line->n - 1] = demo_line_at (loop->line, along, NULL);
  tunnel = demo_plan_add_road (plan, line, DEMO_SECONDARY, "Tunnel de la Citadelle");
  tunnel->is_deck = true;
  tunnel->is_tunnel = true;
  tunnel->may_bridge = false;
  tunnel->layer = -1;
  tunnel->lanes = 2;
  tunnel->maxspeed_kmh = 50;
}

static void
lay_rail (DemoPlan *plan)
{
  static const DemoPoint course[] = {
    { -640, 900 },   { -760, 1500 },  { -930, 2500 }, { -1030, 3500 },
    { -1060, 4500 }, { -1500, 6000 }, { -1500, 9400 },
  };
  DemoLine *part;

  plan->rail = demo_line_smooth (course, G_N_ELEMENTS (course), 40.0);
  part = demo_line_part (plan->rail, 0.0, 520.0);
  g_ptr_array_add (plan->rails, demo_line_offset (plan->rail, -2.2));
  g_ptr_array_add (plan->rails, demo_line_offset (plan->rail, 2.2));
  for (int track = -2; track <= 3; track++)
    if (track != 0 && track != 1)
      g_ptr_array_add (plan->rails, demo_line_offset (part, track * 9.0 - 4.5));
  demo_mask_paint_line (plan, plan->rail, 16.0, DEMO_MASK_RAIL);
  demo_mask_paint_line (plan, part, 44.0, DEMO_MASK_RAIL);
  part = demo_line_part (plan->rail, 640.0, 3300.0);
  demo_plan_add_road (plan, demo_line_offset (part, 42.0), DEMO_TERTIARY, NULL);
  demo_plan_add_road (plan, demo_line_offset (part, -42.0), DEMO_TERTIARY, NULL);
}

/* Roundabouts where the radials meet the second and the country loop. */
static void
lay_circles (DemoPlan *plan, const DemoLine *middle, const DemoLine *country)
{
  static const char *const squares[] = {
    "Place de la Liberté", "Place des Explorateurs", "Place Jules Verne", "Place de l'Étoile",
    "Place des Nations", "Place de la République", "Place Simone Veil",
  };
  DemoPoint at = { 0.0, 0.0 };

  for (unsigned i = 0; i < G_N_ELEMENTS (radials); i++)
    {
      DemoLine *radial = demo_line_smooth (radials[i].points, radials[i].n, 25.0);

      if (find_crossing (radial, middle, &at))
        lay_roundabout (plan, at, i == 3 ? 52.0 : 34.0, DEMO_PRIMARY, squares[i]);
      if (find_crossing (radial, country, &at))
        lay_roundabout (plan, at, 22.0, DEMO_SECONDARY, NULL);
    }
}

void
demo_plan_arteries (DemoPlan *plan)
{
  DemoLine *lines[G_N_ELEMENTS (loops)];

  for (unsigned i = 0; i < G_N_ELEMENTS (loops); i++)
    {
      DemoPoint points[13];

      for (unsigned k = 0; k < loops[i].n; k++)
        points[k] = loops[i].points[k];
      points[loops[i].n] = points[0];
      lines[i] = demo_line_smooth (points, loops[i].n + (i == 0), 25.0);
      demo_plan_add_road (plan, lines[i], loops[i].kind, loops[i].name)->lanes = i < 2 ? 4 : 2;
    }
  lay_ring (plan);
  lay_carriageways (plan, lines[0], lines[2]);
  lay_shore (plan);
  lay_bridges (plan);
  lay_tunnel (plan);
  lay_rail (plan);
  lay_circles (plan, lines[1], lines[2]);
}
