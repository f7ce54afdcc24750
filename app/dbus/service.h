/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* The session on D-Bus: interface org.volant.Volant1 (data/dbus/) at /org/volant/Volant. */

G_BEGIN_DECLS

#define VOLANT_DBUS_NAME "org.volant.Volant"
#define VOLANT_DBUS_PATH "/org/volant/Volant"
#define VOLANT_DBUS_INTERFACE "org.volant.Volant1"

typedef struct _VolantService VolantService;

/* Exports the session on that connection until freed. The bus name is the caller's (GApplication
 * owns it). */
VolantService *volant_service_new (VolantSession *session, GDBusConnection *connection,
                                   GError **error);
void volant_service_free (VolantService *service);

/* Registers VOLANT_ERROR's codes as org.volant.Error.…, on both sides of the bus. */
void volant_service_register_errors (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantService, volant_service_free)

G_END_DECLS
