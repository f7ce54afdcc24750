/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/music/synth.h"

#include <math.h>
#include <string.h>

/* The instruments. Each is a few oscillators with an envelope that begins and ends at nothing, so
 * that no note clicks. */

#define TABLE 65536

static float sines[TABLE + 1];

static float
sine (double phase)
{
  double whole = (double) (int64_t) phase;
  double at = (phase - (whole > phase ? whole - 1.0 : whole)) * TABLE;

  return sines[(int) at];
}

static double
hertz_of (double pitch)
{
  return 440.0 * pow (2.0, (pitch - 69.0) / 12.0);
}

SynthTape *
synth_tape_new (double seconds)
{
  SynthTape *tape = g_new0 (SynthTape, 1);

  for (int i = 0; i <= TABLE; i++)
    sines[i] = (float) sin (2.0 * G_PI * i / TABLE);
  tape->n = (size_t) (seconds * SYNTH_RATE_HZ);
  tape->left = g_new0 (float, tape->n);
  tape->right = g_new0 (float, tape->n);
  tape->chance = 7;
  return tape;
}

void
synth_tape_free (SynthTape *tape)
{
  g_free (tape->left);
  g_free (tape->right);
  g_free (tape);
}

double
synth_chance (SynthTape *tape)
{
  uint64_t z = tape->chance += 0x9e3779b97f4a7c15ull;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return (double) ((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

/* Frames that a sound of so many seconds takes from at_s on, within the tape. */
static size_t
span (const SynthTape *tape, double at_s, double seconds, size_t *first)
{
  *first = (size_t) (MAX (at_s, 0.0) * SYNTH_RATE_HZ);
  if (*first >= tape->n)
    return 0;
  return MIN ((size_t) (seconds * SYNTH_RATE_HZ), tape->n - *first);
}

static double
slope (double t, double attack_s, double length_s, double release_s)
{
  double up = MIN (t / attack_s, 1.0);
  double down = CLAMP ((length_s + release_s - t) / release_s, 0.0, 1.0);

  return up * up * (3.0 - 2.0 * up) * down * down;
}

/* Equal power: pan is an eighth of a turn. */
static void
put (SynthTape *tape, size_t i, double sample, double pan)
{
  double turn = (pan + 1.0) / 8.0;

  tape->left[i] += (float) (sample * sine (turn + 0.25));
  tape->right[i] += (float) (sample * sine (turn));
}

/* Two voices a side, slightly out of tune, that open and close. */
void
synth_pad (SynthTape *tape, const SynthNote *note)
{
  static const double detune[4] = { -0.08, 0.05, 0.09, -0.04 };
  size_t first;
  size_t n = span (tape, note->at_s, note->length_s + 1.6, &first);

  for (unsigned voice = 0; voice < 4; voice++)
    {
      double step = hertz_of (note->pitch + detune[voice]) / SYNTH_RATE_HZ;
      double phase = synth_chance (tape);
      float *side = voice < 2 ? tape->left : tape->right;
      double open = 0.45;

      for (size_t i = 0; i < n; i++, phase += step)
        {
          double t = (double) i / SYNTH_RATE_HZ;
          double wave;

          if (i % 64 == 0)
            open = 0.45 + 0.3 * sine (t * 0.11 + voice * 0.25);
          wave = sine (phase) + open * (0.5 * sine (2.0 * phase) + 0.28 * sine (3.0 * phase) +
                                        0.14 * sine (4.0 * phase));

          side[first + i] += (float) (wave * note->level * 0.5 *
                                      slope (t, 0.7, note->length_s, 1.6));
        }
    }
}

/* Karplus, Strong: Digital synthesis of plucked-string and drum timbres (1983). */
void
synth_pluck (SynthTape *tape, const SynthNote *note)
{
  double period = SYNTH_RATE_HZ / hertz_of (note->pitch);
  size_t length = (size_t) period;
  g_autofree double *string = g_new (double, length + 1);
  size_t first;
  size_t n = span (tape, note->at_s, note->length_s + 1.4, &first);
  double tune = period - (double) length;
  double before = 0.0;
  double mean = 0.0;

  for (size_t i = 0; i <= length; i++)
    {
      before += 0.55 * (synth_chance (tape) * 2.0 - 1.0 - before);
      string[i] = before;
      mean += before / (double) (length + 1);
    }
  for (size_t i = 0; i <= length; i++)
    string[i] -= mean;
  for (size_t i = 0, at = 0; i < n; i++, at = at + 1 > length ? 0 : at + 1)
    {
      size_t next = at + 1 > length ? 0 : at + 1;
      double sample = string[at] * (1.0 - tune) + string[next] * tune;

      string[at] = 0.4975 * (string[at] + string[next]);
      put (tape, first + i,
           sample * note->level * slope ((double) i / SYNTH_RATE_HZ, 0.002, note->length_s, 1.4),
           note->pan);
    }
}

/* Two operators of frequency modulation, as in electric pianos. */
void
synth_piano (SynthTape *tape, const SynthNote *note)
{
  size_t first;
  size_t n = span (tape, note->at_s, note->length_s + 0.9, &first);
  double step = hertz_of (note->pitch) / SYNTH_RATE_HZ;

  for (size_t i = 0; i < n; i++)
    {
      double t = (double) i / SYNTH_RATE_HZ;
      double phase = step * (double) i;
      double tine = 0.12 * exp (-t * 9.0) * sine (14.0 * phase);
      double body = sine (phase + (0.20 * exp (-t * 2.2) + 0.03) * sine (phase) + tine * 0.3);

      put (tape, first + i,
           (body + tine * 0.2) * exp (-t * 1.3) * note->level *
               slope (t, 0.004, note->length_s, 0.9),
           note->pan + 0.25 * sine (t * 3.1));
    }
}

void
synth_bell (SynthTape *tape, const SynthNote *note)
{
  size_t first;
  size_t n = span (tape, note->at_s, note->length_s + 1.2, &first);
  double step = hertz_of (note->pitch) / SYNTH_RATE_HZ;

  for (size_t i = 0; i < n; i++)
    {
      double t = (double) i / SYNTH_RATE_HZ;
      double phase = step * (double) i + 0.004 * sine (t * 5.2) * MIN (t * 2.0, 1.0);
      double wave = sine (phase) + 0.35 * exp (-t * 3.0) * sine (2.0 * phase) +
                    0.18 * exp (-t * 5.0) * sine (4.0 * phase);

      put (tape, first + i,
           wave * (0.35 + 0.65 * exp (-t * 2.0)) * note->level *
               slope (t, 0.012, note->length_s, 1.2),
           note->pan);
    }
}

void
synth_bass (SynthTape *tape, const SynthNote *note)
{
  size_t first;
  size_t n = span (tape, note->at_s, note->length_s + 0.12, &first);
  double step = hertz_of (note->pitch) / SYNTH_RATE_HZ;

  for (size_t i = 0; i < n; i++)
    {
      double t = (double) i / SYNTH_RATE_HZ;
      double phase = step * (double) i;
      double wave = sine (phase) + 0.38 * exp (-t * 4.0) * sine (2.0 * phase) +
                    0.16 * exp (-t * 7.0) * sine (3.0 * phase);

      put (tape, first + i,
           tanh (wave * 1.2) * exp (-t * 0.9) * note->level *
               slope (t, 0.008, note->length_s, 0.12),
           0.0);
    }
}

void
synth_kick (SynthTape *tape, double at_s, double level)
{
  size_t first;
  size_t n = span (tape, at_s, 0.32, &first);
  double phase = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      double t = (double) i / SYNTH_RATE_HZ;

      phase += (46.0 + 90.0 * exp (-t * 34.0)) / SYNTH_RATE_HZ;
      put (tape, first + i, sine (phase) * exp (-t * 11.0) * level * slope (t, 0.002, 0.2, 0.12),
           0.0);
    }
}

void
synth_brush (SynthTape *tape, double at_s, double level)
{
  size_t first;
  size_t n = span (tape, at_s, 0.24, &first);
  double low = 0.0;
  double high = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      double t = (double) i / SYNTH_RATE_HZ;
      double noise = synth_chance (tape) * 2.0 - 1.0;

      low += 0.42 * (noise - low);
      high += 0.10 * (low - high);
      put (tape, first + i,
           ((low - high) * exp (-t * 17.0) + 0.25 * sine (190.0 * t) * exp (-t * 26.0)) * level *
               slope (t, 0.004, 0.16, 0.08),
           0.06);
    }
}

void
synth_hat (SynthTape *tape, double at_s, double level, double pan)
{
  size_t first;
  size_t n = span (tape, at_s, 0.09, &first);
  double low = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      double t = (double) i / SYNTH_RATE_HZ;
      double noise = synth_chance (tape) * 2.0 - 1.0;

      low += 0.62 * (noise - low);
      put (tape, first + i, (noise - low) * exp (-t * 62.0) * level * slope (t, 0.001, 0.06, 0.03),
           pan);
    }
}
