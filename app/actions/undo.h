/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdint.h>

/* What can be taken back: each token names the action that puts the old state back, and is good for
 * eight seconds. A pure core: time is handed in. */

G_BEGIN_DECLS

#define VOLANT_UNDO_VALID_MS 8000

typedef struct _VolantUndo VolantUndo;

VolantUndo *volant_undo_new (void);
void volant_undo_free (VolantUndo *undo);

/* Remembers how to undo and returns a token (transfer full). action is borrowed for good (a
 * literal), parameter may be floating and NULL. */
char *volant_undo_add (VolantUndo *undo, const char *action, GVariant *parameter, int64_t now_ms);

/* Takes a token out: the action to perform, and its parameter (transfer full, nullable). "" is the
 * latest. NULL where there is no such token, or it is older than VOLANT_UNDO_VALID_MS. */
const char *volant_undo_take (VolantUndo *undo, const char *token, int64_t now_ms,
                              GVariant **parameter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantUndo, volant_undo_free)

G_END_DECLS
