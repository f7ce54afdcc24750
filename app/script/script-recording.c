/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/script/script-recording.h"

#include "app/script/script.h"
#include "app/script/wav.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Named pipes are opened for reading and writing, so that a pipeline may come and go without an end
 * of file. A source that was silent for longer than GAP_S starts again at the present moment of the
 * timeline; while it flows it is taken as continuous, whatever the scheduling. */

#define RATE_HZ 48000
#define N_CHANNELS 2
#define GAP_S 0.15
#define LONGEST_S 1800
#define N_SOURCES 2

typedef struct {
  char *path;
  int fd;
  size_t at; /* frame of the timeline where its next sample goes */
  uint8_t odd[N_CHANNELS * 2];
  size_t n_odd; /* bytes of a frame that came in part */
} Source;

struct _VolantRecording {
  char *folder;
  Source sources[N_SOURCES];
  int stop[2];
  int64_t began_us;
  GArray *timeline; /* int16_t, interleaved; the thread's until it is joined */
  GThread *thread;
};

static const char *const source_names[N_SOURCES] = { "media", "voice" };

static void
mix_frames (VolantRecording *self, Source *source, const uint8_t *bytes, size_t n_frames)
{
  size_t end = source->at + n_frames;

  if (end > (size_t) RATE_HZ * LONGEST_S)
    return;
  if (self->timeline->len < end * N_CHANNELS)
    g_array_set_size (self->timeline, end * N_CHANNELS);
  for (size_t i = 0; i < n_frames * N_CHANNELS; i++)
    {
      int16_t *at = &g_array_index (self->timeline, int16_t, source->at * N_CHANNELS + i);
      int16_t sample;

      memcpy (&sample, bytes + i * 2, 2);
      *at = (int16_t) CLAMP ((int) *at + GINT16_FROM_LE (sample), G_MININT16, G_MAXINT16);
    }
  source->at = end;
}

/* False where nothing is left in the pipe. */
static bool
take_sound (VolantRecording *self, Source *source)
{
  uint8_t bytes[16384];
  double now_s = (g_get_monotonic_time () - self->began_us) / 1e6;
  size_t now = (size_t) (now_s * RATE_HZ);
  ssize_t n_read;
  size_t n_bytes, frame_bytes = N_CHANNELS * 2;

  memcpy (bytes, source->odd, source->n_odd);
  n_read = read (source->fd, bytes + source->n_odd, sizeof bytes - source->n_odd);
  if (n_read <= 0)
    return false;
  n_bytes = source->n_odd + (size_t) n_read;
  if (now > source->at + (size_t) (GAP_S * RATE_HZ))
    source->at = now;
  mix_frames (self, source, bytes, n_bytes / frame_bytes);
  source->n_odd = n_bytes % frame_bytes;
  memcpy (source->odd, bytes + n_bytes - source->n_odd, source->n_odd);
  return true;
}

static void *
run_thread (void *data)
{
  VolantRecording *self = data;
  struct pollfd fds[N_SOURCES + 1];

  for (unsigned i = 0; i < N_SOURCES; i++)
    fds[i] = (struct pollfd) { self->sources[i].fd, POLLIN, 0 };
  fds[N_SOURCES] = (struct pollfd) { self->stop[0], POLLIN, 0 };
  for (;;)
    {
      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0 && errno != EINTR)
        return NULL;
      for (unsigned i = 0; i < N_SOURCES; i++)
        if (fds[i].revents & POLLIN)
          take_sound (self, &self->sources[i]);
      if (fds[N_SOURCES].revents != 0)
        break;
    }
  /* what was written before the end was asked for belongs to it */
  for (unsigned i = 0; i < N_SOURCES; i++)
    while (take_sound (self, &self->sources[i]))
      ;
  return NULL;
}

static VolantRecording *
refuse (const char *what, GError **error)
{
  g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_STAGE,
               "the recording cannot begin: %s: %s", what, g_strerror (errno));
  return NULL;
}

VolantRecording *
volant_recording_new (const char *folder, GError **error)
{
  g_autoptr (VolantRecording) self = g_new0 (VolantRecording, 1);

  self->folder = g_strdup (folder);
  self->timeline = g_array_new (FALSE, TRUE, sizeof (int16_t));
  self->stop[0] = self->stop[1] = -1;
  for (unsigned i = 0; i < N_SOURCES; i++)
    self->sources[i].fd = -1;
  if (pipe2 (self->stop, O_CLOEXEC) != 0)
    return refuse ("pipe", error);
  for (unsigned i = 0; i < N_SOURCES; i++)
    {
      Source *source = &self->sources[i];
      g_autofree char *name = g_strdup_printf ("%s.pcm", source_names[i]);

      source->path = g_build_filename (folder, name, NULL);
      if (mkfifo (source->path, 0600) != 0 && errno != EEXIST)
        return refuse (source->path, error);
      source->fd = open (source->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
      if (source->fd < 0)
        return refuse (source->path, error);
    }
  self->began_us = g_get_monotonic_time ();
  self->thread = g_thread_new ("recording", run_thread, self);
  return g_steal_pointer (&self);
}

char *
volant_recording_get_sink (const VolantRecording *recording)
{
  return g_strdup_printf ("audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=%d,"
                          "channels=%d ! filesink sync=true buffer-mode=unbuffered "
                          "location=\"%s/%%s.pcm\"",
                          RATE_HZ, N_CHANNELS, recording->folder);
}

static void
end_thread (VolantRecording *self)
{
  if (self->thread == NULL)
    return;
  while (write (self->stop[1], "", 1) < 0 && errno == EINTR)
    ;
  g_thread_join (g_steal_pointer (&self->thread));
}

bool
volant_recording_finish (VolantRecording *recording, const char *path, GError **error)
{
  end_thread (recording);
  if (recording->timeline->len == 0)
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
                   "nothing was heard for %s", path);
      return false;
    }
  return volant_wav_write (path, RATE_HZ, N_CHANNELS, (int16_t *) recording->timeline->data,
                           recording->timeline->len / N_CHANNELS, error);
}

void
volant_recording_free (VolantRecording *recording)
{
  if (recording == NULL)
    return;
  end_thread (recording);
  for (unsigned i = 0; i < N_SOURCES; i++)
    {
      if (recording->sources[i].fd >= 0)
        close (recording->sources[i].fd);
      if (recording->sources[i].path != NULL)
        g_unlink (recording->sources[i].path);
      g_free (recording->sources[i].path);
    }
  for (unsigned i = 0; i < G_N_ELEMENTS (recording->stop); i++)
    if (recording->stop[i] >= 0)
      close (recording->stop[i]);
  g_clear_pointer (&recording->timeline, g_array_unref);
  g_free (recording->folder);
  g_free (recording);
}
