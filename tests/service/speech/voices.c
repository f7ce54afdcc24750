/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/service/speech/voices.h"

#include "speech/espeak.h"
#include "speech/sound.h"
#include "tests/support.h"

#include <string.h>

/* Two synthesizers: espeak-ng, which is formants and always there, and flite, whose slt, kal and
 * rms are made of recorded people. */

static const char *const station_names[] = {
  "Gare de Lyon",     "Gare du Nord",       "Place de la République",
  "Vieux Port",       "Hôtel de Ville",     "Jean Jaurès",
  "Rue des Tanneurs", "Boulevard Voltaire", "Quai des Brumes",
  "Théâtre",          "Jardin des Plantes", "Université",
  "Place du Marché",  "Pont Neuf",          "Saint Michel",
  "Les Halles",       "Cité des Sciences",  "Parc Montsouris",
  "Avenue Foch",      "Port Royal",
};

const char *const *
voices_stations (unsigned *n_stations)
{
  *n_stations = G_N_ELEMENTS (station_names);
  return station_names;
}

static bool
collect (const int16_t *samples, size_t n_samples, void *data)
{
  g_array_append_vals (data, samples, (unsigned) n_samples);
  return true;
}

static GArray *
speak_by_espeak (const char *text, const char *voice)
{
  g_autoptr (GArray) dry = g_array_new (FALSE, FALSE, sizeof (int16_t));

  if (!volant_espeak_speak (text, voice, collect, dry, NULL))
    return NULL;
  return volant_sound_resample ((const int16_t *) (void *) dry->data, dry->len,
                                volant_espeak_get_rate_hz (), VOLANT_DECODER_RATE_HZ, NULL);
}

static GArray *
speak_by_flite (const char *text, const char *voice)
{
  g_autofree char *program = g_find_program_in_path ("flite");
  g_autofree char *path = g_build_filename (volant_test_folder (), "flite.wav", NULL);
  const char *line[] = { program, "-voice", voice, "-t", text, "-o", path, NULL };
  int status = 0;

  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **) line, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL,
                               &status, NULL));
  if (!g_spawn_check_wait_status (status, NULL))
    return NULL;
  return volant_sound_read (path, VOLANT_DECODER_RATE_HZ, 60, NULL, NULL);
}

GArray *
voices_speak (const char *text, const char *voice)
{
  GArray *sound = g_str_has_prefix (voice, "flite ") ? speak_by_flite (text, voice + 6)
                                                     : speak_by_espeak (text, voice);
  uint32_t seed = 7;
  unsigned n_margin = VOLANT_DECODER_RATE_HZ * 3 / 10;
  g_autofree int16_t *margin = g_new0 (int16_t, n_margin);

  if (sound == NULL)
    return NULL;
  g_array_prepend_vals (sound, margin, n_margin);
  g_array_append_vals (sound, margin, n_margin);
  for (unsigned i = 0; i < sound->len; i++)
    {
      int16_t *sample = &g_array_index (sound, int16_t, i);

      seed = seed * 1664525u + 1013904223u;
      *sample = (int16_t) CLAMP (*sample + (int) ((seed >> 16) % 61) - 30, -32768, 32767);
    }
  return sound;
}

VolantRecogniser *
voices_recogniser (const char *language)
{
  g_autofree char *name = g_strdup_printf ("%s.commands", language);
  g_autofree char *path =
      g_build_filename (g_getenv ("VOLANT_TEST_SOURCE"), "data", "commands", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCatalogue) catalogue = volant_catalogue_new_from_file (path, &error);
  VolantRecogniser *recogniser;
  VolantSpokenName names[G_N_ELEMENTS (station_names)];

  g_assert_no_error (error);
  recogniser = volant_recogniser_new (catalogue, NULL, &error);
  g_assert_no_error (error);
  for (unsigned i = 0; i < G_N_ELEMENTS (station_names); i++)
    names[i] = (VolantSpokenName){ station_names[i], station_names[i], "fr" };
  volant_recogniser_set_names (recogniser, "station", names, G_N_ELEMENTS (names));
  g_assert_true (volant_recogniser_prepare (recogniser, &error));
  return recogniser;
}

VolantHearing *
voices_hear (VolantRecogniser *recogniser, const char *text, const char *voice,
             VolantExpectation expectation)
{
  g_autoptr (GArray) sound = voices_speak (text, voice);

  if (sound == NULL)
    return NULL;
  return volant_recogniser_hear (recogniser, (const int16_t *) (void *) sound->data, sound->len,
                                 expectation);
}

char *
voices_value_of (const VolantHearing *hearing, const char *slot)
{
  char *value = NULL;

  g_variant_lookup (hearing->parameters, slot, "s", &value);
  return value;
}
