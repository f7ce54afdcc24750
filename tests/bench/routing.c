/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/engine/order-figures.h"
#include "maps/routing/engine/order.h"
#include "maps/routing/engine/query.h"
#include "tests/bench/raw-graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

/* The routing engine alone on a raw graph, so that another engine can be measured on the same files
 * and pairs:
 *
 *   routing DIR [PAIRS] [--distances FILE]
 *
 * DIR holds a graph in RoutingKit's vector layout (raw-graph.h); PAIRS is DIR/pairs.txt where not
 * given. Prints one JSON object. Order and topology are made once, with one thread; of a
 * customization the best of several runs counts; a query's time is the best of several rounds over
 * all pairs, and of those the median and the 99th percentile are told. Where there is no way, the
 * distance is 2147483647, RoutingKit's infinity: in the file and in the table's checksum. */

#define N_CUSTOMIZATIONS 7
#define N_UPDATES 15
#define N_ROUNDS 20
#define N_TABLES 3
#define MOST_TABLE_COSTS (UINT32_C (1) << 26) /* at once */

typedef struct {
  RawGraph *raw;
  GArray *pairs; /* RawPair */
  uint32_t *order;
  VolantTopology *topology;
  VolantWeights *weights;
  VolantQuery *query;
  GString *json;
} Bench;

static double
now_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static int
compare_times (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
percentile (double *times, size_t n, double share)
{
  qsort (times, n, sizeof *times, compare_times);
  return times[MIN (n - 1, (size_t) (share * (double) n))];
}

static void
add_number (const Bench *self, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (self->json, ",\n  \"%s\": %s", name,
                          g_ascii_formatd (text, sizeof text, "%.6g", value));
}

static void
add_count (const Bench *self, const char *name, uint64_t value)
{
  g_string_append_printf (self->json, ",\n  \"%s\": %" G_GUINT64_FORMAT, name, value);
}

static bool
prepare (Bench *self, GError **error)
{
  const VolantGraph *graph = &self->raw->graph;
  g_autoptr (GBytes) bytes = NULL;
  VolantOrderFigures figures;
  double start_s = now_s ();

  g_string_append_printf (self->json, "{\n  \"nodes\": %u", graph->n_nodes);
  add_count (self, "arcs", graph->n_arcs);
  add_count (self, "pairs", self->pairs->len);
  self->order = volant_order_compute (graph, self->raw->latitudes_deg, self->raw->longitudes_deg,
                                      1);
  add_number (self, "order_s", now_s () - start_s);
  start_s = now_s ();
  bytes = volant_topology_build (graph, self->order, error);
  if (bytes == NULL)
    return false;
  add_number (self, "topology_s", now_s () - start_s);
  start_s = now_s ();
  self->topology = volant_topology_open_bytes (bytes, graph, error);
  if (self->topology == NULL)
    return false;
  add_number (self, "topology_open_s", now_s () - start_s);
  add_count (self, "topology_bytes", g_bytes_get_size (bytes));
  volant_order_measure (graph, self->order, &figures);
  add_count (self, "tree_height", self->topology->height);
  add_number (self, "search_arcs_mean", figures.mean_search_space_arcs);
  return true;
}

static void
measure_customization (Bench *self)
{
  self->weights = volant_weights_new (self->topology, self->raw->costs, 1);
  add_count (self, "metric_bytes", volant_weights_get_size (self->weights));
  for (unsigned n_threads = 1; n_threads <= 2; n_threads++)
    {
      double best_s = G_MAXDOUBLE;

      for (unsigned i = 0; i < N_CUSTOMIZATIONS; i++)
        {
          double start_s = now_s ();

          volant_weights_customize (self->weights, self->raw->costs, n_threads);
          best_s = MIN (best_s, now_s () - start_s);
        }
      add_number (self, n_threads == 1 ? "customize_s" : "customize_2_threads_s", best_s);
    }
}

/* So many arcs, each once, drawn by a linear congruence (Numerical Recipes) that needs no library;
 * all where there are no more. seen: by arc, all false, and left so. */
static uint32_t
draw_arcs (uint32_t n_arcs, uint32_t n, uint32_t *state, bool *seen, uint32_t *arcs)
{
  uint32_t n_drawn = 0;

  n = MIN (n, n_arcs);
  while (n_drawn < n)
    {
      uint32_t arc;

      *state = *state * 1664525u + 1013904223u;
      arc = (uint32_t) (((uint64_t) *state * n_arcs) >> 32);
      if (seen[arc])
        continue;
      seen[arc] = true;
      arcs[n_drawn++] = arc;
    }
  for (uint32_t i = 0; i < n_drawn; i++)
    seen[arcs[i]] = false;
  return n_drawn;
}

/* Whether the weights are those of a customization from scratch. */
static bool
check_weights (const Bench *self, const uint32_t *costs, GError **error)
{
  g_autoptr (VolantWeights) whole = volant_weights_new (self->topology, costs, 1);
  size_t size = self->topology->n_slots * sizeof (uint32_t);

  if (memcmp (whole->up, self->weights->up, size) == 0 &&
      memcmp (whole->down, self->weights->down, size) == 0)
    return true;
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "a partial update came to other weights than a whole one; report it");
  return false;
}

