/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* What the car keeps between rides: GSettings schema org.volant.Volant. Where the schema is neither
 * installed nor in the build tree, the program says so once and works with the defaults. */

G_BEGIN_DECLS

typedef struct _VolantSettings VolantSettings;

VolantSettings *volant_settings_new (void);
void volant_settings_free (VolantSettings *settings);
/* False: defaults only, nothing is kept. */
bool volant_settings_is_kept (const VolantSettings *settings);

/* Keys as in data/org.volant.Volant.gschema.xml. */
char *volant_settings_get_string (VolantSettings *settings, const char *key);
double volant_settings_get_double (VolantSettings *settings, const char *key);
bool volant_settings_get_boolean (VolantSettings *settings, const char *key);
void volant_settings_set_string (VolantSettings *settings, const char *key, const char *value);
void volant_settings_set_double (VolantSettings *settings, const char *key, double value);
void volant_settings_set_boolean (VolantSettings *settings, const char *key, bool value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantSettings, volant_settings_free)

G_END_DECLS
