/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/pronunciation.h"

#include "speech/espeak.h"
#include "speech/phrase.h"
#include "speech/pinyin.h"

#include <string.h>

/* Readings of words and names. The dictionary is mapped and indexed by word, without copying it. */

#define MAX_READINGS 6

struct _VolantPronunciation {
  GMappedFile *file;
  GHashTable *lines; /* start of a line in the file, by its word */
};

typedef struct {
  const char *ipa;
  const char *phones;
  const char *alternate; /* NULL: the same */
} Sound;

/* Longest first where one begins another. */
static const Sound sounds[] = {
  { "tʃ", "CH", NULL },     { "dʒ", "JH", NULL },     { "aɪ", "AY", NULL },
  { "aʊ", "AW", NULL },     { "ɔɪ", "OY", NULL },     { "eɪ", "EY", NULL },
  { "oʊ", "OW", NULL },     { "əʊ", "OW", NULL },     { "eə", "EH R", NULL },
  { "ɪə", "IH R", NULL },   { "ʊə", "UH R", NULL },   { "iə", "IY AH", NULL },
  { "əl", "AH L", NULL },   { "ɛɹ", "EH R", NULL },   { "ɪɹ", "IH R", NULL },
  { "ɔ̃", "AO N", "OW N" },  { "ɑ̃", "AA N", "AO N" },  { "ɛ̃", "AE N", "EH N" },
  { "œ̃", "AH N", "AE N" },  { "n̩", "AH N", NULL },    { "p", "P", NULL },
  { "b", "B", NULL },       { "t", "T", NULL },       { "d", "D", NULL },
  { "k", "K", NULL },       { "g", "G", NULL },       { "ɡ", "G", NULL },
  { "f", "F", NULL },       { "v", "V", NULL },       { "s", "S", NULL },
  { "z", "Z", NULL },       { "ʃ", "SH", NULL },      { "ʒ", "ZH", NULL },
  { "θ", "TH", NULL },      { "ð", "DH", NULL },      { "h", "HH", NULL },
  { "m", "M", NULL },       { "n", "N", NULL },       { "ŋ", "NG", NULL },
  { "ɲ", "N Y", NULL },     { "l", "L", NULL },       { "ɫ", "L", NULL },
  { "r", "R", NULL },       { "ɹ", "R", NULL },       { "ʁ", "R", NULL },
  { "ɾ", "T", "D" },        { "ʔ", "T", NULL },       { "j", "Y", NULL },
  { "w", "W", NULL },       { "ɥ", "W", "Y" },        { "i", "IY", NULL },
  { "ɪ", "IH", NULL },      { "ᵻ", "IH", NULL },      { "y", "UW", "Y UW" },
  { "u", "UW", NULL },      { "ʊ", "UH", NULL },      { "e", "EY", "EH" },
  { "ɛ", "EH", NULL },      { "ø", "ER", "UH" },      { "œ", "ER", "AH" },
  { "o", "OW", "AO" },      { "ɔ", "AO", NULL },      { "ə", "AH", NULL },
  { "ɐ", "AH", NULL },      { "ʌ", "AH", NULL },      { "ɜ", "ER", NULL },
  { "ɚ", "ER", NULL },      { "æ", "AE", NULL },      { "a", "AA", "AE" },
  { "ɑ", "AA", NULL },      { "ɒ", "AA", NULL },      { "x", "K", "HH" },
  { "c", "K", NULL },
};

/* What the American dictionary lacks and "the first one" needs not to be "the third one": Britain's
 * long vowel without an R, and an F that the models take for a TH. */
static const struct {
  const char *word;
  const char *phones;
} other_readings[] = {
  { "first", "F UH S T" },
  { "first", "TH ER S T" },
  { "first", "TH UH S T" },
  { "third", "TH UH D" },
};

static unsigned
hash_word (const void *key)
{
  unsigned hash = 5381;

  for (const unsigned char *at = key; *at > ' '; at++)
    hash = hash * 33 + *at;
  return hash;
}

