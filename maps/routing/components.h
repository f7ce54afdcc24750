/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/routing/metric.h"

G_BEGIN_DECLS

/* Which segments belong to the greatest part of the map in which a mode gets from everywhere to
 * everywhere: one bool a segment (transfer full). A point beside a car park that no road leads out
 * of is better begun from the street. */
bool *volant_components_main (const VolantTurns *turns, const VolantMetric *metric);

G_END_DECLS
