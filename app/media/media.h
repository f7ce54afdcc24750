/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* Music: a folder of tracks, one player, one volume, ducking. Works with no sound card: then it says
 * so once ("failed") and plays in silence, in real time. */

G_BEGIN_DECLS

typedef enum {
  VOLANT_MEDIA_STOPPED,
  VOLANT_MEDIA_PLAYING,
  VOLANT_MEDIA_PAUSED,
} VolantMediaState;

#define VOLANT_TYPE_TRACK (volant_track_get_type ())
G_DECLARE_FINAL_TYPE (VolantTrack, volant_track, VOLANT, TRACK, GObject)

const char *volant_track_get_path (VolantTrack *self);
const char *volant_track_get_title (VolantTrack *self);  /* file name without suffix if untagged */
const char *volant_track_get_artist (VolantTrack *self); /* "" if untagged */
const char *volant_track_get_album (VolantTrack *self);
int64_t volant_track_get_duration_ms (VolantTrack *self); /* -1 unknown */
GBytes *volant_track_get_cover (VolantTrack *self);       /* (nullable) PNG or JPEG bytes */

#define VOLANT_TYPE_MEDIA (volant_media_get_type ())
G_DECLARE_FINAL_TYPE (VolantMedia, volant_media, VOLANT, MEDIA, GObject)

/* sink: GStreamer description, NULL for the system's, "none" for silence. */
VolantMedia *volant_media_new (const char *sink);

/* Scans a folder (recursively, sorted by path) and replaces the queue when done; files that cannot
 * be read are counted and left out. */
void volant_media_open_folder_async (VolantMedia *self, const char *path,
                                     GCancellable *cancellable, GAsyncReadyCallback callback,
                                     void *data);
bool volant_media_open_folder_finish (VolantMedia *self, GAsyncResult *result, unsigned *n_skipped,
                                      GError **error);

GListModel *volant_media_get_queue (VolantMedia *self); /* of VolantTrack */
VolantMediaState volant_media_get_state (VolantMedia *self);
VolantTrack *volant_media_get_track (VolantMedia *self); /* (nullable) */
unsigned volant_media_get_index (VolantMedia *self);
int64_t volant_media_get_position_ms (VolantMedia *self);
int64_t volant_media_get_duration_ms (VolantMedia *self);
double volant_media_get_volume (VolantMedia *self); /* 0…1, cubic loudness */
bool volant_media_get_muted (VolantMedia *self);

bool volant_media_play (VolantMedia *self, GError **error);
void volant_media_pause (VolantMedia *self);
bool volant_media_play_index (VolantMedia *self, unsigned index, GError **error);
bool volant_media_next (VolantMedia *self, GError **error);
bool volant_media_previous (VolantMedia *self, GError **error); /* over 3 s in: to its beginning */
void volant_media_seek_ms (VolantMedia *self, int64_t position_ms);
void volant_media_set_volume (VolantMedia *self, double volume);
void volant_media_set_muted (VolantMedia *self, bool muted);

/* Ducking is counted: music is low (-15 dB, 150 ms ramp) while any hold is open. */
void volant_media_duck (VolantMedia *self);
void volant_media_unduck (VolantMedia *self);

/* Properties with notify: state, track, position-ms (four a second), duration-ms, volume, muted,
 * ducked. Signals "failed" (GError *); "restored" (): the output that was lost or missing plays
 * again. */

G_END_DECLS
