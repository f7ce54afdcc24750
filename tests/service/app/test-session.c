/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "app/position/position-simulation.h"
#include "app/session-private.h"
#include "speech/error.h"
#include "tests/service/app/small-city.h"

#include <math.h>
#include <string.h>

/* The session without a screen and without a voice, in a small city. */

#define STATE(session, key, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *value_ = small_city_state (session, key);                                     \
    g_assert_cmpstr (value_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
refused (VolantSession *session, const char *name, GVariant *parameter, VolantError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (small_city_perform (session, name, parameter, NULL, &error));
  g_assert_error (error, VOLANT_ERROR, (int) code);
  g_assert_cmpstr (error->message, !=, "");
}

static bool
has_notice (VolantSession *session, const char *start)
{
  g_auto (GStrv) notices = volant_session_get_notices (session);

  for (unsigned i = 0; notices[i] != NULL; i++)
    if (g_str_has_prefix (notices[i], start))
      return true;
  return false;
}

static bool
is_gone (void *data)
{
  return *(VolantSession **) data == NULL;
}

static void
test_registry (void)
{
  unsigned n_actions;
  const VolantAction *const *actions = volant_actions_list (&n_actions);

  g_assert_cmpuint (n_actions, ==, 50);
  for (unsigned i = 0; i < n_actions; i++)
    {
      const VolantAction *action = actions[i];

      g_assert_true (g_regex_match_simple ("^[a-z]+\\.[a-z]+(-[a-z]+)*$", action->name, 0, 0));
      g_assert_true (i == 0 || g_strcmp0 (actions[i - 1]->name, action->name) < 0);
      g_assert_nonnull (action->perform);
      g_assert_cmpuint (g_utf8_strlen (action->help, -1), >, 8);
      g_assert_true ((action->parameter != NULL) == (action->parameter_name != NULL));
      g_assert_true (volant_actions_find (action->name) == action);
    }
  g_assert_null (volant_actions_find ("nav.fly"));
}

static void
test_bad_parameters (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);

  refused (session, "nav.fly", NULL, VOLANT_ERROR_UNKNOWN_ACTION);
  refused (session, "", NULL, VOLANT_ERROR_UNKNOWN_ACTION);
  refused (session, "nav.go-to", NULL, VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "nav.go-to", g_variant_new_int32 (3), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "nav.stop", g_variant_new_string ("now"), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "media.set-volume", g_variant_new_int32 (101), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "media.seek", g_variant_new_double (NAN), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "drive.set-rate", g_variant_new_double (1e9), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "screen.show", g_variant_new_string ("sky"), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "screen.set-language", g_variant_new_string ("de"), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "map.set-orientation", g_variant_new_string ("up"), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "nav.go-to", g_variant_new_string ("Atlantis"), VOLANT_ERROR_NOT_FOUND);
  refused (session, "nav.go-to", g_variant_new_string (""), VOLANT_ERROR_NOT_FOUND);
  refused (session, "nav.go-to", g_variant_new_string ("station:zz"), VOLANT_ERROR_NOT_FOUND);
  refused (session, "nav.go-to", g_variant_new_string ("geo:91,0"), VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "nav.go-to", g_variant_new_string ("geo:10,10"), VOLANT_ERROR_NO_ROUTE);
  refused (session, "dialogue.answer", g_variant_new_string ("perhaps"),
           VOLANT_ERROR_BAD_PARAMETER);
  refused (session, "dialogue.answer", g_variant_new_string ("yes"), VOLANT_ERROR_NOT_NOW);
  refused (session, "nav.stop", NULL, VOLANT_ERROR_NOT_NOW);
  refused (session, "drive.start", NULL, VOLANT_ERROR_NO_ROUTE);
  refused (session, "media.play", NULL, VOLANT_ERROR_NOT_NOW);
  refused (session, "voice.listen", NULL, VOLANT_ERROR_UNAVAILABLE);
  refused (session, "app.undo", g_variant_new_string ("7"), VOLANT_ERROR_NOT_NOW);
  STATE (session, "navigation.state", "idle");
}

/* Words name a station first, then a street, an address or a place; case and accents do not matter.
 */
