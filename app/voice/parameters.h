/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* The typed parameter that an action wants, from the slots that were heard (a{ss}): the slot named
 * like the parameter, else station, street (with its number), place, number; an empty string for a
 * text that nothing was said of. NULL for an action without parameter (transfer full);
 * VOLANT_ERROR_BAD_PARAMETER where the slots do not give it. */
bool volant_parameters_from_slots (VolantSession *session, const VolantAction *action,
                                   GVariant *slots, GVariant **parameter, GError **error);

G_END_DECLS
