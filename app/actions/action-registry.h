/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

/* The one way through: a spoken sentence, a touch, a D-Bus call and a script line all become a
 * named action with a typed parameter, performed by one call. The registry holds each action once.
 */

G_BEGIN_DECLS

typedef struct _VolantSession VolantSession;

typedef enum {
  VOLANT_RISK_ACT,       /* done at once; where it can be undone, an undo token comes back */
  VOLANT_RISK_UNCERTAIN, /* by voice: asked for unless certain and unambiguous (destinations) */
  VOLANT_RISK_ASK,       /* always asked first: costs money or ends the trip */
} VolantActionRisk;

/* The work of an action. Complete task with a VolantActionAnswer (volant_action_answer_free) or an
 * error; it may do so at once. parameter is NULL where the action takes none. */
typedef void (*VolantActionFunc) (VolantSession *session, GVariant *parameter, GTask *task);

typedef struct {
  const char *name;           /* "nav.go-to" */
  const char *parameter;      /* GVariant type string: "s", "i", "d", "b"; NULL for none */
  const char *parameter_name; /* for help: "target"; NULL for none */
  VolantActionRisk risk;
  bool while_driving; /* may be done while the car moves */
  const char *help;   /* one line, N_() */
  VolantActionFunc perform;
} VolantAction;

typedef struct {
  char *message; /* for the person, in the session's language; "" for silence */
  char *undo;    /* undo token, NULL where there is nothing to undo; valid for 8 s */
} VolantActionAnswer;

void volant_action_answer_free (VolantActionAnswer *answer);

/* All actions, sorted by name; n_actions may not be NULL. */
const VolantAction *const *volant_actions_list (unsigned *n_actions);
const VolantAction *volant_actions_find (const char *name);

/* Performs a named action. parameter may be floating and NULL. Errors: VOLANT_ERROR_UNKNOWN_ACTION,
 * _BAD_PARAMETER, _LOCKED_OUT, and what the action itself gives. */
void volant_action_perform_async (VolantSession *session, const char *name, GVariant *parameter,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  void *data);
VolantActionAnswer *volant_action_perform_finish (VolantSession *session, GAsyncResult *result,
                                                  GError **error);
/* The same where nobody waits for the answer: message and error become the session's toast. */
void volant_action_perform (VolantSession *session, const char *name, GVariant *parameter);

/* Reads a parameter as a person writes it on a command line or in a script: "Gare de Lyon", "50",
 * "true" (transfer full, floating). */
GVariant *volant_action_parse_parameter (const VolantAction *action, const char *text,
                                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantActionAnswer, volant_action_answer_free)

G_END_DECLS
