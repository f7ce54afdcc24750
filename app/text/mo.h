/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* A compiled message catalogue (GNU gettext's .mo), read in place. The format is that of the
 * gettext manual, "The Format of GNU MO Files"; either byte order, revision 0. Everything is
 * checked when the catalogue is opened, so that looking up cannot fail. */

G_BEGIN_DECLS

typedef struct _VolantMo VolantMo;

/* Opens a catalogue; bytes are kept. VOLANT_ERROR_FAILED where they are no sound catalogue. */
VolantMo *volant_mo_new (GBytes *bytes, GError **error);
void volant_mo_free (VolantMo *mo);

/* The translation of text, or NULL. form counts plural forms from 0; a form the catalogue does not
 * have gives the last one. The answer lives as long as the catalogue. */
const char *volant_mo_lookup (const VolantMo *mo, const char *text, unsigned form);

unsigned volant_mo_get_n_messages (const VolantMo *mo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantMo, volant_mo_free)

G_END_DECLS