static void
test_resolve (void)
{
  static const struct {
    const char *words;
    const char *id; /* NULL: any */
    const char *name;
  } cases[] = {
    { "station:a", "station:a", "Gare Maritime" },
    { "gare maritime", "station:a", "Gare Maritime" },
    { "GARE  MARITIME ", "station:a", "Gare Maritime" },
    { "rue du port", "station:d", "Rue du Port" },
    { "Rue des Ecoles", NULL, "Rue des Écoles" },
    { "hopital central", NULL, "Hôpital Central" },
    { "geo:43.70,7.40", "geo:43.70000,7.40000", "43.70000, 7.40000" },
    { "geo:43.70,7.40?q=Quai%20%C3%89tienne", "geo:43.70000,7.40000?q=Quai%20Étienne",
      "Quai Étienne" },
  };
  g_autoptr (VolantSession) session = small_city_session (NULL);

  STATE (session, "stations.count", "4");
  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) targets = volant_session_resolve (session, cases[i].words, 5, &error);
      const VolantTarget *first;

      g_assert_no_error (error);
      first = targets->pdata[0];
      g_assert_cmpstr (first->name, ==, cases[i].name);
      if (cases[i].id != NULL)
        g_assert_cmpstr (first->id, ==, cases[i].id);
    }
}

typedef struct {
  VolantSession *session;
  const char *key;
  const char *value;
} Expected;

static bool
holds (void *data)
{
  const Expected *expected = data;
  g_autofree char *value = small_city_state (expected->session, expected->key);

  return g_str_equal (value, expected->value);
}

static void
wait_for (VolantSession *session, const char *key, const char *value)
{
  Expected expected = { session, key, value };

  g_assert_true (volant_test_wait (holds, &expected, 60.0));
}

