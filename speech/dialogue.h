/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/ears.h"

/* The dialogue: a pure core without clock, text or sound. It is told what was heard or touched and
 * the time, and answers with one step: perform an action, ask something, say something. What may be
 * done at once and what is asked first is HOUSE.md's "Confirmation". */

G_BEGIN_DECLS

typedef struct _VolantDialogue VolantDialogue;

typedef enum {
  VOLANT_DIALOGUE_NOTHING,   /* nothing changes */
  VOLANT_DIALOGUE_PERFORM,   /* perform action with parameters */
  VOLANT_DIALOGUE_ASK,       /* yes or no: about action and parameters */
  VOLANT_DIALOGUE_CHOOSE,    /* which one? choices are slot values, nearest first, at most six */
  VOLANT_DIALOGUE_MISSED,    /* not understood: misses tells how often in a row */
  VOLANT_DIALOGUE_CANCELLED, /* a question was answered no, or cancelled, or timed out */
} VolantDialogueKind;

typedef struct {
  VolantDialogueKind kind;
  char *action;          /* NULL where none */
  GVariant *parameters;  /* a{ss}, NULL where none */
  GStrv choices;         /* for CHOOSE */
  VolantExpectation expectation; /* what to listen for next */
  bool listen;           /* open the microphone after the prompt */
  unsigned misses;
  bool timed_out;
} VolantDialogueStep;

void volant_dialogue_step_free (VolantDialogueStep *step);

typedef enum {
  VOLANT_CONFIRM_NEVER,     /* act at once, undo is offered; asked where it is doubtful */
  VOLANT_CONFIRM_UNCERTAIN, /* ask unless certain and unambiguous */
  VOLANT_CONFIRM_ALWAYS,    /* costs money or ends the trip */
} VolantConfirm;

/* How an action wants to be confirmed. */
typedef VolantConfirm (*VolantConfirmFunc) (const char *action, void *data);
/* Orders ids that sound the same, nearest first, in place. */
typedef void (*VolantRankFunc) (GStrv ids, void *data);

VolantDialogue *volant_dialogue_new (VolantConfirmFunc confirm, VolantRankFunc rank, void *data);
void volant_dialogue_free (VolantDialogue *dialogue);

VolantDialogueStep *volant_dialogue_hear (VolantDialogue *dialogue, const VolantHearing *hearing,
                                          int64_t now_ms);
VolantDialogueStep *volant_dialogue_answer (VolantDialogue *dialogue, const char *answer,
                                            int64_t now_ms); /* touch: "yes", "no", "1"… */
/* To be called when the deadline passes; a question unanswered is a no. */
VolantDialogueStep *volant_dialogue_tick (VolantDialogue *dialogue, int64_t now_ms);
/* When tick is due, or -1. */
int64_t volant_dialogue_get_deadline_ms (const VolantDialogue *dialogue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDialogue, volant_dialogue_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantDialogueStep, volant_dialogue_step_free)

G_END_DECLS
