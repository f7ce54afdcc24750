/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/dialogue.h"
#include "speech/hearing.h"

#include <string.h>

/* Conversations as tables: what is heard or touched at which second, and the step that must follow,
 * written "kind action values [choices] misses". */

typedef struct {
  unsigned at_s;
  const char *said; /* "action slot=value …", then "?": unsure; "??": doubtful; ">" touched; "-":
                       not understood;
                       "." nothing but time; "same=a,b": further ids */
  const char *answer; /* the step */
} Turn;

static VolantConfirm
confirm_of (const char *action, void *data)
{
  if (strcmp (action, "rental.end") == 0)
    return VOLANT_CONFIRM_ALWAYS;
  return g_str_has_prefix (action, "nav.") ? VOLANT_CONFIRM_UNCERTAIN : VOLANT_CONFIRM_NEVER;
}

/* The nearest has the lowest name. */
static int
compare_ids (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
rank (GStrv ids, void *data)
{
  qsort (ids, g_strv_length (ids), sizeof *ids, compare_ids);
}

static VolantHearing *
hearing_of (const char *said)
{
  VolantHearing *hearing = volant_hearing_new ("");
  g_auto (GStrv) parts = g_strsplit (said, " ", -1);
  GVariantBuilder builder;

  if (strcmp (said, "-") == 0)
    return hearing;
  hearing->action = g_strdup (parts[0]);
  hearing->decision = VOLANT_HEARING_ACT;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (unsigned i = 1; parts[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (parts[i], "=", 2);

      if (strcmp (parts[i], "?") == 0)
        {
          hearing->decision = VOLANT_HEARING_CONFIRM;
          hearing->confidence = 0.95;
        }
      else if (strcmp (parts[i], "??") == 0)
        hearing->decision = VOLANT_HEARING_CONFIRM;
      else if (strcmp (pair[0], "same") == 0)
        {
          g_strfreev (hearing->same_named);
          hearing->same_named = g_strsplit (pair[1], ",", -1);
        }
      else
        g_variant_builder_add (&builder, "{ss}", pair[0], pair[1]);
    }
  g_variant_unref (hearing->parameters);
  hearing->parameters = g_variant_ref_sink (g_variant_builder_end (&builder));
  return hearing;
}

static char *
describe (const VolantDialogueStep *step)
{
  static const char *const kinds[] = {
    "nothing", "perform", "ask", "choose", "missed", "cancelled"
  };
  g_autoptr (GString) text = g_string_new (kinds[step->kind]);
  GVariantIter iter;
  const char *slot;
  const char *value;

  if (step->action != NULL)
    g_string_append_printf (text, " %s", step->action);
  if (step->parameters != NULL)
    {
      g_variant_iter_init (&iter, step->parameters);
      while (g_variant_iter_next (&iter, "{&s&s}", &slot, &value))
        g_string_append_printf (text, " %s=%s", slot, value);
    }
  if (step->choices != NULL)
    {
      g_autofree char *choices = g_strjoinv (",", step->choices);

      g_string_append_printf (text, " [%s]", choices);
    }
  if (step->misses > 0)
    g_string_append_printf (text, " %u", step->misses);
  if (step->timed_out)
    g_string_append (text, " late");
  if (step->listen)
    g_string_append (text, " listens");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
run_turns (const Turn *turns)
{
  g_autoptr (VolantDialogue) dialogue = volant_dialogue_new (confirm_of, rank, NULL);

  for (; turns->said != NULL; turns++)
    {
      int64_t now_ms = (int64_t) turns->at_s * 1000;
      g_autoptr (VolantDialogueStep) step = NULL;
      g_autofree char *text = NULL;

      if (strcmp (turns->said, ".") == 0)
        step = volant_dialogue_tick (dialogue, now_ms);
      else if (*turns->said == '>')
        step = volant_dialogue_answer (dialogue, turns->said + 1, now_ms);
      else
        {
          g_autoptr (VolantHearing) hearing = hearing_of (turns->said);

          step = volant_dialogue_hear (dialogue, hearing, now_ms);
        }
      text = describe (step);
      g_assert_cmpstr (text, ==, turns->answer);
    }
  g_assert_cmpint (volant_dialogue_get_deadline_ms (dialogue), ==, -1);
}

static void
test_acts_at_once (void)
{
  run_turns ((const Turn[]){ { 1, "nav.go-to station=7", "perform nav.go-to station=7" },
                             { 2, "media.play ?", "perform media.play" },
                             { 3, "dialogue.yes", "nothing" },
                             { 4, "dialogue.no", "nothing" },
                             { 5, ">2", "nothing" },
                             { 6, ".", "nothing" },
                             { 0, NULL, NULL } });
}

static void
test_asks_by_risk (void)
{
  run_turns ((const Turn[]){ { 1, "nav.go-to station=7 ?", "ask nav.go-to station=7 listens" },
                             { 2, "dialogue.yes", "perform nav.go-to station=7" },
                             { 3, "rental.end", "ask rental.end listens" },
                             { 4, ">no", "cancelled rental.end" },
                             { 5, "rental.end", "ask rental.end listens" },
                             { 6, ">yes", "perform rental.end" },
                             { 7, "rental.end", "ask rental.end listens" },
                             { 8, "dialogue.cancel", "cancelled rental.end" },
                             { 0, NULL, NULL } });
}

/* Harmless or not: what is hardly understood is not done unasked, and a doubtful yes is asked
 * again. */
static void
test_doubtful (void)
{
  run_turns ((const Turn[]){ { 1, "media.play", "perform media.play" },
                             { 2, "media.play ?", "perform media.play" },
                             { 3, "media.play ??", "ask media.play listens" },
                             { 4, "dialogue.yes ?", "perform media.play" },
                             { 5, "media.play ??", "ask media.play listens" },
                             { 6, "dialogue.no ??", "cancelled media.play" },
                             { 7, "media.play ??", "ask media.play listens" },
                             { 8, "media.next", "perform media.next" },
                             { 9, "nav.go-to station=7 ??", "ask nav.go-to station=7 listens" },
                             { 10, "dialogue.yes ??", "missed nav.go-to station=7 1 listens" },
                             { 11, "dialogue.yes", "perform nav.go-to station=7" },
                             { 12, "rental.end ??", "ask rental.end listens" },
                             { 13, "dialogue.yes ??", "missed rental.end 1 listens" },
                             { 14, ">yes", "perform rental.end" },
                             { 0, NULL, NULL } });
}

/* "The third one" might have been "the first one": the one that was understood is named. */
static void
test_unsure_choice (void)
{
  run_turns ((const Turn[]){
      { 1, "nav.go-to station=c same=b,a", "choose nav.go-to station=c [a,b,c] listens" },
      { 2, "dialogue.choice number=3 ?", "ask nav.go-to station=c listens" },
      { 3, "dialogue.correct station=a", "perform nav.go-to station=a" },
      { 4, "nav.go-to station=c same=b,a", "choose nav.go-to station=c [a,b,c] listens" },
      { 5, "dialogue.choice station=b ?", "ask nav.go-to station=b listens" },
      { 6, "dialogue.yes", "perform nav.go-to station=b" },
      { 7, "nav.go-to station=c same=b,a ??", "choose nav.go-to station=c [a,b,c] listens" },
      { 8, "dialogue.choice number=3", "perform nav.go-to station=c" },
      { 0, NULL, NULL } });
}

/* Only numbers that were offered are listened for. */
static void
test_expectations (void)
{
  static const struct {
    const char *said;
    VolantExpectation expectation;
  } cases[] = {
    { "nav.go-to station=c same=b", VOLANT_EXPECT_CHOICE_OF_TWO },
    { "nav.go-to station=c same=b,a", VOLANT_EXPECT_CHOICE_OF_THREE },
    { "nav.go-to station=d same=c,b,a", VOLANT_EXPECT_CHOICE },
    { "rental.end", VOLANT_EXPECT_YES_NO },
    { "media.play", VOLANT_EXPECT_COMMAND },
  };
  g_autoptr (VolantDialogue) dialogue = volant_dialogue_new (confirm_of, rank, NULL);

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (VolantHearing) hearing = hearing_of (cases[i].said);
      g_autoptr (VolantDialogueStep) step = volant_dialogue_hear (dialogue, hearing, 1000);

      g_assert_cmpint (step->expectation, ==, cases[i].expectation);
    }
}

static void
test_silence_is_no (void)
{
  run_turns ((const Turn[]){ { 1, "rental.end", "ask rental.end listens" },
                             { 12, ".", "nothing rental.end listens" },
                             { 13, ".", "cancelled rental.end late" },
                             { 14, "dialogue.yes", "nothing" },
                             { 0, NULL, NULL } });
}

static void
test_which_one (void)
{
  run_turns ((const Turn[]){
      { 1, "nav.go-to station=c same=b,a", "choose nav.go-to station=c [a,b,c] listens" },
      { 2, "dialogue.choice number=2", "perform nav.go-to station=b" },
      { 3, "nav.go-to station=c same=b,a", "choose nav.go-to station=c [a,b,c] listens" },
      { 4, "dialogue.choice number=5", "missed nav.go-to station=c [a,b,c] 1 listens" },
      { 5, ">1", "perform nav.go-to station=a" },
      { 6, "nav.go-to station=h same=g,f,e,d,c,b,a",
        "choose nav.go-to station=h [a,b,c,d,e,f] listens" },
      { 7, "dialogue.no", "cancelled nav.go-to station=h" },
      { 8, "nav.go-to station=c same=b", "choose nav.go-to station=c [b,c] listens" },
      { 9, "dialogue.choice station=x", "perform nav.go-to station=x" },
      { 0, NULL, NULL } });
}

static void
test_correction (void)
{
  run_turns (
      (const Turn[]){ { 1, "nav.go-to station=1 ?", "ask nav.go-to station=1 listens" },
                      { 2, "dialogue.correct station=2", "perform nav.go-to station=2" },
                      { 3, "nav.go-to station=1 ?", "ask nav.go-to station=1 listens" },
                      { 4, "dialogue.correct station=2 ?", "ask nav.go-to station=2 listens" },
                      { 5, "nav.stop", "perform nav.stop" },
                      { 0, NULL, NULL } });
}

static void
test_misses (void)
{
  run_turns ((const Turn[]){ { 1, "-", "missed 1 listens" },
                             { 2, "-", "missed 2 listens" },
                             { 3, "-", "missed 3" },
                             { 4, "-", "missed 1 listens" },
                             { 5, "media.play", "perform media.play" },
                             { 6, "rental.end", "ask rental.end listens" },
                             { 7, "-", "missed rental.end 1 listens" },
                             { 8, "-", "missed rental.end 2 listens" },
                             { 9, "-", "missed 3" },
                             { 10, "dialogue.yes", "nothing" },
                             { 0, NULL, NULL } });
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dialogue/acts-at-once", test_acts_at_once);
  g_test_add_func ("/dialogue/asks-by-risk", test_asks_by_risk);
  g_test_add_func ("/dialogue/doubtful", test_doubtful);
  g_test_add_func ("/dialogue/unsure-choice", test_unsure_choice);
  g_test_add_func ("/dialogue/expectations", test_expectations);
  g_test_add_func ("/dialogue/silence-is-no", test_silence_is_no);
  g_test_add_func ("/dialogue/which-one", test_which_one);
  g_test_add_func ("/dialogue/correction", test_correction);
  g_test_add_func ("/dialogue/misses", test_misses);
  return g_test_run ();
}
