/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/decoder.h"

#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fsg_model.h>

#include <glib/gstdio.h>
#include <string.h>

/* PocketSphinx behind our own words. A decoder starts with an empty dictionary and is given the
 * words it needs: that saves the 134,000 others. Settings are those measured best on real
 * speakers. */

#define PACKAGED_MODEL "/usr/share/pocketsphinx/model/en-us"
#define PHONE_LOOP "phone-loop"
#define PROBE_WORD "volant_probe"

struct _VolantDecoder {
  ps_decoder_t *sphinx;
  cmd_ln_t *config;
  GHashTable *words; /* in the dictionary */
  unsigned n_grammars;
  bool knows_cmu;
  bool is_running;
};

void
volant_decoding_clear (VolantDecoding *decoding)
{
  g_clear_pointer (&decoding->words, g_free);
}

static bool
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) && status.st_size > 0;
}

/* The first file of the folder whose name ends so; by name, so that the answer is always the
 * same. */
static char *
find_ending (const char *folder, const char *first_suffix, const char *second_suffix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *best = NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if ((g_str_has_suffix (name, first_suffix) || g_str_has_suffix (name, second_suffix)) &&
        (best == NULL || strcmp (name, best) < 0))
      {
        g_free (best);
        best = g_strdup (name);
      }
  return best != NULL ? g_build_filename (folder, best, NULL) : NULL;
}

/* The folder itself where it holds an mdef, else the first below that does. */
static char *
find_acoustic (const char *model)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (has_file (model, "mdef"))
    return g_strdup (model);
  dir = g_dir_open (model, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (model, name, NULL);

      if (has_file (below, "mdef"))
        return g_steal_pointer (&below);
    }
  return NULL;
}

static bool
check_acoustic (const char *acoustic, GError **error)
{
  static const char *const needed[] = { "mdef", "means", "variances", "transition_matrices" };

  for (unsigned i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!has_file (acoustic, needed[i]))
      {
        g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL,
                     "the speech model %s lacks its file “%s”: unpack the whole model", acoustic,
                     needed[i]);
        return false;
      }
  if (has_file (acoustic, "sendump") || has_file (acoustic, "mixture_weights"))
    return true;
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL,
               "the speech model %s lacks “sendump” or “mixture_weights”: unpack the whole model",
               acoustic);
  return false;
}

bool
volant_decoder_find_model (const char *model, char **acoustic, char **dictionary, GError **error)
{
  const char *folder = model != NULL ? model : PACKAGED_MODEL;
  g_autofree char *found = find_acoustic (folder);
  g_autofree char *parent = NULL;
  char *words;

  if (found == NULL)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL,
                   "no speech model in %s (no file “mdef”): %s", folder,
                   model != NULL ? "name the folder of a PocketSphinx model"
                                 : "install pocketsphinx-en-us");
      return false;
    }
  if (!check_acoustic (found, error))
    return false;
  parent = g_path_get_dirname (found);
  words = find_ending (found, ".dict", ".dic");
  if (words == NULL)
    words = find_ending (parent, ".dict", ".dic");
  if (words == NULL)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL,
                   "the speech model %s has no dictionary: put its .dict file into the folder",
                   found);
      return false;
    }
  *acoustic = g_steal_pointer (&found);
  *dictionary = words;
  return true;
}

/* PocketSphinx wants a dictionary file; this one has a word of silence only. */
static char *
write_empty_dictionary (GError **error)
{
  char *path = NULL;
  int descriptor = g_file_open_tmp ("volant-XXXXXX.dict", &path, error);

  if (descriptor < 0)
    return NULL;
  g_close (descriptor, NULL);
  if (g_file_set_contents (path, PROBE_WORD " SIL\n", -1, error))
    return path;
  g_unlink (path);
  g_free (path);
  return NULL;
}

static cmd_ln_t *
make_config (const char *acoustic, const char *dictionary)
{
  return cmd_ln_init (NULL, ps_args (), FALSE, "-hmm", acoustic, "-dict", dictionary, "-beam",
                      "1e-80", "-wbeam", "1e-60", "-pbeam", "1e-80", "-cmn", "batch",
                      "-vad_postspeech", "25", "-allphone_ci", "yes", NULL);
}

