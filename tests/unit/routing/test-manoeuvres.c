/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* What is said along ways over small maps, against what a passenger with a map would say. */

static const char *const kinds[] = { "depart", "continue", "turn",     "end", "fork",  "merge",
                                     "on",     "off",      "roundabout", "ferry", "via",
                                     "arrive" };
static const char *const modifiers[] = { "straight", "slight-right", "right", "sharp-right",
                                         "u-turn",   "sharp-left",   "left",  "slight-left" };

/* "turn left Rue B @b; arrive right": kind, modifier, exit, street and the junction it is at. */
static char *
tell (TextMap *map, VolantMode mode, VolantPoint from, VolantPoint to)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantRoute) route = volant_router_query_route (query, mode, from, NAN, to, &error);
  GString *words = g_string_new (NULL);

  g_assert_no_error (error);
  g_assert_cmpint (route->manoeuvres[0].kind, ==, VOLANT_MANOEUVRE_DEPART);
  g_assert_cmpint (route->manoeuvres[route->n_manoeuvres - 1].kind, ==, VOLANT_MANOEUVRE_ARRIVE);
  for (uint32_t i = 1; i < route->n_manoeuvres; i++)
    {
      const VolantManoeuvre *manoeuvre = &route->manoeuvres[i];

      g_assert_cmpuint (manoeuvre->at_mm, >=, route->manoeuvres[i - 1].at_mm);
      g_assert_cmpuint (manoeuvre->at_ms, >=, route->manoeuvres[i - 1].at_ms);
      g_assert_cmpuint (manoeuvre->point, <, route->n_points);
      g_string_append_printf (words, "%s%s %s", i > 1 ? "; " : "", kinds[manoeuvre->kind],
                              modifiers[manoeuvre->modifier]);
      if (manoeuvre->exit_number > 0)
        g_string_append_printf (words, " #%u", manoeuvre->exit_number);
      if (manoeuvre->kind == VOLANT_MANOEUVRE_ARRIVE)
        continue;
      if (*manoeuvre->street != '\0')
        g_string_append_printf (words, " %s", manoeuvre->street);
      if (*manoeuvre->destination != '\0')
        g_string_append_printf (words, " > %s", manoeuvre->destination);
    }
  return g_string_free (words, FALSE);
}

static void
assert_told (TextMap *map, char from, char to, const char *expected)
{
  g_autofree char *words = tell (map, VOLANT_MODE_CAR, text_map_point (map, from),
                                 text_map_point (map, to));

  g_assert_cmpstr (words, ==, expected);
}

static void
test_crossroads (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "          t         \n"
    "                    \n"
    "                    \n"
    "a---------b---------c\n"
    "                    \n"
    "                    \n"
    "          d         \n",
    (const char *[]) { "way abc residential name=Rue_A", "way tbd residential name=Rue_B", NULL });

  assert_told (map, 'a', 'c', "arrive straight");
  assert_told (map, 'a', 'd', "turn right Rue B; arrive straight");
  assert_told (map, 'a', 't', "turn left Rue B; arrive straight");
  assert_told (map, 't', 'c', "turn left Rue A; arrive straight");
}

static void
test_bend_is_no_turn (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a-----b     \n"
    "            \n"
    "      c    x\n"
    "            \n"
    "      d-----y\n",
    (const char *[]) { "way abcdy residential name=Rue_A", "way cx service", NULL });

  assert_told (map, 'a', 'y', "arrive straight");
}

static void
test_new_name (void)
{
  /* The name ends where nothing else may be meant: nothing is said. */
  g_autoptr (TextMap) plain = text_map_new (
    "a-----b-----c\n"
    "             \n"
    "      d      \n",
    (const char *[]) { "way ab residential name=Rue_A", "way bc residential name=Rue_C",
                       "way bd residential name=Rue_D", NULL });
  /* The old name turns off: it must be said that one goes on. */
  g_autoptr (TextMap) leaving = text_map_new (
    "a-----b-----c\n"
    "             \n"
    "      d      \n",
    (const char *[]) { "way ab residential name=Rue_A", "way bc residential name=Rue_C",
                       "way bd residential name=Rue_A", NULL });

  assert_told (plain, 'a', 'c', "arrive straight");
  assert_told (leaving, 'a', 'c', "continue straight Rue C; arrive straight");
}

static void
test_end_of_road (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "          t\n"
    "           \n"
    "           \n"
    "a---------b\n"
    "           \n"
    "           \n"
    "          d\n",
    (const char *[]) { "way ab residential name=Rue_A", "way tbd residential name=Rue_B", NULL });

  assert_told (map, 'a', 'd', "end right Rue B; arrive straight");
  assert_told (map, 'a', 't', "end left Rue B; arrive straight");
  assert_told (map, 't', 'd', "arrive straight");
}

static void
test_fork (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "                   c\n"
    "                    \n"
    "a---------b         \n"
    "                    \n"
    "                   d\n",
    (const char *[]) { "way ab primary name=Quai", "way bc primary name=Nord",
                       "way bd primary name=Sud", NULL });

  assert_told (map, 'a', 'c', "fork slight-left Nord; arrive straight");
  assert_told (map, 'a', 'd', "fork slight-right Sud; arrive straight");
}

