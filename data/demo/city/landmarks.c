/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <math.h>

/* What people ask for by name: quarters, the great buildings, shops and cafés. */

typedef struct {
  double x;
  double y;
  const char *key;
  const char *value;
  const char *name;
} Spot;

static const Spot spots[] = {
  { -300, -380, "place", "city", "Port-Lumière" },
  { -430, -480, "place", "quarter", "Vieille Ville" },
  { 700, -60, "place", "quarter", "Les Quais" },
  { -700, 1500, "place", "quarter", "Quartier de la Gare" },
  { 1350, -1250, "place", "quarter", "Le Port" },
  { -2000, -1100, "place", "quarter", "Les Bains" },
  { -2600, 900, "place", "quarter", "La Corniche" },
  { -500, 2900, "place", "quarter", "Les Filatures" },
  { 2000, 500, "place", "quarter", "Bellerive" },
  { 2600, 2900, "place", "quarter", "Les Coteaux" },
  { 3700, -600, "place", "quarter", "Le Levant" },
  { -3300, -700, "place", "quarter", "L'Université" },
  { -2100, 2600, "place", "quarter", "Le Moulin" },
  { 1600, 1400, "place", "quarter", "Saint-Ambroise" },
  { -5300, 600, "place", "suburb", "Kermaria" },
  { 5300, 1000, "place", "suburb", "Les Vignes" },
  { 3700, 4100, "place", "suburb", "Hautes Landes" },
  { -3700, 3900, "place", "suburb", "Bois-le-Roi" },
  { 200, 5000, "place", "suburb", "Beauséjour" },
  { -650, 880, "railway", "station", "Gare Centrale" },
  { -955, 2600, "railway", "station", "Gare des Filatures" },
  { -1045, 4000, "railway", "station", "Gare de Beauséjour" },
  { 905, 1700, "amenity", "hospital", "Hôpital Ambroise Paré" },
  { -380, -560, "amenity", "townhall", "Hôtel de Ville" },
  { -560, -380, "amenity", "marketplace", "Marché de la Vieille Ville" },
  { -300, -300, "amenity", "theatre", "Théâtre des Lumières" },
  { -520, -620, "tourism", "museum", "Musée de la Marine" },
  { 640, 120, "tourism", "museum", "Musée des Beaux-Arts" },
  { 2150, 3000, "tourism", "museum", "Muséum d'Histoire Naturelle" },
  { -860, -800, "historic", "castle", "Citadelle" },
  { -2300, -3050, "man_made", "lighthouse", "Phare des Deux Îles" },
  { -2850, -850, "amenity", "university", "Université du Littoral" },
  { -240, -640, "amenity", "place_of_worship", "Cathédrale Saint-Nicolas" },
  { 1480, 480, "amenity", "place_of_worship", "Église Saint-Ambroise" },
  { -1900, -900, "amenity", "place_of_worship", "Chapelle des Bains" },
  { 250, 900, "amenity", "library", "Bibliothèque Colette" },
  { -1850, 1150, "amenity", "school", "Lycée Jules Verne" },
  { 3050, -1010, "shop", "mall", "Centre Commercial du Levant" },
  { 2500, 2050, "leisure", "stadium", "Stade des Embruns" },
  { -2400, -1650, "leisure", "water_park", "Piscine des Bains" },
  { 560, -1020, "amenity", "ferry_terminal", "Gare Maritime" },
  { -100, 1250, "amenity", "cinema", "Cinéma Le Lumière" },
  { 1650, 900, "amenity", "police", "Commissariat Bellerive" },
  { -450, -200, "amenity", "post_office", "Poste Centrale" },
  { -150, 520, "amenity", "pharmacy", "Pharmacie du Boulevard" },
  { -2200, 300, "amenity", "charging_station", "Recharge du Jardin" },
  { -250, -420, "tourism", "hotel", "Hôtel des Corsaires" },
  { 700, -700, "tourism", "hotel", "Hôtel du Grand Large" },
  { -560, 760, "tourism", "hotel", "Hôtel Terminus" },
  { -420, -330, "tourism", "information", "Office de Tourisme" },
};

