/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A small synthesizer: instruments that add notes to a stereo tape, and the effects behind them. */

G_BEGIN_DECLS

#define SYNTH_RATE_HZ 44100

typedef struct {
  float *left;
  float *right;
  size_t n; /* frames */
  uint64_t chance;
} SynthTape;

typedef struct {
  double at_s;
  double length_s;
  double pitch; /* MIDI note number */
  double level; /* linear */
  double pan;   /* -1 left … 1 right */
} SynthNote;

SynthTape *synth_tape_new (double seconds);
void synth_tape_free (SynthTape *tape);

void synth_pad (SynthTape *tape, const SynthNote *note);
void synth_pluck (SynthTape *tape, const SynthNote *note);
void synth_piano (SynthTape *tape, const SynthNote *note);
void synth_bell (SynthTape *tape, const SynthNote *note);
void synth_bass (SynthTape *tape, const SynthNote *note);
void synth_kick (SynthTape *tape, double at_s, double level);
void synth_brush (SynthTape *tape, double at_s, double level);
void synth_hat (SynthTape *tape, double at_s, double level, double pan);

/* Echo from side to side. */
void synth_echo (SynthTape *tape, double seconds, double feedback, double wet);
/* Freeverb after Jezar at Dreampoint (public domain). */
void synth_reverb (SynthTape *tape, double wet);
/* Adds another tape of the same length. */
void synth_mix (SynthTape *tape, const SynthTape *other, double level);
/* Takes off what is below hearing, fades both ends, and brings the peak to peak_db. */
void synth_master (SynthTape *tape, double peak_db);

double synth_chance (SynthTape *tape); /* 0 … 1, the same in each run */

G_END_DECLS
