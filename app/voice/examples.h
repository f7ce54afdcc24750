/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

G_BEGIN_DECLS

/* Plain sentences that mean an action, in the session's language, from the catalogue that the ears
 * listen with; slots as "<station>". At most limit, may be empty (transfer full). */
GStrv volant_examples_list (VolantSession *session, const char *action, unsigned limit);

G_END_DECLS
