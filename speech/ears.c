/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/ears.h"

#include "speech/ears-worker.h"
#include "speech/microphone.h"

#include <string.h>

/* The service around the recogniser: it owns the microphone and the decoder thread, and keeps
 * the one state that people see. A session lasts from start to its "heard"; notes of an older
 * one are dropped, so that a cancelled session can say nothing more. */

#define WATCHDOG_S 12

struct _VolantEars {
  GObject parent_instance;

  VolantEarsWorker *worker;
  VolantMicrophone *microphone;
  GTask *loading;
  VolantEarsState state;
  VolantExpectation expectation;
  bool is_ready;
  double level_db;
  unsigned session; /* also read by the microphone's thread */
  unsigned watchdog;
};

enum {
  PROP_STATE = 1,
  PROP_LEVEL_DB,
  PROP_READY,
  N_PROPERTIES,
};

enum {
  SIGNAL_PARTIAL,
  SIGNAL_HEARD,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static unsigned signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VolantEars, volant_ears, G_TYPE_OBJECT)

static void
set_state (VolantEars *self, VolantEarsState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_level (VolantEars *self, double level_db)
{
  self->level_db = level_db;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL_DB]);
}

static void
close_microphone (VolantEars *self)
{
  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (self->microphone != NULL)
    volant_microphone_close (self->microphone);
  if (self->level_db > -90.0)
    set_level (self, -90.0);
}

/* The one place where a session ends: exactly one "heard" each. */
static void
end_session (VolantEars *self, VolantHearing *hearing)
{
  g_autoptr (VolantEars) kept G_GNUC_UNUSED = g_object_ref (self);

  close_microphone (self);
  set_state (self, VOLANT_EARS_IDLE);
  g_signal_emit (self, signals[SIGNAL_HEARD], 0, hearing);
}

static void
abandon_session (VolantEars *self, const char *why)
{
  g_autoptr (VolantHearing) hearing = NULL;

  if (self->state == VOLANT_EARS_IDLE)
    return;
  volant_ears_worker_drop (self->worker, self->session);
  g_atomic_int_inc (&self->session);
  hearing = volant_hearing_new (why);
  end_session (self, hearing);
}

static void
finish_loading (VolantEars *self, VolantNote *note)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->loading);

  if (task == NULL)
    return;
  if (note->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&note->error));
      return;
    }
  self->is_ready = true;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
