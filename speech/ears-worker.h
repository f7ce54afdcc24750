/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/recogniser.h"

/* The decoder thread of the ears: jobs in, notes out. Notes come on the main context that was the
 * thread default when the worker was made, and none after it is freed. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_NOTE_LOADED,  /* error or not: the recogniser stands */
  VOLANT_NOTE_READY,   /* grammars are up to date */
  VOLANT_NOTE_LEVEL,   /* level_db */
  VOLANT_NOTE_PARTIAL, /* words */
  VOLANT_NOTE_ENDED,   /* the speech of the session has ended, decoding begins */
  VOLANT_NOTE_HEARD,   /* session, hearing */
  VOLANT_NOTE_FILE,    /* task, hearing or error */
} VolantNoteKind;

typedef struct {
  VolantNoteKind kind;
  unsigned session;
  double level_db;
  char *words;
  VolantHearing *hearing;
  GTask *task;
  GError *error;
} VolantNote;

typedef void (*VolantNoteFunc) (VolantNote *note, void *data);

typedef struct _VolantEarsWorker VolantEarsWorker;

VolantEarsWorker *volant_ears_worker_new (const char *catalogue, const char *model,
                                          VolantNoteFunc func, void *data);
/* Waits for the thread: at most for the utterance it decodes. */
void volant_ears_worker_free (VolantEarsWorker *worker);

void volant_ears_worker_set_names (VolantEarsWorker *worker, const char *slot,
                                   const VolantSpokenName *names, size_t n_names);
/* A session: begin, sound …, then finish or drop; it also ends by itself at the end of speech. */
void volant_ears_worker_begin (VolantEarsWorker *worker, unsigned session,
                               VolantExpectation expectation);
void volant_ears_worker_finish (VolantEarsWorker *worker, unsigned session);
void volant_ears_worker_drop (VolantEarsWorker *worker, unsigned session);
/* 16 kHz mono; from any thread. */
void volant_ears_worker_push (VolantEarsWorker *worker, unsigned session, GBytes *sound);
void volant_ears_worker_hear_file (VolantEarsWorker *worker, const char *path,
                                   VolantExpectation expectation, GTask *task);

G_END_DECLS
