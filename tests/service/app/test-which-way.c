/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/actions/action-registry.h"
#include "app/error.h"
#include "app/session.h"
#include "tests/service/app/small-city.h"
#include "tests/support.h"

#include <math.h>
#include <string.h>

/* Which way, in a town of twenty-five crossings: alternatives, what is avoided, and streets that are
 * blocked, by the same actions that voice, touch and D-Bus use. */

#define STATE(session, key, expected)                                                             \
  G_STMT_START                                                                                    \
  {                                                                                               \
    g_autofree char *value_ = small_city_state (session, key);                                    \
    g_assert_cmpstr (value_, ==, expected);                                                       \
  }                                                                                               \
  G_STMT_END

static void
refused (VolantSession *session, const char *name, GVariant *parameter, int code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = small_city_perform (session, name, parameter, NULL, &error);

  g_assert_null (message);
  g_assert_error (error, VOLANT_ERROR, code);
}

static const VolantRoute *
route_of (VolantSession *session)
{
  return volant_navigation_get_route (volant_session_get_navigation (session));
}

static bool
uses (const VolantRoute *route, uint32_t link)
{
  for (uint32_t i = 0; i < route->n_steps; i++)
    if (route->steps[i].link == link)
      return true;
  return false;
}

static void
test_alternatives (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  const VolantQuestion *question;
  const GPtrArray *routes;
  g_autofree char *undo = NULL;
  uint32_t own;

  refused (session, "nav.show-alternatives", NULL, VOLANT_ERROR_NOT_NOW);
  refused (session, "nav.choose-route", g_variant_new_int32 (1), VOLANT_ERROR_NOT_NOW);
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
  refused (session, "nav.choose-route", g_variant_new_int32 (2), VOLANT_ERROR_NOT_NOW);
  small_city_do (session, "nav.show-alternatives", NULL);
  routes = volant_navigation_get_alternatives (volant_session_get_navigation (session));
  g_assert_cmpuint (routes->len, >=, 2);
  question = volant_session_get_question (session);
  g_assert_nonnull (question);
  g_assert_cmpuint (g_strv_length (question->choices), ==, routes->len);
  g_assert_nonnull (strstr (question->choices[1], "min"));
  own = ((VolantRoute *) routes->pdata[1])->steps[((VolantRoute *) routes->pdata[1])->n_steps / 2].link;
  g_assert_false (uses (route_of (session), own));
  small_city_do (session, "dialogue.answer", g_variant_new_string ("2"));
  g_assert_null (volant_session_get_question (session));
  STATE (session, "navigation.route", "2");
  STATE (session, "navigation.state", "guiding");
  g_assert_true (uses (route_of (session), own));
  /* by name of the action too, and back */
  g_free (small_city_perform (session, "nav.choose-route", g_variant_new_int32 (1), &undo, NULL));
  STATE (session, "navigation.route", "1");
  g_assert_false (uses (route_of (session), own));
  small_city_do (session, "app.undo", g_variant_new_string (undo));
  STATE (session, "navigation.route", "2");
  g_assert_true (uses (route_of (session), own));
  refused (session, "nav.choose-route", g_variant_new_int32 (0), VOLANT_ERROR_NOT_NOW);
  refused (session, "nav.choose-route", g_variant_new_int32 (4), VOLANT_ERROR_NOT_NOW);
  small_city_do (session, "nav.stop", NULL);
  STATE (session, "navigation.alternatives", "0");
}

static void
test_avoid (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autofree char *undo = NULL;
  g_autofree char *said = NULL;
  g_autofree char *on_the_way = NULL;

  refused (session, "nav.avoid", g_variant_new_string ("trains"), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "nav.avoid", g_variant_new_string (""), VOLANT_ERROR_BAD_PARAMETER);
  said = small_city_perform (session, "nav.avoid", g_variant_new_string ("tolls"), NULL, NULL);
  g_assert_cmpstr (said, ==, "Tolls are avoided");
  STATE (session, "navigation.avoided", "tolls");
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
  on_the_way = small_city_perform (session, "nav.avoid", g_variant_new_string ("motorway"), &undo,
                                   NULL);
  g_assert_true (g_str_has_prefix (on_the_way, "Motorways are avoided. To Gare Maritime: "));
  STATE (session, "navigation.avoided", "motorways,tolls");
  STATE (session, "navigation.state", "guiding");
  small_city_do (session, "app.undo", g_variant_new_string (undo));
  STATE (session, "navigation.avoided", "tolls");
  /* it outlives the trip, not the rental */
  small_city_do (session, "nav.stop", NULL);
  STATE (session, "navigation.avoided", "tolls");
  volant_action_perform (session, "rental.end", NULL);
  small_city_do (session, "dialogue.answer", g_variant_new_string ("yes"));
  STATE (session, "navigation.avoided", "");
}

