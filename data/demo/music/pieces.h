/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "data/demo/music/synth.h"

G_BEGIN_DECLS

#define N_PIECES 6

typedef struct {
  const char *title;
  const char *file;
  double beats_per_minute;
  unsigned n_bars;
  int chords[8][5];      /* MIDI notes from the root up, 0 ends */
  int motif[16];         /* eighths of two bars: step within the chord's scale, -99 rest */
  int scale[7];          /* semitones of the key */
  int key;               /* MIDI note */
  double pad;            /* levels, 0 none */
  double pluck;
  double piano;
  double bell;
  double bass;
  double drums;
  bool is_driving;       /* four to the floor, eighths in the bass */
} Piece;

extern const Piece pieces[N_PIECES];

/* Plays it (transfer full). */
SynthTape *piece_play (const Piece *piece);

/* covers.c: the picture of piece number, as PNG (transfer full). */
GBytes *piece_cover (unsigned number);

G_END_DECLS