/* Random arcs get slower, then again as they were, and the weights follow: the first is timed. */
static bool
measure_updates (Bench *self, uint32_t n, const char *name, GError **error)
{
  uint32_t n_arcs = self->raw->graph.n_arcs, state = 12345, n_drawn = 0;
  g_autofree uint32_t *costs = g_memdup2 (self->raw->costs, n_arcs * sizeof (uint32_t));
  g_autofree uint32_t *arcs = g_new (uint32_t, (size_t) n + 1);
  g_autofree bool *seen = g_new0 (bool, (size_t) n_arcs + 1);
  double times_s[N_UPDATES];

  for (unsigned i = 0; i < 2 * N_UPDATES; i++)
    {
      double start_s;

      if (i % 2 == 0)
        n_drawn = draw_arcs (n_arcs, n, &state, seen, arcs);
      for (uint32_t k = 0; k < n_drawn; k++)
        costs[arcs[k]] = i % 2 == 0 ? MIN (2 * self->raw->costs[arcs[k]] + 1, VOLANT_COST_LIMIT)
                                    : self->raw->costs[arcs[k]];
      start_s = now_s ();
      volant_weights_update (self->weights, costs, arcs, n_drawn, 1);
      times_s[i / 2] = i % 2 == 0 ? now_s () - start_s : times_s[i / 2];
      if (i < 2 && !check_weights (self, costs, error))
        return false;
    }
  add_number (self, name, 1e3 * percentile (times_s, N_UPDATES, 0.5));
  return true;
}

/* Asks all pairs, several times; the answers to costs where it is not NULL. */
typedef uint32_t (*Ask) (const Bench *self, RawPair pair, void *data);

static void
measure_queries (const Bench *self, Ask ask, void *data, const char *name, uint32_t *costs)
{
  g_autofree double *times_s = g_new (double, self->pairs->len);
  g_autofree char *median = g_strdup_printf ("query_%sp50_us", name);
  g_autofree char *worst = g_strdup_printf ("query_%sp99_us", name);

  for (unsigned i = 0; i < self->pairs->len; i++)
    times_s[i] = G_MAXDOUBLE;
  for (unsigned round = 0; round < N_ROUNDS; round++)
    for (unsigned i = 0; i < self->pairs->len; i++)
      {
        double start_s = now_s ();
        uint32_t cost = ask (self, g_array_index (self->pairs, RawPair, i), data);

        times_s[i] = MIN (times_s[i], now_s () - start_s);
        if (costs != NULL)
          costs[i] = cost;
      }
  add_number (self, median, 1e6 * percentile (times_s, self->pairs->len, 0.5));
  add_number (self, worst, 1e6 * percentile (times_s, self->pairs->len, 0.99));
}

static uint32_t
ask_cost (const Bench *self, RawPair pair, void *data)
{
  return volant_query_cost (self->query, self->weights, pair.source, pair.target);
}

static uint32_t
ask_path (const Bench *self, RawPair pair, void *data)
{
  return volant_query_path (self->query, self->weights, pair.source, pair.target, data);
}

/* What the nodes of a path cost; more than VOLANT_COST_LIMIT where two are not joined. */
static uint64_t
cost_of_path (const RawGraph *raw, const GArray *nodes)
{
  uint64_t sum = 0;

  for (unsigned i = 1; i < nodes->len; i++)
    {
      uint32_t tail = g_array_index (nodes, uint32_t, i - 1), least = UINT32_MAX;

      for (uint32_t arc = raw->graph.first_out[tail]; arc < raw->graph.first_out[tail + 1]; arc++)
        if (raw->graph.heads[arc] == g_array_index (nodes, uint32_t, i))
          least = MIN (least, raw->costs[arc]);
      sum += least;
    }
  return sum;
}

/* Figures of wrong answers are worth nothing: each path leads from source to target, and costs what
 * the query says. */
static bool
check_paths (const Bench *self, const uint32_t *costs, GArray *nodes, GError **error)
{
  for (unsigned i = 0; i < self->pairs->len; i++)
    {
      RawPair pair = g_array_index (self->pairs, RawPair, i);
      uint32_t cost = ask_path (self, pair, nodes);

      if (cost != costs[i] || (nodes->len == 0) != (cost == VOLANT_COST_LIMIT) ||
          (nodes->len > 0 &&
           (g_array_index (nodes, uint32_t, 0) != pair.source ||
            g_array_index (nodes, uint32_t, nodes->len - 1) != pair.target ||
            cost_of_path (self->raw, nodes) != cost)))
        {
          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                       "the path from %u to %u is wrong; report it", pair.source, pair.target);
          return false;
        }
    }
  return true;
}