static gboolean
same_word (const void *a, const void *b)
{
  const unsigned char *first = a;
  const unsigned char *second = b;

  while (*first > ' ' && *first == *second)
    {
      first++;
      second++;
    }
  return *first <= ' ' && *second <= ' ';
}

VolantPronunciation *
volant_pronunciation_new (const char *dictionary, GError **error)
{
  g_autoptr (VolantPronunciation) self = g_new0 (VolantPronunciation, 1);
  g_autoptr (GError) inner = NULL;
  const char *at;
  const char *end;

  self->lines = g_hash_table_new (hash_word, same_word);
  if (dictionary == NULL)
    return g_steal_pointer (&self);
  self->file = g_mapped_file_new (dictionary, FALSE, &inner);
  at = self->file != NULL ? g_mapped_file_get_contents (self->file) : NULL;
  if (at == NULL)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL,
                   "the dictionary %s cannot be read: %s", dictionary,
                   inner != NULL ? inner->message : "it is empty");
      return NULL;
    }
  end = at + g_mapped_file_get_length (self->file);
  /* Only whole lines, so that no word runs over the end of the file. */
  while (at < end)
    {
      const char *next = memchr (at, '\n', (size_t) (end - at));

      if (next == NULL)
        break;
      if (*at > ' ')
        g_hash_table_insert (self->lines, (char *) at, (char *) at);
      at = next + 1;
    }
  return g_steal_pointer (&self);
}

void
volant_pronunciation_free (VolantPronunciation *self)
{
  g_hash_table_unref (self->lines);
  g_clear_pointer (&self->file, g_mapped_file_unref);
  g_free (self);
}

GStrv
volant_pronunciation_look_up (const VolantPronunciation *self, const char *word, unsigned limit)
{
  g_autoptr (GStrvBuilder) readings = g_strv_builder_new ();

  for (unsigned i = 1; i <= limit; i++)
    {
      g_autofree char *key = i > 1 ? g_strdup_printf ("%s(%u)", word, i) : g_strdup (word);
      const char *line = g_hash_table_lookup (self->lines, key);
      g_autofree char *phones = NULL;

      if (line == NULL)
        break;
      line += strcspn (line, " \t\n");
      phones = g_strstrip (g_strndup (line, strcspn (line, "\r\n")));
      if (*phones != '\0')
        g_strv_builder_add (readings, phones);
    }
  return g_strv_builder_end (readings);
}

static const Sound *
sound_at (const char *ipa)
{
  for (size_t i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_str_has_prefix (ipa, sounds[i].ipa))
      return &sounds[i];
  return NULL;
}

char *
volant_pronunciation_from_ipa (const char *ipa, unsigned alternate)
{
  GString *phones = g_string_new (NULL);

  while (*ipa != '\0')
    {
      const Sound *sound = sound_at (ipa);

      /* "(en)" tells that the synthesizer changed its language. */
      if (*ipa == '(' && strchr (ipa, ')') != NULL)
        ipa = strchr (ipa, ')');
      if (sound == NULL)
        {
          ipa = g_utf8_next_char (ipa);
          continue;
        }
      g_string_append_printf (phones, "%s%s", phones->len > 0 ? " " : "",
                              alternate > 0 && sound->alternate != NULL ? sound->alternate
                                                                        : sound->phones);
      ipa += strlen (sound->ipa);
    }
  return g_string_free (phones, FALSE);
}

static void
add_reading (GPtrArray *readings, const char *phones)
{
  if (phones != NULL && *phones != '\0' && readings->len < MAX_READINGS &&
      !g_ptr_array_find_with_equal_func (readings, phones, g_str_equal, NULL))
    g_ptr_array_add (readings, g_strdup (phones));
}

