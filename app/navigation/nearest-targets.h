/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/navigation/navigation.h"

/* Which of several targets are soonest reached by car, from where it is and as it points. */

G_BEGIN_DECLS

/* targets: VolantTarget, copied; the search runs in a thread. Where several are equally soon, their
 * order counts. */
void volant_nearest_targets_async (VolantRouter *router, const VolantFix *fix, GPtrArray *targets,
                                   unsigned most, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, void *data);
/* At most so many VolantTarget, the soonest first; those that no way leads to come last, in their
 * order (transfer full). Errors: VOLANT_MAPS_ERROR_OFF_MAP for the car, G_IO_ERROR_CANCELLED. */
GPtrArray *volant_nearest_targets_finish (GAsyncResult *result, GError **error);

G_END_DECLS
