/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/media/track.h"

#include <string.h>

/* One file of music and what its tags say. Never changes once made. */

struct _VolantTrack {
  GObject parent_instance;
  char *path;
  char *title;
  char *artist;
  char *album;
  int64_t duration_ms;
  GBytes *cover;
};

G_DEFINE_FINAL_TYPE (VolantTrack, volant_track, G_TYPE_OBJECT)

static void
volant_track_finalize (GObject *object)
{
  VolantTrack *self = VOLANT_TRACK (object);

  g_free (self->path);
  g_free (self->title);
  g_free (self->artist);
  g_free (self->album);
  g_clear_pointer (&self->cover, g_bytes_unref);
  G_OBJECT_CLASS (volant_track_parent_class)->finalize (object);
}

static void
volant_track_class_init (VolantTrackClass *class)
{
  G_OBJECT_CLASS (class)->finalize = volant_track_finalize;
}

static void
volant_track_init (VolantTrack *self)
{
}

static char *
title_of_file (const char *path)
{
  char *name = g_filename_display_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

VolantTrack *
volant_track_new (const VolantTrackFacts *facts)
{
  VolantTrack *self = g_object_new (VOLANT_TYPE_TRACK, NULL);
  bool is_titled = facts->title != NULL && *facts->title != '\0';

  self->path = g_strdup (facts->path);
  self->title = is_titled ? g_strdup (facts->title) : title_of_file (facts->path);
  self->artist = g_strdup (facts->artist != NULL ? facts->artist : "");
  self->album = g_strdup (facts->album != NULL ? facts->album : "");
  self->duration_ms = facts->duration_ms;
  self->cover = facts->cover != NULL ? g_bytes_ref (facts->cover) : NULL;
  return self;
}

const char *
volant_track_get_path (VolantTrack *self)
{
  g_return_val_if_fail (VOLANT_IS_TRACK (self), NULL);
  return self->path;
}

const char *
volant_track_get_title (VolantTrack *self)
{
  g_return_val_if_fail (VOLANT_IS_TRACK (self), NULL);
  return self->title;
}

const char *
volant_track_get_artist (VolantTrack *self)
{
  g_return_val_if_fail (VOLANT_IS_TRACK (self), NULL);
  return self->artist;
}

const char *
volant_track_get_album (VolantTrack *self)
{
  g_return_val_if_fail (VOLANT_IS_TRACK (self), NULL);
  return self->album;
}

int64_t
volant_track_get_duration_ms (VolantTrack *self)
{
  g_return_val_if_fail (VOLANT_IS_TRACK (self), -1);
  return self->duration_ms;
}

GBytes *
volant_track_get_cover (VolantTrack *self)
{
  g_return_val_if_fail (VOLANT_IS_TRACK (self), NULL);
  return self->cover;
}
