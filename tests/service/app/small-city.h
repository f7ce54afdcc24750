/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"
#include "tests/support.h"

/* A city of five by five streets, 250 m apart, with four stations, two of one name; and sessions
 * that live in it. */

G_BEGIN_DECLS

/* Files made on first use, in the test's folder. */
const char *small_city_path (void);
const char *small_city_stations (void);

/* A session in it, silent, its services opened; options may be NULL (transfer full). */
VolantSession *small_city_session (const VolantSessionOptions *options);

/* Performs and waits: the message (transfer full), or NULL with error. undo may be NULL. */
char *small_city_perform (VolantSession *session, const char *name, GVariant *parameter,
                          char **undo, GError **error);
/* The same, which must succeed, and whose message does not matter. */
void small_city_do (VolantSession *session, const char *name, GVariant *parameter);

/* One value of the flat state as text (transfer full). */
char *small_city_state (VolantSession *session, const char *key);

G_END_DECLS
