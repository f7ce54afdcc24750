/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/music/pieces.h"

/* Six short pieces: what they are made of, and how they are played. Public domain (CC0). */

#define R (-99)

const Piece pieces[N_PIECES] = {
  { "Quai des Lumières", "01-quai-des-lumieres", 84, 20,
    { { 50, 57, 61, 66, 69 }, { 47, 54, 57, 62, 66 }, { 43, 54, 59, 62, 66 }, { 45, 52, 57, 62, 67 },
      { 50, 57, 61, 66, 69 }, { 42, 54, 57, 61, 64 }, { 43, 54, 59, 62, 66 }, { 45, 52, 57, 61, 67 } },
    { 4, R, R, 5, 4, R, 2, R, 1, R, 2, R, R, R, 0, R }, { 0, 2, 4, 5, 7, 9, 11 }, 74,
    0.030, 0.16, 0.0, 0.055, 0.16, 0.55, false },
  { "Port du Matin", "02-port-du-matin", 96, 22,
    { { 41, 57, 60, 64, 67 }, { 40, 55, 59, 62, 67 }, { 38, 53, 57, 60, 64 }, { 36, 55, 59, 64, 67 },
      { 41, 57, 60, 64, 67 }, { 43, 53, 59, 62, 65 }, { 45, 55, 60, 64, 67 }, { 43, 55, 59, 62, 65 } },
    { 2, R, 4, R, 5, 4, R, 2, R, R, 1, 2, R, 0, R, R }, { 0, 2, 4, 5, 7, 9, 11 }, 72,
    0.016, 0.0, 0.10, 0.045, 0.17, 0.6, false },
  { "Périphérique", "03-peripherique", 112, 28,
    { { 45, 57, 60, 64, 69 }, { 41, 57, 60, 65, 69 }, { 48, 55, 60, 64, 67 }, { 43, 55, 59, 62, 67 },
      { 45, 57, 60, 64, 69 }, { 41, 57, 60, 65, 69 }, { 38, 53, 57, 62, 65 }, { 40, 56, 59, 64, 68 } },
    { 0, R, R, 2, R, R, 4, R, 3, R, R, 2, R, 1, R, R }, { 0, 2, 3, 5, 7, 8, 10 }, 69,
    0.022, 0.13, 0.0, 0.05, 0.17, 0.8, true },
  { "Pluie sur la Corniche", "04-pluie-sur-la-corniche", 72, 18,
    { { 40, 55, 59, 62, 66 }, { 36, 55, 59, 64, 67 }, { 43, 55, 59, 62, 69 }, { 42, 54, 57, 62, 69 },
      { 40, 55, 59, 62, 66 }, { 45, 55, 60, 64, 71 }, { 36, 55, 59, 64, 67 }, { 35, 54, 57, 63, 66 } },
    { R, R, 4, R, R, 3, R, 2, R, R, 1, R, 2, R, R, R }, { 0, 2, 3, 5, 7, 8, 10 }, 76,
    0.032, 0.19, 0.0, 0.04, 0.12, 0.0, false },
  { "Le Petit Tram", "05-le-petit-tram", 104, 24,
    { { 43, 54, 59, 62, 66 }, { 40, 55, 59, 62, 67 }, { 45, 55, 60, 64, 67 }, { 38, 54, 60, 64, 66 },
      { 43, 54, 59, 62, 66 }, { 47, 57, 62, 66, 69 }, { 48, 55, 59, 64, 67 }, { 38, 54, 57, 60, 66 } },
    { 4, 4, R, 2, R, 1, 2, R, 0, R, 1, 2, R, 4, R, R }, { 0, 2, 4, 5, 7, 9, 11 }, 79,
    0.012, 0.17, 0.07, 0.0, 0.17, 0.65, false },
  { "Retour de Nuit", "06-retour-de-nuit", 66, 16,
    { { 41, 57, 60, 64, 67 }, { 45, 55, 60, 64, 67 }, { 46, 57, 62, 65, 69 }, { 48, 55, 58, 62, 65 },
      { 41, 57, 60, 64, 67 }, { 38, 53, 57, 60, 65 }, { 46, 58, 62, 65, 69 }, { 36, 55, 58, 64, 67 } },
    { 2, R, R, R, 4, R, 3, R, R, R, 2, R, 1, R, R, R }, { 0, 2, 4, 5, 7, 9, 10 }, 77,
    0.036, 0.0, 0.085, 0.05, 0.13, 0.25, false },
};

/* The parts come in one after the other and leave in turn. */
typedef struct {
  const Piece *piece;
  double beat_s;
  SynthTape *dry;
  SynthTape *echoed;
} Player;

static const int *
chord_of (const Player *player, unsigned bar)
{
  return player->piece->chords[bar % 8];
}

static void
play_pad (Player *player, unsigned bar)
{
  const int *chord = chord_of (player, bar);

  for (unsigned i = 1; i < 5 && player->piece->pad > 0.0; i++)
    synth_pad (player->echoed,
               &(SynthNote) { bar * 4.0 * player->beat_s, 3.9 * player->beat_s, chord[i],
                              player->piece->pad, 0.0 });
}

