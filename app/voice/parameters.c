/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/voice/parameters.h"

#include "app/error.h"
#include "app/session-private.h"
#include "app/text/text.h"

#include <string.h>

/* Slots to parameters. People count tracks from one, the list from nought. */

static const char *
get_slot (GVariant *slots, const char *name)
{
  const char *value;

  return slots != NULL && g_variant_lookup (slots, name, "&s", &value) ? value : NULL;
}

/* "12" and the street's id: the address, where the city has that house (transfer full). */
static char *
find_address (VolantSession *session, const char *street_id, const char *number)
{
  g_autoptr (VolantPlace) street = volant_places_get (session->places, street_id, NULL);
  g_autofree char *words = NULL;
  g_autoptr (GPtrArray) found = NULL;

  if (street == NULL)
    return NULL;
  words = g_strdup_printf ("%s %s", number, street->name);
  found = volant_places_search (session->places, words, &street->point, 1, NULL);
  if (found == NULL || found->len == 0 ||
      ((VolantPlace *) found->pdata[0])->kind != VOLANT_PLACE_ADDRESS)
    return NULL;
  return g_strdup (((VolantPlace *) found->pdata[0])->id);
}

/* (transfer full, nullable) */
static char *
choose_text (VolantSession *session, const VolantAction *action, GVariant *slots)
{
  static const char *const names[] = { "station", "street", "place", "number" };
  const char *number = get_slot (slots, "number");
  const char *street = get_slot (slots, "street");
  const char *value = get_slot (slots, action->parameter_name);

  if (value == NULL && number != NULL && street != NULL)
    {
      char *address = find_address (session, street, number);

      if (address != NULL)
        return address;
    }
  for (unsigned i = 0; value == NULL && i < G_N_ELEMENTS (names); i++)
    value = get_slot (slots, names[i]);
  /* a choice of routes calls them by their numbers */
  if (value != NULL && g_str_has_prefix (value, "route:"))
    return g_strdup (value + strlen ("route:"));
  if (value != NULL && strcmp (action->name, "media.play-track") == 0)
    return g_strdup_printf ("%d", (int) g_ascii_strtoll (value, NULL, 10) - 1);
  return g_strdup (value);
}

bool
volant_parameters_from_slots (VolantSession *session, const VolantAction *action, GVariant *slots,
                              GVariant **parameter, GError **error)
{
  g_autofree char *text = NULL;

  *parameter = NULL;
  if (action->parameter == NULL)
    return true;
  text = choose_text (session, action, slots);
  if (text == NULL && strcmp (action->parameter, "s") == 0)
    text = g_strdup ("");
  if (text != NULL)
    *parameter = volant_action_parse_parameter (action, text, NULL);
  if (*parameter == NULL)
    {
      g_set_error_literal (error, VOLANT_ERROR, VOLANT_ERROR_BAD_PARAMETER,
                           volant_session_text (session, N_ ("I did not understand that")));
      return false;
    }
  g_variant_ref_sink (*parameter);
  return true;
}
