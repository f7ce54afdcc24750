/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/recogniser.h"
#include "speech/sound.h"
#include "tests/support.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* How well real people are understood: the 207 spoken orders, clean and in kitchen noise. Strict
 * accuracy: intent and all slots equal, and none more. Mixing, as that benchmark does: the noise is
 * scaled so that the greatest energy of 2,048 samples of the speech over that of the noise piece is
 * the SNR; the piece is chosen by the utterance's place in the list, so that runs are alike.
 *
 *   hear [--catalogue FILE] [--limit N] [--scores FILE] [--shift N] [SNR …]   (default: clean 24 15 6)
 *
 * Which pieces of the noise are met counts: at 6 dB --shift 50000 is four points below none. */

#define FRAME 2048

typedef struct {
  char *name;
  GArray *samples;
  JsonObject *slots;
} Order;

typedef struct {
  unsigned n_orders;
  unsigned n_right;  /* every labelled slot equal */
  unsigned n_strict; /* and no other */
  unsigned n_rejected;
  unsigned n_rejected_right; /* would have been right */
  double audio_s;
  double decode_s;
  double reject_s;
} Tally;

static char *catalogue_path;
static char *scores_path;
static int limit;
static int shift;

static const GOptionEntry entries[] = {
  { "catalogue", 0, 0, G_OPTION_ARG_FILENAME, &catalogue_path, "Commands", "FILE" },
  { "scores", 0, 0, G_OPTION_ARG_FILENAME, &scores_path, "Write a line a file here", "FILE" },
  { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "Only so many files", "N" },
  { "shift", 0, 0, G_OPTION_ARG_INT, &shift, "Other pieces of noise: so many samples on", "N" },
  { NULL },
};

static void
order_free (Order *order)
{
  g_free (order->name);
  g_array_unref (order->samples);
  g_free (order);
}

/* Greatest mean energy of the frames. */
static double
peak_energy (const int16_t *samples, size_t n_samples)
{
  double greatest = 1.0;

  for (size_t start = 0; start + FRAME <= n_samples; start += FRAME)
    {
      double sum = 0.0;

      for (size_t i = start; i < start + FRAME; i++)
        sum += (double) samples[i] * samples[i];
      greatest = MAX (greatest, sum / FRAME);
    }
  return greatest;
}

static GArray *
mix (const GArray *speech, const GArray *noise, unsigned place, double snr_db)
{
  GArray *mixed = g_array_sized_new (FALSE, FALSE, sizeof (int16_t), speech->len);
  size_t span = noise->len > speech->len ? noise->len - speech->len : 1;
  size_t start = ((size_t) place * 7919u * 16u + (size_t) shift) % span;
  const int16_t *piece = (const int16_t *) (void *) noise->data + start;
  const int16_t *voice = (const int16_t *) (void *) speech->data;
  double ratio = peak_energy (voice, speech->len) / peak_energy (piece, speech->len);
  double gain = sqrt (ratio / pow (10.0, snr_db / 10.0));

  for (size_t i = 0; i < speech->len; i++)
    {
      double sum = voice[i] + gain * piece[i];
      int16_t sample = (int16_t) CLAMP (lrint (sum), -32768, 32767);

      g_array_append_val (mixed, sample);
    }
  return mixed;
}

static void
judge (const Order *order, const VolantHearing *hearing, bool *right, bool *strict)
{
  GVariantIter iter;
  const char *slot;
  const char *value;
  unsigned n_equal = 0;

  *right = *strict = false;
  if (g_strcmp0 (hearing->action, "orders.order-drink") != 0)
    return;
  g_variant_iter_init (&iter, hearing->parameters);
  while (g_variant_iter_next (&iter, "{&s&s}", &slot, &value))
    if (json_object_has_member (order->slots, slot))
      {
        g_autofree char *wanted =
            g_strstrip (g_strdup (json_object_get_string_member (order->slots, slot)));

        n_equal += strcmp (wanted, value) == 0;
      }
  *right = n_equal == json_object_get_size (order->slots);
  *strict = *right && g_variant_n_children (hearing->parameters) == n_equal;
}

/* Wilson score interval, 95 % (Journal of the American Statistical Association 22, 1927). */
static void
print_share (const char *label, unsigned n_hits, unsigned n)
{
  double z = 1.96;
  double share = (double) n_hits / n;
  double middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
  double half = z / (1.0 + z * z / n) * sqrt (share * (1.0 - share) / n + z * z / (4.0 * n * n));

  printf ("  %s %5.1f %% [%.0f-%.0f]", label, 100.0 * share, 100.0 * (middle - half),
          100.0 * (middle + half));
}