/* Broken chords in eighths (sixteenths where it drives), up and down. */
static void
play_pluck (Player *player, unsigned bar)
{
  static const unsigned order[8] = { 1, 3, 2, 4, 3, 2, 4, 3 };
  const int *chord = chord_of (player, bar);
  unsigned n = player->piece->is_driving ? 16 : 8;

  for (unsigned i = 0; i < n && player->piece->pluck > 0.0; i++)
    {
      double swing = !player->piece->is_driving && i % 2 == 1 ? 0.05 : 0.0;
      double accent = i % 4 == 0 ? 1.0 : 0.62 + 0.2 * synth_chance (player->echoed);
      int octave = player->piece->is_driving && i % 8 >= 4 ? 12 : 0;

      synth_pluck (player->echoed,
                   &(SynthNote) { (bar * 4.0 + (i * 4.0 / n) + swing) * player->beat_s,
                                  player->beat_s * 0.8, chord[order[i % 8]] + octave,
                                  player->piece->pluck * accent, i % 2 == 0 ? -0.45 : 0.45 });
    }
}

static void
play_piano (Player *player, unsigned bar)
{
  static const double hits[] = { 0.0, 1.5, 2.5 };
  const int *chord = chord_of (player, bar);

  for (unsigned k = 0; k < G_N_ELEMENTS (hits) && player->piece->piano > 0.0; k++)
    for (unsigned i = 1; i < 5; i++)
      synth_piano (player->echoed,
                   &(SynthNote) { (bar * 4.0 + hits[k]) * player->beat_s + i * 0.011,
                                  player->beat_s * (k == 2 ? 1.3 : 0.9), chord[i],
                                  player->piece->piano * (k == 0 ? 1.0 : 0.7),
                                  -0.3 + 0.2 * i });
}

/* The motif over two bars; every other time it ends a step higher. */
static void
play_bell (Player *player, unsigned bar)
{
  const Piece *piece = player->piece;
  double level = piece->bell > 0.0 ? piece->bell : piece->piano * 0.6;

  for (unsigned i = 0; i < 8; i++)
    {
      int step = piece->motif[(bar % 2) * 8 + i];
      int lift = bar % 4 == 3 && i >= 4 ? 1 : 0;

      if (step == R)
        continue;
      step += lift;
      synth_bell (player->echoed,
                  &(SynthNote) { (bar * 4.0 + i * 0.5) * player->beat_s, player->beat_s * 0.9,
                                 piece->key + piece->scale[step % 7] + 12 * (step / 7), level,
                                 0.15 });
    }
}

static void
play_bass (Player *player, unsigned bar)
{
  static const double calm[] = { 0.0, 1.5, 2.0, 3.5 };
  const Piece *piece = player->piece;
  int root = chord_of (player, bar)[0];
  unsigned n = piece->is_driving ? 8 : G_N_ELEMENTS (calm);

  for (unsigned i = 0; i < n; i++)
    {
      double at = piece->is_driving ? i * 0.5 : calm[i];
      int pitch = root - 12 + (piece->is_driving ? (i % 2) * 12 : i == 3 ? 7 : 0);

      synth_bass (player->dry, &(SynthNote) { (bar * 4.0 + at) * player->beat_s,
                                              player->beat_s * (piece->is_driving ? 0.4 : 0.9),
                                              pitch < 28 ? pitch + 12 : pitch,
                                              piece->bass * (i == 0 ? 1.0 : 0.8), 0.0 });
    }
}

static void
play_drums (Player *player, unsigned bar)
{
  const Piece *piece = player->piece;
  double start = bar * 4.0 * player->beat_s;

  for (unsigned i = 0; i < 8 && piece->drums > 0.0; i++)
    {
      double at = start + (i * 0.5 + (i % 2 == 1 && !piece->is_driving ? 0.05 : 0.0)) *
                              player->beat_s;

      if (piece->is_driving ? i % 2 == 0 : i == 0 || i == 5)
        synth_kick (player->dry, at, 0.42 * piece->drums);
      if (i == 2 || i == 6)
        synth_brush (player->dry, at, 0.24 * piece->drums);
      synth_hat (player->dry, at, (i % 2 == 1 ? 0.085 : 0.05) * piece->drums, 0.3);
    }
}

SynthTape *
piece_play (const Piece *piece)
{
  Player player = { piece, 60.0 / piece->beats_per_minute };
  double seconds = piece->n_bars * 4.0 * player.beat_s + 4.0;

  player.dry = synth_tape_new (seconds);
  player.echoed = synth_tape_new (seconds);
  for (unsigned bar = 0; bar < piece->n_bars; bar++)
    {
      unsigned left = piece->n_bars - bar;

      play_pad (&player, bar);
      if (left > 1)
        play_pluck (&player, bar);
      if (bar >= 2 || piece->pluck == 0.0)
        play_piano (&player, bar);
      if (bar >= 2 && left > 2)
        play_bass (&player, bar);
      if (bar >= 4 && left > 2)
        play_drums (&player, bar);
      if (bar >= 6 && left > 4 && (bar / 4) % 4 != 3)
        play_bell (&player, bar);
    }
  synth_echo (player.echoed, player.beat_s * 0.75, 0.36, 0.30);
  synth_reverb (player.echoed, 1.0);
  synth_mix (player.echoed, player.dry, 1.0);
  synth_tape_free (player.dry);
  synth_master (player.echoed, -3.0);
  return player.echoed;
}
