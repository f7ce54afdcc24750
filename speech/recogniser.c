/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/recogniser.h"

#include "speech/pronunciation.h"
#include "speech/sound.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One decoder does both: it streams, for the end of speech and partial words, and decodes the whole
 * utterance again with batch cepstral means, then once more by a loop over all phones. A command's
 * acoustic score must come near that of the phones, else it was no command (the score of a garbage
 * model, as in Rose and Paul, ICASSP 1990). */

/* In log 1.0001 a frame, measured with tests/bench/hear on real orders and, as speech that is no
 * command, the same recordings heard with the car's catalogue. The quieter the room, the better the
 * phone loop fits whatever is said, so that the line falls as the voice stands out (dB, below); a
 * synthetic voice without any room is still further from the words' models. */
#define REJECT_IN_NOISE -15.0
#define REJECT_IN_QUIET -20.0
#define REJECT_SYNTHETIC -33.0
#define NOISE_DB 25.0
#define QUIET_DB 55.0
#define CERTAIN_ABOVE -8.5
#define CONFIDENCE_SLOPE 0.5

#define MAX_UTTERANCE_S 30
#define MIN_UTTERANCE_S 0.15
#define QUIET_PEAK 150
#define CLIPPED_SHARE 0.02
#define FLOOR_FRAME 320
#define QUIET_FLOOR_DB -64.0
#define FLOOR_NOISE 30
#define FLOOR_PAD_S 0.3
#define MAX_GRAMMARS 120
#define MAX_TOKENS 6000
#define MAX_CHOICES 6

static const char *const search_names[] = {
  [VOLANT_EXPECT_COMMAND] = "command",
  [VOLANT_EXPECT_YES_NO] = "yes-no",
  [VOLANT_EXPECT_CHOICE] = "choice",
  [VOLANT_EXPECT_CHOICE_OF_TWO] = "choice-of-two",
  [VOLANT_EXPECT_CHOICE_OF_THREE] = "choice-of-three",
};

/* A name as it is said, whichever things are called so. */
typedef struct {
  char *token;
  char *text;
  char *language;
  GPtrArray *ids;
} Name;

struct _VolantRecogniser {
  VolantCatalogue *catalogue;
  char *acoustic;
  char *dictionary;
  VolantPronunciation *pronunciation;
  VolantDecoder *decoder;
  VolantGrammar *grammars[G_N_ELEMENTS (search_names)];
  bool is_set[G_N_ELEMENTS (search_names)];
  GHashTable *names;        /* token → Name, those in use */
  GHashTable *tokens;       /* slot → GPtrArray of tokens, in use */
  GHashTable *known_tokens; /* "slot text" → token: given once, kept while the decoder lives */
  GHashTable *readings;     /* "language text" → GStrv */
  GPtrArray *unknown_words;
  unsigned n_tokens; /* given so far */
  bool is_stale;
};

static void
name_free (Name *name)
{
  g_free (name->token);
  g_free (name->text);
  g_free (name->language);
  g_ptr_array_unref (name->ids);
  g_free (name);
}

/* An answer to "which one?" of so many. */
static bool
is_choice (const VolantCatalogueEntry *entry, unsigned n_choices)
{
  const char *number = g_hash_table_lookup (entry->constants, "number");

  if (strcmp (entry->action, "dialogue.choice") == 0 && number != NULL)
    return strtoul (number, NULL, 10) <= n_choices;
  return g_str_has_prefix (entry->action, "dialogue.") &&
         strcmp (entry->action, "dialogue.yes") != 0 &&
         strcmp (entry->action, "dialogue.correct") != 0;
}

