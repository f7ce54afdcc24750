/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

/* The registry's actions as a GActionGroup, so that a template can say
 * action-name="do.media.next" and a button needs no code. */

G_BEGIN_DECLS

/* One GAction for each registered action, performed on the session (transfer full). */
GActionGroup *volant_shell_actions_new (VolantSession *session);

G_END_DECLS
