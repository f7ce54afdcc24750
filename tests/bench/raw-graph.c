/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/bench/raw-graph.h"

#include <math.h>
#include <string.h>

static const char *const file_names[RAW_GRAPH_N_FILES] = { "first_out", "head", "travel_time",
                                                           "latitude", "longitude" };

static bool
refuse (GError **error, RawGraphFile file, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
               "%s: %s; is it a whole file in RoutingKit's layout?", file_names[file], what);
  return false;
}

/* How many numbers of four bytes a file holds. */
static bool
count_numbers (GBytes *bytes, RawGraphFile file, uint32_t *n, GError **error)
{
  size_t size = g_bytes_get_size (bytes);

  if (size % 4 != 0)
    return refuse (error, file, "its size is not a multiple of four bytes");
  if (size / 4 >= UINT32_MAX)
    return refuse (error, file, "it is too large");
  *n = (uint32_t) (size / 4);
  return true;
}

static bool
check_sizes (GBytes *const files[], VolantGraph *graph, GError **error)
{
  uint32_t n[RAW_GRAPH_N_FILES];

  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    if (!count_numbers (files[file], file, &n[file], error))
      return false;
  if (n[RAW_GRAPH_FIRST_OUT] < 2)
    return refuse (error, RAW_GRAPH_FIRST_OUT, "there is no node in it");
  if (n[RAW_GRAPH_TRAVEL_TIME] != n[RAW_GRAPH_HEAD])
    return refuse (error, RAW_GRAPH_TRAVEL_TIME, "it is not as long as head");
  for (RawGraphFile file = RAW_GRAPH_LATITUDE; file <= RAW_GRAPH_LONGITUDE; file++)
    if (n[file] != n[RAW_GRAPH_FIRST_OUT] - 1)
      return refuse (error, file, "it has not one number a node");
  graph->n_nodes = n[RAW_GRAPH_FIRST_OUT] - 1;
  graph->n_arcs = n[RAW_GRAPH_HEAD];
  return true;
}

static bool
check_numbers (const RawGraph *self, GError **error)
{
  const VolantGraph *graph = &self->graph;

  if (graph->first_out[0] != 0)
    return refuse (error, RAW_GRAPH_FIRST_OUT, "it does not begin with 0");
  for (uint32_t node = 0; node < graph->n_nodes; node++)
    if (graph->first_out[node] > graph->first_out[node + 1])
      return refuse (error, RAW_GRAPH_FIRST_OUT, "its numbers do not ascend");
  if (graph->first_out[graph->n_nodes] != graph->n_arcs)
    return refuse (error, RAW_GRAPH_HEAD, "it is not as long as first_out says");
  for (uint32_t arc = 0; arc < graph->n_arcs; arc++)
    {
      if (graph->heads[arc] >= graph->n_nodes)
        return refuse (error, RAW_GRAPH_HEAD, "a head is no node");
      if (self->costs[arc] > VOLANT_COST_LIMIT)
        return refuse (error, RAW_GRAPH_TRAVEL_TIME, "a time is greater than 2147483647");
    }
  for (uint32_t node = 0; node < graph->n_nodes; node++)
    {
      if (!isfinite (self->latitudes_deg[node]))
        return refuse (error, RAW_GRAPH_LATITUDE, "a latitude is not a number");
      if (!isfinite (self->longitudes_deg[node]))
        return refuse (error, RAW_GRAPH_LONGITUDE, "a longitude is not a number");
    }
  return true;
}

RawGraph *
raw_graph_new (GBytes *const files[RAW_GRAPH_N_FILES], GError **error)
{
  g_autoptr (RawGraph) self = g_new0 (RawGraph, 1);

  G_STATIC_ASSERT (G_BYTE_ORDER == G_LITTLE_ENDIAN);
  if (!check_sizes (files, &self->graph, error))
    return NULL;
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    self->files[file] = g_bytes_ref (files[file]);
  self->graph.first_out = g_bytes_get_data (files[RAW_GRAPH_FIRST_OUT], NULL);
  self->graph.heads = g_bytes_get_data (files[RAW_GRAPH_HEAD], NULL);
  self->costs = g_bytes_get_data (files[RAW_GRAPH_TRAVEL_TIME], NULL);
  self->latitudes_deg = g_bytes_get_data (files[RAW_GRAPH_LATITUDE], NULL);
  self->longitudes_deg = g_bytes_get_data (files[RAW_GRAPH_LONGITUDE], NULL);
  return check_numbers (self, error) ? g_steal_pointer (&self) : NULL;
}

static bool
load_files (const char *folder, GBytes *files[], GError **error)
{
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    {
      g_autofree char *path = g_build_filename (folder, file_names[file], NULL);
      char *data;
      size_t size;

      if (!g_file_get_contents (path, &data, &size, error))
        return false;
      files[file] = g_bytes_new_take (data, size);
    }
  return true;
}

RawGraph *
raw_graph_load (const char *folder, GError **error)
{
  GBytes *files[RAW_GRAPH_N_FILES] = { NULL };
  RawGraph *self = load_files (folder, files, error) ? raw_graph_new (files, error) : NULL;

  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    g_clear_pointer (&files[file], g_bytes_unref);
  if (self == NULL && error != NULL)
    g_prefix_error (error, "%s: ", folder);
  return self;
}

void
raw_graph_free (RawGraph *self)
{
  if (self == NULL)
    return;
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    g_clear_pointer (&self->files[file], g_bytes_unref);
  g_free (self);
}

/* A number at *at, which is moved behind it; blanks before it are passed over. */
static bool
read_node (const char **at, const char *end, uint32_t n_nodes, uint32_t *node)
{
  uint64_t number = 0;
  const char *start;

  while (*at < end && (**at == ' ' || **at == '\t'))
    (*at)++;
  for (start = *at; *at < end && g_ascii_isdigit (**at); (*at)++)
    number = MIN (number * 10 + (uint64_t) (**at - '0'), UINT32_MAX);
  *node = (uint32_t) number;
  return *at > start && (*at == end || **at == ' ' || **at == '\t' || **at == '\r') &&
         number < n_nodes;
}

static bool
is_empty (const char *line, const char *end)
{
  while (line < end && g_ascii_isspace (*line))
    line++;
  return line == end;
}

GArray *
raw_pairs_parse (const char *text, size_t size, uint32_t n_nodes, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (RawPair));
  const char *end = text + size, *stop;
  unsigned number = 1;

  for (const char *line = text; line < end; line = stop + 1, number++)
    {
      const char *at = line;
      RawPair pair;

      stop = memchr (line, '\n', (size_t) (end - line));
      if (stop == NULL)
        stop = end;
      if (is_empty (line, stop))
        continue;
      if (!read_node (&at, stop, n_nodes, &pair.source) ||
          !read_node (&at, stop, n_nodes, &pair.target))
        {
          g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
                       "line %u does not begin with two nodes; write “source target”, each from 0 "
                       "to %u",
                       number, n_nodes - 1);
          return NULL;
        }
      g_array_append_val (pairs, pair);
    }
  if (pairs->len == 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "there is no pair in it; write “source target”, one pair a line");
      return NULL;
    }
  return g_steal_pointer (&pairs);
}
