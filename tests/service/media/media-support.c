/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/media/media-support.h"

#include "tests/support.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

char *
test_media_folder (const char *name)
{
  char *path = g_build_filename (volant_test_folder (), name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
  return path;
}

void
test_media_make_tone (const char *folder, const char *file, double seconds, double hertz,
                      const char *title)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *tags = title == NULL ? g_strdup ("")
                                        : g_strdup_printf ("! taginject tags=\"title=\\\"%s\\\","
                                                           "artist=\\\"Volant\\\"\" ",
                                                           title);
  g_autofree char *line = g_strdup_printf (
      "audiotestsrc num-buffers=%d samplesperbuffer=480 freq=%g volume=0.5 ! "
      "audio/x-raw,rate=48000,channels=2 ! audioconvert %s! flacenc ! filesink location=\"%s\"",
      (int) (seconds * 100.0), hertz, tags, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 20 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

static void
on_opened (GObject *source, GAsyncResult *result, void *data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static bool
is_opened (void *data)
{
  return *(GAsyncResult **) data != NULL;
}

bool
test_media_open (VolantMedia *media, const char *folder, unsigned *n_skipped, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  volant_media_open_folder_async (media, folder, NULL, on_opened, &result);
  g_assert_true (volant_test_wait (is_opened, &result, 90.0));
  return volant_media_open_folder_finish (media, result, n_skipped, error);
}

typedef struct {
  VolantMedia *media;
  int64_t position_ms;
  VolantMediaState state;
  unsigned index;
} Wish;

static bool
is_at_position (void *data)
{
  const Wish *wish = data;

  return volant_media_get_position_ms (wish->media) >= wish->position_ms;
}

static bool
is_in_state (void *data)
{
  const Wish *wish = data;

  return volant_media_get_state (wish->media) == wish->state;
}

static bool
is_at_index (void *data)
{
  const Wish *wish = data;

  return volant_media_get_index (wish->media) == wish->index;
}

bool
test_media_wait_position (VolantMedia *media, int64_t at_least_ms, double deadline_s)
{
  Wish wish = { .media = media, .position_ms = at_least_ms };

  return volant_test_wait (is_at_position, &wish, deadline_s);
}

bool
test_media_wait_state (VolantMedia *media, VolantMediaState state, double deadline_s)
{
  Wish wish = { .media = media, .state = state };

  return volant_test_wait (is_in_state, &wish, deadline_s);
}

bool
test_media_wait_index (VolantMedia *media, unsigned index, double deadline_s)
{
  Wish wish = { .media = media, .index = index };

  return volant_test_wait (is_at_index, &wish, deadline_s);
}

static bool
never (void *data)
{
  return false;
}

void
test_media_listen (double seconds)
{
  volant_test_wait (never, NULL, seconds);
}

GArray *
test_media_read_wav (const char *path, unsigned *rate_hz)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (int16_t));
  uint16_t n_channels = 0;
  uint32_t rate = 0;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, >, 44);
  for (size_t at = 12; at + 8 <= size;)
    {
      uint32_t length;

      memcpy (&length, bytes + at + 4, 4);
      if (memcmp (bytes + at, "fmt ", 4) == 0)
        {
          memcpy (&n_channels, bytes + at + 10, 2);
          memcpy (&rate, bytes + at + 12, 4);
        }
      for (size_t i = at + 8; memcmp (bytes + at, "data", 4) == 0 && n_channels > 0 &&
                              i + 2 <= MIN (size, at + 8 + length);
           i += 2u * n_channels)
        {
          int16_t sample;

          memcpy (&sample, bytes + i, 2);
          g_array_append_val (samples, sample);
        }
      at += 8 + length;
    }
  g_assert_cmpuint (rate, >, 0);
  *rate_hz = rate;
  return samples;
}

double
test_media_level_db (const GArray *samples, size_t first, size_t n)
{
  double sum = 0.0;

  g_assert_cmpuint (first + n, <=, samples->len);
  for (size_t i = first; i < first + n; i++)
    {
      double sample = g_array_index (samples, int16_t, i) / 32768.0;

      sum += sample * sample;
    }
  return 10.0 * log10 (MAX (sum / (double) n, 1e-12));
}
