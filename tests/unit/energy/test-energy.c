/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/error.h"
#include "maps/routing/energy/energy.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* The model against published figures, against itself second by second, and what is refused. */

static VolantEnergyConditions
car (void)
{
  return volant_energy_conditions (&volant_vehicle_bluecar);
}

/* One piece of a driving cycle: from one speed to another, evenly. */
typedef struct {
  double seconds;
  double to_kmh;
} CyclePiece;

/* The urban cycle ECE-15, repeated four times in the NEDC (UN regulation 83, annex 4a): the points
 * where the speed's slope changes, gear changes taken as even. */
static const CyclePiece ece15[] = {
  { 11, 0 },  { 4, 15 },  { 8, 15 },  { 5, 0 },   { 21, 0 },  { 12, 32 }, { 24, 32 }, { 11, 0 },
  { 21, 0 },  { 26, 50 }, { 12, 50 }, { 8, 35 },  { 13, 35 }, { 12, 0 },  { 7, 0 },
};

static double
cycle_wh_per_km (const VolantEnergyConditions *conditions, const CyclePiece *pieces, unsigned n,
                 double *length_m)
{
  double speed_mps = 0.0, used_j = 0.0;

  *length_m = 0.0;
  for (unsigned i = 0; i < n; i++)
    {
      double slope = (pieces[i].to_kmh / 3.6 - speed_mps) / pieces[i].seconds;

      for (unsigned k = 0; k < pieces[i].seconds * 10; k++)
        {
          double mean_mps = speed_mps + slope * 0.05;

          used_j += volant_energy_power_w (conditions, mean_mps, slope, 0.0) * 0.1;
          *length_m += mean_mps * 0.1;
          speed_mps += slope * 0.1;
        }
      speed_mps = pieces[i].to_kmh / 3.6;
    }
  return used_j / 3.6 / *length_m;
}

/* 250 km on the city cycle and 150 km on the highway, as published, within a tenth. */
static void
test_published_ranges (void)
{
  VolantEnergyConditions conditions = car ();
  double length_m, city, highway;

  city = cycle_wh_per_km (&conditions, ece15, G_N_ELEMENTS (ece15), &length_m);
  g_assert_cmpfloat_with_epsilon (length_m, 1000.0, 20.0);
  highway = volant_energy_power_w (&conditions, 110.0 / 3.6, 0.0, 0.0) / 110.0;
  g_test_message ("bluecar: %.1f Wh/km on ECE-15 (%.0f km), %.1f at 110 km/h (%.0f km)", city,
                  30000.0 / city, highway, 30000.0 / highway);
  g_assert_cmpfloat_with_epsilon (30000.0 / city, 250.0, 25.0);
  g_assert_cmpfloat_with_epsilon (30000.0 / highway, 150.0, 15.0);
}

static void
test_steady_speeds (void)
{
  const double speeds_kmh[] = { 30.0, 50.0, 90.0 };
  const double temperatures_c[] = { -10.0, 0.0, 10.0, 20.0, 35.0 };
  const VolantVehicleModel *const vehicles[] = { &volant_vehicle_bluecar, &volant_vehicle_bus };
  /* at 20 °C, by hand: (rolling + air) / efficiency + auxiliaries */
  const double expected[2][3] = { { 71.7, 84.0, 144.0 }, { 553.8, 644.7, 1076.3 } };

  for (unsigned v = 0; v < 2; v++)
    for (unsigned i = 0; i < 3; i++)
      {
        VolantEnergyConditions conditions = volant_energy_conditions (vehicles[v]);
        g_autoptr (GString) line = g_string_new (NULL);

        for (unsigned t = 0; t < G_N_ELEMENTS (temperatures_c); t++)
          {
            double wh_per_km;

            conditions.outside_c = temperatures_c[t];
            wh_per_km = volant_energy_power_w (&conditions, speeds_kmh[i] / 3.6, 0.0, 0.0) /
                        speeds_kmh[i];
            g_string_append_printf (line, "  %.0f C: %.0f", temperatures_c[t], wh_per_km);
            if (temperatures_c[t] == 20.0)
              g_assert_cmpfloat_with_epsilon (wh_per_km, expected[v][i], expected[v][i] / 100.0);
            /* the means that a router reckons with are the same at a steady speed */
            g_assert_cmpfloat_with_epsilon (
              volant_energy_stretch_mwh (&conditions, 1000.0, 0.0, 3600.0 / speeds_kmh[i], 0.0),
              wh_per_km * 1000.0, 1.0);
          }
        g_test_message ("%s at a steady %.0f km/h, Wh/km:%s", vehicles[v]->name, speeds_kmh[i],
                        line->str);
      }
}