VolantDecoder *
volant_decoder_new (const char *acoustic, GError **error)
{
  static const char *const probe[] = { "AA HH NG ZH TH UH", NULL };
  g_autoptr (VolantDecoder) decoder = g_new0 (VolantDecoder, 1);
  g_autofree char *dictionary = NULL;

  err_set_logfp (NULL);
  if (!check_acoustic (acoustic, error))
    return NULL;
  dictionary = write_empty_dictionary (error);
  if (dictionary == NULL)
    return NULL;
  decoder->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  decoder->config = make_config (acoustic, dictionary);
  decoder->sphinx = decoder->config != NULL ? ps_init (decoder->config) : NULL;
  g_unlink (dictionary);
  if (decoder->sphinx == NULL)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL,
                   "the speech model %s cannot be loaded: it is damaged or of another kind",
                   acoustic);
      return NULL;
    }
  decoder->knows_cmu = volant_decoder_add_word (decoder, PROBE_WORD "_cmu", probe);
  return g_steal_pointer (&decoder);
}

void
volant_decoder_free (VolantDecoder *decoder)
{
  volant_decoder_end (decoder); /* an open utterance would be lost, not freed */
  if (decoder->sphinx != NULL)
    ps_free (decoder->sphinx);
  if (decoder->config != NULL)
    cmd_ln_free_r (decoder->config);
  g_clear_pointer (&decoder->words, g_hash_table_unref);
  g_free (decoder);
}

bool
volant_decoder_knows_cmu (const VolantDecoder *decoder)
{
  return decoder->knows_cmu;
}

bool
volant_decoder_has_word (VolantDecoder *decoder, const char *word)
{
  return g_hash_table_contains (decoder->words, word);
}

bool
volant_decoder_add_word (VolantDecoder *decoder, const char *word, const char *const *readings)
{
  unsigned n_added = 0;

  if (volant_decoder_has_word (decoder, word))
    return true;
  for (unsigned i = 0; readings[i] != NULL; i++)
    {
      g_autofree char *key = n_added > 0 ? g_strdup_printf ("%s(%u)", word, n_added + 1)
                                         : g_strdup (word);

      if (ps_add_word (decoder->sphinx, key, readings[i], FALSE) >= 0)
        n_added++;
    }
  if (n_added > 0)
    g_hash_table_add (decoder->words, g_strdup (word));
  return n_added > 0;
}

/* A graph arc with its slot filled: word is one of the decoder's. */
typedef struct {
  unsigned from;
  unsigned to;
  const char *word;
} Link;

static GArray *
fill_slots (VolantDecoder *decoder, const VolantGrammar *grammar, GHashTable *tokens)
{
  GArray *links = g_array_new (FALSE, FALSE, sizeof (Link));
  unsigned n_arcs;
  const VolantGrammarArc *arcs = volant_grammar_get_arcs (grammar, &n_arcs);

  for (unsigned i = 0; i < n_arcs; i++)
    {
      const char *symbol = volant_grammar_get_symbol (grammar, arcs[i].symbol);
      g_autofree char *slot = *symbol == '<' ? volant_grammar_slot_of (symbol) : NULL;
      GPtrArray *names = slot != NULL && tokens != NULL ? g_hash_table_lookup (tokens, slot) : NULL;
      Link link = { arcs[i].from, arcs[i].to, symbol };

      if (slot == NULL && volant_decoder_has_word (decoder, symbol))
        g_array_append_val (links, link);
      for (unsigned n = 0; names != NULL && n < names->len; n++)
        {
          link.word = g_ptr_array_index (names, n);
          if (volant_decoder_has_word (decoder, link.word))
            g_array_append_val (links, link);
        }
    }
  return links;
}

/* Which states can still end: backwards until nothing changes. The arcs lead from low to high
 * numbers mostly, so that few rounds do. */
static uint8_t *
find_useful (const VolantGrammar *grammar, const GArray *links)
{
  unsigned n_states = volant_grammar_count_states (grammar);
  uint8_t *useful = g_new0 (uint8_t, n_states + 1);
  bool changes = true;

  for (unsigned i = 0; i < n_states; i++)
    useful[i] = volant_grammar_is_final (grammar, i);
  while (changes)
    {
      changes = false;
      for (unsigned i = links->len; i > 0; i--)
        {
          const Link *link = &g_array_index (links, Link, i - 1);

          if (useful[link->to] && !useful[link->from])
            useful[link->from] = changes = true;
        }
    }
  return useful;
}