/* All sources with all targets, by strips of sources where that is much. */
static void
measure_table (const Bench *self)
{
  uint32_t n = self->pairs->len, n_rows = CLAMP (MOST_TABLE_COSTS / n, 1, n);
  g_autofree uint32_t *sources = g_new (uint32_t, n);
  g_autofree uint32_t *targets = g_new (uint32_t, n);
  g_autofree uint32_t *costs = g_new (uint32_t, (size_t) n_rows * n);
  double best_s = G_MAXDOUBLE;
  uint64_t checksum = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      sources[i] = g_array_index (self->pairs, RawPair, i).source;
      targets[i] = g_array_index (self->pairs, RawPair, i).target;
    }
  for (unsigned round = 0; round < N_TABLES; round++)
    {
      double table_s = 0.0;

      checksum = 0;
      for (uint32_t first = 0; first < n; first += n_rows)
        {
          uint32_t n_sources = MIN (n_rows, n - first);
          double start_s = now_s ();

          volant_query_table (self->query, self->weights, sources + first, n_sources, targets, n,
                              costs);
          table_s += now_s () - start_s;
          for (size_t i = 0; i < (size_t) n_sources * n; i++)
            checksum += costs[i];
        }
      best_s = MIN (best_s, table_s);
    }
  add_number (self, "table_s", best_s);
  add_count (self, "table_checksum", checksum);
}

static uint64_t
peak_bytes (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (uint64_t) usage.ru_maxrss * 1024;
}

static bool
write_distances (const char *path, const uint32_t *costs, unsigned n, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; i < n; i++)
    g_string_append_printf (text, "%u\n", costs[i]);
  return g_file_set_contents (path, text->str, (gssize) text->len, error);
}

static bool
run (Bench *self, const char *distances_path, GError **error)
{
  g_autofree uint32_t *costs = g_new (uint32_t, self->pairs->len);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  if (!prepare (self, error))
    return false;
  measure_customization (self);
  if (!measure_updates (self, 1, "partial_1_ms", error) ||
      !measure_updates (self, 100, "partial_100_ms", error) ||
      !measure_updates (self, 10000, "partial_10000_ms", error))
    return false;
  self->query = volant_query_new (self->topology);
  measure_queries (self, ask_cost, NULL, "", costs);
  measure_queries (self, ask_path, nodes, "path_", NULL);
  if (!check_paths (self, costs, nodes, error))
    return false;
  measure_table (self);
  add_count (self, "peak_bytes", peak_bytes ());
  g_print ("%s\n}\n", self->json->str);
  return distances_path == NULL ||
         write_distances (distances_path, costs, self->pairs->len, error);
}

static bool
load (Bench *self, const char *folder, const char *pairs_path, GError **error)
{
  g_autofree char *own_path = g_build_filename (folder, "pairs.txt", NULL);
  g_autofree char *text = NULL;
  size_t size;

  if (pairs_path == NULL)
    pairs_path = own_path;
  self->raw = raw_graph_load (folder, error);
  if (self->raw == NULL || !g_file_get_contents (pairs_path, &text, &size, error))
    return false;
  self->pairs = raw_pairs_parse (text, size, self->raw->graph.n_nodes, error);
  if (self->pairs == NULL)
    g_prefix_error (error, "%s: ", pairs_path);
  return self->pairs != NULL;
}

static void
bench_clear (Bench *self)
{
  g_clear_pointer (&self->query, volant_query_free);
  g_clear_pointer (&self->weights, volant_weights_free);
  g_clear_pointer (&self->topology, volant_topology_free);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_pointer (&self->raw, raw_graph_free);
  g_string_free (self->json, TRUE);
  g_free (self->order);
}

int
main (int argc, char **argv)
{
  g_autofree char *distances_path = NULL;
  const GOptionEntry entries[] = {
    { "distances", 0, 0, G_OPTION_ARG_FILENAME, &distances_path,
      "Write the pairs' distances, one a line; 2147483647 where there is no way", "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("DIR [PAIRS]");
  g_autoptr (GError) error = NULL;
  Bench bench = { .json = g_string_new (NULL) };
  bool good = false;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    ;
  else if (argc < 2 || argc > 3)
    g_set_error (&error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                 "give a folder with a graph, and a file of pairs where it is not in there");
  else
    good = load (&bench, argv[1], argc == 3 ? argv[2] : NULL, &error) &&
           run (&bench, distances_path, &error);
  bench_clear (&bench);
  if (!good)
    fprintf (stderr, "routing: %s\n", error->message);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
