/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/pinyin.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <string.h>

/* ICU chooses one reading a character, with little context: characters of several readings (行, 乐)
 * can come out wrong. */

typedef struct {
  const char *pinyin;
  const char *phones;
} Sound;

static const Sound initials[] = {
  { "zh", "JH" }, { "ch", "CH" }, { "sh", "SH" }, { "b", "B" },  { "p", "P" },  { "m", "M" },
  { "f", "F" },   { "d", "D" },   { "t", "T" },   { "n", "N" },  { "l", "L" },  { "g", "G" },
  { "k", "K" },   { "h", "HH" },  { "j", "JH" },  { "q", "CH" }, { "x", "SH" }, { "r", "R" },
  { "z", "Z" },   { "c", "T S" }, { "s", "S" },   { "y", "Y" },  { "w", "W" },
};

static const Sound finals[] = {
  { "a", "AA" },       { "o", "AO" },       { "e", "AH" },       { "ai", "AY" },
  { "ei", "EY" },      { "ao", "AW" },      { "ou", "OW" },      { "an", "AA N" },
  { "en", "AH N" },    { "ang", "AA NG" },  { "eng", "AH NG" },  { "ong", "UH NG" },
  { "er", "AA R" },    { "i", "IY" },       { "ia", "Y AA" },    { "ie", "Y EH" },
  { "iao", "Y AW" },   { "iu", "Y OW" },    { "ian", "Y EH N" }, { "in", "IY N" },
  { "iang", "Y AA NG" }, { "ing", "IH NG" }, { "iong", "Y UH NG" }, { "u", "UW" },
  { "ua", "W AA" },    { "uo", "W AO" },    { "uai", "W AY" },   { "ui", "W EY" },
  { "uan", "W AA N" }, { "un", "W AH N" },  { "uang", "W AA NG" }, { "ue", "Y EH" },
  { "ü", "Y UW" },     { "üe", "Y EH" },    { "v", "Y UW" },     { "ve", "Y EH" },
};

/* After j q x and y a written u is ü. */
static const Sound front_finals[] = {
  { "u", "Y UW" },
  { "ue", "Y EH" },
  { "uan", "Y EH N" },
  { "un", "Y UW N" },
};

static const char *
find_sound (const Sound *sounds, size_t n_sounds, const char *pinyin)
{
  for (size_t i = 0; i < n_sounds; i++)
    if (strcmp (sounds[i].pinyin, pinyin) == 0)
      return sounds[i].phones;
  return NULL;
}

static const char *
final_phones (const char *initial, const char *final)
{
  const char *phones = NULL;

  if (strchr ("jqxy", *initial) != NULL && *initial != '\0')
    phones = find_sound (front_finals, G_N_ELEMENTS (front_finals), final);
  /* The i of zhi, chi, shi, ri is an r; that of zi, ci, si a short i. */
  if (phones == NULL && strcmp (final, "i") == 0 && *initial != '\0')
    {
      if (initial[1] == 'h' || *initial == 'r')
        return "ER";
      if (strchr ("zcs", *initial) != NULL)
        return "IH";
    }
  return phones != NULL ? phones : find_sound (finals, G_N_ELEMENTS (finals), final);
}

char *
volant_pinyin_to_phones (const char *syllable)
{
  g_autofree char *plain = g_ascii_strdown (syllable, -1);
  const char *initial = "";
  const char *initial_sound = NULL;
  const char *vowel;
  const char *phones;

  plain[strcspn (plain, "12345")] = '\0';
  for (size_t i = 0; i < G_N_ELEMENTS (initials) && initial_sound == NULL; i++)
    if (g_str_has_prefix (plain, initials[i].pinyin))
      {
        initial = initials[i].pinyin;
        initial_sound = initials[i].phones;
      }
  vowel = plain + strlen (initial);
  phones = *vowel != '\0' ? final_phones (initial, vowel) : NULL;
  if (phones == NULL)
    return NULL;
  if (initial_sound == NULL || (*initial == 'y' && *phones == 'Y') ||
      (*initial == 'w' && *phones == 'W') || (*initial == 'y' && g_str_has_prefix (phones, "IY")))
    return g_strdup (phones);
  return g_strdup_printf ("%s %s", initial_sound, phones);
}

static UTransliterator *
open_transliterator (void)
{
  static const char rules[] = "Han-Latin; Latin-NumericPinyin";
  UChar id[64];
  UErrorCode status = U_ZERO_ERROR;

  u_charsToUChars (rules, id, sizeof rules);
  return utrans_openU (id, (int32_t) sizeof rules - 1, UTRANS_FORWARD, NULL, 0, NULL, &status);
}

char *
volant_pinyin_from_text (const char *text)
{
  static UTransliterator *shared;
  static gsize opened;
  g_autofree UChar *buffer = NULL;
  g_autofree char *result = NULL;
  UTransliterator *own;
  UErrorCode status = U_ZERO_ERROR;
  int32_t capacity = (int32_t) MIN (strlen (text), 100000) * 10 + 64;
  int32_t length = 0;
  int32_t limit;

  if (g_once_init_enter (&opened))
    {
      shared = open_transliterator ();
      g_once_init_leave (&opened, 1);
    }
  buffer = g_new (UChar, capacity);
  u_strFromUTF8WithSub (buffer, capacity, &length, text, -1, 0xfffd, NULL, &status);
  own = shared != NULL ? utrans_clone (shared, &status) : NULL;
  if (own == NULL || U_FAILURE (status))
    return g_strdup (text);
  limit = length;
  utrans_transUChars (own, buffer, &length, capacity, 0, &limit, &status);
  utrans_close (own);
  if (U_FAILURE (status))
    return g_strdup (text);
  result = g_new0 (char, (size_t) length * 3 + 1);
  u_strToUTF8WithSub (result, length * 3 + 1, NULL, buffer, length, 0xfffd, NULL, &status);
  return U_SUCCESS (status) ? g_steal_pointer (&result) : g_strdup (text);
}