static const struct {
  const char *value;
  const char *const names[8];
} kinds[] = {
  { "cafe",
    { "Café du Port", "Café de la Paix", "Café des Arts", "Café du Marché", "Café de la Gare",
      "Café des Voiliers", "Café Bellerive", "Café de l'Horloge" } },
  { "restaurant",
    { "La Goélette", "Chez Yvonne", "Le Vieux Gréement", "La Table des Halles", "L'Ancre Marine",
      "Le Petit Phare", "La Marée", "Au Rendez-vous des Pêcheurs" } },
  { "pharmacy",
    { "Pharmacie des Quais", "Pharmacie de la Corniche", "Pharmacie Saint-Ambroise",
      "Pharmacie du Levant", "Pharmacie des Filatures", "Pharmacie du Moulin", "Pharmacie Bellerive",
      "Pharmacie des Coteaux" } },
  { "bakery",
    { "Boulangerie du Pont Neuf", "Boulangerie des Remparts", "Au Bon Pain", "Le Fournil",
      "Boulangerie de la Gare", "La Mie Dorée", "Boulangerie du Parc", "Les Blés d'Or" } },
  { "supermarket",
    { "Halle Bellerive", "Marché Frais", "Épicerie Centrale", "Primeurs du Port", "Le Grand Panier",
      "Comptoir des Filatures", "Marché du Levant", "La Criée" } },
};

static void
add_building (DemoPlan *plan, DemoPoint middle, double wide, double deep, double tilt,
              const char *kind, const char *name)
{
  DemoPoint x = demo_scale (demo_direction (tilt), wide / 2.0);
  DemoPoint y = demo_scale (demo_left (demo_direction (tilt)), deep / 2.0);
  DemoBuilding building = { .line = demo_line_new (), .kind = kind, .name = name, .levels = 4 };

  demo_line_add (building.line, demo_sub (demo_sub (middle, x), y));
  demo_line_add (building.line, demo_sub (demo_add (middle, x), y));
  demo_line_add (building.line, demo_add (demo_add (middle, x), y));
  demo_line_add (building.line, demo_add (demo_sub (middle, x), y));
  demo_line_add (building.line, building.line->points[0]);
  g_array_append_val (plan->buildings, building);
}

static void
build_landmarks (DemoPlan *plan)
{
  add_building (plan, demo_point (-632, 872), 120, 26, 0.08, "train_station", "Gare Centrale");
  add_building (plan, demo_point (-2940, -860), 90, 24, 0.1, "university", NULL);
  add_building (plan, demo_point (-2760, -900), 24, 90, 0.1, "university", NULL);
  add_building (plan, demo_point (-2850, -770), 110, 26, 0.1, "university", NULL);
  add_building (plan, demo_point (880, 1670), 110, 30, 1.0, "hospital", NULL);
  add_building (plan, demo_point (950, 1740), 90, 26, 1.0, "hospital", NULL);
  add_building (plan, demo_point (880, 1780), 40, 40, 1.0, "hospital", NULL);
  add_building (plan, demo_point (-1850, 1150), 100, 22, 0.7, "school", NULL);
  add_building (plan, demo_point (3050, -1010), 180, 100, 0.0, "retail", NULL);
  add_building (plan, demo_point (-860, -800), 60, 44, 0.3, "castle", "Citadelle");
}

/* Cafés and shops stand on streets of the middle of the city. */
static void
open_shops (DemoPlan *plan)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (kinds) * 8; i++)
    {
      const char *value = kinds[i / 8].value;
      const DemoEdge *edge;
      DemoPoint direction;
      DemoPoint point;

      do
        {
          edge = &g_array_index (plan->edges, DemoEdge,
                                 demo_random_below (&plan->random, plan->edges->len));
          point = demo_line_at (edge->line, demo_line_length (edge->line) / 2.0, &direction);
        }
      while (edge->is_gone || edge->is_bridge || edge->kind < DEMO_PRIMARY ||
             edge->kind > DEMO_PEDESTRIAN || demo_distance (point, demo_point (0, 0)) > 2600.0);
      point = demo_add (point, demo_scale (demo_left (direction), 13.0));
      demo_plan_add_place (plan, point, i / 8 < 3 ? "amenity" : "shop", value,
                           kinds[i / 8].names[i % 8]);
    }
}

void
demo_plan_landmarks (DemoPlan *plan)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (spots); i++)
    demo_plan_add_place (plan, demo_point (spots[i].x, spots[i].y), spots[i].key, spots[i].value,
                         spots[i].name);
  build_landmarks (plan);
  open_shops (plan);
}
