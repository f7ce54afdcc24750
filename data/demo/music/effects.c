/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/music/synth.h"

#include <math.h>

/* What is behind the instruments: echo, room, master. */

void
synth_echo (SynthTape *tape, double seconds, double feedback, double wet)
{
  size_t delay = (size_t) (seconds * SYNTH_RATE_HZ);
  g_autofree float *left = g_new0 (float, delay);
  g_autofree float *right = g_new0 (float, delay);

  for (size_t i = 0; i < tape->n; i++)
    {
      size_t at = i % delay;
      float from_left = left[at];
      float from_right = right[at];

      left[at] = (float) ((tape->left[i] + tape->right[i]) * 0.5 + from_right * feedback);
      right[at] = (float) (from_left * feedback);
      tape->left[i] += (float) (from_left * wet);
      tape->right[i] += (float) (from_right * wet);
    }
}

#define N_COMBS 8
#define N_PASSES 4

typedef struct {
  float *line;
  size_t length;
  size_t at;
  double low;
} Delay;

static void
reverb_side (float *side, size_t n, size_t spread, double wet)
{
  static const size_t combs[N_COMBS] = { 1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617 };
  static const size_t passes[N_PASSES] = { 556, 441, 341, 225 };
  Delay delays[N_COMBS + N_PASSES] = { 0 };

  for (unsigned k = 0; k < N_COMBS + N_PASSES; k++)
    {
      delays[k].length = (k < N_COMBS ? combs[k] : passes[k - N_COMBS]) + spread;
      delays[k].line = g_new0 (float, delays[k].length);
    }
  for (size_t i = 0; i < n; i++)
    {
      double in = side[i] * 0.03;
      double out = 0.0;

      for (unsigned k = 0; k < N_COMBS + N_PASSES; k++)
        {
          Delay *delay = &delays[k];
          double old = delay->line[delay->at];

          if (k < N_COMBS)
            {
              delay->low += 0.7 * (old - delay->low);
              delay->line[delay->at] = (float) (in + delay->low * 0.84);
              out += old;
            }
          else
            {
              delay->line[delay->at] = (float) (out + old * 0.5);
              out = old - out;
            }
          delay->at = delay->at + 1 == delay->length ? 0 : delay->at + 1;
        }
      side[i] += (float) (out * wet);
    }
  for (unsigned k = 0; k < N_COMBS + N_PASSES; k++)
    g_free (delays[k].line);
}

void
synth_reverb (SynthTape *tape, double wet)
{
  reverb_side (tape->left, tape->n, 0, wet);
  reverb_side (tape->right, tape->n, 23, wet);
}

void
synth_mix (SynthTape *tape, const SynthTape *other, double level)
{
  for (size_t i = 0; i < MIN (tape->n, other->n); i++)
    {
      tape->left[i] += (float) (other->left[i] * level);
      tape->right[i] += (float) (other->right[i] * level);
    }
}

static double
master_side (float *side, size_t n)
{
  double before = 0.0;
  double low = 0.0;
  double peak = 0.0;

  for (size_t i = 0; i < n; i++)
    {
      double in = side[i];
      double from_start = (double) i / (0.4 * SYNTH_RATE_HZ);
      double from_end = (double) (n - 1 - i) / (3.5 * SYNTH_RATE_HZ);
      double fade = MIN (1.0, from_start) * MIN (1.0, from_end);

      /* One pole at 20 Hz against a drift of the mean. */
      low = in - before + 0.99715 * low;
      before = in;
      side[i] = (float) (tanh (low * 0.9) * fade * fade);
      peak = MAX (peak, fabs (side[i]));
    }
  return peak;
}

void
synth_master (SynthTape *tape, double peak_db)
{
  double peak = MAX (master_side (tape->left, tape->n), master_side (tape->right, tape->n));
  double gain = peak > 0.0 ? pow (10.0, peak_db / 20.0) / peak : 0.0;

  for (size_t i = 0; i < tape->n; i++)
    {
      tape->left[i] *= (float) gain;
      tape->right[i] *= (float) gain;
    }
}
