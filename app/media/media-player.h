/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/media/sound-output.h"

/* One playbin: plays a file, goes over to the next without a gap, tells what happened on the main
 * context. playbin and not playbin3, which in 1.22.0 hangs on some bad input. */

G_BEGIN_DECLS

typedef struct _VolantMediaPlayer VolantMediaPlayer;

typedef struct {
  /* The file given by volant_media_player_set_next () has begun. */
  void (*on_went_over) (void *data);
  /* The file came to its end and no next one was given. */
  void (*on_ended) (void *data);
  /* The file cannot be played, or, is_output, the sound output is lost. The player is stopped. */
  void (*on_failed) (const GError *error, bool is_output, void *data);
  /* No sound output was found when the pipeline was built: it plays in silence. */
  void (*on_silent) (const GError *error, void *data);
} VolantMediaPlayerEvents;

/* output stays the caller's and must live longer. */
VolantMediaPlayer *volant_media_player_new (VolantSoundOutput *output,
                                            const VolantMediaPlayerEvents *events, void *data);
void volant_media_player_free (VolantMediaPlayer *player);

/* Opens a file at a position, playing or paused. */
void volant_media_player_open (VolantMediaPlayer *player, const char *path, int64_t position_ms,
                               bool is_playing);
/* False after volant_media_player_stop () and after a failure. */
bool volant_media_player_is_open (const VolantMediaPlayer *player);
/* What follows when the open file ends; NULL nothing. */
void volant_media_player_set_next (VolantMediaPlayer *player, const char *path);
void volant_media_player_set_playing (VolantMediaPlayer *player, bool is_playing);
void volant_media_player_stop (VolantMediaPlayer *player);
void volant_media_player_seek (VolantMediaPlayer *player, int64_t position_ms);
/* -1 while unknown */
int64_t volant_media_player_get_position_ms (VolantMediaPlayer *player);
int64_t volant_media_player_get_duration_ms (VolantMediaPlayer *player);
/* Linear amplitude, 0 … 1 */
void volant_media_player_set_gain (VolantMediaPlayer *player, double gain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantMediaPlayer, volant_media_player_free)

G_END_DECLS
