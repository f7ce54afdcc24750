/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/prompt.h"
#include "app/position/position.h"

/* Follows fixes along one route: how far one is, what comes next, what to say when, whether one has
 * left the way or arrived. A pure core: the time is that of the fixes. */

G_BEGIN_DECLS

typedef struct _VolantGuidance VolantGuidance;

typedef enum {
  VOLANT_GUIDANCE_ON_ROUTE,
  VOLANT_GUIDANCE_OFF_ROUTE, /* for long enough that a new route is wanted */
  VOLANT_GUIDANCE_ARRIVED,
} VolantGuidanceState;

/* The route and the roads must outlive the guidance. */
VolantGuidance *volant_guidance_new (const VolantRoute *route, const VolantRoads *roads);
void volant_guidance_free (VolantGuidance *guidance);

/* Whether one stands at the end before having begun, by the fix that the route starts from: then
 * there is nothing to say, and one has arrived. Not for a way found anew while driving. */
bool volant_guidance_begin_there (VolantGuidance *guidance, const VolantFix *fix);

/* Takes a valid fix. Once arrived, it stays so. */
VolantGuidanceState volant_guidance_update (VolantGuidance *guidance, const VolantFix *fix);

/* What is due to be said at the last fix, each thing once (transfer full, nullable). */
VolantPrompt *volant_guidance_take_prompt (VolantGuidance *guidance);

bool volant_guidance_has_arrived (const VolantGuidance *guidance);
double volant_guidance_get_travelled_m (const VolantGuidance *guidance);
double volant_guidance_get_remaining_m (const VolantGuidance *guidance);
double volant_guidance_get_remaining_s (const VolantGuidance *guidance);
/* The next manoeuvre (nullable), metres to it (may be NULL); the one after has index 1. */
const VolantManoeuvre *volant_guidance_get_manoeuvre (const VolantGuidance *guidance,
                                                      unsigned index, double *distance_m);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantGuidance, volant_guidance_free)

G_END_DECLS
