/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/error.h"
#include "speech/mouth.h"
#include "tests/service/app/small-city.h"

/* The voice from sound to deed: synthesized sentences through the real recogniser, in a car without
 * microphone and loudspeaker. Skipped where the speech model is not installed. */

static const VolantSessionOptions silent = { .microphone = "none", .speaker = "none" };

/* Sessions are slow to open: the tests that only speak share one. */
static VolantSession *
open_session (void)
{
  g_autoptr (VolantSession) session = small_city_session (&silent);

  if (volant_session_get_ears (session) != NULL)
    return g_steal_pointer (&session);
  g_test_skip ("no speech model: see the notice");
  return NULL;
}

static void
say (VolantSession *session, const char *language, const char *text)
{
  static unsigned n_files;
  g_autofree char *name = g_strdup_printf ("said-%u.wav", n_files++);
  g_autofree char *path = g_build_filename (volant_test_folder (), name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (volant_mouth_say_to_file (text, language, NULL, 16000, path, &error));
  g_assert_no_error (error);
  small_city_do (session, "voice.hear-file", g_variant_new_string (path));
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
  g_autofree char *words = NULL;

  if (volant_test_wait (holds, &expected, 20.0))
    return;
  words = small_city_state (session, "voice.words");
  g_error ("%s is not %s; heard “%s”", key, value, words);
}

/* A certain command is done at once; an uncertain destination is asked for, and yes goes there. */
static void
test_go_there (void)
{
  g_autoptr (VolantSession) session = open_session ();

  if (session == NULL)
    return;
  say (session, "en", "take me to gare maritime");
  if (volant_session_get_question (session) != NULL)
    {
      g_assert_cmpstr (volant_session_get_question (session)->text, ==, "Go to Gare Maritime?");
      say (session, "en", "yes");
    }
  wait_for (session, "navigation.state", "guiding");
  wait_for (session, "navigation.target-id", "station:a");
  g_assert_nonnull (volant_session_get_toast (session));
  g_assert_nonnull (volant_session_get_toast (session)->undo);
  wait_for (session, "voice.state", "speaking");
  wait_for (session, "media.ducked", "true");
  wait_for (session, "voice.state", "idle");
  wait_for (session, "media.ducked", "false");
}

/* Two stations sound the same: the nearer one is named first, and a number chooses. */
static void
test_which_one (void)
{
  g_autoptr (VolantSession) session = open_session ();

  if (session == NULL)
    return;
  say (session, "en", "take me to jean jaurès");
  g_assert_nonnull (volant_session_get_question (session));
  g_assert_cmpuint (g_strv_length (volant_session_get_question (session)->choices), ==, 2);
  say (session, "en", "number one");
  if (volant_session_get_question (session) != NULL)
    {
      g_assert_cmpstr (volant_session_get_question (session)->text, ==, "Go to Jean Jaurès?");
      say (session, "en", "yes");
    }
  wait_for (session, "navigation.target-id", "station:c");
}

static void
test_what_ends_the_trip_is_asked (void)
{
  g_autoptr (VolantSession) session = open_session ();

  if (session == NULL)
    return;
  say (session, "en", "end my trip");
  g_assert_nonnull (volant_session_get_question (session));
  g_assert_nonnull (volant_session_get_rental (session));
  say (session, "en", "no");
  g_assert_null (volant_session_get_question (session));
  g_assert_nonnull (volant_session_get_rental (session));
}

/* The language of screen, grammar and prompts changes together, while the program runs. */
static void
test_other_language (void)
{
  g_autoptr (VolantSession) session = open_session ();

  if (session == NULL)
    return;
  small_city_do (session, "screen.set-language", g_variant_new_string ("fr"));
  wait_for (session, "voice.ready", "true");
  say (session, "fr", "où suis-je");
  wait_for (session, "voice.said", "Vous êtes ici : Rue du Port");
}

/* Noise is no command: it is said so, and nothing is done. */
static void
test_nonsense (void)
{
  g_autoptr (VolantSession) session = open_session ();
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return;
  say (session, "en", "the weather in the mountains was lovely yesterday evening");
  g_assert_cmpint (volant_navigation_get_state (volant_session_get_navigation (session)), ==,
                   VOLANT_NAVIGATION_IDLE);
  g_assert_nonnull (volant_session_get_toast (session));
  g_assert_null (small_city_perform (session, "voice.hear-file",
                                     g_variant_new_string ("/nonexistent.wav"), NULL, &error));
  g_assert_nonnull (error);
}

/* No microphone: told once, in the person's language, and listening is refused with words. */
static void
test_no_microphone (void)
{
  g_autoptr (VolantSession) session = open_session ();
  g_auto (GStrv) notices = NULL;
  g_autoptr (GError) error = NULL;
  bool told = false;

  if (session == NULL)
    return;
  notices = volant_session_get_notices (session);
  for (unsigned i = 0; notices[i] != NULL; i++)
    told |= g_str_has_prefix (notices[i], "No microphone: ");
  g_assert_true (told);
  g_assert_null (small_city_perform (session, "voice.listen", NULL, NULL, &error));
  g_assert_error (error, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE);
}

/* No model, no catalogue: a notice each, and the rest works. */
static void
test_no_model (void)
{
  const VolantSessionOptions options[] = {
    { .microphone = "none", .speaker = "none", .model = "/nonexistent/model" },
    { .microphone = "none", .speaker = "none", .commands = "/nonexistent/commands" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (VolantSession) session = small_city_session (&options[i]);
      g_auto (GStrv) notices = volant_session_get_notices (session);

      g_assert_null (volant_session_get_ears (session));
      g_assert_true (g_str_has_prefix (notices[0], "No microphone: "));
      small_city_do (session, "nav.go-to", g_variant_new_string ("station:a"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/go-there", test_go_there);
  g_test_add_func ("/voice/which-one", test_which_one);
  g_test_add_func ("/voice/what-ends-the-trip-is-asked", test_what_ends_the_trip_is_asked);
  g_test_add_func ("/voice/other-language", test_other_language);
  g_test_add_func ("/voice/nonsense", test_nonsense);
  g_test_add_func ("/voice/no-microphone", test_no_microphone);
  g_test_add_func ("/voice/no-model", test_no_model);
  return g_test_run ();
}
