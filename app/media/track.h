/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/media/media.h"

/* Making tracks: for the folder scan. */

G_BEGIN_DECLS

typedef struct {
  const char *path;
  const char *title;  /* NULL: the file's name without suffix */
  const char *artist; /* NULL: "" */
  const char *album;  /* NULL: "" */
  int64_t duration_ms; /* -1 unknown */
  GBytes *cover;      /* (nullable) */
} VolantTrackFacts;

/* (transfer full) */
VolantTrack *volant_track_new (const VolantTrackFacts *facts);

G_END_DECLS