static void
test_power (void)
{
  VolantEnergyConditions conditions = car ();
  double up, down;

  g_assert_cmpfloat (volant_energy_power_w (&conditions, 0.0, 0.0, 0.0), ==, 450.0);
  /* down a tenth it charges, and gives back less than going up took */
  up = volant_energy_power_w (&conditions, 10.0, 0.0, 0.1);
  down = volant_energy_power_w (&conditions, 10.0, 0.0, -0.1);
  g_assert_cmpfloat (down, <, 0.0);
  g_assert_cmpfloat (up + down, >, 2.0 * 450.0);
  /* 70 W for each degree below 18 and above 24, up to what heater and cooler can */
  g_assert_cmpfloat (volant_vehicle_model_auxiliary_w (conditions.vehicle, -10.0), ==,
                     450.0 + 28.0 * 70.0);
  g_assert_cmpfloat (volant_vehicle_model_auxiliary_w (conditions.vehicle, 34.0), ==,
                     450.0 + 10.0 * 70.0);
  g_assert_cmpfloat (volant_vehicle_model_auxiliary_w (conditions.vehicle, -40.0), ==,
                     450.0 + 4000.0);
  g_assert_cmpfloat (volant_vehicle_model_auxiliary_w (conditions.vehicle, 21.0), ==, 450.0);
}

/* A drive from rest to rest, second by second, takes what the way's means say: speeding up is paid
 * with what braking will give back. */
static void
test_speed_up_is_paid_once (void)
{
  VolantEnergyConditions conditions = car ();
  double speed_mps = 0.0, used_mwh = 0.0, length_m = 0.0, seconds = 0.0, steady_mwh;

  for (unsigned i = 0; i < 20000; i++)
    {
      double slope = i < 1000 ? 1.25 : i < 19000 ? 0.0 : -1.25;

      double mean_mps = speed_mps + slope * 0.005;

      used_mwh += volant_energy_power_w (&conditions, mean_mps, slope, 0.0) * 0.01 / 3.6;
      length_m += mean_mps * 0.01;
      speed_mps += slope * 0.01;
      seconds += 0.01;
    }
  g_assert_cmpfloat_with_epsilon (speed_mps, 0.0, 1e-6);
  steady_mwh = volant_energy_stretch_mwh (&conditions, length_m, 0.0, seconds, 0.0) +
               volant_energy_speed_up_mwh (&conditions, 0.0, 12.5);
  g_assert_cmpfloat_with_epsilon (used_mwh / steady_mwh, 1.0, 0.03);
  g_assert_cmpfloat (volant_energy_speed_up_mwh (&conditions, 12.5, 5.0), ==, 0.0);
}

static void
test_charging (void)
{
  const VolantVehicleModel *bluecar = &volant_vehicle_bluecar;
  double last_s = 0.0, last_step_s = 0.0;

  /* 27 kWh at 3.3 kW, 3 kWh at half of it */
  g_assert_cmpfloat_with_epsilon (volant_vehicle_model_charging_s (bluecar, 1.0, INFINITY),
                                  3600.0 * (27.0 / 3.3 + 3.0 / 1.65), 0.001);
  /* a weak post gives what it can */
  g_assert_cmpfloat_with_epsilon (volant_vehicle_model_charging_s (bluecar, 1.0, 1000.0),
                                  3600.0 * 30.0, 0.001);
  g_assert_cmpfloat (volant_vehicle_model_charging_w (bluecar, 0.95, 2000.0), ==, 1650.0);
  g_assert_cmpfloat (volant_vehicle_model_charging_w (bluecar, 0.5, 2000.0), ==, 2000.0);
  g_assert_cmpfloat (volant_vehicle_model_charging_w (bluecar, 1.0, 2000.0), ==, 0.0);
  for (unsigned i = 1; i <= 100; i++)
    {
      double s = volant_vehicle_model_charging_s (&volant_vehicle_bus, i / 100.0, 60000.0);

      g_assert_cmpfloat (s - last_s, >=, last_step_s - 1e-6);
      last_step_s = s - last_s;
      last_s = s;
    }
}

static const char hill[] = "a---------b---------c---------d\n";