static bool
is_expected (const VolantCatalogueEntry *entry, void *data)
{
  const char *action = entry->action;
  bool is_dialogue = g_str_has_prefix (action, "dialogue.");

  switch ((VolantExpectation) GPOINTER_TO_INT (data))
    {
    case VOLANT_EXPECT_COMMAND:
      return !is_dialogue || strcmp (action, "dialogue.cancel") == 0;
    case VOLANT_EXPECT_YES_NO:
      return is_dialogue && strcmp (action, "dialogue.choice") != 0;
    case VOLANT_EXPECT_CHOICE:
      return is_choice (entry, MAX_CHOICES);
    case VOLANT_EXPECT_CHOICE_OF_TWO:
      return is_choice (entry, 2);
    case VOLANT_EXPECT_CHOICE_OF_THREE:
      return is_choice (entry, 3);
    }
  g_return_val_if_reached (false);
}

/* A catalogue without words of the dialogue has one grammar. */
static bool
compile_grammars (VolantRecogniser *self, GError **error)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (search_names); i++)
    {
      g_autoptr (GError) inner = NULL;

      self->grammars[i] =
          volant_grammar_new (self->catalogue, is_expected, GINT_TO_POINTER (i), &inner);
      if (self->grammars[i] == NULL && i == VOLANT_EXPECT_COMMAND)
        {
          g_propagate_error (error, g_steal_pointer (&inner));
          return false;
        }
    }
  return true;
}

VolantRecogniser *
volant_recogniser_new (VolantCatalogue *catalogue, const char *model, GError **error)
{
  g_autoptr (VolantRecogniser) self = g_new0 (VolantRecogniser, 1);

  self->catalogue = volant_catalogue_ref (catalogue);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) name_free);
  self->tokens =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->known_tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->readings =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  self->unknown_words = g_ptr_array_new_with_free_func (g_free);
  self->is_stale = true;
  if (!volant_decoder_find_model (model, &self->acoustic, &self->dictionary, error))
    return NULL;
  self->pronunciation = volant_pronunciation_new (self->dictionary, error);
  if (self->pronunciation == NULL || !compile_grammars (self, error) ||
      !volant_recogniser_prepare (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
volant_recogniser_free (VolantRecogniser *self)
{
  g_clear_pointer (&self->decoder, volant_decoder_free);
  for (unsigned i = 0; i < G_N_ELEMENTS (search_names); i++)
    g_clear_pointer (&self->grammars[i], volant_grammar_free);
  g_clear_pointer (&self->pronunciation, volant_pronunciation_free);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->tokens);
  g_hash_table_unref (self->known_tokens);
  g_hash_table_unref (self->readings);
  g_ptr_array_unref (self->unknown_words);
  volant_catalogue_unref (self->catalogue);
  g_free (self->acoustic);
  g_free (self->dictionary);
  g_free (self);
}

/* The car moves, its names mostly stay: the same ones in another order need no other grammar. */
static bool
same_tokens (GPtrArray *old, GPtrArray *tokens)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  if (old == NULL || old->len != tokens->len)
    return false;
  for (unsigned i = 0; i < old->len; i++)
    g_hash_table_add (known, g_ptr_array_index (old, i));
  for (unsigned i = 0; i < tokens->len; i++)
    if (!g_hash_table_contains (known, g_ptr_array_index (tokens, i)))
      return false;
  return true;
}

