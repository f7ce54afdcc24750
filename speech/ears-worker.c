/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/ears-worker.h"

#include "speech/sound.h"

#include <string.h>

/* One thread owns the recogniser. Jobs are done in order; names are taken in between and the
 * grammars rebuilt when nothing else waits. The end of speech is the decoder's own voice
 * activity detector, which is not believed in the first moments of a stream (it then hears
 * speech in nothing). */

#define MAX_SESSION_S 10.0
#define NO_SPEECH_S 5.0
#define DISTRUST_S 0.7
#define LOUD_DB -38.0
#define LOUD_S 0.15
#define TRUSTED_S 0.25
#define MAX_FILE_S 40
#define MAX_BACKLOG 400 /* pieces of sound: some 10 s */

typedef enum {
  JOB_NAMES,
  JOB_BEGIN,
  JOB_SOUND,
  JOB_FINISH,
  JOB_DROP,
  JOB_FILE,
  JOB_QUIT,
} JobKind;

typedef struct {
  JobKind kind;
  unsigned session;
  VolantExpectation expectation;
  char *text;         /* slot or path */
  GPtrArray *names;   /* id, text, language … three strings a name */
  GBytes *sound;
  GTask *task;
} Job;

/* Lives until the last note is gone; only the main context reads is_alive. */
typedef struct {
  int references;
  bool is_alive;
  VolantNoteFunc func;
  void *data;
} Listener;

typedef struct {
  Listener *listener;
  VolantNote note;
} Letter;

struct _VolantEarsWorker {
  GThread *thread;
  GAsyncQueue *jobs;
  GMainContext *context;
  Listener *listener;
  char *catalogue;
  char *model;

  /* The thread's own. */
  VolantRecogniser *recogniser;
  unsigned session; /* 0: none */
  VolantExpectation expectation;
  GArray *heard;
  double loud_s;    /* in speech, and loud */
  double trusted_s; /* in speech after the first moments */
  bool has_spoken;
  char *partial;
};

static void
listener_unref (Listener *listener)
{
  if (g_atomic_int_dec_and_test (&listener->references))
    g_free (listener);
}

static void
letter_free (Letter *letter)
{
  g_free (letter->note.words);
  g_clear_pointer (&letter->note.hearing, volant_hearing_unref);
  g_clear_object (&letter->note.task);
  g_clear_error (&letter->note.error);
  listener_unref (letter->listener);
  g_free (letter);
}

static gboolean
on_letter (void *data)
{
  Letter *letter = data;

  if (letter->listener->is_alive)
    letter->listener->func (&letter->note, letter->listener->data);
  return G_SOURCE_REMOVE;
}

/* Takes what the note holds. */
static void
post (VolantEarsWorker *worker, VolantNote note)
{
  Letter *letter = g_new0 (Letter, 1);
  GSource *source = g_idle_source_new ();

  letter->listener = worker->listener;
  g_atomic_int_inc (&letter->listener->references);
  letter->note = note;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_letter, letter, (GDestroyNotify) letter_free);
  g_source_attach (source, worker->context);
  g_source_unref (source);
}

static void
job_free (Job *job)
{
  g_free (job->text);
  g_clear_pointer (&job->names, g_ptr_array_unref);
  g_clear_pointer (&job->sound, g_bytes_unref);
  g_clear_object (&job->task);
  g_free (job);
}

static void
push_job (VolantEarsWorker *worker, JobKind kind, unsigned session)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->session = session;
  g_async_queue_push (worker->jobs, job);
}

static void
take_names (VolantEarsWorker *worker, const Job *job)
{
  g_autofree VolantSpokenName *names = g_new0 (VolantSpokenName, job->names->len / 3 + 1);

  for (unsigned i = 0; i < job->names->len / 3; i++)
    {
      names[i].id = g_ptr_array_index (job->names, i * 3);
      names[i].text = g_ptr_array_index (job->names, i * 3 + 1);
      names[i].language = g_ptr_array_index (job->names, i * 3 + 2);
    }
  volant_recogniser_set_names (worker->recogniser, job->text, names, job->names->len / 3);
}

static void
begin_session (VolantEarsWorker *worker, const Job *job)
{
  worker->session = job->session;
  worker->expectation = job->expectation;
  worker->has_spoken = false;
  worker->loud_s = 0.0;
  worker->trusted_s = 0.0;
  g_array_set_size (worker->heard, 0);
  g_clear_pointer (&worker->partial, g_free);
  volant_recogniser_begin (worker->recogniser, job->expectation);
}

