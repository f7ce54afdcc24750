/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/reading.h"

#include "maps/error.h"
#include "maps/places/fold.h"

#include <stdbool.h>
#include <unicode/utrans.h>
#include <unicode/ustring.h>

/* ICU's Han-Latin (CLDR) gives one reading for each character: polyphones come out wrong now and
 * then (重庆 as "zhong qing"), which the search by characters makes up for. */

#define MAX_SYLLABLES 12
#define MAX_RUN 6

struct _VolantReading {
  UTransliterator *han_latin;
};

VolantReading *
volant_reading_new (GError **error)
{
  static const UChar name[] = u"Han-Latin";
  UErrorCode status = U_ZERO_ERROR;
  UTransliterator *han_latin = utrans_openU (name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  VolantReading *reading;

  if (U_FAILURE (status))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_UNSUPPORTED,
                   "ICU cannot spell Chinese names (%s); install its data", u_errorName (status));
      return NULL;
    }
  reading = g_new0 (VolantReading, 1);
  reading->han_latin = han_latin;
  return reading;
}

void
volant_reading_free (VolantReading *reading)
{
  if (reading == NULL)
    return;
  utrans_close (reading->han_latin);
  g_free (reading);
}

static bool
has_han (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (volant_fold_is_han (text))
      return true;
  return false;
}

char *
volant_reading_spell (VolantReading *reading, const char *text)
{
  glong length = 0;
  g_autofree gunichar2 *utf16 =
      has_han (text) ? g_utf8_to_utf16 (text, -1, NULL, &length, NULL) : NULL;
  int32_t capacity = (int32_t) length * 8 + 16;
  g_autofree UChar *buffer = NULL;
  g_autofree char *latin = NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t size = (int32_t) length;
  int32_t limit = (int32_t) length;

  if (utf16 == NULL)
    return NULL;
  buffer = g_new0 (UChar, capacity);
  u_memcpy (buffer, (const UChar *) utf16, size);
  utrans_transUChars (reading->han_latin, buffer, &size, capacity, 0, &limit, &status);
  if (U_FAILURE (status))
    return NULL;
  latin = g_utf16_to_utf8 ((const gunichar2 *) buffer, size, NULL, NULL, NULL);
  return latin != NULL ? volant_fold (latin) : NULL;
}

void
volant_reading_add_words (const char *spelling, GString *words)
{
  g_auto (GStrv) syllables = g_strsplit (spelling, " ", MAX_SYLLABLES + 1);
  unsigned n = MIN (g_strv_length (syllables), MAX_SYLLABLES);
  g_autoptr (GString) initials = g_string_new (NULL);

  for (unsigned i = 0; i < n; i++)
    {
      g_autoptr (GString) run = g_string_new (NULL);

      g_string_append_unichar (initials, g_utf8_get_char (syllables[i]));
      for (unsigned j = i; j < n && (j < i + MAX_RUN || i == 0); j++)
        {
          g_string_append (run, syllables[j]);
          g_string_append_printf (words, " %s", run->str);
        }
    }
  if (n > 1)
    g_string_append_printf (words, " %s", initials->str);
}