void
volant_recogniser_set_names (VolantRecogniser *self, const char *slot,
                             const VolantSpokenName *names, size_t n_names)
{
  GPtrArray *old = g_hash_table_lookup (self->tokens, slot);
  GPtrArray *tokens = g_ptr_array_new_with_free_func (g_free);

  for (unsigned i = 0; old != NULL && i < old->len; i++)
    g_hash_table_remove (self->names, g_ptr_array_index (old, i));
  for (size_t i = 0; i < n_names; i++)
    {
      g_autofree char *folded = volant_phrase_fold (names[i].text);
      g_autofree char *key = g_strconcat (slot, " ", folded, NULL);
      char *token = g_hash_table_lookup (self->known_tokens, key);
      Name *name;

      if (*folded == '\0')
        continue;
      if (token == NULL)
        {
          token = g_strdup_printf ("%s_%u", slot, self->n_tokens++);
          g_hash_table_insert (self->known_tokens, g_steal_pointer (&key), token);
        }
      name = g_hash_table_lookup (self->names, token);
      if (name == NULL)
        {
          name = g_new0 (Name, 1);
          name->token = g_strdup (token);
          name->text = g_strdup (names[i].text);
          name->language = g_strdup (names[i].language);
          name->ids = g_ptr_array_new_with_free_func (g_free);
          g_hash_table_insert (self->names, name->token, name);
          g_ptr_array_add (tokens, g_strdup (token));
        }
      g_ptr_array_add (name->ids, g_strdup (names[i].id));
    }
  self->is_stale = self->is_stale || !same_tokens (old, tokens);
  g_hash_table_insert (self->tokens, g_strdup (slot), tokens);
}

/* A model with other phones than English: the readings of its dictionary, word by word. */
static GStrv
foreign_readings (VolantRecogniser *self, const char *text)
{
  g_autofree char *folded = volant_phrase_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " -", -1);
  g_autoptr (GString) phones = g_string_new (NULL);
  const char *readings[] = { NULL, NULL };

  for (unsigned i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) known = volant_pronunciation_look_up (self->pronunciation, words[i], 1);

      if (known[0] == NULL)
        return g_new0 (char *, 1);
      g_string_append_printf (phones, "%s%s", i > 0 ? " " : "", known[0]);
    }
  readings[0] = phones->str;
  return g_strdupv ((GStrv) readings);
}

static const char *const *
readings_of (VolantRecogniser *self, const char *text, const char *language, bool is_name)
{
  g_autofree char *key = g_strdup_printf ("%s%s %s", is_name ? "+" : "", language, text);
  GStrv readings = g_hash_table_lookup (self->readings, key);

  if (readings == NULL)
    {
      if (!volant_decoder_knows_cmu (self->decoder))
        readings = foreign_readings (self, text);
      else if (is_name)
        readings = volant_pronunciation_of_name (self->pronunciation, text, language);
      else
        readings = volant_pronunciation_of_word (self->pronunciation, text, language);
      g_hash_table_insert (self->readings, g_steal_pointer (&key), readings);
    }
  return (const char *const *) readings;
}

static void
add_words (VolantRecogniser *self)
{
  const char *language = volant_catalogue_get_language (self->catalogue);
  GHashTableIter iter;
  void *value;

  for (unsigned g = 0; g < G_N_ELEMENTS (search_names); g++)
    for (unsigned i = 0;
         self->grammars[g] != NULL && i < volant_grammar_count_symbols (self->grammars[g]); i++)
      {
        const char *word = volant_grammar_get_symbol (self->grammars[g], i);

        if (*word != '<' && !volant_decoder_has_word (self->decoder, word) &&
            !volant_decoder_add_word (self->decoder, word,
                                      readings_of (self, word, language, false)) &&
            !g_ptr_array_find_with_equal_func (self->unknown_words, word, g_str_equal, NULL))
          g_ptr_array_add (self->unknown_words, g_strdup (word));
      }
  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Name *name = value;

      if (!volant_decoder_has_word (self->decoder, name->token))
        volant_decoder_add_word (
            self->decoder, name->token,
            readings_of (self, name->text, name->language != NULL ? name->language : "fr", true));
    }
}

static gboolean
is_unused (void *key, void *token, void *names)
{
  return !g_hash_table_contains (names, token);
}

/* Dictionary words cannot be taken out and each grammar leaks a little: a new decoder now and then,
 * which forgets the names that are no longer in use. */