static void
run_condition (VolantRecogniser *recogniser, GPtrArray *orders, const GArray *noise, double snr_db,
               FILE *scores)
{
  Tally tally = { 0 };

  for (unsigned i = 0; i < orders->len; i++)
    {
      const Order *order = g_ptr_array_index (orders, i);
      g_autoptr (GArray) sound = isnan (snr_db) ? g_array_ref (order->samples)
                                                : mix (order->samples, noise, i, snr_db);
      g_autoptr (VolantHearing) hearing = volant_recogniser_hear (
          recogniser, (const int16_t *) (void *) sound->data, sound->len, VOLANT_EXPECT_COMMAND);
      bool right;
      bool strict;

      judge (order, hearing, &right, &strict);
      tally.n_orders++;
      tally.n_right += right;
      tally.n_strict += strict;
      tally.n_rejected += hearing->decision == VOLANT_HEARING_REJECT;
      tally.n_rejected_right += hearing->decision == VOLANT_HEARING_REJECT && strict;
      tally.audio_s += hearing->speech_s;
      tally.decode_s += (hearing->decode_ms - hearing->reject_ms) / 1000.0;
      tally.reject_s += hearing->reject_ms / 1000.0;
      if (scores != NULL)
        fprintf (scores, "%s\t%g\t%d\t%d\t%.3f\t%s\t%s\n", order->name, snr_db, right, strict,
                 hearing->score, hearing->words, hearing->note);
    }
  if (isnan (snr_db))
    printf ("clean ");
  else
    printf ("%2.0f dB ", snr_db);
  print_share ("right", tally.n_right, tally.n_orders);
  print_share ("strict", tally.n_strict, tally.n_orders);
  printf ("  rejected %u (right ones %u)  RTF %.3f + %.3f\n", tally.n_rejected,
          tally.n_rejected_right, tally.decode_s / tally.audio_s, tally.reject_s / tally.audio_s);
  fflush (stdout);
}

static GPtrArray *
read_orders (const char *folder, JsonParser *parser)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func ((GDestroyNotify) order_free);
  JsonObject *labels = json_node_get_object (json_parser_get_root (parser));
  g_autoptr (GList) names = g_list_sort (json_object_get_members (labels), (GCompareFunc) strcmp);

  for (GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *path = g_build_filename (folder, "clean", name->data, NULL);
      g_autoptr (GError) error = NULL;
      Order *order;

      if (limit > 0 && orders->len >= (unsigned) limit)
        break;
      order = g_new0 (Order, 1);
      order->samples = volant_sound_read (path, VOLANT_DECODER_RATE_HZ, 60, NULL, &error);
      if (order->samples == NULL)
        g_error ("%s", error->message);
      order->name = g_strdup (name->data);
      order->slots = json_object_get_object_member (
          json_object_get_object_member (labels, name->data), "slots");
      g_ptr_array_add (orders, order);
    }
  return orders;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("[SNR …]");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *folder = volant_test_data ("voice/orders");
  g_autofree char *labels = g_build_filename (folder != NULL ? folder : "", "labels.json", NULL);
  g_autofree char *kitchen = g_build_filename (folder != NULL ? folder : "", "kitchen.flac", NULL);
  g_autoptr (VolantCatalogue) catalogue = NULL;
  g_autoptr (VolantRecogniser) recogniser = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  g_autoptr (GArray) noise = NULL;
  FILE *scores = NULL;
  struct rusage usage;
  int64_t start_us;

  g_option_context_add_main_entries (context, entries, NULL);
  if (folder == NULL || !g_option_context_parse (context, &argc, &argv, &error))
    return 77;
  if (catalogue_path == NULL)
    catalogue_path = g_build_filename (g_getenv ("VOLANT_TEST_SOURCE"), "tests", "bench",
                                       "orders.commands", NULL);
  start_us = g_get_monotonic_time ();
  catalogue = volant_catalogue_new_from_file (catalogue_path, &error);
  recogniser = catalogue != NULL ? volant_recogniser_new (catalogue, NULL, &error) : NULL;
  if (recogniser == NULL || !json_parser_load_from_file (parser, labels, &error))
    g_error ("%s", error->message);
  printf ("ready in %.0f ms\n", (double) (g_get_monotonic_time () - start_us) / 1000.0);
  orders = read_orders (folder, parser);
  noise = volant_sound_read (kitchen, VOLANT_DECODER_RATE_HZ, 600, NULL, &error);
  if (noise == NULL)
    g_error ("%s", error->message);
  scores = scores_path != NULL ? fopen (scores_path, "w") : NULL;
  if (argc < 2)
    for (unsigned i = 0; i < 4; i++)
      run_condition (recogniser, orders, noise, ((double[]){ NAN, 24.0, 15.0, 6.0 })[i], scores);
  for (int i = 1; i < argc; i++)
    run_condition (recogniser, orders, noise,
                   strcmp (argv[i], "clean") == 0 ? NAN : g_ascii_strtod (argv[i], NULL), scores);
  if (scores != NULL)
    fclose (scores);
  getrusage (RUSAGE_SELF, &usage);
  printf ("peak memory %.0f MB with all recordings held\n", (double) usage.ru_maxrss / 1024.0);
  return 0;
}
