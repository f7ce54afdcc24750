/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/nearest-targets.h"

#include "maps/routing/router-core.h"
#include "maps/routing/stops/nearest.h"

#include <math.h>

/* A query of its own in a thread, like a route. */

typedef struct {
  VolantRouter *router;
  VolantFix fix;
  GPtrArray *targets;
  unsigned most;
} Search;

static void
search_free (Search *search)
{
  volant_router_unref (search->router);
  g_ptr_array_unref (search->targets);
  g_free (search);
}

static GPtrArray *
new_targets (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) volant_target_free);
}

static VolantPoint *
list_points (const GPtrArray *targets)
{
  VolantPoint *points = g_new (VolantPoint, targets->len + 1);

  for (unsigned i = 0; i < targets->len; i++)
    points[i] = ((const VolantTarget *) targets->pdata[i])->point;
  return points;
}

/* The soonest, then those that were not reached. */
static GPtrArray *
pick_targets (const Search *search, const GArray *near)
{
  GPtrArray *picked = new_targets ();
  g_autofree bool *is_picked = g_new0 (bool, search->targets->len + 1);

  for (unsigned i = 0; i < near->len; i++)
    {
      unsigned stop = g_array_index (near, VolantNearStop, i).stop;

      g_ptr_array_add (picked, volant_target_copy (search->targets->pdata[stop]));
      is_picked[stop] = true;
    }
  for (unsigned i = 0; i < search->targets->len && picked->len < search->most; i++)
    if (!is_picked[i])
      g_ptr_array_add (picked, volant_target_copy (search->targets->pdata[i]));
  return picked;
}

static void
search_targets (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  const Search *search = data;
  g_autoptr (VolantFinder) finder =
    volant_finder_new_on (volant_router_get_turns (search->router),
                          volant_router_get_topology (search->router));
  g_autoptr (VolantMetric) metric = volant_router_ref_metric (search->router, VOLANT_MODE_CAR);
  g_autofree VolantPoint *points = list_points (search->targets);
  g_autoptr (VolantStops) stops =
    volant_stops_new (search->router, VOLANT_MODE_CAR, points, search->targets->len);
  double heading_deg = isfinite (search->fix.speed_mps) && search->fix.speed_mps > 1.0
                         ? search->fix.heading_deg
                         : NAN;
  GError *error = NULL;
  g_autoptr (GArray) near = volant_nearest_find (finder, metric, search->fix.point, heading_deg,
                                                 stops, NULL, search->most, &error);

  if (near != NULL)
    g_task_return_pointer (task, pick_targets (search, near), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
volant_nearest_targets_async (VolantRouter *router, const VolantFix *fix, GPtrArray *targets,
                              unsigned most, GCancellable *cancellable,
                              GAsyncReadyCallback callback, void *data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Search *search = g_new0 (Search, 1);

  search->router = volant_router_ref (router);
  search->fix = *fix;
  search->most = most;
  search->targets = new_targets ();
  for (unsigned i = 0; i < targets->len; i++)
    g_ptr_array_add (search->targets, volant_target_copy (targets->pdata[i]));
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  g_task_run_in_thread (task, search_targets);
}

GPtrArray *
volant_nearest_targets_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