/* 100 m each: up 5 m, level, down 5 m. */
static TextMap *
new_hill (const char *node)
{
  TextMap *map = text_map_new (hill, (const char *[]) { "way abcd primary speed=50", node, NULL });
  static const int16_t heights_dm[] = { 0, 50, 50, 50, 50, 0 };

  text_map_roads (map)->elevations_dm = heights_dm;
  text_map_roads (map)->has_elevation = true;
  return map;
}

static void
test_links_and_turns (void)
{
  g_autoptr (TextMap) map = new_hill (NULL);
  g_autoptr (TextMap) signals = new_hill ("node b signals");
  const VolantRoads *roads = text_map_roads (map);
  const VolantTurns *turns = volant_router_get_turns (text_map_router (map));
  const VolantTurns *signal_turns = volant_router_get_turns (text_map_router (signals));
  VolantEnergyConditions conditions = car ();
  uint32_t ab = text_map_link (map, 'a', 'b'), bc = text_map_link (map, 'b', 'c');
  uint32_t cd = text_map_link (map, 'c', 'd');
  int32_t up = volant_energy_link_mwh (&conditions, roads, ab, 8000);
  int32_t level = volant_energy_link_mwh (&conditions, roads, bc, 8000);
  int32_t down = volant_energy_link_mwh (&conditions, roads, cd, 8000);
  double height_j = 1270.0 * 9.81 * 5.0;

  g_assert_cmpfloat_with_epsilon (up - level, height_j / 0.82 / 3.6, 2.0);
  g_assert_cmpint (down, <, 0);
  /* the way down from here is the way up backwards */
  g_assert_cmpint (ABS (down - volant_energy_link_mwh (&conditions, roads, ab ^ 1, 8000)), <=, 2);
  g_assert_cmpint (level, ==, volant_energy_link_mwh (&conditions, roads, bc ^ 1, 8000));
  /* a queue is slower: more speeding up, heating and lights for longer, less air */
  g_assert_cmpint (volant_energy_link_mwh (&conditions, roads, bc, 24000), >, level);
  /* straight on at the same speed costs nothing; signals stop every other car */
  g_assert_cmpuint (volant_energy_turn_mwh (&conditions, roads, turns, ab, bc, 8000, 8000), ==, 0);
  g_assert_cmpfloat_with_epsilon (
    volant_energy_turn_mwh (&conditions, text_map_roads (signals), signal_turns, ab, bc, 8000,
                            8000),
    0.5 * volant_energy_speed_up_mwh (&conditions, 0.0, 12.5) + 450.0 * 8.0 / 3.6, 5.0);
  g_assert_cmpfloat_with_epsilon (volant_energy_start_mwh (&conditions, roads, bc, 8000),
                                  volant_energy_speed_up_mwh (&conditions, 0.0, 12.5), 10.0);
}

static void
test_refusals (void)
{
  VolantEnergyConditions conditions = car ();
  const double bad_c[] = { NAN, INFINITY, -INFINITY, -40.5, 56.0 };
  const double bad_kg[] = { NAN, -1.0, 301.0 };

  g_assert_true (volant_energy_check (&conditions, NULL));
  for (unsigned i = 0; i < G_N_ELEMENTS (bad_c); i++)
    {
      g_autoptr (GError) error = NULL;

      conditions = car ();
      conditions.outside_c = bad_c[i];
      g_assert_false (volant_energy_check (&conditions, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
    }
  for (unsigned i = 0; i < G_N_ELEMENTS (bad_kg); i++)
    {
      g_autoptr (GError) error = NULL;

      conditions = car ();
      conditions.payload_kg = bad_kg[i];
      g_assert_false (volant_energy_check (&conditions, &error));
      g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID);
    }
  g_assert_true (volant_vehicle_model_find ("bus", NULL) == &volant_vehicle_bus);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (volant_vehicle_model_find ("tram", &error));
    g_assert_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND);
    g_assert_nonnull (strstr (error->message, "bluecar"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/energy/published-ranges", test_published_ranges);
  g_test_add_func ("/energy/steady-speeds", test_steady_speeds);
  g_test_add_func ("/energy/power", test_power);
  g_test_add_func ("/energy/speed-up-is-paid-once", test_speed_up_is_paid_once);
  g_test_add_func ("/energy/charging", test_charging);
  g_test_add_func ("/energy/links-and-turns", test_links_and_turns);
  g_test_add_func ("/energy/refusals", test_refusals);
  return g_test_run ();
}
