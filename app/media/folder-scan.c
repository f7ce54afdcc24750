/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media/folder-scan.h"

#include "app/error.h"
#include "app/media/track.h"

#include <gst/pbutils/pbutils.h>
#include <gst/tag/tag.h>
#include <string.h>

/* What music a folder holds: files by their suffix, each opened by GstDiscoverer for its tags, length
 * and cover. Links to folders are not followed, so that no loop can hold the scan. */

#define DISCOVER_TIMEOUT (6 * GST_SECOND)
#define DEEPEST 16
#define LARGEST_COVER_BYTES (16u << 20)

static bool
is_music (const char *name)
{
  static const char *const suffixes[] = {
    ".mp3", ".ogg", ".oga", ".opus", ".flac", ".m4a", ".aac", ".wav", ".wma", ".aiff", ".aif",
    ".ape", ".wv",  ".mka",
  };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (unsigned i = 0; *name != '.' && i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return true;
  return false;
}

static bool
collect (const char *folder, unsigned depth, GPtrArray *paths, GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return false;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return false;
      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          if (is_music (name))
            g_ptr_array_add (paths, g_steal_pointer (&path));
          continue;
        }
      /* A folder below that may not be read is as good as empty. */
      if (*name != '.' && depth < DEEPEST && !g_file_test (path, G_FILE_TEST_IS_SYMLINK) &&
          !collect (path, depth + 1, paths, cancellable, NULL) &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return false;
    }
  return true;
}

static int
compare_paths (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GBytes *
read_cover (const GstTagList *tags)
{
  static const char *const names[] = { GST_TAG_IMAGE, GST_TAG_PREVIEW_IMAGE };

  for (unsigned i = 0; tags != NULL && i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GstSample) sample = NULL;
      GstBuffer *buffer;
      void *bytes = NULL;
      gsize size = 0;

      if (!gst_tag_list_get_sample_index (tags, names[i], 0, &sample))
        continue;
      buffer = gst_sample_get_buffer (sample);
      if (buffer == NULL || gst_buffer_get_size (buffer) > LARGEST_COVER_BYTES)
        continue;
      gst_buffer_extract_dup (buffer, 0, gst_buffer_get_size (buffer), &bytes, &size);
      return g_bytes_new_take (bytes, size);
    }
  return NULL;
}

static VolantTrack *
read_track (GstDiscoverer *discoverer, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *title = NULL;
  g_autofree char *artist = NULL;
  g_autofree char *album = NULL;
  g_autoptr (GBytes) cover = NULL;
  g_autoptr (GstDiscovererInfo) info = NULL;
  g_autoptr (GError) error = NULL;
  VolantTrackFacts facts = { .path = path, .duration_ms = -1 };
  const GstTagList *tags;
  GList *streams;
  bool has_audio;

  info = uri != NULL ? gst_discoverer_discover_uri (discoverer, uri, &error) : NULL;
  if (info == NULL || gst_discoverer_info_get_result (info) != GST_DISCOVERER_OK)
    return NULL;
  streams = gst_discoverer_info_get_audio_streams (info);
  has_audio = streams != NULL;
  gst_discoverer_stream_info_list_free (streams);
  if (!has_audio)
    return NULL;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  tags = gst_discoverer_info_get_tags (info);
  G_GNUC_END_IGNORE_DEPRECATIONS
  if (tags != NULL)
    {
      gst_tag_list_get_string (tags, GST_TAG_TITLE, &title);
      gst_tag_list_get_string (tags, GST_TAG_ARTIST, &artist);
      gst_tag_list_get_string (tags, GST_TAG_ALBUM, &album);
      cover = read_cover (tags);
    }
  if (GST_CLOCK_TIME_IS_VALID (gst_discoverer_info_get_duration (info)))
    facts.duration_ms = (int64_t) (gst_discoverer_info_get_duration (info) / GST_MSECOND);
  facts.title = title;
  facts.artist = artist;
  facts.album = album;
  facts.cover = cover;
  return volant_track_new (&facts);
}

GPtrArray *
volant_folder_scan (const char *path, GCancellable *cancellable, unsigned *n_skipped,
                    GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GstDiscoverer) discoverer = NULL;

  *n_skipped = 0;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND,
                   "The music folder %s is absent: choose another one", path);
      return NULL;
    }
  if (!collect (path, 0, paths, cancellable, error))
    return NULL;
  if (paths->len == 0)
    {
      g_set_error (error, VOLANT_ERROR, VOLANT_ERROR_NOT_FOUND,
                   "There is no music in %s: choose another folder", path);
      return NULL;
    }
  g_ptr_array_sort (paths, compare_paths);
  discoverer = gst_discoverer_new (DISCOVER_TIMEOUT, error);
  if (discoverer == NULL)
    return NULL;
  for (unsigned i = 0; i < paths->len; i++)
    {
      VolantTrack *track;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      track = read_track (discoverer, g_ptr_array_index (paths, i));
      if (track != NULL)
        g_ptr_array_add (tracks, track);
      else
        (*n_skipped)++;
    }
  return g_steal_pointer (&tracks);
}
