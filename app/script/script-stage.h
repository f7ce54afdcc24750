/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* The stage of a script: a virtual display (Xvfb), a private session bus, private folders, and on it
 * the real program with --automation. Everything ends with the stage. */

G_BEGIN_DECLS

typedef struct _VolantStage VolantStage;

/* output: an existing folder that receives the program's words (volant.log). show: play on the
 * display there is instead of a virtual one. */
VolantStage *volant_stage_new (const char *output, bool show, GError **error);
void volant_stage_free (VolantStage *stage);

/* Starts the program with arguments and waits until it says that it is ready. */
bool volant_stage_start (VolantStage *stage, const char *const *arguments, GError **error);
bool volant_stage_has_started (const VolantStage *stage);

/* A folder that goes with the stage, for files a step needs. */
const char *volant_stage_get_folder (const VolantStage *stage);

/* One call: interface "Volant1" or "Automation1" (transfer full; parameters are sunk). */
GVariant *volant_stage_call (VolantStage *stage, const char *interface, const char *method,
                             GVariant *parameters, const char *reply_type, GError **error);

/* The program's state as text, key → value, lists one element a line (transfer full). */
GHashTable *volant_stage_get_state (VolantStage *stage, GError **error);

/* Asks whether condition () holds, again and again until it does or within_s passed or it sets an
 * error. */
typedef bool (*VolantStageCondition) (VolantStage *stage, void *data, GError **error);
bool volant_stage_wait (VolantStage *stage, VolantStageCondition condition, void *data,
                        double within_s, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStage, volant_stage_free)

G_END_DECLS
