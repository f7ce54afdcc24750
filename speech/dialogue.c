/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/dialogue.h"

#include <stdlib.h>
#include <string.h>

/* The dialogue: at most one open question, about one command. A question unanswered in time, or
 * answered with something not understood three times, is a no. Misses count in a row, whether a
 * question is open or not. */

#define ANSWER_MS 12000
#define MAX_CHOICES 6
#define MAX_MISSES 3
/* Below, even what can be undone is asked for, and a yes is no yes. Asking for all that is not
 * certain would be tedious: at 15 dB half of what is said is not, and nine tenths of that is right.
 */
#define LIKELY_ABOVE 0.9

typedef enum {
  CERTAIN,  /* or touched */
  LIKELY,   /* enough for what can be undone */
  DOUBTFUL, /* just like a command */
} Certainty;

typedef enum {
  OPEN_NOTHING,
  OPEN_YES_NO,
  OPEN_CHOICE,
} OpenQuestion;

struct _VolantDialogue {
  VolantConfirmFunc confirm;
  VolantRankFunc rank;
  void *data;

  OpenQuestion open;
  char *action;
  GVariant *parameters;
  GStrv choices;
  char *choice_slot;
  int64_t deadline_ms;
  unsigned misses;
};

void
volant_dialogue_step_free (VolantDialogueStep *step)
{
  g_free (step->action);
  g_clear_pointer (&step->parameters, g_variant_unref);
  g_strfreev (step->choices);
  g_free (step);
}

VolantDialogue *
volant_dialogue_new (VolantConfirmFunc confirm, VolantRankFunc rank, void *data)
{
  VolantDialogue *dialogue = g_new0 (VolantDialogue, 1);

  dialogue->confirm = confirm;
  dialogue->rank = rank;
  dialogue->data = data;
  dialogue->deadline_ms = -1;
  return dialogue;
}

static void
close_question (VolantDialogue *dialogue)
{
  dialogue->open = OPEN_NOTHING;
  dialogue->deadline_ms = -1;
  g_clear_pointer (&dialogue->action, g_free);
  g_clear_pointer (&dialogue->parameters, g_variant_unref);
  g_clear_pointer (&dialogue->choices, g_strfreev);
  g_clear_pointer (&dialogue->choice_slot, g_free);
}

void
volant_dialogue_free (VolantDialogue *dialogue)
{
  close_question (dialogue);
  g_free (dialogue);
}

static VolantExpectation
expectation_of (const VolantDialogue *dialogue)
{
  switch (dialogue->open)
    {
    case OPEN_YES_NO:
      return VOLANT_EXPECT_YES_NO;
    case OPEN_CHOICE:
      return g_strv_length (dialogue->choices) == 2   ? VOLANT_EXPECT_CHOICE_OF_TWO
             : g_strv_length (dialogue->choices) == 3 ? VOLANT_EXPECT_CHOICE_OF_THREE
                                                      : VOLANT_EXPECT_CHOICE;
    case OPEN_NOTHING:
    default:
      return VOLANT_EXPECT_COMMAND;
    }
}

/* A step that tells the state as it is now. */
static VolantDialogueStep *
step_new (const VolantDialogue *dialogue, VolantDialogueKind kind)
{
  VolantDialogueStep *step = g_new0 (VolantDialogueStep, 1);

  step->kind = kind;
  step->misses = dialogue->misses;
  step->action = g_strdup (dialogue->action);
  step->parameters = dialogue->parameters != NULL ? g_variant_ref (dialogue->parameters) : NULL;
  step->choices = g_strdupv (dialogue->choices);
  step->expectation = expectation_of (dialogue);
  step->listen = dialogue->open != OPEN_NOTHING;
  return step;
}

/* The step that ends a question; the command goes with it. */
static VolantDialogueStep *
step_end (VolantDialogue *dialogue, VolantDialogueKind kind, bool timed_out)
{
  VolantDialogueStep *step;

  dialogue->misses = 0;
  dialogue->open = OPEN_NOTHING;
  g_clear_pointer (&dialogue->choices, g_strfreev);
  step = step_new (dialogue, kind);
  step->timed_out = timed_out;
  close_question (dialogue);
  return step;
}

static GVariant *
with_value (GVariant *parameters, const char *slot, const char *value)
{
  GVariantBuilder builder;
  GVariantIter iter;
  const char *key;
  const char *old;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", slot, value);
  g_variant_iter_init (&iter, parameters);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &old))
    if (strcmp (key, slot) != 0)
      g_variant_builder_add (&builder, "{ss}", key, old);
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static char *
value_of (GVariant *parameters, const char *slot)
{
  char *value = NULL;

  if (parameters != NULL)
    g_variant_lookup (parameters, slot, "s", &value);
  return value;
}

