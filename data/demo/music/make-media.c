/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/music/pieces.h"

#include <glib/gstdio.h>
#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <gst/tag/tag.h>
#include <math.h>

/* Makes the demo's music: plays the pieces, draws their covers, writes Ogg Vorbis with tags into a
 * folder. Each run writes the same bytes. What it writes is public domain (CC0). */

#define ALBUM "Port-Lumière"
#define ARTIST "Volant"
#define CHUNK ((size_t) 4096)

/* In small pieces: vorbisenc keeps each on its stack. */
static void
push_tape (GstAppSrc *source, const SynthTape *tape)
{
  for (size_t first = 0; first < tape->n; first += CHUNK)
    {
      size_t n = MIN (CHUNK, tape->n - first);
      float *frames = g_new (float, n * 2);
      GstBuffer *buffer;

      for (size_t i = 0; i < n; i++)
        {
          frames[i * 2] = tape->left[first + i];
          frames[i * 2 + 1] = tape->right[first + i];
        }
      buffer = gst_buffer_new_wrapped (frames, n * 2 * sizeof (float));
      GST_BUFFER_PTS (buffer) = gst_util_uint64_scale (first, GST_SECOND, SYNTH_RATE_HZ);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, SYNTH_RATE_HZ);
      gst_app_src_push_buffer (source, buffer);
    }
  gst_app_src_end_of_stream (source);
}

static void
set_tags (GstElement *encoder, unsigned number)
{
  g_autoptr (GBytes) cover = piece_cover (number);
  g_autoptr (GstSample) image = gst_tag_image_data_to_image_sample (
      g_bytes_get_data (cover, NULL), (unsigned) g_bytes_get_size (cover),
      GST_TAG_IMAGE_TYPE_FRONT_COVER);

  gst_tag_setter_add_tags (GST_TAG_SETTER (encoder), GST_TAG_MERGE_REPLACE, GST_TAG_TITLE,
                           pieces[number].title, GST_TAG_ARTIST, ARTIST, GST_TAG_ALBUM, ALBUM,
                           GST_TAG_TRACK_NUMBER, number + 1, GST_TAG_TRACK_COUNT, N_PIECES,
                           GST_TAG_LICENSE, "CC0-1.0", GST_TAG_IMAGE, image, NULL);
}

static bool
write_piece (unsigned number, const char *path, GError **error)
{
  g_autoptr (GstElement) pipeline = gst_parse_launch (
      "appsrc name=source format=time caps=audio/x-raw,format=F32LE,layout=interleaved,"
      "rate=44100,channels=2 ! audioconvert ! vorbisenc name=encoder quality=0.5 "
      "oggmux name=mux ! filesink name=file",
      error);
  g_autoptr (GstElement) source = NULL;
  g_autoptr (GstElement) encoder = NULL;
  g_autoptr (GstElement) mux = NULL;
  g_autoptr (GstElement) file = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;
  SynthTape *tape;

  if (pipeline == NULL)
    return false;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  encoder = gst_bin_get_by_name (GST_BIN (pipeline), "encoder");
  mux = gst_bin_get_by_name (GST_BIN (pipeline), "mux");
  file = gst_bin_get_by_name (GST_BIN (pipeline), "file");
  g_object_set (file, "location", path, NULL);
  set_tags (encoder, number);
  /* oggmux draws the stream's number by chance. */
  g_random_set_seed (number + 1);
  gst_element_link (encoder, mux);
  tape = piece_play (&pieces[number]);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  push_tape (GST_APP_SRC (source), tape);
  synth_tape_free (tape);
  bus = gst_element_get_bus (pipeline);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE,
                                        GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, error, NULL);
  return GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;
}

int
main (int argc, char **argv)
{
  if (argc != 3 || argv[1][0] == '-')
    {
      g_printerr ("Usage: make-media FOLDER STAMP-FILE\n");
      return 2;
    }
  gst_init (NULL, NULL);
  g_mkdir_with_parents (argv[1], 0755);
  for (unsigned i = 0; i < N_PIECES; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_strconcat (pieces[i].file, ".ogg", NULL);
      g_autofree char *path = g_build_filename (argv[1], name, NULL);

      if (write_piece (i, path, &error))
        continue;
      g_printerr ("make-media: %s: %s\n", path, error->message);
      return 1;
    }
  return g_file_set_contents (argv[2], "made\n", -1, NULL) ? 0 : 1;
}
