/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/voice/names.h"

#include "app/session-private.h"

/* Which names can be said. */

#define MAX_STATIONS 100
#define MAX_STREETS 60
#define MAX_PLACES 40
#define RADIUS_M 3000.0

static void
give_stations (VolantSession *session, VolantEars *ears)
{
  g_autoptr (GPtrArray) stations = volant_session_rank_stations (session, "", MAX_STATIONS);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autofree VolantSpokenName *names = g_new0 (VolantSpokenName, stations->len + 1);

  for (unsigned i = 0; i < stations->len; i++)
    {
      const VolantStation *station = stations->pdata[i];
      bool spoken = station->spoken_name != NULL && *station->spoken_name != '\0';

      g_ptr_array_add (ids, g_strconcat ("station:", station->id, NULL));
      names[i].id = ids->pdata[i];
      names[i].text = spoken ? station->spoken_name : station->name;
    }
  volant_ears_set_names (ears, "station", names, stations->len);
}

static void
give_places (VolantSession *session, VolantEars *ears, VolantPoint point, VolantPlaceKind kind,
             const char *slot, unsigned limit)
{
  g_autoptr (GPtrArray) places =
      volant_places_near (volant_session_get_places (session), point, RADIUS_M, kind, limit, NULL);
  g_autofree VolantSpokenName *names = NULL;

  if (places == NULL)
    return;
  names = g_new0 (VolantSpokenName, places->len + 1);
  for (unsigned i = 0; i < places->len; i++)
    {
      const VolantPlace *place = places->pdata[i];

      names[i].id = place->id;
      names[i].text = place->name;
    }
  volant_ears_set_names (ears, slot, names, places->len);
}

void
volant_names_give (VolantSession *session, VolantEars *ears, VolantPoint point)
{
  give_stations (session, ears);
  give_places (session, ears, point, VOLANT_PLACE_STREET, "street", MAX_STREETS);
  give_places (session, ears, point, VOLANT_PLACE_POI, "place", MAX_PLACES);
}