static void
on_answered (GObject *source, GAsyncResult *result, void *data)
{
  VolantActionAnswer **answer = data;
  g_autoptr (GError) error = NULL;

  *answer = volant_action_perform_finish (VOLANT_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static bool
has_answer (void *data)
{
  return *(VolantActionAnswer **) data != NULL;
}

/* Two stations of one name: which one?, nearest first; the call waits for the choice. */
static void
test_ambiguous (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  const VolantQuestion *question;
  g_autoptr (VolantActionAnswer) answer = NULL;

  volant_action_perform_async (session, "nav.go-to", g_variant_new_string ("jean jaures"), NULL,
                               on_answered, &answer);
  question = volant_session_get_question (session);
  g_assert_nonnull (question);
  g_assert_cmpstr (question->text, ==, "Which one?");
  g_assert_cmpuint (g_strv_length (question->choices), ==, 2);
  g_assert_true (g_str_has_prefix (question->choices[0], "Petiteville/Jean Jaurès/3"));
  g_assert_null (answer);
  small_city_do (session, "dialogue.answer", g_variant_new_string ("2"));
  g_assert_true (volant_test_wait (has_answer, &answer, 20.0));
  g_assert_null (volant_session_get_question (session));
  STATE (session, "navigation.target-id", "station:b");
  STATE (session, "navigation.state", "guiding");
  /* the list of stations is a choice as well, and a no leaves all as it was */
  small_city_do (session, "nav.list-stations", NULL);
  g_assert_cmpuint (g_strv_length (volant_session_get_question (session)->choices), ==, 4);
  small_city_do (session, "dialogue.answer", g_variant_new_string ("cancel"));
  g_assert_null (volant_session_get_question (session));
  STATE (session, "navigation.target-id", "station:b");
}

static void
test_nearest (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);

  small_city_do (session, "nav.go-to-nearest-station", g_variant_new_string (""));
  STATE (session, "navigation.target-id", "station:d");
  small_city_do (session, "nav.go-to-nearest-station", g_variant_new_string ("dock"));
  STATE (session, "navigation.target-id", "station:c");
  refused (session, "nav.go-to-nearest-station", g_variant_new_string ("swimming pool"),
           VOLANT_ERROR_BAD_PARAMETER);
}

static void
test_undo (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_free (
      small_city_perform (session, "nav.go-to", g_variant_new_string ("station:a"), &first, NULL));
  g_free (
      small_city_perform (session, "nav.go-to", g_variant_new_string ("station:d"), &second, NULL));
  STATE (session, "navigation.target-id", "station:d");
  small_city_do (session, "app.undo", g_variant_new_string (second));
  STATE (session, "navigation.target-id", "station:a");
  refused (session, "app.undo", g_variant_new_string (second), VOLANT_ERROR_NOT_NOW);
  small_city_do (session, "app.undo", g_variant_new_string (first));
  STATE (session, "navigation.state", "idle");
  small_city_do (session, "media.set-volume", g_variant_new_int32 (80));
  small_city_do (session, "media.set-volume", g_variant_new_int32 (20));
  small_city_do (session, "app.undo", g_variant_new_string (""));
  STATE (session, "media.volume", "80");
}

/* Guidance tells what the battery will hold, and where it does not suffice. */
static void
test_arrival_charge (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  VolantVehicle *vehicle = volant_session_get_vehicle (session);
  g_autofree char *told = NULL;
  g_autofree char *short_of = NULL;
  g_autofree char *before = small_city_state (session, "navigation.arrival-charge");
  g_autofree char *with = NULL;
  double charge = volant_vehicle_get_double (vehicle, VOLANT_VSS_SOC);

  g_assert_cmpstr (before, ==, "absent");
  small_city_do (session, "nav.go-to", g_variant_new_string ("Gare Maritime"));
  with = small_city_state (session, "navigation.arrival-charge");
  g_assert_cmpfloat (g_ascii_strtod (with, NULL), <, charge - 0.05);
  g_assert_cmpfloat (g_ascii_strtod (with, NULL), >, charge - 2.0);
  told = small_city_perform (session, "nav.tell-arrival", NULL, NULL, NULL);
  g_assert_nonnull (strstr (told, " % of charge"));
  volant_vehicle_simulation_set_charge (VOLANT_VEHICLE_SIMULATION (vehicle), 0.05);
  short_of = small_city_perform (session, "nav.tell-arrival", NULL, NULL, NULL);
  g_assert_nonnull (strstr (short_of, "the charge does not suffice"));
}

/* From the start to the station, at fifty times real time; what is locked while the car moves. */
static void
test_drive_to_arrival (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autofree char *told = NULL;
  g_autofree char *again = NULL;
  VolantFix fix;

  small_city_do (session, "nav.go-to", g_variant_new_string ("Gare Maritime"));
  STATE (session, "navigation.state", "guiding");
  told = small_city_perform (session, "nav.tell-next", NULL, NULL, NULL);
  g_assert_cmpstr (told, !=, "");
  small_city_do (session, "nav.tell-arrival", NULL);
  small_city_do (session, "nav.tell-distance", NULL);
  small_city_do (session, "drive.set-rate", g_variant_new_double (50.0));
  small_city_do (session, "drive.start", NULL);
  g_assert_true (volant_vehicle_is_moving (volant_session_get_vehicle (session)));
  refused (session, "rental.end", NULL, VOLANT_ERROR_LOCKED_OUT);
  refused (session, "app.quit", NULL, VOLANT_ERROR_LOCKED_OUT);
  refused (session, "screen.show", g_variant_new_string ("search"), VOLANT_ERROR_LOCKED_OUT);
  small_city_do (session, "screen.show", g_variant_new_string ("map"));
  wait_for (session, "navigation.state", "arrived");
  wait_for (session, "drive.moving", "false");
  volant_position_get_fix (volant_session_get_position (session), &fix);
  g_assert_cmpfloat (
      volant_geo_distance_m (fix.point, volant_session_find_station (session, "a")->point), <,
      40.0);
  g_assert_cmpfloat (
      volant_vehicle_get_double (volant_session_get_vehicle (session), VOLANT_VSS_SOC), <, 81.8);
  /* asked to go there once more, one is there still */
  again = small_city_perform (session, "nav.go-to", g_variant_new_string ("Gare Maritime"), NULL,
                              NULL);
  g_assert_cmpstr (again, ==, "You are at Gare Maritime already");
  STATE (session, "navigation.state", "arrived");
}

/* What ends the trip is always asked; no answer but yes does it. */
static void
test_rental_is_asked (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  g_autoptr (VolantActionAnswer) answer = NULL;

  volant_action_perform (session, "rental.end", NULL);
  g_assert_nonnull (volant_session_get_question (session));
  small_city_do (session, "dialogue.answer", g_variant_new_string ("no"));
  g_assert_nonnull (volant_session_get_rental (session));
  g_assert_null (volant_session_get_question (session));
  volant_action_perform_async (session, "rental.end", NULL, NULL, on_answered, &answer);
  small_city_do (session, "dialogue.answer", g_variant_new_string ("yes"));
  g_assert_true (volant_test_wait (has_answer, &answer, 5.0));
  g_assert_null (volant_session_get_rental (session));
  refused (session, "nav.stop", NULL, VOLANT_ERROR_NOT_NOW);
}

/* Question and notices change with the language at once. */
static void
test_language (void)
{
  VolantSessionOptions options = { .no_voice = true, .stations = "/nonexistent/gbfs" };
  g_autoptr (VolantSession) session = small_city_session (&options);
  g_auto (GStrv) english = volant_session_get_notices (session);
  g_auto (GStrv) french = NULL;

  g_assert_true (g_strv_length (english) >= 1);
  g_assert_true (g_str_has_prefix (english[0], "Stations could not be read: "));
  volant_action_perform (session, "rental.end", NULL);
  g_assert_cmpstr (volant_session_get_question (session)->text, ==,
                   "Do you want to end the rental?");
  small_city_do (session, "screen.set-language", g_variant_new_string ("fr"));
  g_assert_cmpstr (volant_session_get_question (session)->text, ==,
                   "Voulez-vous terminer la location ?");
  french = volant_session_get_notices (session);
  g_assert_true (g_str_has_prefix (french[0], "Les stations n’ont pas pu être lues : "));
  small_city_do (session, "dialogue.answer", g_variant_new_string ("no"));
}

static void
check_notice (VolantSession *session, VolantNotice notice, GError *error, const char *expected)
{
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) notices = NULL;

  volant_session_set_notice (session, notice, NULL);
  before = volant_session_get_notices (session);
  volant_session_set_notice (session, notice, error);
  notices = volant_session_get_notices (session);
  g_assert_cmpuint (g_strv_length (notices), ==, g_strv_length (before) + 1);
  g_assert_true (g_strv_contains ((const char *const *) notices, expected));
}

