/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/actions/action-registry.h"
#include "app/error.h"

/* For the files that hold actions, and for the voice. */

G_BEGIN_DECLS

/* The tables, one a domain; each ends with an action without a name. */
extern const VolantAction volant_actions_app[];
extern const VolantAction volant_actions_drive[];
extern const VolantAction volant_actions_map[];
extern const VolantAction volant_actions_media[];
extern const VolantAction volant_actions_nav[];
extern const VolantAction volant_actions_route[];
extern const VolantAction volant_actions_screen[];
extern const VolantAction volant_actions_vehicle[];
extern const VolantAction volant_actions_voice[];

/* Completes a task (message and undo: transfer full; undo NULL where there is none). */
void volant_action_answer (GTask *task, char *message, char *undo);
/* Completes a task with nothing to say. */
void volant_action_done (GTask *task);
/* Completes a task with an error; format is looked up in the session's language. */
void volant_action_refuse (VolantSession *session, GTask *task, VolantError code,
                           const char *format, ...) G_GNUC_PRINTF (4, 5);
/* Completes a task with any error, its words in the session's language (error: transfer full). */
void volant_action_fail (VolantSession *session, GTask *task, GError *error);

/* A token that puts things back by performing action (transfer full). */
char *volant_action_add_undo (VolantSession *session, const char *action, GVariant *parameter);

/* "To Gare Maritime: 3.2 km, 8 min", and what could not be avoided (transfer full). */
char *volant_action_describe_trip (VolantSession *session);

/* The same as volant_action_perform_async for what the person has said yes to already. */
void volant_action_perform_confirmed_async (VolantSession *session, const char *name,
                                            GVariant *parameter, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, void *data);

G_END_DECLS
