/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shell/window.h"

/* The interface org.volant.Automation1, by which scripts do what a person does: tap, type, look. It
 * exists only with --automation. */

G_BEGIN_DECLS

#define VOLANT_AUTOMATION_PATH "/org/volant/Volant"
#define VOLANT_AUTOMATION_INTERFACE "org.volant.Automation1"

#define VOLANT_TYPE_AUTOMATION (volant_automation_get_type ())
G_DECLARE_FINAL_TYPE (VolantAutomation, volant_automation, VOLANT, AUTOMATION, GObject)

VolantAutomation *volant_automation_new (void);
/* Registers the object: from GApplication's dbus_register, before the bus name is taken. */
bool volant_automation_export (VolantAutomation *self, GDBusConnection *connection, GError **error);
void volant_automation_unexport (VolantAutomation *self);

void volant_automation_set_window (VolantAutomation *self, VolantWindow *window);
/* From now on it is ready. */
void volant_automation_set_session (VolantAutomation *self, VolantSession *session);

G_END_DECLS
