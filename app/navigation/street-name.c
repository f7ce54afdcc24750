/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/street-name.h"

#include <string.h>

/* English and Chinese take a name as it stands. French wants the article of the kind of road, with
 * elision, its first word in lower case, and "dans" or "sur": dans la rue, sur l’avenue. */

typedef struct {
  const char *word;    /* as OSM writes it, case folded */
  const char *article; /* "la ", "le ", "l’" */
  const char *onto;    /* "dans", "sur" */
} RoadKind;

static const RoadKind french_kinds[] = {
  { "allée", "l’", "dans" },      { "allées", "les ", "dans" },    { "autoroute", "l’", "sur" },
  { "avenue", "l’", "sur" },      { "bd", "le ", "sur" },          { "boulevard", "le ", "sur" },
  { "bretelle", "la ", "sur" },   { "carrefour", "le ", "sur" },   { "chaussée", "la ", "sur" },
  { "chemin", "le ", "sur" },     { "cité", "la ", "dans" },       { "cour", "la ", "dans" },
  { "cours", "le ", "sur" },      { "descente", "la ", "dans" },   { "escalier", "l’", "dans" },
  { "escaliers", "les ", "dans" }, { "esplanade", "l’", "sur" },   { "faubourg", "le ", "dans" },
  { "galerie", "la ", "dans" },   { "hameau", "le ", "dans" },     { "impasse", "l’", "dans" },
  { "jardin", "le ", "dans" },    { "jetée", "la ", "sur" },       { "lacets", "les ", "dans" },
  { "mail", "le ", "sur" },       { "montée", "la ", "dans" },     { "parvis", "le ", "sur" },
  { "passage", "le ", "dans" },   { "passerelle", "la ", "sur" },  { "périphérique", "le ", "sur" },
  { "place", "la ", "sur" },      { "placette", "la ", "sur" },    { "pont", "le ", "sur" },
  { "port", "le ", "sur" },       { "porte", "la ", "sur" },       { "promenade", "la ", "sur" },
  { "quai", "le ", "sur" },       { "rampe", "la ", "sur" },       { "rocade", "la ", "sur" },
  { "rond-point", "le ", "sur" }, { "route", "la ", "sur" },       { "rue", "la ", "dans" },
  { "ruelle", "la ", "dans" },    { "sente", "la ", "dans" },      { "sentier", "le ", "sur" },
  { "square", "le ", "dans" },    { "traverse", "la ", "dans" },   { "tunnel", "le ", "dans" },
  { "venelle", "la ", "dans" },   { "viaduc", "le ", "sur" },      { "villa", "la ", "dans" },
  { "voie", "la ", "sur" },
};

static const RoadKind *
find_french_kind (const char *name)
{
  const char *space = strchr (name, ' ');
  g_autofree char *first = space != NULL ? g_strndup (name, (size_t) (space - name)) : NULL;
  g_autofree char *folded = first != NULL ? g_utf8_strdown (first, -1) : NULL;

  for (unsigned i = 0; folded != NULL && i < G_N_ELEMENTS (french_kinds); i++)
    if (strcmp (french_kinds[i].word, folded) == 0)
      return &french_kinds[i];
  return NULL;
}

/* "Rue de Rivoli" → "la rue de Rivoli". */
static char *
with_french_article (const RoadKind *kind, const char *name)
{
  const char *rest = g_utf8_next_char (name);
  g_autofree char *initial = g_utf8_strdown (name, rest - name);

  return g_strconcat (kind->article, initial, rest, NULL);
}

/* Roads by their number: l’A 8, la N 12, la D 7. */
static char *
french_ref (const char *ref)
{
  return g_strconcat (*ref == 'A' || *ref == 'E' ? "l’" : "la ", ref, NULL);
}

/* The first of several, "A 86;N 12". */
static char *
first_ref (const char *ref)
{
  g_auto (GStrv) refs = g_strsplit (ref, ";", 2);

  return g_strdup (g_strstrip (refs[0]));
}

static char *
name_road (const char *language, const char *name, const char *ref, bool onto)
{
  bool is_french = g_strcmp0 (language, "fr") == 0;
  const RoadKind *kind = is_french ? find_french_kind (name) : NULL;
  g_autofree char *number = *ref != '\0' ? first_ref (ref) : NULL;
  g_autofree char *road = NULL;
  const char *preposition = "sur";

  if (*name == '\0' && number == NULL)
    return NULL;
  if (!is_french)
    return g_strdup (*name != '\0' ? name : number);
  if (*name == '\0')
    {
      road = french_ref (number);
    }
  else if (kind != NULL)
    {
      road = with_french_article (kind, name);
      preposition = kind->onto;
    }
  else
    {
      road = g_strdup (name);
    }
  return onto ? g_strconcat (preposition, " ", road, NULL) : g_steal_pointer (&road);
}

char *
volant_street_name_plain (const char *language, const char *name, const char *ref)
{
  return name_road (language, name, ref, false);
}

char *
volant_street_name_onto (const char *language, const char *name, const char *ref)
{
  return name_road (language, name, ref, true);
}

char *
volant_street_name_sign (const char *language, const char *destination)
{
  const char *comma = g_strcmp0 (language, "zh") == 0 ? "、" : ", ";
  g_auto (GStrv) places = g_strsplit (destination, ";", -1);
  GString *sign = g_string_new (NULL);
  unsigned n = 0;

  for (char **place = places; *place != NULL && n < 2; place++)
    {
      g_strstrip (*place);
      if (**place == '\0')
        continue;
      g_string_append_printf (sign, "%s%s", n > 0 ? comma : "", *place);
      n++;
    }
  return g_string_free (sign, n == 0);
}
