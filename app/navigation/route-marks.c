/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/route-marks.h"

#include "app/text/text.h"
#include "maps/routing/plan/wish.h"

/* Short words for a list of routes, and the sentence that owns up to what was asked in vain. */

char *
volant_route_marks (const VolantRoute *route, const char *language)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) marks = NULL;

  if (route->motorway_mm > 0)
    {
      g_autofree char *length = volant_text_distance (language, route->motorway_mm / 1000.0);
      g_autofree char *motorway = volant_text_format (language, N_ ("%s of motorway"), length);

      g_strv_builder_add (builder, motorway);
    }
  if (route->toll_mm > 0)
    g_strv_builder_add (builder, volant_text (language, N_ ("toll")));
  if (route->ferry_mm > 0)
    g_strv_builder_add (builder, volant_text (language, N_ ("ferry")));
  marks = g_strv_builder_end (builder);
  return g_strjoinv (", ", marks);
}

char *
volant_route_unavoided (const VolantRoute *route, const char *language)
{
  static const struct {
    VolantAvoid avoid;
    const char *sentence;
  } sentences[] = {
    { VOLANT_AVOID_MOTORWAYS, N_ ("There is no way without a motorway") },
    { VOLANT_AVOID_TOLLS, N_ ("There is no way without a toll") },
    { VOLANT_AVOID_FERRIES, N_ ("There is no way without a ferry") },
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) said = NULL;

  if (route->unavoided == 0)
    return NULL;
  for (unsigned i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (route->unavoided & sentences[i].avoid)
      g_strv_builder_add (builder, volant_text (language, sentences[i].sentence));
  said = g_strv_builder_end (builder);
  return g_strjoinv (". ", said);
}