static void
add_spoken (GPtrArray *readings, const char *text, const char *voice, bool with_alternate)
{
  g_autofree char *ipa = volant_espeak_get_phonemes (text, voice, NULL);

  for (unsigned alternate = 0; ipa != NULL && alternate <= with_alternate; alternate++)
    {
      g_autofree char *phones = volant_pronunciation_from_ipa (ipa, alternate);

      add_reading (readings, phones);
    }
}

/* Pinyin as phones; NULL where a syllable is none. */
static char *
pinyin_phones (const char *pinyin, unsigned alternate)
{
  g_auto (GStrv) syllables = g_strsplit_set (pinyin, " -'", -1);
  g_autoptr (GString) phones = g_string_new (NULL);

  for (unsigned i = 0; syllables[i] != NULL; i++)
    {
      g_autofree char *syllable = NULL;

      if (*syllables[i] == '\0')
        continue;
      syllable = volant_pinyin_to_phones (syllables[i], alternate);
      if (syllable == NULL)
        return NULL;
      g_string_append_printf (phones, "%s%s", phones->len > 0 ? " " : "", syllable);
    }
  return g_string_free (g_steal_pointer (&phones), FALSE);
}

static void
add_chinese (GPtrArray *readings, const char *text)
{
  g_autofree char *pinyin = volant_pinyin_from_text (text);
  const char *second = volant_pinyin_second_reading (text);

  for (unsigned alternate = 0; alternate < 2; alternate++)
    {
      g_autofree char *phones = pinyin_phones (pinyin, alternate);
      g_autofree char *others = second != NULL ? pinyin_phones (second, alternate) : NULL;

      add_reading (readings, phones);
      add_reading (readings, others);
    }
}

/* The dictionary's first readings of all words, one after the other; NULL where it lacks one. */
static char *
dictionary_phones (const VolantPronunciation *self, const char *text)
{
  g_autofree char *folded = volant_phrase_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " -", -1);
  g_autoptr (GString) phones = g_string_new (NULL);

  for (unsigned i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) readings = volant_pronunciation_look_up (self, words[i], 1);

      if (*words[i] == '\0')
        continue;
      if (readings[0] == NULL)
        return NULL;
      g_string_append_printf (phones, "%s%s", phones->len > 0 ? " " : "", readings[0]);
    }
  return g_string_free (g_steal_pointer (&phones), FALSE);
}

static bool
has_han (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (volant_phrase_is_han (g_utf8_get_char (text)))
      return true;
  return false;
}

static GStrv
end_readings (GPtrArray *readings)
{
  g_ptr_array_add (readings, NULL);
  return (GStrv) g_ptr_array_free (readings, FALSE);
}

static void
add_other_readings (GPtrArray *readings, const char *word)
{
  for (size_t i = 0; i < G_N_ELEMENTS (other_readings); i++)
    if (strcmp (other_readings[i].word, word) == 0)
      add_reading (readings, other_readings[i].phones);
}

GStrv
volant_pronunciation_of_word (const VolantPronunciation *self, const char *word,
                              const char *language)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) known = NULL;

  if (has_han (word))
    {
      add_chinese (readings, word);
      return end_readings (readings);
    }
  if (g_str_has_prefix (language, "fr"))
    {
      add_spoken (readings, word, "fr", true);
      return end_readings (readings);
    }
  known = volant_pronunciation_look_up (self, word, MAX_READINGS);
  for (unsigned i = 0; known[i] != NULL; i++)
    add_reading (readings, known[i]);
  add_other_readings (readings, word);
  if (readings->len == 0)
    add_spoken (readings, word, "en-us", false);
  return end_readings (readings);
}

GStrv
volant_pronunciation_of_name (const VolantPronunciation *self, const char *name,
                              const char *language)
{
  GPtrArray *readings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *known = dictionary_phones (self, name);

  if (has_han (name))
    {
      add_chinese (readings, name);
      return end_readings (readings);
    }
  if (language == NULL || g_str_has_prefix (language, "fr"))
    add_spoken (readings, name, "fr", true);
  add_spoken (readings, name, "en-us", false);
  add_reading (readings, known);
  return end_readings (readings);
}