bool
volant_decoder_set_grammar (VolantDecoder *decoder, const char *name, const VolantGrammar *grammar,
                            GHashTable *tokens)
{
  g_autoptr (GArray) links = fill_slots (decoder, grammar, tokens);
  g_autofree uint8_t *useful = find_useful (grammar, links);
  unsigned n_states = volant_grammar_count_states (grammar);
  float lw = (float) cmd_ln_float32_r (decoder->config, "-lw");
  fsg_model_t *fsg;
  bool is_set;

  if (!useful[0])
    return false;
  fsg = fsg_model_init (name, ps_get_logmath (decoder->sphinx), lw, (int) n_states + 1);
  fsg->start_state = 0;
  fsg->final_state = (int) n_states;
  for (unsigned i = 0; i < links->len; i++)
    {
      const Link *link = &g_array_index (links, Link, i);

      if (useful[link->to])
        fsg_model_trans_add (fsg, (int) link->from, (int) link->to, 0,
                             fsg_model_word_add (fsg, link->word));
    }
  for (unsigned i = 0; i < n_states; i++)
    if (volant_grammar_is_final (grammar, i))
      fsg_model_null_trans_add (fsg, (int) i, (int) n_states, 0);
  is_set = ps_set_fsg (decoder->sphinx, name, fsg) >= 0;
  fsg_model_free (fsg);
  decoder->n_grammars++;
  return is_set;
}

unsigned
volant_decoder_count_grammars (const VolantDecoder *decoder)
{
  return decoder->n_grammars;
}

/* Sums the acoustic scores of the segments, which hold no grammar weights. */
static void
sum_segments (VolantDecoder *decoder, VolantDecoding *decoding)
{
  double sum = 0.0;
  int last_frame = -1;

  for (ps_seg_t *segment = ps_seg_iter (decoder->sphinx); segment != NULL;
       segment = ps_seg_next (segment))
    {
      int32 acoustic = 0;
      int first;

      ps_seg_prob (segment, &acoustic, NULL, NULL);
      ps_seg_frames (segment, &first, &last_frame);
      sum += acoustic;
    }
  decoding->n_frames = last_frame + 1;
  decoding->score = last_frame >= 0 ? sum / (last_frame + 1) : 0.0;
}

static bool
choose_search (VolantDecoder *decoder, const char *name)
{
  if (name == NULL && g_strcmp0 (ps_get_search (decoder->sphinx), PHONE_LOOP) != 0 &&
      ps_set_search (decoder->sphinx, PHONE_LOOP) < 0 &&
      ps_set_allphone_file (decoder->sphinx, PHONE_LOOP, NULL) < 0)
    return false;
  return ps_set_search (decoder->sphinx, name != NULL ? name : PHONE_LOOP) >= 0;
}

bool
volant_decoder_decode (VolantDecoder *decoder, const char *name, const int16_t *samples,
                       size_t n_samples, VolantDecoding *decoding)
{
  int64_t start_us = g_get_monotonic_time ();
  const char *words;
  int32 score;

  memset (decoding, 0, sizeof *decoding);
  decoding->words = g_strdup ("");
  if (!choose_search (decoder, name) || ps_start_stream (decoder->sphinx) < 0 ||
      ps_start_utt (decoder->sphinx) < 0)
    return false;
  ps_process_raw (decoder->sphinx, samples, n_samples, FALSE, TRUE);
  ps_end_utt (decoder->sphinx);
  words = ps_get_hyp (decoder->sphinx, &score);
  if (words != NULL)
    {
      g_free (decoding->words);
      decoding->words = g_strdup (words);
    }
  sum_segments (decoder, decoding);
  decoding->elapsed_ms = (double) (g_get_monotonic_time () - start_us) / 1000.0;
  return true;
}

bool
volant_decoder_begin (VolantDecoder *decoder, const char *name, bool is_new_session)
{
  if (decoder->is_running || !choose_search (decoder, name))
    return false;
  if (is_new_session)
    ps_start_stream (decoder->sphinx);
  decoder->is_running = ps_start_utt (decoder->sphinx) >= 0;
  return decoder->is_running;
}

void
volant_decoder_feed (VolantDecoder *decoder, const int16_t *samples, size_t n_samples)
{
  if (decoder->is_running)
    ps_process_raw (decoder->sphinx, samples, n_samples, FALSE, FALSE);
}

bool
volant_decoder_is_in_speech (VolantDecoder *decoder)
{
  return decoder->is_running && ps_get_in_speech (decoder->sphinx);
}

char *
volant_decoder_get_partial (VolantDecoder *decoder)
{
  int32 score;
  const char *words = decoder->is_running ? ps_get_hyp (decoder->sphinx, &score) : NULL;

  return g_strdup (words != NULL ? words : "");
}

void
volant_decoder_end (VolantDecoder *decoder)
{
  if (decoder->is_running)
    ps_end_utt (decoder->sphinx);
  decoder->is_running = false;
}