static bool
renew_decoder (VolantRecogniser *self, GError **error)
{
  if (self->decoder != NULL && volant_decoder_count_grammars (self->decoder) < MAX_GRAMMARS &&
      g_hash_table_size (self->known_tokens) < MAX_TOKENS + g_hash_table_size (self->names))
    return true;
  g_hash_table_foreach_remove (self->known_tokens, is_unused, self->names);
  g_hash_table_remove_all (self->readings);
  g_clear_pointer (&self->decoder, volant_decoder_free);
  self->decoder = volant_decoder_new (self->acoustic, error);
  return self->decoder != NULL;
}

bool
volant_recogniser_prepare (VolantRecogniser *self, GError **error)
{
  if (!self->is_stale)
    return true;
  if (!renew_decoder (self, error))
    return false;
  add_words (self);
  for (unsigned i = 0; i < G_N_ELEMENTS (search_names); i++)
    self->is_set[i] =
        self->grammars[i] != NULL && volant_decoder_set_grammar (self->decoder, search_names[i],
                                                                 self->grammars[i], self->tokens);
  self->is_stale = false;
  return true;
}

GPtrArray *
volant_recogniser_get_unknown_words (VolantRecogniser *self)
{
  return self->unknown_words;
}

/* Names as they are written, Chinese without blanks. */
static char *
display_words (VolantRecogniser *self, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autofree char *joined = NULL;

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      const Name *name = g_hash_table_lookup (self->names, parts[i]);

      if (name != NULL)
        {
          g_free (parts[i]);
          parts[i] = g_strdup (name->text);
        }
    }
  joined = g_strjoinv (" ", parts);
  return volant_phrase_join (joined);
}

/* A station is often called like the square it stands on: said in a car that is returned to
 * stations, the name means the station, wherever the grammar lets it stand in that place ("12 Place
 * du Marché" stays a street). Words that mean the station, or NULL (transfer full). */
static char *
prefer_station (VolantRecogniser *self, const VolantGrammar *grammar, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  g_autofree char *others = NULL;
  const char *action;
  GVariant *parameters;
  bool changes = false;

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      const Name *name = g_hash_table_lookup (self->names, parts[i]);
      g_autofree char *folded = name != NULL ? volant_phrase_fold (name->text) : NULL;
      g_autofree char *key = g_strconcat ("station ", folded, NULL);
      const char *token = folded != NULL ? g_hash_table_lookup (self->known_tokens, key) : NULL;

      if (token == NULL || !g_hash_table_contains (self->names, token) ||
          strcmp (token, parts[i]) == 0)
        continue;
      g_free (parts[i]);
      parts[i] = g_strdup (token);
      changes = true;
    }
  others = g_strjoinv (" ", parts);
  if (!changes || !volant_grammar_match (grammar, others, &action, &parameters))
    return NULL;
  g_variant_unref (g_variant_ref_sink (parameters));
  return g_steal_pointer (&others);
}

/* The words' meaning; false where they have none. */
static bool
understand (VolantRecogniser *self, const VolantGrammar *grammar, char **words, const char **action,
            GVariant **parameters)
{
  char *station = prefer_station (self, grammar, *words);

  if (station != NULL)
    {
      g_free (*words);
      *words = station;
    }
  return volant_grammar_match (grammar, *words, action, parameters);
}

/* Tokens become ids; the further ids of a name are what it might mean as well. */
static void
resolve_names (VolantRecogniser *self, VolantHearing *hearing, GVariant *parameters)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (parameters);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *slot;
  const char *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, owned);
  while (g_variant_iter_next (&iter, "{&s&s}", &slot, &value))
    {
      const Name *name = g_hash_table_lookup (self->names, value);

      g_variant_builder_add (&builder, "{ss}", slot,
                             name != NULL ? g_ptr_array_index (name->ids, 0) : value);
      if (name != NULL && name->ids->len > 1)
        {
          g_autoptr (GStrvBuilder) others = g_strv_builder_new ();

          for (unsigned i = 1; i < name->ids->len; i++)
            g_strv_builder_add (others, g_ptr_array_index (name->ids, i));
          g_strfreev (hearing->same_named);
          hearing->same_named = g_strv_builder_end (others);
        }
    }
  g_variant_unref (hearing->parameters);
  hearing->parameters = g_variant_ref_sink (g_variant_builder_end (&builder));
}