/* The slot whose name has doubles: the first that is filled with a name. */
static const char *
name_slot_of (GVariant *parameters)
{
  static const char *const slots[] = { "station", "street", "place", "route" };

  for (unsigned i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *value = value_of (parameters, slots[i]);

      if (value != NULL)
        return slots[i];
    }
  return NULL;
}

static VolantDialogueStep *
ask (VolantDialogue *dialogue, OpenQuestion open, int64_t now_ms)
{
  dialogue->open = open;
  dialogue->deadline_ms = now_ms + ANSWER_MS;
  return step_new (dialogue, open == OPEN_CHOICE ? VOLANT_DIALOGUE_CHOOSE : VOLANT_DIALOGUE_ASK);
}

static Certainty
certainty_of (const VolantHearing *hearing)
{
  if (hearing->decision == VOLANT_HEARING_ACT)
    return CERTAIN;
  return hearing->confidence >= LIKELY_ABOVE ? LIKELY : DOUBTFUL;
}

/* Asked by risk: always; unless certain; where it is doubtful. */
static VolantDialogueStep *
settle (VolantDialogue *dialogue, Certainty certainty, int64_t now_ms)
{
  VolantConfirm confirm = dialogue->confirm != NULL
                              ? dialogue->confirm (dialogue->action, dialogue->data)
                              : VOLANT_CONFIRM_UNCERTAIN;

  if (confirm == VOLANT_CONFIRM_ALWAYS || certainty == DOUBTFUL ||
      (confirm == VOLANT_CONFIRM_UNCERTAIN && certainty != CERTAIN))
    return ask (dialogue, OPEN_YES_NO, now_ms);
  return step_end (dialogue, VOLANT_DIALOGUE_PERFORM, false);
}

/* All that the name may mean, nearest first, at most six. */
static GStrv
rank_choices (VolantDialogue *dialogue, const char *first, GStrv others)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv choices;

  g_strv_builder_add (builder, first);
  g_strv_builder_addv (builder, (const char **) others);
  choices = g_strv_builder_end (builder);
  if (dialogue->rank != NULL)
    dialogue->rank (choices, dialogue->data);
  for (unsigned n = g_strv_length (choices); n > MAX_CHOICES; n--)
    g_clear_pointer (&choices[n - 1], g_free);
  return choices;
}

static VolantDialogueStep *
take_command (VolantDialogue *dialogue, const char *action, GVariant *parameters, GStrv same_named,
              Certainty certainty, int64_t now_ms)
{
  const char *slot = name_slot_of (parameters);
  g_autofree char *value = slot != NULL ? value_of (parameters, slot) : NULL;
  g_autofree char *kept_action = g_strdup (action);
  g_autoptr (GVariant) kept = g_variant_ref (parameters);

  close_question (dialogue);
  dialogue->misses = 0;
  dialogue->action = g_steal_pointer (&kept_action);
  dialogue->parameters = g_steal_pointer (&kept);
  if (value == NULL || same_named == NULL || *same_named == NULL)
    return settle (dialogue, certainty, now_ms);
  dialogue->choices = rank_choices (dialogue, value, same_named);
  dialogue->choice_slot = g_strdup (slot);
  return ask (dialogue, OPEN_CHOICE, now_ms);
}

/* What is not understood: asked again, then shown, then left to the screen. A question stays open
 * until the last of these. */
static VolantDialogueStep *
miss (VolantDialogue *dialogue, int64_t now_ms)
{
  VolantDialogueStep *step;

  dialogue->misses++;
  if (dialogue->misses >= MAX_MISSES)
    {
      close_question (dialogue);
      step = step_new (dialogue, VOLANT_DIALOGUE_MISSED);
      dialogue->misses = 0;
      return step;
    }
  if (dialogue->open != OPEN_NOTHING)
    dialogue->deadline_ms = now_ms + ANSWER_MS;
  step = step_new (dialogue, VOLANT_DIALOGUE_MISSED);
  step->listen = true;
  return step;
}

/* The number of a choice counts from one. */
static VolantDialogueStep *
choose (VolantDialogue *dialogue, unsigned number, Certainty certainty, int64_t now_ms)
{
  GVariant *parameters;

  if (dialogue->open != OPEN_CHOICE || number < 1 || number > g_strv_length (dialogue->choices))
    return miss (dialogue, now_ms);
  parameters =
      with_value (dialogue->parameters, dialogue->choice_slot, dialogue->choices[number - 1]);
  g_variant_unref (dialogue->parameters);
  dialogue->parameters = parameters;
  g_clear_pointer (&dialogue->choices, g_strfreev);
  return settle (dialogue, certainty, now_ms);
}

