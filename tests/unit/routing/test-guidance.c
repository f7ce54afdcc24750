/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/guidance.h"
#include "app/navigation/instruction.h"
#include "app/navigation/navigation.h"
#include "tests/support.h"
#include "tests/unit/routing/text-map.h"

#include <math.h>

/* Guidance along routes on drawn maps, with fixes as a receiver gives them; then the service, with
 * a receiver that the test moves by hand. */

static const char town[] = "a-------------------b---------c\n"
                           "                              \n"
                           "                              \n"
                           "                              \n"
                           "d-------------------e---------f\n";

static TextMap *
new_town (void)
{
  return text_map_new (town, (const char *[]) { "way abc residential name=Rue_Haute",
                                                "way def residential name=Rue_Basse",
                                                "way ad residential name=Ouest",
                                                "way be residential name=Milieu",
                                                "way cf residential name=Est", NULL });
}

static VolantRoute *
find_route (TextMap *map, char from, char to)
{
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));

  return volant_router_query_route (query, VOLANT_MODE_CAR, text_map_near (map, from, 1, 0), 90.0,
                                    text_map_near (map, to, 0, to == 'b' ? 30 : 0), NULL);
}

/* A fix some metres along a route, some metres to its right. */
static VolantFix
fix_along (const VolantRoute *route, double along_m, double right_m, double speed_mps,
           int64_t at_us)
{
  uint32_t i = 0;
  double bearing_deg, piece_m;
  VolantPoint point;

  while (i + 2 < route->n_points &&
         along_m > (piece_m = volant_geo_distance_m (route->geometry[i], route->geometry[i + 1])))
    {
      along_m -= piece_m;
      i++;
    }
  bearing_deg = volant_geo_bearing_deg (route->geometry[i], route->geometry[i + 1]);
  point = volant_geo_destination (route->geometry[i], bearing_deg, along_m);
  point = volant_geo_destination (point, bearing_deg + 90.0, right_m);
  return (VolantFix) { true, point, bearing_deg, speed_mps, 5.0, at_us };
}

/* Drives the whole route with a noisy receiver; counts the prompts by kind. */
static void
test_whole_route (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (VolantRoute) route = find_route (map, 'a', 'b');
  g_autoptr (VolantGuidance) guidance = volant_guidance_new (route, text_map_roads (map));
  VolantGuidanceState state = VOLANT_GUIDANCE_ON_ROUTE;
  double travelled_m = 0.0, remaining_s = INFINITY;
  unsigned n_prompts[VOLANT_PROMPT_ARRIVED + 1] = { 0 };

  for (unsigned i = 0; state != VOLANT_GUIDANCE_ARRIVED; i++)
    {
      double along_m = MIN (i * 10.0, route->length_mm / 1000.0);
      VolantFix fix = fix_along (route, along_m, g_test_rand_double_range (-8.0, 8.0), 10.0,
                                 i * G_GINT64_CONSTANT (1000000));
      VolantPrompt *prompt;

      g_assert_cmpuint (i, <, 100);
      state = volant_guidance_update (guidance, &fix);
      g_assert_cmpint (state, !=, VOLANT_GUIDANCE_OFF_ROUTE);
      g_assert_cmpfloat (volant_guidance_get_travelled_m (guidance), >=, travelled_m);
      g_assert_cmpfloat (volant_guidance_get_remaining_s (guidance), <=, remaining_s);
      travelled_m = volant_guidance_get_travelled_m (guidance);
      remaining_s = volant_guidance_get_remaining_s (guidance);
      if (state == VOLANT_GUIDANCE_ON_ROUTE)
        g_assert_cmpfloat_with_epsilon (travelled_m, along_m, 12.0);
      while ((prompt = volant_guidance_take_prompt (guidance)) != NULL)
        {
          n_prompts[prompt->kind]++;
          volant_prompt_free (prompt);
        }
    }
  g_assert_cmpfloat (volant_guidance_get_remaining_m (guidance), <, 30.0);
  g_assert_cmpuint (n_prompts[VOLANT_PROMPT_START], ==, 1);
  g_assert_cmpuint (n_prompts[VOLANT_PROMPT_ARRIVED], ==, 1);
  g_assert_cmpuint (n_prompts[VOLANT_PROMPT_NOW], >=, 1);
  g_assert_cmpuint (n_prompts[VOLANT_PROMPT_NEAR], >=, 1);
  g_assert_cmpuint (n_prompts[VOLANT_PROMPT_NOW], <=, route->n_manoeuvres);
}