/* What is missing is said once, then what to do, in the language of the car. */
static void
test_missing_sound (void)
{
  static const char *const languages[] = { "en", "fr", "zh" };
  static const char *const silent[] = {
    "No sound: connect a sound card or start the sound server",
    "Pas de son : branchez une carte son ou lancez le serveur de son",
    "没有声音：请连接声卡或启动声音服务",
  };
  static const char *const loudspeaker[] = {
    "No sound: check the loudspeaker",
    "Pas de son : vérifiez le haut-parleur",
    "没有声音：请检查扬声器",
  };
  static const char *const microphone[] = {
    "No microphone: check that it is plugged in",
    "Pas de microphone : vérifiez qu’il est branché",
    "没有麦克风：请检查是否已连接",
  };
  g_autoptr (VolantSession) session = small_city_session (NULL);

  for (unsigned i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      GError *no_output
          = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                                 "connect a sound card or start the sound server");
      GError *no_device = g_error_new_literal (VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                                               "no sound can be played: check the loudspeaker");

      small_city_do (session, "screen.set-language", g_variant_new_string (languages[i]));
      check_notice (session, VOLANT_NOTICE_SOUND, no_output, silent[i]);
      check_notice (session, VOLANT_NOTICE_SOUND, g_error_copy (no_device), loudspeaker[i]);
      check_notice (session, VOLANT_NOTICE_MICROPHONE, no_device, microphone[i]);
    }
}

/* Lost, told, and no longer told when it is back; a bad file is no lost sound. */
static void
test_sound_comes_back (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  VolantMedia *media = volant_session_get_media (session);
  g_autoptr (GError) lost = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                                                 "the output was lost; it is tried again");
  g_autoptr (GError) file = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_FAILED,
                                                 "song.mp3 cannot be played");

  g_signal_emit_by_name (media, "failed", file);
  g_assert_false (has_notice (session, "No sound: "));
  g_assert_cmpstr (volant_session_get_toast (session)->text, ==, "song.mp3 cannot be played");
  g_signal_emit_by_name (media, "failed", lost);
  g_assert_true (has_notice (session, "No sound: the output was lost; it is tried again"));
  g_signal_emit_by_name (media, "restored");
  g_assert_false (has_notice (session, "No sound: "));
}

static void
on_failed (GObject *source, GAsyncResult *result, void *data)
{
  GError **error = data;

  g_assert_null (volant_session_new_finish (result, error));
}