static void
end_session (VolantEarsWorker *worker, bool is_wanted)
{
  VolantNote note = { .kind = VOLANT_NOTE_ENDED, .session = worker->session };

  volant_recogniser_end (worker->recogniser);
  if (is_wanted)
    {
      post (worker, note);
      note.kind = VOLANT_NOTE_HEARD;
      note.hearing = volant_recogniser_hear (worker->recogniser,
                                             (const int16_t *) (void *) worker->heard->data,
                                             worker->heard->len, worker->expectation);
      post (worker, note);
    }
  worker->session = 0;
  /* No sound is kept longer than it is needed. */
  if (worker->heard->len > 0)
    memset (worker->heard->data, 0, worker->heard->len * sizeof (int16_t));
  g_array_set_size (worker->heard, 0);
}

static void
tell_partial (VolantEarsWorker *worker)
{
  g_autofree char *words = volant_recogniser_get_partial (worker->recogniser);

  if (!worker->has_spoken || *words == '\0' || g_strcmp0 (words, worker->partial) == 0)
    return;
  post (worker, (VolantNote){ .kind = VOLANT_NOTE_PARTIAL,
                              .session = worker->session,
                              .words = g_strdup (words) });
  g_free (worker->partial);
  worker->partial = g_steal_pointer (&words);
}

static void
take_sound (VolantEarsWorker *worker, const Job *job)
{
  size_t n_bytes;
  const int16_t *samples = g_bytes_get_data (job->sound, &n_bytes);
  size_t n_samples = n_bytes / sizeof (int16_t);
  double level_db = volant_sound_level_db (samples, n_samples);
  bool is_in_speech;
  double heard_s;

  if (job->session != worker->session || n_samples == 0)
    return;
  g_array_append_vals (worker->heard, samples, (unsigned) n_samples);
  heard_s = (double) worker->heard->len / VOLANT_DECODER_RATE_HZ;
  post (worker, (VolantNote){ .kind = VOLANT_NOTE_LEVEL,
                              .session = worker->session,
                              .level_db = level_db });
  volant_recogniser_feed (worker->recogniser, samples, n_samples);
  is_in_speech = volant_recogniser_is_in_speech (worker->recogniser);
  if (is_in_speech && level_db > LOUD_DB)
    worker->loud_s += (double) n_samples / VOLANT_DECODER_RATE_HZ;
  if (is_in_speech && heard_s > DISTRUST_S)
    worker->trusted_s += (double) n_samples / VOLANT_DECODER_RATE_HZ;
  if (worker->trusted_s > TRUSTED_S || worker->loud_s > LOUD_S)
    worker->has_spoken = true;
  tell_partial (worker);
  if ((worker->has_spoken && !is_in_speech) || heard_s >= MAX_SESSION_S ||
      (!worker->has_spoken && heard_s >= NO_SPEECH_S))
    end_session (worker, true);
}

static void
hear_file (VolantEarsWorker *worker, Job *job)
{
  VolantNote note = { .kind = VOLANT_NOTE_FILE, .task = g_steal_pointer (&job->task) };
  g_autoptr (GArray) samples = NULL;

  if (worker->session != 0)
    g_set_error_literal (&note.error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_BUSY,
                         "the microphone is in use: wait until it has heard");
  else
    samples = volant_sound_read (job->text, VOLANT_DECODER_RATE_HZ, MAX_FILE_S,
                                 g_task_get_cancellable (note.task), &note.error);
  if (samples != NULL)
    note.hearing = volant_recogniser_hear (worker->recogniser,
                                           (const int16_t *) (void *) samples->data, samples->len,
                                           job->expectation);
  post (worker, note);
}

static void
do_job (VolantEarsWorker *worker, Job *job)
{
  switch (job->kind)
    {
    case JOB_NAMES:
      take_names (worker, job);
      break;
    case JOB_BEGIN:
      begin_session (worker, job);
      break;
    case JOB_SOUND:
      take_sound (worker, job);
      break;
    case JOB_FINISH:
    case JOB_DROP:
      if (job->session == worker->session && worker->session != 0)
        end_session (worker, job->kind == JOB_FINISH);
      break;
    case JOB_FILE:
      hear_file (worker, job);
      break;
    case JOB_QUIT:
      break;
    }
}

static bool
load (VolantEarsWorker *worker)
{
  VolantNote note = { .kind = VOLANT_NOTE_LOADED };
  g_autoptr (VolantCatalogue) catalogue =
      volant_catalogue_new_from_file (worker->catalogue, &note.error);

  if (catalogue != NULL)
    worker->recogniser = volant_recogniser_new (catalogue, worker->model, &note.error);
  post (worker, note);
  return worker->recogniser != NULL;
}