/* A stop on the way is told of before, at it, and then one goes on. */
static void
test_stop (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  VolantPoint via = text_map_near (map, 'd', 120, 5);
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, text_map_near (map, 'a', 0, 5),
                                            text_map_near (map, 'f', 0, -20));
  g_autoptr (GPtrArray) routes = NULL;
  g_autoptr (VolantGuidance) guidance = NULL;
  g_autoptr (GString) said = g_string_new (NULL);
  const VolantRoute *route;

  wish.vias = &via;
  wish.n_vias = 1;
  routes = volant_router_query_routes (query, &wish, NULL);
  route = routes->pdata[0];
  guidance = volant_guidance_new (route, text_map_roads (map));
  for (double along_m = 0.0; along_m < route->length_mm / 1000.0 - 40.0; along_m += 10.0)
    {
      VolantFix fix = fix_along (route, along_m, 1.0, 10.0, (int64_t) (along_m * 100000.0));
      VolantPrompt *prompt;

      volant_guidance_update (guidance, &fix);
      while ((prompt = volant_guidance_take_prompt (guidance)) != NULL)
        {
          g_autofree char *text = volant_instruction_prompt (prompt, "en");

          if (prompt->manoeuvre.kind == VOLANT_MANOEUVRE_VIA)
            g_string_append_printf (said, "%s. ", text);
          volant_prompt_free (prompt);
        }
    }
  g_assert_cmpstr (said->str, ==,
                   "In 100 metres, your stop is on the right. Your stop is on the right. ");
}

/* A way that turns round in a dead end passes the same street twice. */
static void
test_there_and_back (void)
{
  g_autoptr (TextMap) map = text_map_new (
    "a---------b---------c\n"
    "                     \n"
    "                     \n"
    "          d          \n",
    (const char *[]) { "way abc residential name=Rue_A", "way bd residential name=Rue_B",
                       "no abd", NULL });
  g_autoptr (VolantRoute) route = find_route (map, 'a', 'd');
  g_autoptr (VolantGuidance) guidance = volant_guidance_new (route, text_map_roads (map));
  double last_m = 0.0;

  g_assert_cmpuint (route->length_mm, >, 300000);
  for (unsigned i = 0; i * 10.0 < route->length_mm / 1000.0 - 40.0; i++)
    {
      VolantFix fix = fix_along (route, i * 10.0, 1.0, 10.0, i * G_GINT64_CONSTANT (1000000));

      g_assert_cmpint (volant_guidance_update (guidance, &fix), ==, VOLANT_GUIDANCE_ON_ROUTE);
      g_assert_cmpfloat_with_epsilon (volant_guidance_get_travelled_m (guidance), i * 10.0, 3.0);
      g_assert_cmpfloat (volant_guidance_get_travelled_m (guidance), >=, last_m);
      last_m = volant_guidance_get_travelled_m (guidance);
    }
}

static void
test_off_route (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (VolantRoute) route = find_route (map, 'a', 'c');
  g_autoptr (VolantGuidance) guidance = volant_guidance_new (route, text_map_roads (map));
  VolantGuidanceState state = VOLANT_GUIDANCE_ON_ROUTE;
  unsigned i;

  /* One wild fix is forgiven. */
  for (i = 0; i < 8; i++)
    {
      VolantFix fix = fix_along (route, i * 10.0, i == 5 ? 120.0 : 0.0, 10.0,
                                 i * G_GINT64_CONSTANT (1000000));

      g_assert_cmpint (volant_guidance_update (guidance, &fix), ==, VOLANT_GUIDANCE_ON_ROUTE);
    }
  for (; i < 16 && state == VOLANT_GUIDANCE_ON_ROUTE; i++)
    {
      VolantFix fix = fix_along (route, 80.0, (i - 7) * 15.0, 15.0,
                                 i * G_GINT64_CONSTANT (1000000));

      state = volant_guidance_update (guidance, &fix);
    }
  g_assert_cmpint (state, ==, VOLANT_GUIDANCE_OFF_ROUTE);
  g_assert_cmpfloat_with_epsilon (volant_guidance_get_travelled_m (guidance), 80.0, 12.0);
}