static double
line_of_rejection (double snr_db, bool is_synthetic)
{
  double quiet = CLAMP ((snr_db - NOISE_DB) / (QUIET_DB - NOISE_DB), 0.0, 1.0);

  return is_synthetic ? REJECT_SYNTHETIC
                      : REJECT_IN_NOISE + quiet * (REJECT_IN_QUIET - REJECT_IN_NOISE);
}

/* Confidence is a half at the line below which it is no command. */
static void
decide (VolantHearing *hearing, double line)
{
  hearing->confidence = 1.0 / (1.0 + exp (-CONFIDENCE_SLOPE * (hearing->score - line)));
  if (hearing->score < line)
    {
      g_free (hearing->note);
      hearing->note = g_strdup ("not like a command");
    }
  else if (hearing->score < CERTAIN_ABOVE || *hearing->same_named != NULL)
    hearing->decision = VOLANT_HEARING_CONFIRM;
  else
    hearing->decision = VOLANT_HEARING_ACT;
}

/* Why no command can be in it; NULL where one may. */
static const char *
find_fault (const int16_t *samples, size_t n_samples, bool *is_clipped)
{
  int peak = 0;
  size_t n_clipped = 0;

  for (size_t i = 0; i < n_samples; i++)
    {
      int height = abs ((int) samples[i]);

      peak = MAX (peak, height);
      n_clipped += height >= 32700;
    }
  *is_clipped = (double) n_clipped > CLIPPED_SHARE * (double) n_samples;
  if ((double) n_samples < MIN_UTTERANCE_S * VOLANT_DECODER_RATE_HZ)
    return "too short";
  if (n_samples > (size_t) MAX_UTTERANCE_S * VOLANT_DECODER_RATE_HZ)
    return "too long";
  return peak < QUIET_PEAK ? "too quiet" : NULL;
}

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* Levels of 20 ms pieces, quietest first; their number is at least one. */
static double *
sort_levels (const int16_t *samples, size_t n_samples, size_t *n_levels)
{
  double *levels = g_new (double, n_samples / FLOOR_FRAME + 1);

  *n_levels = 0;
  for (size_t start = 0; start + FLOOR_FRAME <= n_samples; start += FLOOR_FRAME)
    levels[(*n_levels)++] = volant_sound_level_db (samples + start, FLOOR_FRAME);
  if (*n_levels == 0)
    levels[(*n_levels)++] = volant_sound_level_db (samples, n_samples);
  qsort (levels, *n_levels, sizeof *levels, compare_doubles);
  return levels;
}

/* How far the voice stands above the room: loud pieces over quiet ones, in dB. */
static double
estimate_snr_db (const int16_t *samples, size_t n_samples)
{
  size_t n_levels;
  g_autofree double *levels = sort_levels (samples, n_samples, &n_levels);

  return levels[n_levels * 19 / 20] - levels[n_levels / 20];
}

/* Digital silence upsets the noise tracker of PocketSphinx (a synthesized sentence then scores a
 * fifth lower): such sound gets a faint room, before and after too. NULL: it has one. The noise is
 * the same each time, so that results are. */
