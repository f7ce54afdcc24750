/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/speech/voices.h"

/* "Which one?": the number that is understood, over many voices. A wrong number counts against the
 * share, and where it is heard at all it must not be certain, so that the dialogue names it before
 * anything is done. */

typedef struct {
  const char *text;
  const char *number;
} Answer;

typedef struct {
  const char *language;
  const char *const *voices;
  const Answer *answers;
  VolantExpectation expectation;
  unsigned percent_right; /* at least */
} Talk;

static const char *const english_voices[] = { "en",        "en-us",     "en-gb-x-rp",
                                              "flite slt", "flite rms", NULL };
static const char *const french_voices[] = { "fr", "fr-be", "fr-ch", NULL };

static const Answer english_two[] = {
  { "One.", "1" },
  { "Two.", "2" },
  { "Number one.", "1" },
  { "Number two.", "2" },
  { "The first.", "1" },
  { "The second.", "2" },
  { "The first one.", "1" },
  { "The second one.", "2" },
  { NULL, NULL },
};
static const Answer english_three[] = {
  { "One.", "1" },           { "Three.", "3" },
  { "Number one.", "1" },    { "Number three.", "3" },
  { "The first.", "1" },     { "The third.", "3" },
  { "The first one.", "1" }, { "The second one.", "2" },
  { "The third one.", "3" }, { NULL, NULL },
};
static const Answer french_three[] = {
  { "Un.", "1" },          { "Deux.", "2" },         { "Trois.", "3" },
  { "Le premier.", "1" },  { "La première.", "1" },  { "Le deuxième.", "2" },
  { "La deuxième.", "2" }, { "Le troisième.", "3" }, { "La troisième.", "3" },
  { "Numéro un.", "1" },   { "Numéro deux.", "2" },  { "Numéro trois.", "3" },
  { NULL, NULL },
};

static const Talk talks[] = {
  { "en", english_voices, english_two, VOLANT_EXPECT_CHOICE_OF_TWO, 95 },
  { "en", english_voices, english_three, VOLANT_EXPECT_CHOICE_OF_THREE, 90 },
  { "fr", french_voices, french_three, VOLANT_EXPECT_CHOICE_OF_THREE, 80 },
};

static void
test_numbers (const void *data)
{
  const Talk *talk = data;
  g_autoptr (VolantRecogniser) recogniser = voices_recogniser (talk->language);
  unsigned n = 0;
  unsigned n_right = 0;

  for (unsigned v = 0; talk->voices[v] != NULL; v++)
    for (const Answer *answer = talk->answers; answer->text != NULL; answer++)
      {
        g_autoptr (VolantHearing) hearing =
            voices_hear (recogniser, answer->text, talk->voices[v], talk->expectation);
        g_autofree char *number = hearing != NULL ? voices_value_of (hearing, "number") : NULL;

        if (hearing == NULL)
          continue;
        n++;
        if (hearing->decision != VOLANT_HEARING_REJECT && g_strcmp0 (number, answer->number) == 0)
          {
            n_right++;
            continue;
          }
        g_test_message ("%s, %s: “%s” %.1f %s", talk->voices[v], answer->text, hearing->words,
                        hearing->score, hearing->note);
        g_assert_cmpint (hearing->decision, !=, VOLANT_HEARING_ACT);
      }
  g_test_message ("%s: %u of %u numbers", talk->language, n_right, n);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n_right * 100, >=, n * talk->percent_right);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/choices/en/of-two", &talks[0], test_numbers);
  g_test_add_data_func ("/choices/en/of-three", &talks[1], test_numbers);
  g_test_add_data_func ("/choices/fr/of-three", &talks[2], test_numbers);
  return g_test_run ();
}
