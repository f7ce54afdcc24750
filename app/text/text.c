/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/text/text.h"

#include "app/text/mo.h"
#include "app/text/volant-text-resource.h"

#include <math.h>
#include <string.h>

/* The catalogues of the program, opened at first use, and the ways to write quantities. English is
 * the language of the source and has no catalogue. */

typedef struct {
  const char *name;
  const char *resource; /* NULL: the source's own */
  const char *decimal_point;
  unsigned (*plural) (unsigned long count); /* which form, as the catalogue's Plural-Forms says */
} Language;

static unsigned
get_english_form (unsigned long count)
{
  return count == 1 ? 0 : 1;
}

static unsigned
get_french_form (unsigned long count)
{
  return count > 1 ? 1 : 0;
}

static unsigned
get_chinese_form (unsigned long count)
{
  return 0;
}

static const Language languages[] = {
  { "en", NULL, ".", get_english_form },
  { "fr", "/org/volant/Volant/po/fr.mo", ",", get_french_form },
  { "zh", "/org/volant/Volant/po/zh.mo", ".", get_chinese_form },
};

static const Language *
find_language (const char *name)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].name, name) == 0)
      return &languages[i];
  return NULL;
}

/* A catalogue that the build put into the program and that cannot be read is a broken build. */
static VolantMo *
open_catalogue (const char *resource)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (volant_text_get_resource (), resource,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  VolantMo *mo = bytes != NULL ? volant_mo_new (bytes, &error) : NULL;

  if (mo == NULL)
    g_error ("%s: %s", resource, error->message);
  return mo;
}

static const VolantMo *
get_catalogue (const Language *language)
{
  static VolantMo *catalogues[G_N_ELEMENTS (languages)];
  static gsize opened;

  if (g_once_init_enter (&opened))
    {
      /* by hand: a linker drops a static library's constructors */
      volant_text_register_resource ();
      for (unsigned i = 0; i < G_N_ELEMENTS (languages); i++)
        if (languages[i].resource != NULL)
          catalogues[i] = open_catalogue (languages[i].resource);
      g_once_init_leave (&opened, 1);
    }
  return catalogues[language - languages];
}

static const char *
look_up (const char *language, const char *text, unsigned form)
{
  const Language *known = find_language (language);
  const VolantMo *catalogue = known != NULL ? get_catalogue (known) : NULL;
  const char *found;

  /* the empty text is the catalogue's own header */
  if (catalogue == NULL || *text == '\0')
    return NULL;
  found = volant_mo_lookup (catalogue, text, form);
  return found != NULL && *found != '\0' ? found : NULL;
}

/* volant_language_is_known:
 *
 * Whether the program speaks that language: "en", "fr" or "zh". NULL is none. */
bool
volant_language_is_known (const char *language)
{
  return find_language (language) != NULL;
}

const char *
volant_text (const char *language, const char *text)
{
  const char *found = look_up (language, text, 0);

  return found != NULL ? found : text;
}

const char *
volant_text_plural (const char *language, const char *one, const char *many, unsigned long count)
{
  const Language *known = find_language (language);
  const char *found = look_up (language, one, known != NULL ? known->plural (count) : 0);

  if (found != NULL)
    return found;
  return get_english_form (count) == 0 ? one : many;
}

char *
volant_text_format (const char *language, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = g_strdup_vprintf (volant_text (language, format), arguments);
  va_end (arguments);
  return text;
}

/* The decimal point is the language's, never the process locale's. */
static char *
format_tenths (const char *language, double value)
{
  const Language *known = find_language (language);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, "%.1f", value);
  if (known != NULL && *known->decimal_point != '.')
    *strchr (digits, '.') = *known->decimal_point;
  return g_strdup (digits);
}

/* volant_text_distance:
 *
 * Rounded as guidance rounds: 10 m below 100 m, 50 m below 1 km, 0.1 km below 10 km, then whole
 * kilometres. Less than nothing or not a number is "0 m". */
char *
volant_text_distance (const char *language, double distance_m)
{
  double metres = distance_m > 0.0 ? distance_m : 0.0;
  g_autofree char *tenths = NULL;

  if (metres < 95.0)
    return volant_text_format (language, N_ ("%d m"), (int) lround (metres / 10.0) * 10);
  if (metres < 975.0)
    return volant_text_format (language, N_ ("%d m"), MAX (100, (int) lround (metres / 50.0) * 50));
  if (metres >= 9950.0)
    return volant_text_format (language, N_ ("%d km"),
                               (int) MIN (lround (metres / 1000.0), 999999));
  tenths = format_tenths (language, MAX (metres / 1000.0, 1.0));
  return volant_text_format (language, N_ ("%s km"), tenths);
}

/* volant_text_duration:
 *
 * Whole minutes, at least one; hours above sixty minutes. */
char *
volant_text_duration (const char *language, double duration_s)
{
  long minutes = duration_s > 0.0 ? lround (MIN (duration_s, 1e8) / 60.0) : 0;

  minutes = MAX (minutes, 1);
  if (minutes < 60)
    return volant_text_format (language, N_ ("%ld min"), minutes);
  if (minutes % 60 == 0)
    return volant_text_format (language, N_ ("%ld h"), minutes / 60);
  return volant_text_format (language, N_ ("%ld h %02ld min"), minutes / 60, minutes % 60);
}

char *
volant_text_clock (const char *language, GDateTime *time)
{
  return g_strdup_printf ("%02d:%02d", g_date_time_get_hour (time), g_date_time_get_minute (time));
}

/* volant_text_clock_spoken:
 *
 * The same for the voice: European voices read the figures as a time, the Chinese one needs the
 * words (transfer full). */
char *
volant_text_clock_spoken (const char *language, GDateTime *time)
{
  return volant_text_format (language, N_ ("%d:%02d"), g_date_time_get_hour (time),
                             g_date_time_get_minute (time));
}
