/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/error.h"

#include <gio/gio.h>
#include <stdbool.h>

/* The ears: microphone or file in, understood commands out. One object, with a decoder thread of its
 * own; every signal is emitted on the main context that was the thread default at construction. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_HEARING_ACT,     /* certain and unambiguous */
  VOLANT_HEARING_CONFIRM, /* understood, but ask before acting */
  VOLANT_HEARING_REJECT,  /* not a command, or nothing heard */
} VolantHearingDecision;

typedef enum {
  VOLANT_EARS_IDLE,
  VOLANT_EARS_LISTENING, /* sound is being taken */
  VOLANT_EARS_THINKING,  /* the utterance is being decoded */
} VolantEarsState;

/* What was made of one utterance. Immutable, reference counted. */
typedef struct {
  char *words;           /* what was recognised, in the display form of the names; "" if nothing */
  char *action;          /* action or dialogue word ("dialogue.yes", "dialogue.choice"); NULL if none */
  GVariant *parameters;  /* a{ss}: slot → value id, e.g. {"station": "st42"}; never NULL */
  GStrv same_named;      /* further ids that sound the same as the slot's value (which one?); may be empty */
  double confidence;     /* 0…1 */
  double score;          /* acoustic score per frame minus the phone loop's */
  VolantHearingDecision decision;
  double speech_s;       /* length of the utterance */
  double decode_ms;
  double reject_ms;      /* of decode: the phone loop */
  char *note;            /* why it was rejected, for people who look: "too quiet", "clipped"; "" */
} VolantHearing;

VolantHearing *volant_hearing_ref (VolantHearing *hearing);
void volant_hearing_unref (VolantHearing *hearing);

/* A name that may fill a slot. */
typedef struct {
  const char *id;       /* "station:42", "way/17": comes back as the slot's value */
  const char *text;     /* what is said and shown: "Gare de Lyon" */
  const char *language; /* language of the name: "fr"; NULL: the place's */
} VolantSpokenName;

/* What the dialogue waits for; picks the grammar. */
typedef enum {
  VOLANT_EXPECT_COMMAND,
  VOLANT_EXPECT_YES_NO,
  VOLANT_EXPECT_CHOICE, /* one to six, or a name of the list */
  /* The same with fewer numbers: what was not offered is not heard instead. */
  VOLANT_EXPECT_CHOICE_OF_TWO,
  VOLANT_EXPECT_CHOICE_OF_THREE,
} VolantExpectation;

#define VOLANT_TYPE_EARS (volant_ears_get_type ())
G_DECLARE_FINAL_TYPE (VolantEars, volant_ears, VOLANT, EARS, GObject)

/* catalogue: path of data/commands/<language>.commands or one like it; model: folder of a
 * PocketSphinx acoustic model with its dictionary beside or in it, NULL for the packaged en-us;
 * source: GStreamer description of the microphone ("autoaudiosrc" and its traps: see the docs),
 * NULL for the system's; "none" for a car without one. Loading is asynchronous. */
void volant_ears_new_async (const char *language, const char *catalogue, const char *model,
                            const char *source, GCancellable *cancellable,
                            GAsyncReadyCallback callback, void *data);
VolantEars *volant_ears_new_finish (GAsyncResult *result, GError **error);

VolantEarsState volant_ears_get_state (VolantEars *self);
double volant_ears_get_level_db (VolantEars *self); /* -90…0, of the last 50 ms */
bool volant_ears_has_microphone (VolantEars *self);

/* Replaces the names of a slot ("station", "street", "place"). Names are copied; the grammar is
 * rebuilt off the main thread and swapped in between utterances. */
void volant_ears_set_names (VolantEars *self, const char *slot, const VolantSpokenName *names,
                            size_t n_names);
void volant_ears_set_expectation (VolantEars *self, VolantExpectation expectation);

/* Push to talk. Ends by itself at the end of speech, after 10 s, or by stop. Exactly one "heard"
 * follows each start. */
bool volant_ears_start (VolantEars *self, GError **error);
void volant_ears_stop (VolantEars *self);   /* decode what was said so far */
void volant_ears_cancel (VolantEars *self); /* forget it: "heard" with REJECT and note "cancelled" */

/* The same way through for a sound file (any format GStreamer reads); no "heard" is emitted. */
void volant_ears_hear_file_async (VolantEars *self, const char *path, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, void *data);
VolantHearing *volant_ears_hear_file_finish (VolantEars *self, GAsyncResult *result,
                                             GError **error);

/* Properties: state, level-db (notify while listening, about 20 a second), ready (grammar loaded).
 * Signals: "partial" (const char *words), "heard" (VolantHearing *), "failed" (GError *: the
 * microphone went away). */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantHearing, volant_hearing_unref)

G_END_DECLS