static bool
has_error (void *data)
{
  return *(GError **) data != NULL;
}

static void
test_no_city (void)
{
  VolantSessionOptions options = { .city = "/nonexistent/a.city",
                                   .language = "fr",
                                   .no_voice = true };
  g_autoptr (GError) error = NULL;

  volant_session_new_async (&options, NULL, on_failed, &error);
  g_assert_true (volant_test_wait (has_error, &error, 10.0));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE);
  g_assert_true (g_str_has_prefix (error->message, "Pas de ville : "));
  g_assert_nonnull (strstr (error->message, "/nonexistent/a.city"));
}

/* A car that does not know where it is says so, and goes nowhere; when it knows again, the notice
 * goes. */
static void
test_no_position (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);
  VolantPositionSimulation *position =
      VOLANT_POSITION_SIMULATION (volant_session_get_position (session));

  volant_position_simulation_set_blind (position, true);
  STATE (session, "position.valid", "false");
  STATE (session, "position.lat", "absent");
  g_assert_true (has_notice (session, "No position: "));
  refused (session, "nav.go-to", g_variant_new_string ("station:a"), VOLANT_ERROR_NO_POSITION);
  refused (session, "nav.tell-position", NULL, VOLANT_ERROR_NO_POSITION);
  volant_position_simulation_set_blind (position, false);
  g_assert_false (has_notice (session, "No position: "));
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
}

/* A loudspeaker that is not there: said once, and all else works. */
static void
test_no_sound (void)
{
  VolantSessionOptions options = { .no_voice = true,
                                   .speaker = "no-such-sink-at-all",
                                   .media = "/nonexistent/music" };
  g_autoptr (VolantSession) session = small_city_session (&options);

  g_assert_true (has_notice (session, "No music: "));
  small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
}

/* Nothing holds a session but its owner and, until it is answered, a call: a route under way. */
static void
test_goes_away (void)
{
  VolantSession *session = small_city_session (NULL);

  g_object_add_weak_pointer (G_OBJECT (session), (void **) &session);
  volant_action_perform (session, "nav.go-to", g_variant_new_string ("station:a"));
  g_object_unref (session);
  g_assert_true (volant_test_wait (is_gone, &session, 10.0));
}

static void
test_screen_and_theme (void)
{
  g_autoptr (VolantSession) session = small_city_session (NULL);

  small_city_do (session, "screen.set-theme", g_variant_new_string ("night"));
  g_assert_true (volant_session_is_night (session));
  small_city_do (session, "app.undo", g_variant_new_string (""));
  STATE (session, "theme", "auto");
  small_city_do (session, "screen.set-theme", g_variant_new_string ("day"));
  g_assert_false (volant_session_is_night (session));
  small_city_do (session, "map.select-station", g_variant_new_string ("station:b"));
  g_assert_cmpstr (volant_session_get_selected_station (session), ==, "b");
  small_city_do (session, "map.select-station", g_variant_new_string (""));
  g_assert_null (volant_session_get_selected_station (session));
  small_city_do (session, "app.help", NULL);
  STATE (session, "screen", "help");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/registry", test_registry);
  g_test_add_func ("/session/bad-parameters", test_bad_parameters);
  g_test_add_func ("/session/resolve", test_resolve);
  g_test_add_func ("/session/ambiguous", test_ambiguous);
  g_test_add_func ("/session/nearest", test_nearest);
  g_test_add_func ("/session/undo", test_undo);
  g_test_add_func ("/session/arrival-charge", test_arrival_charge);
  g_test_add_func ("/session/drive-to-arrival", test_drive_to_arrival);
  g_test_add_func ("/session/rental-is-asked", test_rental_is_asked);
  g_test_add_func ("/session/language", test_language);
  g_test_add_func ("/session/no-city", test_no_city);
  g_test_add_func ("/session/no-position", test_no_position);
  g_test_add_func ("/session/no-sound", test_no_sound);
  g_test_add_func ("/session/missing-sound", test_missing_sound);
  g_test_add_func ("/session/sound-comes-back", test_sound_comes_back);
  g_test_add_func ("/session/goes-away", test_goes_away);
  g_test_add_func ("/session/screen-and-theme", test_screen_and_theme);
  return g_test_run ();
}