static GArray *
add_room (const int16_t *samples, size_t n_samples)
{
  size_t n_pad = (size_t) (FLOOR_PAD_S * VOLANT_DECODER_RATE_HZ);
  size_t n_levels;
  g_autofree double *levels = NULL;
  uint32_t seed = 1;
  GArray *room;

  levels = sort_levels (samples, n_samples, &n_levels);
  if (levels[0] > QUIET_FLOOR_DB)
    return NULL;
  room = g_array_sized_new (FALSE, FALSE, sizeof (int16_t), (unsigned) (n_samples + 2 * n_pad));
  for (size_t i = 0; i < n_samples + 2 * n_pad; i++)
    {
      bool is_inside = i >= n_pad && i < n_samples + n_pad;
      int sample;

      seed = seed * 1664525u + 1013904223u;
      sample = (int) ((seed >> 16) % (2 * FLOOR_NOISE + 1)) - FLOOR_NOISE;
      sample = CLAMP (sample + (is_inside ? samples[i - n_pad] : 0), -32768, 32767);
      g_array_append_vals (room, &(int16_t){ (int16_t) sample }, 1);
    }
  return room;
}

VolantHearing *
volant_recogniser_hear (VolantRecogniser *self, const int16_t *samples, size_t n_samples,
                        VolantExpectation expectation)
{
  VolantHearing *hearing = volant_hearing_new ("");
  g_auto (VolantDecoding) command = { 0 };
  g_auto (VolantDecoding) phones = { 0 };
  g_autoptr (GArray) room = NULL;
  double snr_db;
  bool is_clipped;
  const char *fault = find_fault (samples, n_samples, &is_clipped);
  const char *action = NULL;
  GVariant *parameters = NULL;
  unsigned search = self->is_set[expectation] ? expectation : VOLANT_EXPECT_COMMAND;

  hearing->speech_s = (double) n_samples / VOLANT_DECODER_RATE_HZ;
  snr_db = fault == NULL ? estimate_snr_db (samples, n_samples) : 0.0;
  if (fault == NULL && (room = add_room (samples, n_samples)) != NULL)
    {
      samples = (const int16_t *) (void *) room->data;
      n_samples = room->len;
    }
  if (fault == NULL && !self->is_set[search])
    fault = "nothing can be said now";
  if (fault == NULL &&
      !volant_decoder_decode (self->decoder, search_names[search], samples, n_samples, &command))
    fault = "the decoder failed";
  if (fault == NULL &&
      (*command.words == '\0' ||
       !understand (self, self->grammars[search], &command.words, &action, &parameters)))
    fault = is_clipped ? "clipped" : "nothing heard";
  hearing->decode_ms = command.elapsed_ms;
  if (fault != NULL)
    {
      g_free (hearing->note);
      hearing->note = g_strdup (fault);
      return hearing;
    }
  volant_decoder_decode (self->decoder, NULL, samples, n_samples, &phones);
  hearing->reject_ms = phones.elapsed_ms;
  hearing->decode_ms += phones.elapsed_ms;
  g_free (hearing->words);
  hearing->words = display_words (self, command.words);
  hearing->action = g_strdup (action);
  hearing->score = command.score - phones.score;
  resolve_names (self, hearing, parameters);
  if (is_clipped)
    {
      g_free (hearing->note);
      hearing->note = g_strdup ("clipped");
    }
  decide (hearing, line_of_rejection (snr_db, room != NULL));
  return hearing;
}

bool
volant_recogniser_begin (VolantRecogniser *self, VolantExpectation expectation)
{
  unsigned search = self->is_set[expectation] ? expectation : VOLANT_EXPECT_COMMAND;

  return self->is_set[search] && volant_decoder_begin (self->decoder, search_names[search], true);
}

void
volant_recogniser_feed (VolantRecogniser *self, const int16_t *samples, size_t n_samples)
{
  volant_decoder_feed (self->decoder, samples, n_samples);
}

bool
volant_recogniser_is_in_speech (VolantRecogniser *self)
{
  return volant_decoder_is_in_speech (self->decoder);
}

char *
volant_recogniser_get_partial (VolantRecogniser *self)
{
  g_autofree char *words = volant_decoder_get_partial (self->decoder);

  return display_words (self, words);
}

void
volant_recogniser_end (VolantRecogniser *self)
{
  volant_decoder_end (self->decoder);
}