static void
test_block (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autofree char *said = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *street = NULL;
  g_autoptr (GArray) links = NULL;
  uint32_t first, before_mm;

  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
  before_mm = route_of (session)->length_mm;
  links = volant_navigation_find_block (volant_session_get_navigation (session), &street);
  first = g_array_index (links, uint32_t, 0);
  g_assert_true (uses (route_of (session), first));
  said = small_city_perform (session, "nav.block-street", NULL, &undo, NULL);
  g_assert_nonnull (strstr (said, "is blocked for this trip. To Gare Maritime: "));
  g_assert_true (g_str_has_prefix (said, street));
  STATE (session, "navigation.blocked-streets", "1");
  STATE (session, "navigation.state", "guiding");
  g_assert_false (uses (route_of (session), first));
  small_city_do (session, "app.undo", g_variant_new_string (undo));
  STATE (session, "navigation.blocked-streets", "0");
  g_assert_cmpuint (route_of (session)->length_mm, ==, before_mm);
  refused (session, "nav.open-street", NULL, VOLANT_ERROR_NOT_NOW);
  /* closed until the trip ends */
  small_city_do (session, "nav.block-street", NULL);
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
  STATE (session, "navigation.blocked-streets", "1");
  g_assert_false (uses (route_of (session), first));
  small_city_do (session, "nav.stop", NULL);
  STATE (session, "navigation.blocked-streets", "0");
}

/* All roads blocked: the route that is in force stays, and nothing is closed that was open. */
static void
test_no_way_round (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  VolantNavigation *navigation = volant_session_get_navigation (session);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  unsigned n_blocked = 0;
  char expected[16];

  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
  /* both ways out of where the car stands, and once more */
  for (; n_blocked < 10; n_blocked++)
    {
      message = small_city_perform (session, "nav.block-street", NULL, NULL, &error);
      if (message == NULL)
        break;
      g_clear_pointer (&message, g_free);
    }
  g_assert_cmpuint (n_blocked, >, 0);
  g_assert_cmpuint (n_blocked, <, 10);
  g_assert_nonnull (error);
  g_snprintf (expected, sizeof expected, "%u", n_blocked);
  STATE (session, "navigation.blocked-streets", expected);
  STATE (session, "navigation.state", "guiding");
  g_assert_nonnull (volant_navigation_get_route (navigation));
}

static bool
has_passed (void *data)
{
  g_autofree char *stops = small_city_state (data, "navigation.stops");

  return g_str_equal (stops, "0");
}

static void
test_stop (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autofree char *said = NULL;
  g_autofree char *undo = NULL;
  uint32_t before_mm;

  refused (session, "nav.add-stop", g_variant_new_string ("station:c"), VOLANT_ERROR_NOT_NOW);
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
  refused (session, "nav.remove-stop", NULL, VOLANT_ERROR_NOT_NOW);
  before_mm = route_of (session)->length_mm;
  small_city_do (session, "nav.add-stop", g_variant_new_string ("station:c"));
  g_assert_cmpuint (route_of (session)->n_stops, ==, 1);
  said = small_city_perform (session, "nav.add-stop", g_variant_new_string ("Rue des Écoles"),
                             &undo, NULL);
  g_assert_true (g_str_has_prefix (said, "With a stop at Rue des Écoles. To Gare Maritime: "));
  g_assert_cmpuint (route_of (session)->n_stops, ==, 2);
  small_city_do (session, "app.undo", g_variant_new_string (undo));
  STATE (session, "navigation.stops", "1");
  g_assert_cmpuint (route_of (session)->n_stops, ==, 1);
  /* once passed, no new way leads back to it */
  small_city_do (session, "drive.set-rate", g_variant_new_double (30.0));
  small_city_do (session, "drive.start", NULL);
  g_assert_true (volant_test_wait (has_passed, session, 60.0));
  STATE (session, "navigation.state", "guiding");
  small_city_do (session, "nav.avoid", g_variant_new_string ("tolls"));
  g_assert_cmpuint (route_of (session)->n_stops, ==, 0);
  g_assert_cmpuint (route_of (session)->length_mm, <, 2 * before_mm);
  /* another target has no stops */
  small_city_do (session, "nav.add-stop", g_variant_new_string ("station:c"));
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:b"));
  STATE (session, "navigation.stops", "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/which-way/alternatives", test_alternatives);
  g_test_add_func ("/which-way/avoid", test_avoid);
  g_test_add_func ("/which-way/block", test_block);
  g_test_add_func ("/which-way/no-way-round", test_no_way_round);
  g_test_add_func ("/which-way/stop", test_stop);
  return g_test_run ();
}
