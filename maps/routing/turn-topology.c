/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/turn-topology.h"

#include "maps/routing/engine/order-figures.h"
#include "maps/routing/engine/order.h"

#include <gio/gio.h>
#include <pthread.h>
#include <time.h>

/* The order is computed on the segments (see the header), by a thread of its own where it takes
 * long enough for someone to ask how far it is. */

#define STAGE "order"
/* What fewer segments need is over before it could be told of. */
#define WATCHED_SEGMENTS 20000
#define WATCH_INTERVAL_MS 100
/* The rest is to make the topology. */
#define ORDER_SHARE 0.9

typedef struct {
  VolantGraph graph;
  uint32_t *first_out;
  uint32_t *heads;
  float *latitudes_deg;
  float *longitudes_deg;
} SegmentGraph;

typedef struct {
  const SegmentGraph *segments;
  unsigned n_threads;
  VolantOrderWatch watch;
  uint32_t *order;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  bool is_done;
} Job;

static uint32_t
segment_of (const VolantTurns *turns, uint32_t state)
{
  return volant_link_segment (volant_turns_state_link (turns, state));
}

static void
segment_graph_clear (SegmentGraph *self)
{
  g_free (self->first_out);
  g_free (self->heads);
  g_free (self->latitudes_deg);
  g_free (self->longitudes_deg);
}

static void
segment_graph_init (SegmentGraph *self, const VolantRoads *roads, const VolantTurns *turns)
{
  uint32_t n = turns->n_links / 2, *ends;

  self->first_out = ends = g_new0 (uint32_t, (size_t) n + 2);
  self->heads = g_new (uint32_t, (size_t) turns->n_arcs + 1);
  self->latitudes_deg = g_new (float, (size_t) n + 1);
  self->longitudes_deg = g_new (float, (size_t) n + 1);
  for (uint32_t state = 0; state < turns->n_states; state++)
    ends[segment_of (turns, state) + 2] += turns->first_arc[state + 1] - turns->first_arc[state];
  for (uint32_t segment = 0; segment < n; segment++)
    {
      const VolantSegment *road = &roads->segments[segment];
      VolantPoint middle = roads->points[road->first_point + road->n_points / 2];

      ends[segment + 2] += ends[segment + 1];
      self->latitudes_deg[segment] = (float) volant_point_lat_deg (middle);
      self->longitudes_deg[segment] = (float) volant_point_lon_deg (middle);
    }
  for (uint32_t state = 0; state < turns->n_states; state++)
    for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
      self->heads[ends[segment_of (turns, state) + 1]++] = segment_of (turns, turns->heads[arc]);
  self->graph = (VolantGraph) { n, turns->n_arcs, self->first_out, self->heads };
}

static void *
order_thread (void *data)
{
  Job *job = data;
  const SegmentGraph *segments = job->segments;
  uint32_t *order =
    volant_order_compute_watched (&segments->graph, segments->latitudes_deg,
                                  segments->longitudes_deg, job->n_threads, &job->watch);

  pthread_mutex_lock (&job->lock);
  job->order = order;
  job->is_done = true;
  pthread_cond_signal (&job->changed);
  pthread_mutex_unlock (&job->lock);
  return NULL;
}

/* Tells how far the order is until it is done. */
static void
watch_job (Job *job, VolantProgress progress, void *data)
{
  pthread_mutex_lock (&job->lock);
  while (!job->is_done)
    {
      struct timespec until;

      clock_gettime (CLOCK_REALTIME, &until);
      until.tv_nsec += WATCH_INTERVAL_MS * 1000000;
      until.tv_sec += until.tv_nsec / 1000000000;
      until.tv_nsec %= 1000000000;
      if (pthread_cond_timedwait (&job->changed, &job->lock, &until) == 0)
        continue;
      pthread_mutex_unlock (&job->lock);
      if (!progress (ORDER_SHARE * atomic_load (&job->watch.n_ordered) /
                       job->segments->graph.n_nodes,
                     STAGE, data))
        atomic_store (&job->watch.is_stopped, true);
      pthread_mutex_lock (&job->lock);
    }
  pthread_mutex_unlock (&job->lock);
}

/* The order of the segments; NULL where it was stopped. */
static uint32_t *
order_segments (const SegmentGraph *segments, unsigned n_threads, VolantProgress progress,
                void *data)
{
  Job job = { .segments = segments, .n_threads = n_threads };
  pthread_t thread;

  pthread_mutex_init (&job.lock, NULL);
  pthread_cond_init (&job.changed, NULL);
  if (progress != NULL && segments->graph.n_nodes >= WATCHED_SEGMENTS &&
      pthread_create (&thread, NULL, order_thread, &job) == 0)
    {
      watch_job (&job, progress, data);
      pthread_join (thread, NULL);
    }
  else
    order_thread (&job);
  pthread_cond_destroy (&job.changed);
  pthread_mutex_destroy (&job.lock);
  return job.order;
}

/* The states of one segment after the other. */
static uint32_t *
expand_order (const VolantTurns *turns, const uint32_t *segment_order)
{
  uint32_t n = turns->n_links / 2;
  uint32_t *order = g_new (uint32_t, (size_t) turns->n_states + 1);
  g_autofree uint32_t *ends = g_new0 (uint32_t, (size_t) n + 1); /* by segment: where to add */
  uint32_t n_placed = 0;

  for (uint32_t state = 0; state < turns->n_states; state++)
    ends[segment_of (turns, state)]++;
  for (uint32_t i = 0; i < n; i++)
    {
      uint32_t n_states = ends[segment_order[i]];

      ends[segment_order[i]] = n_placed;
      n_placed += n_states;
    }
  for (uint32_t state = 0; state < turns->n_states; state++)
    order[ends[segment_of (turns, state)]++] = state;
  return order;
}

uint32_t *
volant_turn_order_compute (const VolantRoads *roads, const VolantTurns *turns, unsigned n_threads,
                           VolantProgress progress, void *data)
{
  g_autofree uint32_t *segment_order = NULL;
  SegmentGraph segments;

  segment_graph_init (&segments, roads, turns);
  segment_order = order_segments (&segments, n_threads, progress, data);
  segment_graph_clear (&segments);
  return segment_order != NULL ? expand_order (turns, segment_order) : NULL;
}

static GBytes *
stop (GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "ordering the roads was stopped");
  return NULL;
}

GBytes *
volant_turn_topology_build (const VolantRoads *roads, const VolantTurns *turns, unsigned n_threads,
                            VolantProgress progress, void *data, VolantTurnTopologyReport *report,
                            GError **error)
{
  VolantGraph graph = volant_turns_graph (turns);
  gint64 start_us = g_get_monotonic_time ();
  g_autofree uint32_t *order = NULL;
  VolantOrderFigures figures;

  if (progress != NULL && !progress (0.0, STAGE, data))
    return stop (error);
  order = volant_turn_order_compute (roads, turns, n_threads, progress, data);
  if (order == NULL || (progress != NULL && !progress (ORDER_SHARE, STAGE, data)))
    return stop (error);
  if (report != NULL)
    {
      report->order_ms = (uint32_t) ((g_get_monotonic_time () - start_us + 500) / 1000);
      volant_order_measure (&graph, order, &figures);
      report->tree_height = figures.tree_height;
      report->search_arcs_mean = figures.mean_search_space_arcs;
    }
  return volant_topology_build (&graph, order, error);
}

VolantTopology *
volant_turn_topology_open (VolantCityFile *file, const VolantTurns *turns, GError **error)
{
  VolantGraph graph = volant_turns_graph (turns);

  return volant_topology_open (file, &graph, error);
}
