/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/pinyin.h"

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <string.h>

/* ICU chooses one reading a character, with little context, and characters of several readings (行,
 * 乐) come out wrong: words of our domain that have one are read from a table first. */

/* What is written, and how it sounds: pinyin and phones, or characters and pinyin. */
typedef struct {
  const char *written;
  const char *sound;
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

/* Where one begins another, the longer first. */
static const Sound words[] = {
  { "目的地", "mu4 di4 di4" }, { "音乐", "yin1 yue4" },   { "银行", "yin2 hang2" },
  { "重复", "chong2 fu4" },    { "重新", "chong2 xin1" }, { "还车", "huan2 che1" },
  { "还到", "huan2 dao4" },    { "首都", "shou3 du1" },   { "调大", "tiao2 da4" },
  { "调小", "tiao2 xiao3" },   { "调到", "tiao2 dao4" },  { "长江", "chang2 jiang1" },
  { "多长", "duo1 chang2" },   { "长安", "chang2 an1" },  { "长沙", "chang2 sha1" },
  { "地图", "di4 tu2" },       { "地址", "di4 zhi3" },    { "地方", "di4 fang1" },
  { "地铁", "di4 tie3" },      { "大厦", "da4 sha4" },
};

static const Sound second_readings[] = {
  { "乐", "yue4" },   { "行", "hang2" }, { "还", "huan2" }, { "长", "chang2" }, { "重", "chong2" },
  { "调", "tiao2" },  { "都", "du1" },   { "地", "di4" },   { "的", "di4" },    { "厦", "sha4" },
  { "了", "liao3" },  { "朝", "zhao1" }, { "单", "shan4" }, { "率", "lü4" },
};

static const char *
find_sound (const Sound *sounds, size_t n_sounds, const char *pinyin)
{
  for (size_t i = 0; i < n_sounds; i++)
    if (strcmp (sounds[i].written, pinyin) == 0)
      return sounds[i].sound;
  return NULL;
}

static const char *
final_phones (const char *initial, const char *final, unsigned alternate)
{
  const char *phones = NULL;

  if (strchr ("jqxy", *initial) != NULL && *initial != '\0')
    phones = find_sound (front_finals, G_N_ELEMENTS (front_finals), final);
  /* The i of zhi, chi, shi, ri is an r; that of zi, ci, si a short i. */
  if (phones == NULL && strcmp (final, "i") == 0 && *initial != '\0')
    {
      if (initial[1] == 'h' || *initial == 'r')
        return alternate > 0 ? "IH" : "ER";
      if (strchr ("zcs", *initial) != NULL)
        return alternate > 0 ? "AH" : "IH";
    }
  if (alternate > 0 && strcmp (final, "o") == 0)
    return "W AO";
  if (alternate > 0 && strcmp (final, "e") == 0)
    return "ER";
  return phones != NULL ? phones : find_sound (finals, G_N_ELEMENTS (finals), final);
}

char *
volant_pinyin_to_phones (const char *syllable, unsigned alternate)
{
  g_autofree char *plain = g_ascii_strdown (syllable, -1);
  const char *initial = "";
  const char *initial_sound = NULL;
  const char *vowel;
  const char *phones;

  plain[strcspn (plain, "12345")] = '\0';
  for (size_t i = 0; i < G_N_ELEMENTS (initials) && initial_sound == NULL; i++)
    if (g_str_has_prefix (plain, initials[i].written))
      {
        initial = initials[i].written;
        initial_sound = initials[i].sound;
      }
  vowel = plain + strlen (initial);
  phones = *vowel != '\0' ? final_phones (initial, vowel, alternate) : NULL;
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

const char *
volant_pinyin_second_reading (const char *character)
{
  return find_sound (second_readings, G_N_ELEMENTS (second_readings), character);
}

/* By ICU alone (transfer full). */
static char *
transliterate (const char *text)
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

char *
volant_pinyin_from_text (const char *text)
{
  g_autoptr (GString) marked = g_string_new (NULL);

  /* Words of the table go in as pinyin, which ICU leaves as it is. */
  for (const char *at = text; *at != '\0';)
    {
      const Sound *word = NULL;

      for (size_t i = 0; i < G_N_ELEMENTS (words) && word == NULL; i++)
        if (g_str_has_prefix (at, words[i].written))
          word = &words[i];
      if (word != NULL)
        g_string_append_printf (marked, " %s ", word->sound);
      else
        g_string_append_unichar (marked, g_utf8_get_char (at));
      at = word != NULL ? at + strlen (word->written) : g_utf8_next_char (at);
    }
  return transliterate (marked->str);
}
