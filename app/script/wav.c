/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/script/wav.h"

#include "app/script/script.h"

#include <string.h>

/* Read and written by hand: forty-four bytes before the samples. */

#define HEADER_BYTES 44

static void
put_u32 (uint8_t *at, uint32_t value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, 4);
}

static void
put_u16 (uint8_t *at, uint16_t value)
{
  value = GUINT16_TO_LE (value);
  memcpy (at, &value, 2);
}

static uint32_t
get_u32 (const uint8_t *at)
{
  uint32_t value;

  memcpy (&value, at, 4);
  return GUINT32_FROM_LE (value);
}

static uint16_t
get_u16 (const uint8_t *at)
{
  uint16_t value;

  memcpy (&value, at, 2);
  return GUINT16_FROM_LE (value);
}

bool
volant_wav_write (const char *path, unsigned rate_hz, unsigned n_channels, const int16_t *samples,
                  size_t n_frames, GError **error)
{
  size_t data_bytes = n_frames * n_channels * 2;
  g_autofree uint8_t *file = NULL;

  if (data_bytes > UINT32_MAX - HEADER_BYTES)
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
                   "%s: too long for a WAV file", path);
      return false;
    }
  file = g_malloc (HEADER_BYTES + data_bytes);
  memcpy (file, "RIFF", 4);
  put_u32 (file + 4, (uint32_t) (HEADER_BYTES - 8 + data_bytes));
  memcpy (file + 8, "WAVEfmt ", 8);
  put_u32 (file + 16, 16);
  put_u16 (file + 20, 1);
  put_u16 (file + 22, (uint16_t) n_channels);
  put_u32 (file + 24, rate_hz);
  put_u32 (file + 28, rate_hz * n_channels * 2);
  put_u16 (file + 32, (uint16_t) (n_channels * 2));
  put_u16 (file + 34, 16);
  memcpy (file + 36, "data", 4);
  put_u32 (file + 40, (uint32_t) data_bytes);
  for (size_t i = 0; i < n_frames * n_channels; i++)
    put_u16 (file + HEADER_BYTES + i * 2, (uint16_t) samples[i]);
  return g_file_set_contents (path, (const char *) file, (gssize) (HEADER_BYTES + data_bytes),
                              error);
}

static GArray *
refuse (const char *path, GError **error)
{
  g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_FAILED,
               "%s is not a 16-bit PCM WAV file", path);
  return NULL;
}

GArray *
volant_wav_read (const char *path, unsigned *rate_hz, unsigned *n_channels, GError **error)
{
  g_autofree char *contents = NULL;
  const uint8_t *file;
  size_t size, at = 12;
  bool has_format = false;

  if (!g_file_get_contents (path, &contents, &size, error))
    return NULL;
  file = (const uint8_t *) contents;
  if (size < at || memcmp (file, "RIFF", 4) != 0 || memcmp (file + 8, "WAVE", 4) != 0)
    return refuse (path, error);
  while (size - at >= 8)
    {
      size_t chunk = MIN (get_u32 (file + at + 4), size - at - 8);
      const uint8_t *body = file + at + 8;

      if (memcmp (file + at, "fmt ", 4) == 0 && chunk >= 16)
        {
          *n_channels = get_u16 (body + 2);
          *rate_hz = get_u32 (body + 4);
          has_format = get_u16 (body) == 1 && get_u16 (body + 14) == 16 && *n_channels > 0;
        }
      else if (memcmp (file + at, "data", 4) == 0 && has_format)
        {
          GArray *samples = g_array_sized_new (FALSE, FALSE, sizeof (int16_t), chunk / 2);

          for (size_t i = 0; i + 1 < chunk; i += 2)
            {
              int16_t sample = (int16_t) get_u16 (body + i);

              g_array_append_val (samples, sample);
            }
          return samples;
        }
      at = MIN (at + 8 + chunk + (chunk & 1), size);
    }
  return refuse (path, error);
}
