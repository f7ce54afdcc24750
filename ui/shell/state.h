/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* Single values of the session's flat state, for controls that show what no property tells. */

G_BEGIN_DECLS

/* false where the state has no such key. */
bool volant_state_get_boolean (VolantSession *session, const char *key);

/* Calls callback (swapped: object first) when a property of the session changes, if it has it. */
void volant_state_watch (VolantSession *session, const char *property, GCallback callback,
                         void *object);

G_END_DECLS
