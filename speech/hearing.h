/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/ears.h"

/* How a hearing is made: for the recogniser, and for tests of the dialogue. */

G_BEGIN_DECLS

/* A rejected one without words; its fields may be replaced until it is handed on (transfer full). */
VolantHearing *volant_hearing_new (const char *note);

G_END_DECLS