/* A car that stops short of the end is there; one that rushes past it is there once it has. */
static void
test_arrival (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (VolantRoute) route = find_route (map, 'a', 'c');
  double length_m = route->length_mm / 1000.0;
  g_autoptr (VolantGuidance) stopping = volant_guidance_new (route, text_map_roads (map));
  g_autoptr (VolantGuidance) passing = volant_guidance_new (route, text_map_roads (map));
  VolantFix before = fix_along (route, length_m - 60.0, 0.0, 10.0, 0);
  VolantFix rolling = fix_along (route, length_m - 22.0, 0.0, 8.0, 1000000);
  VolantFix standing = fix_along (route, length_m - 22.0, 0.0, 0.3, 2000000);
  VolantFix past = fix_along (route, length_m + 35.0, 0.0, 10.0, 3000000);

  for (double along_m = 0.0; along_m < length_m - 60.0; along_m += 40.0)
    {
      VolantFix fix = fix_along (route, along_m, 0.0, 10.0, 0);

      volant_guidance_update (stopping, &fix);
      volant_guidance_update (passing, &fix);
    }
  g_assert_cmpint (volant_guidance_update (stopping, &before), ==, VOLANT_GUIDANCE_ON_ROUTE);
  g_assert_cmpint (volant_guidance_update (stopping, &rolling), ==, VOLANT_GUIDANCE_ON_ROUTE);
  g_assert_cmpint (volant_guidance_update (stopping, &standing), ==, VOLANT_GUIDANCE_ARRIVED);
  g_assert_cmpint (volant_guidance_update (passing, &rolling), ==, VOLANT_GUIDANCE_ON_ROUTE);
  g_assert_cmpint (volant_guidance_update (passing, &past), ==, VOLANT_GUIDANCE_ARRIVED);
}

/* Who stands at the end already is there, without a word; who drives through is not. */
static void
test_begin_there (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (VolantRoute) route = find_route (map, 'a', 'c');
  g_autoptr (VolantRouterQuery) query = volant_router_query_new (text_map_router (map));
  g_autoptr (VolantRoute) around = NULL;
  double length_m = route->length_mm / 1000.0;
  const struct {
    double along_m;
    double speed_mps;
    bool is_there;
  } cases[] = {
    { length_m, 0.0, true },       { length_m - 6.0, NAN, true }, { length_m, 8.0, false },
    { length_m - 20.0, 0.0, false }, { 0.0, 0.0, false },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VolantGuidance) guidance = volant_guidance_new (route, text_map_roads (map));
      VolantFix fix = fix_along (route, cases[i].along_m, 0.0, cases[i].speed_mps, 0);
      g_autoptr (VolantPrompt) prompt = NULL;

      g_assert_true (volant_guidance_begin_there (guidance, &fix) == cases[i].is_there);
      g_assert_true (volant_guidance_has_arrived (guidance) == cases[i].is_there);
      prompt = volant_guidance_take_prompt (guidance);
      g_assert_true ((prompt == NULL) == cases[i].is_there);
      if (cases[i].is_there)
        g_assert_cmpfloat (volant_guidance_get_remaining_m (guidance), <=, 0.0);
    }

  /* A way of a few metres: near its end is near enough. */
  around = volant_router_query_route (query, VOLANT_MODE_CAR, text_map_near (map, 'b', -20, 0), NAN,
                                      text_map_point (map, 'b'), NULL);
  g_assert_nonnull (around);
  {
    g_autoptr (VolantGuidance) guidance = volant_guidance_new (around, text_map_roads (map));
    VolantFix fix = fix_along (around, 0.0, 0.0, 0.0, 0);

    g_assert_true (volant_guidance_begin_there (guidance, &fix));
  }
}

/* A receiver that the test moves. */
#define HAND_TYPE_POSITION (hand_position_get_type ())
G_DECLARE_FINAL_TYPE (HandPosition, hand_position, HAND, POSITION, GObject)