/* A name said where a choice is asked: one of the choices, else the command with that name. */
static VolantDialogueStep *
take_name (VolantDialogue *dialogue, const VolantHearing *hearing, int64_t now_ms)
{
  const char *slot = name_slot_of (hearing->parameters);
  g_autofree char *value = slot != NULL ? value_of (hearing->parameters, slot) : NULL;
  g_autofree char *action = g_strdup (dialogue->action);
  g_autoptr (GVariant) parameters = NULL;

  if (value == NULL || dialogue->open == OPEN_NOTHING)
    return miss (dialogue, now_ms);
  for (unsigned i = 0; dialogue->open == OPEN_CHOICE && dialogue->choices[i] != NULL; i++)
    if (strcmp (dialogue->choices[i], value) == 0)
      return *hearing->same_named == NULL ? choose (dialogue, i + 1, certainty_of (hearing), now_ms)
                                          : miss (dialogue, now_ms);
  /* Another name replaces the first, whatever kind it was: "no, Gare du Nord". */
  parameters = g_variant_ref (hearing->parameters);
  return take_command (dialogue, action, parameters, hearing->same_named, certainty_of (hearing),
                       now_ms);
}

static VolantDialogueStep *
take_dialogue_word (VolantDialogue *dialogue, const char *word, const VolantHearing *hearing,
                    int64_t now_ms)
{
  g_autofree char *number = hearing != NULL ? value_of (hearing->parameters, "number") : NULL;

  if (strcmp (word, "choice") == 0)
    return number != NULL ? choose (dialogue, (unsigned) strtoul (number, NULL, 10),
                                    certainty_of (hearing), now_ms)
                          : take_name (dialogue, hearing, now_ms);
  if (strcmp (word, "correct") == 0)
    return take_name (dialogue, hearing, now_ms);
  if (strcmp (word, "cancel") == 0)
    return step_end (dialogue, VOLANT_DIALOGUE_CANCELLED, false);
  if (dialogue->open == OPEN_NOTHING)
    return step_new (dialogue, VOLANT_DIALOGUE_NOTHING);
  if (strcmp (word, "no") == 0)
    return step_end (dialogue, VOLANT_DIALOGUE_CANCELLED, false);
  if (strcmp (word, "yes") == 0 && dialogue->open == OPEN_YES_NO &&
      (hearing == NULL || certainty_of (hearing) != DOUBTFUL))
    return step_end (dialogue, VOLANT_DIALOGUE_PERFORM, false);
  return miss (dialogue, now_ms);
}

VolantDialogueStep *
volant_dialogue_hear (VolantDialogue *dialogue, const VolantHearing *hearing, int64_t now_ms)
{
  g_return_val_if_fail (dialogue != NULL && hearing != NULL, NULL);
  if (strcmp (hearing->note, "cancelled") == 0)
    return step_end (dialogue, VOLANT_DIALOGUE_CANCELLED, false);
  if (hearing->decision == VOLANT_HEARING_REJECT || hearing->action == NULL)
    return miss (dialogue, now_ms);
  if (g_str_has_prefix (hearing->action, "dialogue."))
    return take_dialogue_word (dialogue, hearing->action + strlen ("dialogue."), hearing, now_ms);
  return take_command (dialogue, hearing->action, hearing->parameters, hearing->same_named,
                       certainty_of (hearing), now_ms);
}

VolantDialogueStep *
volant_dialogue_answer (VolantDialogue *dialogue, const char *answer, int64_t now_ms)
{
  g_return_val_if_fail (dialogue != NULL && answer != NULL, NULL);
  if (strcmp (answer, "yes") == 0 || strcmp (answer, "no") == 0 || strcmp (answer, "cancel") == 0)
    return take_dialogue_word (dialogue, answer, NULL, now_ms);
  if (*answer >= '1' && *answer <= '9' && answer[1] == '\0' && dialogue->open == OPEN_CHOICE)
    return choose (dialogue, (unsigned) (*answer - '0'), CERTAIN, now_ms);
  return step_new (dialogue, VOLANT_DIALOGUE_NOTHING);
}

VolantDialogueStep *
volant_dialogue_tick (VolantDialogue *dialogue, int64_t now_ms)
{
  g_return_val_if_fail (dialogue != NULL, NULL);
  if (dialogue->deadline_ms < 0 || now_ms < dialogue->deadline_ms)
    return step_new (dialogue, VOLANT_DIALOGUE_NOTHING);
  return step_end (dialogue, VOLANT_DIALOGUE_CANCELLED, true);
}

int64_t
volant_dialogue_get_deadline_ms (const VolantDialogue *dialogue)
{
  return dialogue->deadline_ms;
}
