/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/turns.h"

G_BEGIN_DECLS

/* Expands the turns of roads into the bytes of section VOLANT_CITY_TURNS (transfer full). */
GBytes *volant_turns_build (const VolantRoads *roads);

G_END_DECLS