struct _HandPosition {
  GObject parent;
  VolantFix fix;
};

static void
hand_position_get_fix (VolantPosition *position, VolantFix *fix)
{
  *fix = HAND_POSITION (position)->fix;
}

static void
hand_position_iface_init (VolantPositionInterface *iface)
{
  iface->get_fix = hand_position_get_fix;
}

G_DEFINE_TYPE_WITH_CODE (HandPosition, hand_position, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (VOLANT_TYPE_POSITION, hand_position_iface_init))

static void
hand_position_class_init (HandPositionClass *class)
{
}

static void
hand_position_init (HandPosition *self)
{
}

static void
move_to (HandPosition *self, VolantFix fix)
{
  self->fix = fix;
  g_signal_emit_by_name (self, "changed");
}

typedef struct {
  bool done;
  bool good;
  GError *error;
} Outcome;

static void
on_gone_to (GObject *source, GAsyncResult *result, void *data)
{
  Outcome *outcome = data;

  outcome->good = volant_navigation_go_to_finish (VOLANT_NAVIGATION (source), result,
                                                  &outcome->error);
  outcome->done = true;
}

static bool
is_done (void *data)
{
  return ((Outcome *) data)->done;
}

static bool
is_guiding (void *data)
{
  return volant_navigation_get_state (data) == VOLANT_NAVIGATION_GUIDING;
}

static void
on_counted (VolantNavigation *navigation, unsigned *count)
{
  ++*count;
}

static void
on_prompt (VolantNavigation *navigation, const VolantPrompt *prompt, unsigned *count)
{
  ++*count;
}

static void
go_to (VolantNavigation *navigation, VolantPoint point, Outcome *outcome)
{
  g_autoptr (VolantTarget) target = volant_target_new ("geo", "there", point, false);

  *outcome = (Outcome) { false };
  volant_navigation_go_to_async (navigation, target, NULL, on_gone_to, outcome);
}

static void
test_service (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (HandPosition) position = g_object_new (HAND_TYPE_POSITION, NULL);
  g_autoptr (VolantNavigation) navigation =
    volant_navigation_new (VOLANT_POSITION (position), text_map_router (map));
  unsigned n_routes = 0, n_arrivals = 0;
  const VolantRoute *route;
  g_autofree char *sentence = NULL;
  Outcome outcome;

  g_signal_connect (navigation, "route-changed", G_CALLBACK (on_counted), &n_routes);
  g_signal_connect (navigation, "arrived", G_CALLBACK (on_counted), &n_arrivals);
  go_to (navigation, text_map_point (map, 'c'), &outcome);
  g_assert_true (volant_test_wait (is_done, &outcome, 10.0));
  g_assert_false (outcome.good); /* no position yet */
  g_clear_error (&outcome.error);

  move_to (position, (VolantFix) { true, text_map_near (map, 'a', 5, 0), 90.0, 0.0, 5.0, 0 });
  go_to (navigation, text_map_near (map, 'c', -1, 0), &outcome);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_ROUTING);
  g_assert_true (volant_test_wait (is_done, &outcome, 10.0));
  g_assert_true (outcome.good);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_GUIDING);
  g_assert_cmpuint (n_routes, ==, 1);
  g_assert_cmpfloat_with_epsilon (volant_navigation_get_remaining_m (navigation), 294.0, 2.0);
  sentence = volant_navigation_get_instruction (navigation, "fr");
  g_assert_cmpstr (sentence, ==, "Vous arriverez à destination");

  /* The driver turns off southwards at b: a new route leads round to c. */
  for (unsigned i = 0; i <= 20; i++)
    move_to (position, (VolantFix) { true, text_map_near (map, 'a', i * 10.0, 0), 90.0, 10.0, 5.0,
                                     i * 1000000 });
  for (unsigned i = 1; i <= 10 && is_guiding (navigation); i++)
    move_to (position, (VolantFix) { true, text_map_near (map, 'e', 0, 3.0 * i + 20), 180.0, 10.0,
                                     5.0, (20 + i) * 1000000 });
  g_assert_true (volant_test_wait (is_guiding, navigation, 10.0));
  g_assert_cmpuint (n_routes, ==, 2);
  g_assert_cmpstr (volant_navigation_get_target (navigation)->name, ==, "there");

  route = volant_navigation_get_route (navigation);
  for (double along_m = 0.0; n_arrivals == 0 && along_m < 1000.0; along_m += 10.0)
    {
      double end_m = MIN (along_m, route->length_mm / 1000.0);

      move_to (position, fix_along (route, end_m, 0.0, 10.0,
                                    (int64_t) (40 + along_m / 10.0) * 1000000));
    }
  g_assert_cmpuint (n_arrivals, ==, 1);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_ARRIVED);

  volant_navigation_stop (navigation);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_IDLE);
  g_assert_null (volant_navigation_get_route (navigation));
}

