/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/speech/voices.h"

#include "speech/espeak.h"

#include <string.h>

/* The recogniser on voices made at run time, and on what is no voice at all. */

static const char *const english_voices[] = { "en-us", "en", "en-us+f3" };

static void
test_stations (void)
{
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser ("en");
  unsigned n_stations;
  const char *const *station_names = voices_stations (&n_stations);
  unsigned n_right = 0;
  unsigned n = 0;

  for (unsigned v = 0; v < G_N_ELEMENTS (english_voices); v++)
    for (unsigned i = 0; i < n_stations; i++)
      {
        g_autofree char *text = g_strdup_printf ("Take me to %s.", station_names[i]);
        g_autoptr (VolantHearing) hearing =
            voices_hear (recogniser, text, english_voices[v], VOLANT_EXPECT_COMMAND);
        g_autofree char *station = voices_value_of (hearing, "station");
        bool is_right = g_strcmp0 (hearing->action, "nav.go-to") == 0 &&
                        g_strcmp0 (station, station_names[i]) == 0 &&
                        hearing->decision != VOLANT_HEARING_REJECT;

        n++;
        n_right += is_right;
        if (!is_right)
          g_test_message ("%s, %s: “%s” %.1f %s", english_voices[v], text, hearing->words,
                          hearing->score, hearing->note);
      }
  g_test_message ("%u of %u stations", n_right, n);
  g_assert_cmpuint (n_right * 100, >=, n * 95);
}

static void
test_commands (const void *data)
{
  static const struct {
    const char *language;
    const char *text;
    const char *action;
  } cases[] = {
    { "en", "Where am I?", "nav.tell-position" },
    { "en", "Play some music.", "media.play" },
    { "en", "When do we arrive?", "nav.tell-arrival" },
    { "en", "Next song please.", "media.next" },
    { "en", "Find the nearest charging station.", "nav.go-to-nearest-station" },
    { "en", "How far can I drive?", "vehicle.tell-range" },
    { "en", "End my trip.", "rental.end" },
    { "en", "Set the volume to forty percent.", "media.set-volume" },
    { "fr", "Où suis-je ?", "nav.tell-position" },
    { "fr", "Mets de la musique.", "media.play" },
    { "fr", "Emmène-moi à la gare du Nord.", "nav.go-to" },
    { "fr", "Terminer la location.", "rental.end" },
    { "fr", "Chanson suivante.", "media.next" },
    { "zh", "bo1 fang4 yin1 yue4", "media.play" },
    { "zh", "wo3 zai4 na3 li3", "nav.tell-position" },
    { "zh", "xia4 yi4 shou3", "media.next" },
    { "zh", "ting2 zhi3 dao3 hang2", "nav.stop" },
  };
  const char *language = data;
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser (language);
  unsigned n = 0;
  unsigned n_right = 0;
  unsigned percent;

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VolantHearing) hearing = NULL;

      if (strcmp (cases[i].language, language) != 0)
        continue;
      hearing = voices_hear (recogniser, cases[i].text, volant_espeak_voice_for (language),
                             VOLANT_EXPECT_COMMAND);
      n++;
      n_right += g_strcmp0 (hearing->action, cases[i].action) == 0 &&
                 hearing->decision != VOLANT_HEARING_REJECT;
      g_test_message ("%s: “%s” %s %.1f %s", cases[i].text, hearing->words, hearing->action,
                      hearing->score, hearing->note);
    }
  g_test_message ("%s: %u of %u", language, n_right, n);
  /* The model is English and the voice a machine's, which never says a thing twice alike: French
   * gets most of it, Chinese about half. */
  percent = strcmp (language, "en") == 0 ? 85 : strcmp (language, "fr") == 0 ? 60 : 50;
  g_assert_cmpuint (n_right * 100, >=, n * percent);
}

static void
test_expectations (void)
{
  static const struct {
    const char *text;
    VolantExpectation expectation;
    const char *action;
    const char *number;
  } cases[] = {
    { "Yes.", VOLANT_EXPECT_YES_NO, "dialogue.yes", NULL },
    { "No.", VOLANT_EXPECT_YES_NO, "dialogue.no", NULL },
    { "Yes please.", VOLANT_EXPECT_YES_NO, "dialogue.yes", NULL },
    { "Cancel.", VOLANT_EXPECT_YES_NO, "dialogue.cancel", NULL },
    { "No, Vieux Port.", VOLANT_EXPECT_YES_NO, "dialogue.correct", NULL },
    { "Number two.", VOLANT_EXPECT_CHOICE, "dialogue.choice", "2" },
    { "The first one.", VOLANT_EXPECT_CHOICE, "dialogue.choice", "1" },
    { "Never mind.", VOLANT_EXPECT_CHOICE, "dialogue.cancel", NULL },
  };
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser ("en");

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VolantHearing) hearing =
          voices_hear (recogniser, cases[i].text, "en-us", cases[i].expectation);
      g_autofree char *number = voices_value_of (hearing, "number");

      g_test_message ("%s: “%s” %.1f %s", cases[i].text, hearing->words, hearing->score,
                      hearing->note);
      g_assert_cmpstr (hearing->action, ==, cases[i].action);
      g_assert_cmpstr (number, ==, cases[i].number);
      g_assert_cmpint (hearing->decision, !=, VOLANT_HEARING_REJECT);
    }
}