static void
test_ramps (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a-------------b----------------------c--------------d\n"
    "                                                     \n"
    "                     e-----f----g---------i          \n"
    "                           h                         \n",
    (const char *[]) { "way abcd motorway name=A_8 speed=110 oneway modes=car+bus",
                       "way be motorway flags=link oneway dest=Nice modes=car+bus",
                       "way gc motorway flags=link oneway modes=car+bus",
                       "way efgi secondary name=Rue_F", "way fh secondary name=Rue_H", NULL });

  assert_told (map, 'a', 'h', "off slight-right > Nice; turn right Rue H; arrive straight");
  assert_told (map, 'h', 'd',
               "end right Rue F; on slight-left; merge slight-right A 8; arrive straight");
  assert_told (map, 'a', 'd', "arrive straight");
}

/* A ring driven anticlockwise: r1 in the west, r2 south, r3 east, r4 north. */
static TextMap *
new_roundabout (void)
{
  return text_map_new (
    "          n          \n"
    "                     \n"
    "                     \n"
    "          4          \n"
    "                     \n"
    "w------1     3------e\n"
    "                     \n"
    "          2          \n"
    "                     \n"
    "                     \n"
    "          s          \n",
    (const char *[]) { "way 12341 secondary flags=roundabout oneway modes=car+bus",
                       "way w1 secondary name=Ouest", "way s2 secondary name=Sud",
                       "way 3e secondary name=Est", "way 4n secondary name=Nord", NULL });
}

static void
test_roundabout (void)
{
  g_autoptr (TextMap) map = new_roundabout ();

  assert_told (map, 'w', 's', "roundabout right #1 Sud; arrive straight");
  assert_told (map, 'w', 'e', "roundabout straight #2 Est; arrive straight");
  assert_told (map, 'w', 'n', "roundabout left #3 Nord; arrive straight");
  assert_told (map, 's', 'e', "roundabout right #1 Est; arrive straight");
}

/* An exit that may not be driven is not counted. */
static void
test_roundabout_one_way_exit (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "          n          \n"
    "                     \n"
    "                     \n"
    "          4          \n"
    "                     \n"
    "w------1     3------e\n"
    "                     \n"
    "          2          \n"
    "                     \n"
    "                     \n"
    "          s          \n",
    (const char *[]) { "way 12341 secondary flags=roundabout oneway modes=car+bus",
                       "way w1 secondary name=Ouest", "way s2 secondary name=Sud oneway",
                       "way 3e secondary name=Est", "way 4n secondary name=Nord", NULL });

  assert_told (map, 'w', 'e', "roundabout straight #1 Est; arrive straight");
}

static void
test_mini_roundabout (void)
{
  static const char drawing[] = "          n         \n"
                                "                    \n"
                                "                    \n"
                                "w---------b---------e\n"
                                "                    \n"
                                "                    \n"
                                "          s         \n";
  g_autoptr (TextMap) right = text_map_new (
    drawing, (const char *[]) { "way wbe residential name=Rue_A", "way nbs residential name=Rue_B",
                                "node b mini", NULL });
  g_autoptr (TextMap) left = text_map_new (
    drawing, (const char *[]) { "left", "way wbe residential name=Rue_A",
                                "way nbs residential name=Rue_B", "node b mini", NULL });

  assert_told (right, 'w', 's', "roundabout right #1 Rue B; arrive straight");
  assert_told (right, 'w', 'e', "roundabout straight #2 Rue A; arrive straight");
  assert_told (right, 'w', 'n', "roundabout left #3 Rue B; arrive straight");
  assert_told (left, 'w', 'n', "roundabout left #1 Rue B; arrive straight");
  assert_told (left, 'w', 's', "roundabout right #3 Rue B; arrive straight");
}

static void
test_u_turn_and_ferry (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---------b---------c\n"
    "          |          \n"
    "          d          \n"
    "          |          \n"
    "          |          \n"
    "          e          \n",
    (const char *[]) { "way abc residential name=Rue_A", "way bd residential name=Cale",
                       "way de ferry name=Bac", "no abd", NULL });

  assert_told (map, 'a', 'e',
               "turn u-turn Rue A; turn left Cale; ferry straight Bac; arrive straight");
}

static void
test_side (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---------b---------c\n", (const char *[]) { "way abc residential name=Rue_A", NULL });
  g_autofree char *right = tell (map, VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                 text_map_near (map, 'b', 50, 12));
  g_autofree char *left = tell (map, VOLANT_MODE_CAR, text_map_point (map, 'a'),
                                text_map_near (map, 'b', 50, -12));

  g_assert_cmpstr (right, ==, "arrive right");
  g_assert_cmpstr (left, ==, "arrive left");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manoeuvres/crossroads", test_crossroads);
  g_test_add_func ("/manoeuvres/bend", test_bend_is_no_turn);
  g_test_add_func ("/manoeuvres/new-name", test_new_name);
  g_test_add_func ("/manoeuvres/end-of-road", test_end_of_road);
  g_test_add_func ("/manoeuvres/fork", test_fork);
  g_test_add_func ("/manoeuvres/ramps", test_ramps);
  g_test_add_func ("/manoeuvres/roundabout", test_roundabout);
  g_test_add_func ("/manoeuvres/roundabout-one-way-exit", test_roundabout_one_way_exit);
  g_test_add_func ("/manoeuvres/mini-roundabout", test_mini_roundabout);
  g_test_add_func ("/manoeuvres/u-turn-and-ferry", test_u_turn_and_ferry);
  g_test_add_func ("/manoeuvres/side", test_side);
  return g_test_run ();
}