/* Asked to go where one stands: one is there, and is not told to set out. */
static void
test_service_begin_there (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (HandPosition) position = g_object_new (HAND_TYPE_POSITION, NULL);
  g_autoptr (VolantNavigation) navigation =
    volant_navigation_new (VOLANT_POSITION (position), text_map_router (map));
  unsigned n_prompts = 0, n_arrivals = 0;
  Outcome outcome;

  g_signal_connect (navigation, "prompt", G_CALLBACK (on_prompt), &n_prompts);
  g_signal_connect (navigation, "arrived", G_CALLBACK (on_counted), &n_arrivals);
  move_to (position, (VolantFix) { true, text_map_near (map, 'b', 2, 0), NAN, 0.0, 5.0, 0 });
  go_to (navigation, text_map_point (map, 'b'), &outcome);
  g_assert_true (volant_test_wait (is_done, &outcome, 10.0));
  g_assert_true (outcome.good);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_ARRIVED);
  move_to (position, position->fix);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_ARRIVED);
  g_assert_cmpuint (n_prompts, ==, 0);
  g_assert_cmpuint (n_arrivals, ==, 0);
}

/* A second target overtakes the first; stopping ends both; one off the map leaves the route. */
static void
test_service_changes_of_mind (void)
{
  g_autoptr (TextMap) map = new_town ();
  g_autoptr (HandPosition) position = g_object_new (HAND_TYPE_POSITION, NULL);
  g_autoptr (VolantNavigation) navigation =
    volant_navigation_new (VOLANT_POSITION (position), text_map_router (map));
  Outcome first, second, third;
  const VolantRoute *route;

  move_to (position, (VolantFix) { true, text_map_point (map, 'a'), NAN, NAN, NAN, 0 });
  go_to (navigation, text_map_point (map, 'c'), &first);
  go_to (navigation, text_map_point (map, 'f'), &second);
  g_assert_true (volant_test_wait (is_done, &first, 10.0));
  g_assert_true (volant_test_wait (is_done, &second, 10.0));
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&first.error);
  g_assert_true (second.good);
  route = volant_navigation_get_route (navigation);

  go_to (navigation, text_map_near (map, 'f', 5000, 0), &third);
  g_assert_true (volant_test_wait (is_done, &third, 10.0));
  g_assert_error (third.error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_OFF_MAP);
  g_clear_error (&third.error);
  g_assert_true (volant_navigation_get_route (navigation) == route);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_GUIDING);

  go_to (navigation, text_map_point (map, 'c'), &first);
  volant_navigation_stop (navigation);
  g_assert_true (volant_test_wait (is_done, &first, 10.0));
  g_assert_error (first.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&first.error);
  g_assert_cmpint (volant_navigation_get_state (navigation), ==, VOLANT_NAVIGATION_IDLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guidance/whole-route", test_whole_route);
  g_test_add_func ("/guidance/stop", test_stop);
  g_test_add_func ("/guidance/there-and-back", test_there_and_back);
  g_test_add_func ("/guidance/off-route", test_off_route);
  g_test_add_func ("/guidance/arrival", test_arrival);
  g_test_add_func ("/guidance/begin-there", test_begin_there);
  g_test_add_func ("/guidance/service", test_service);
  g_test_add_func ("/guidance/service-begin-there", test_service_begin_there);
  g_test_add_func ("/guidance/service-changes-of-mind", test_service_changes_of_mind);
  return g_test_run ();
}