/* Grammars are rebuilt before anything is decoded, and when nothing waits. */
static void
prepare_for (VolantEarsWorker *worker, const Job *job)
{
  g_autoptr (GError) error = NULL;
  bool is_needed = job->kind == JOB_BEGIN || job->kind == JOB_FILE;

  if (worker->session != 0 || (!is_needed && g_async_queue_length (worker->jobs) > 0))
    return;
  if (!volant_recogniser_prepare (worker->recogniser, &error))
    g_warning ("the voice commands cannot be rebuilt: %s", error->message);
  post (worker, (VolantNote){ .kind = VOLANT_NOTE_READY });
}

static void *
run_worker (void *data)
{
  VolantEarsWorker *worker = data;
  bool is_loaded = load (worker);
  bool goes_on = true;

  while (goes_on)
    {
      Job *job = g_async_queue_pop (worker->jobs);

      goes_on = job->kind != JOB_QUIT;
      if (is_loaded && (job->kind == JOB_BEGIN || job->kind == JOB_FILE))
        prepare_for (worker, job);
      if (is_loaded)
        do_job (worker, job);
      if (is_loaded && job->kind == JOB_NAMES)
        prepare_for (worker, job);
      job_free (job);
    }
  g_clear_pointer (&worker->recogniser, volant_recogniser_free);
  return NULL;
}

VolantEarsWorker *
volant_ears_worker_new (const char *catalogue, const char *model, VolantNoteFunc func, void *data)
{
  VolantEarsWorker *worker = g_new0 (VolantEarsWorker, 1);

  worker->catalogue = g_strdup (catalogue);
  worker->model = g_strdup (model);
  worker->context = g_main_context_ref_thread_default ();
  worker->jobs = g_async_queue_new_full ((GDestroyNotify) job_free);
  worker->heard = g_array_new (FALSE, FALSE, sizeof (int16_t));
  worker->listener = g_new0 (Listener, 1);
  *worker->listener = (Listener){ 1, true, func, data };
  worker->thread = g_thread_new ("ears", run_worker, worker);
  return worker;
}

void
volant_ears_worker_free (VolantEarsWorker *worker)
{
  worker->listener->is_alive = false;
  push_job (worker, JOB_QUIT, 0);
  g_thread_join (worker->thread);
  g_async_queue_unref (worker->jobs);
  g_main_context_unref (worker->context);
  listener_unref (worker->listener);
  g_array_unref (worker->heard);
  g_free (worker->partial);
  g_free (worker->catalogue);
  g_free (worker->model);
  g_free (worker);
}

void
volant_ears_worker_set_names (VolantEarsWorker *worker, const char *slot,
                              const VolantSpokenName *names, size_t n_names)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_NAMES;
  job->text = g_strdup (slot);
  job->names = g_ptr_array_new_with_free_func (g_free);
  for (size_t i = 0; i < n_names; i++)
    {
      g_ptr_array_add (job->names, g_strdup (names[i].id));
      g_ptr_array_add (job->names, g_strdup (names[i].text));
      g_ptr_array_add (job->names, g_strdup (names[i].language));
    }
  g_async_queue_push (worker->jobs, job);
}

void
volant_ears_worker_begin (VolantEarsWorker *worker, unsigned session,
                          VolantExpectation expectation)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_BEGIN;
  job->session = session;
  job->expectation = expectation;
  g_async_queue_push (worker->jobs, job);
}

void
volant_ears_worker_finish (VolantEarsWorker *worker, unsigned session)
{
  push_job (worker, JOB_FINISH, session);
}

void
volant_ears_worker_drop (VolantEarsWorker *worker, unsigned session)
{
  push_job (worker, JOB_DROP, session);
}

void
volant_ears_worker_push (VolantEarsWorker *worker, unsigned session, GBytes *sound)
{
  Job *job;

  if (g_async_queue_length (worker->jobs) > MAX_BACKLOG)
    return;
  job = g_new0 (Job, 1);
  job->kind = JOB_SOUND;
  job->session = session;
  job->sound = g_bytes_ref (sound);
  g_async_queue_push (worker->jobs, job);
}

void
volant_ears_worker_hear_file (VolantEarsWorker *worker, const char *path,
                              VolantExpectation expectation, GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->kind = JOB_FILE;
  job->text = g_strdup (path);
  job->expectation = expectation;
  job->task = g_object_ref (task);
  g_async_queue_push (worker->jobs, job);
}
