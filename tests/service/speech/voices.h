/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "speech/recogniser.h"

/* Voices made at run time, and recognisers of the shipped commands that hear them. */

G_BEGIN_DECLS

/* 16 kHz, with a faint room around it: +-30 of 32,767. voice: one of espeak's ("en-us"), or one of
 * flite's with that word before it ("flite slt"). NULL where the voice is not installed (transfer
 * full). */
GArray *voices_speak (const char *text, const char *voice);

/* The shipped commands with twenty French stations, their ids their names (transfer full). */
VolantRecogniser *voices_recogniser (const char *language);
const char *const *voices_stations (unsigned *n_stations);

/* NULL where the voice is not installed (transfer full). */
VolantHearing *voices_hear (VolantRecogniser *recogniser, const char *text, const char *voice,
                            VolantExpectation expectation);
/* NULL where the slot is empty (transfer full). */
char *voices_value_of (const VolantHearing *hearing, const char *slot);

G_END_DECLS