static void
test_same_named (void)
{
  static const VolantSpokenName names[] = {
    { "s1", "Jean Jaurès", "fr" },
    { "s2", "Vieux Port", "fr" },
    { "s3", "JEAN JAURÈS", "fr" },
  };
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser ("en");
  g_autoptr (VolantHearing) hearing = NULL;
  g_autofree char *station = NULL;

  volant_recogniser_set_names (recogniser, "station", names, G_N_ELEMENTS (names));
  g_assert_true (volant_recogniser_prepare (recogniser, NULL));
  hearing = voices_hear (recogniser, "Drive to Jean Jaurès", "en-us", VOLANT_EXPECT_COMMAND);
  station = voices_value_of (hearing, "station");
  g_assert_cmpstr (station, ==, "s1");
  g_assert_cmpstr (hearing->same_named[0], ==, "s3");
  g_assert_cmpint (hearing->decision, ==, VOLANT_HEARING_CONFIRM);
}

/* A square and a station of one name: the station, unless a house number stands before it. */
static void
test_station_first (void)
{
  static const VolantSpokenName station = { "s1", "Place du Marché", "fr" };
  static const VolantSpokenName street = { "w1", "Place du Marché", "fr" };
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser ("en");
  g_autoptr (VolantHearing) plain = NULL;
  g_autoptr (VolantHearing) numbered = NULL;
  g_autofree char *to_station = NULL;
  g_autofree char *to_street = NULL;

  volant_recogniser_set_names (recogniser, "station", &station, 1);
  volant_recogniser_set_names (recogniser, "street", &street, 1);
  volant_recogniser_set_names (recogniser, "place", &street, 1);
  g_assert_true (volant_recogniser_prepare (recogniser, NULL));
  plain = voices_hear (recogniser, "Take me to Place du Marché", "en-us", VOLANT_EXPECT_COMMAND);
  to_station = voices_value_of (plain, "station");
  g_assert_cmpstr (to_station, ==, "s1");
  numbered =
      voices_hear (recogniser, "Take me to twelve Place du Marché", "en-us", VOLANT_EXPECT_COMMAND);
  to_street = voices_value_of (numbered, "street");
  g_assert_cmpstr (to_street, ==, "w1");
}

static void
assert_rejected (VolantRecogniser *recogniser, const int16_t *samples, size_t n_samples,
                 const char *note)
{
  g_autoptr (VolantHearing) hearing =
      volant_recogniser_hear (recogniser, samples, n_samples, VOLANT_EXPECT_COMMAND);

  g_assert_cmpint (hearing->decision, ==, VOLANT_HEARING_REJECT);
  if (note != NULL)
    g_assert_cmpstr (hearing->note, ==, note);
  g_assert_cmpstr (hearing->note, !=, "");
}

static void
test_no_command (void)
{
  static const char *const sentences[] = {
    "The weather in the mountains was lovely last winter.",
    "My grandmother baked seven apple pies for the birthday party.",
    "Scientists discovered a new species of beetle in the rain forest.",
    "I told him that the contract would never be signed by Thursday.",
  };
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser ("en");
  g_autofree int16_t *sound = g_new0 (int16_t, VOLANT_DECODER_RATE_HZ * 120);
  uint32_t seed = 3;
  unsigned n_accepted = 0;

  assert_rejected (recogniser, sound, 0, "too short");
  assert_rejected (recogniser, sound, VOLANT_DECODER_RATE_HZ, "too quiet");
  assert_rejected (recogniser, sound, VOLANT_DECODER_RATE_HZ * 120, "too long");
  for (unsigned i = 0; i < VOLANT_DECODER_RATE_HZ * 3; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      sound[i] = (int16_t) (seed >> 16);
    }
  assert_rejected (recogniser, sound, VOLANT_DECODER_RATE_HZ * 3, NULL);
  for (unsigned i = 0; i < VOLANT_DECODER_RATE_HZ * 3; i++)
    sound[i] = i / 40 % 2 == 0 ? 32767 : -32768;
  assert_rejected (recogniser, sound, VOLANT_DECODER_RATE_HZ * 3, NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      g_autoptr (VolantHearing) hearing =
          voices_hear (recogniser, sentences[i], "en-us", VOLANT_EXPECT_COMMAND);

      g_test_message ("“%s” %.1f", hearing->words, hearing->score);
      n_accepted += hearing->decision != VOLANT_HEARING_REJECT;
    }
  g_assert_cmpuint (n_accepted, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recogniser/stations", test_stations);
  g_test_add_data_func ("/recogniser/commands/en", "en", test_commands);
  g_test_add_data_func ("/recogniser/commands/fr", "fr", test_commands);
  g_test_add_data_func ("/recogniser/commands/zh", "zh", test_commands);
  g_test_add_func ("/recogniser/expectations", test_expectations);
  g_test_add_func ("/recogniser/same-named", test_same_named);
  g_test_add_func ("/recogniser/station-first", test_station_first);
  g_test_add_func ("/recogniser/no-command", test_no_command);
  return g_test_run ();
}