set_ready (VolantEars *self, bool is_ready)
{
  if (self->is_ready == is_ready)
    return;
  self->is_ready = is_ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

static void
on_note (VolantNote *note, void *data)
{
  VolantEars *self = data;
  bool is_current = note->session == self->session && self->state != VOLANT_EARS_IDLE;

  switch (note->kind)
    {
    case VOLANT_NOTE_LOADED:
      finish_loading (self, note);
      break;
    case VOLANT_NOTE_READY:
      set_ready (self, true);
      break;
    case VOLANT_NOTE_LEVEL:
      if (is_current && self->state == VOLANT_EARS_LISTENING)
        set_level (self, note->level_db);
      break;
    case VOLANT_NOTE_PARTIAL:
      if (is_current)
        g_signal_emit (self, signals[SIGNAL_PARTIAL], 0, note->words);
      break;
    case VOLANT_NOTE_ENDED:
      if (!is_current)
        break;
      close_microphone (self);
      set_state (self, VOLANT_EARS_THINKING);
      break;
    case VOLANT_NOTE_HEARD:
      if (is_current)
        end_session (self, note->hearing);
      break;
    case VOLANT_NOTE_FILE:
      if (note->error != NULL)
        g_task_return_error (note->task, g_steal_pointer (&note->error));
      else
        g_task_return_pointer (note->task, g_steal_pointer (&note->hearing),
                               (GDestroyNotify) volant_hearing_unref);
      break;
    }
}

/* On a thread of GStreamer. */
static void
on_microphone_sound (GBytes *sound, void *data)
{
  VolantEars *self = data;

  volant_ears_worker_push (self->worker, (unsigned) g_atomic_int_get (&self->session), sound);
}

static void
on_microphone_end (const GError *error, void *data)
{
  VolantEars *self = data;
  g_autoptr (VolantEars) kept G_GNUC_UNUSED = g_object_ref (self);

  if (error == NULL)
    {
      volant_ears_stop (self);
      return;
    }
  abandon_session (self, "the microphone went away");
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gboolean
on_watchdog (void *data)
{
  VolantEars *self = data;

  self->watchdog = 0;
  volant_ears_stop (self);
  return G_SOURCE_REMOVE;
}

static void
volant_ears_get_property (GObject *object, unsigned id, GValue *value, GParamSpec *pspec)
{
  VolantEars *self = VOLANT_EARS (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_LEVEL_DB:
      g_value_set_double (value, self->level_db);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->is_ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
volant_ears_dispose (GObject *object)
{
  VolantEars *self = VOLANT_EARS (object);

  g_clear_handle_id (&self->watchdog, g_source_remove);
  /* The microphone first: its thread pushes into the worker. */
  g_clear_pointer (&self->microphone, volant_microphone_free);
  g_clear_pointer (&self->worker, volant_ears_worker_free);
  g_clear_object (&self->loading);
  G_OBJECT_CLASS (volant_ears_parent_class)->dispose (object);
}

static void
volant_ears_class_init (VolantEarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = volant_ears_get_property;
  object_class->dispose = volant_ears_dispose;
  properties[PROP_STATE] =
      g_param_spec_uint ("state", NULL, NULL, 0, VOLANT_EARS_THINKING, 0, flags);
  properties[PROP_LEVEL_DB] =
      g_param_spec_double ("level-db", NULL, NULL, -90.0, 0.0, -90.0, flags);
  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_PARTIAL] =
      g_signal_new ("partial", VOLANT_TYPE_EARS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_HEARD] = g_signal_new ("heard", VOLANT_TYPE_EARS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_FAILED] =
      g_signal_new ("failed", VOLANT_TYPE_EARS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
volant_ears_init (VolantEars *self)
{
  self->level_db = -90.0;
}

void
volant_ears_new_async (const char *language, const char *catalogue, const char *model,
                       const char *source, GCancellable *cancellable,
                       GAsyncReadyCallback callback, void *data)
{
  g_autoptr (VolantEars) self = g_object_new (VOLANT_TYPE_EARS, NULL);
  g_autoptr (GError) error = NULL;

  self->loading = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (self->loading, volant_ears_new_async);
  self->worker = volant_ears_worker_new (catalogue, model, on_note, self);
  if (g_strcmp0 (source, "none") != 0)
    self->microphone = volant_microphone_new (source, on_microphone_sound, on_microphone_end, self,
                                              &error);
  if (error != NULL)
    g_message ("%s", error->message);
  /* The task keeps the ears until they are loaded. */
  g_task_set_task_data (self->loading, g_object_ref (self), g_object_unref);
}

VolantEars *
volant_ears_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

VolantEarsState
volant_ears_get_state (VolantEars *self)
{
  g_return_val_if_fail (VOLANT_IS_EARS (self), VOLANT_EARS_IDLE);
  return self->state;
}

double
volant_ears_get_level_db (VolantEars *self)
{
  g_return_val_if_fail (VOLANT_IS_EARS (self), -90.0);
  return self->level_db;
}

bool
volant_ears_has_microphone (VolantEars *self)
{
  g_return_val_if_fail (VOLANT_IS_EARS (self), false);
  return self->microphone != NULL;
}

void
volant_ears_set_names (VolantEars *self, const char *slot, const VolantSpokenName *names,
                       size_t n_names)
{
  g_return_if_fail (VOLANT_IS_EARS (self));
  set_ready (self, false);
  volant_ears_worker_set_names (self->worker, slot, names, n_names);
}

void
volant_ears_set_expectation (VolantEars *self, VolantExpectation expectation)
{
  g_return_if_fail (VOLANT_IS_EARS (self));
  self->expectation = expectation;
}

bool
volant_ears_start (VolantEars *self, GError **error)
{
  g_return_val_if_fail (VOLANT_IS_EARS (self), false);
  if (self->microphone == NULL)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_NO_DEVICE,
                           "no microphone was found: plug one in");
      return false;
    }
  if (self->state != VOLANT_EARS_IDLE)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_BUSY,
                           "listening already");
      return false;
    }
  g_atomic_int_inc (&self->session);
  volant_ears_worker_begin (self->worker, self->session, self->expectation);
  if (!volant_microphone_open (self->microphone, error))
    {
      volant_ears_worker_drop (self->worker, self->session);
      return false;
    }
  /* A microphone that is open and says nothing must not keep the car listening. */
  self->watchdog = g_timeout_add_seconds (WATCHDOG_S, on_watchdog, self);
  set_state (self, VOLANT_EARS_LISTENING);
  return true;
}

void
volant_ears_stop (VolantEars *self)
{
  g_return_if_fail (VOLANT_IS_EARS (self));
  if (self->state != VOLANT_EARS_LISTENING)
    return;
  close_microphone (self);
  set_state (self, VOLANT_EARS_THINKING);
  volant_ears_worker_finish (self->worker, self->session);
}

void
volant_ears_cancel (VolantEars *self)
{
  g_return_if_fail (VOLANT_IS_EARS (self));
  abandon_session (self, "cancelled");
}

void
volant_ears_hear_file_async (VolantEars *self, const char *path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, void *data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (VOLANT_IS_EARS (self));
  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, volant_ears_hear_file_async);
  volant_ears_worker_hear_file (self->worker, path, self->expectation, task);
}

VolantHearing *
volant_ears_hear_file_finish (VolantEars *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
