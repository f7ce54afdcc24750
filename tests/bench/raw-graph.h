/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "maps/error.h"
#include "maps/routing/engine/graph.h"

#include <stdbool.h>

/* A raw graph in RoutingKit's vector layout: little-endian files without a header, first_out (one
 * more than there are nodes), head and travel_time (one an arc) as uint32, latitude and longitude
 * (one a node) as float32; and its pairs of nodes, as text. */

G_BEGIN_DECLS

typedef enum {
  RAW_GRAPH_FIRST_OUT,
  RAW_GRAPH_HEAD,
  RAW_GRAPH_TRAVEL_TIME,
  RAW_GRAPH_LATITUDE,
  RAW_GRAPH_LONGITUDE,
  RAW_GRAPH_N_FILES,
} RawGraphFile;

typedef struct {
  VolantGraph graph;
  const uint32_t *costs; /* by arc, at most VOLANT_COST_LIMIT = closed */
  const float *latitudes_deg;
  const float *longitudes_deg;
  GBytes *files[RAW_GRAPH_N_FILES]; /* what the arrays lie in */
} RawGraph;

typedef struct {
  uint32_t source;
  uint32_t target;
} RawPair;

/* From the files of a folder (transfer full). G_FILE_ERROR where one is not there,
 * VOLANT_MAPS_ERROR_CORRUPT names the file and what is wrong with it. */
RawGraph *raw_graph_load (const char *folder, GError **error);
/* From their bytes, aligned to four; the bytes are referenced. */
RawGraph *raw_graph_new (GBytes *const files[RAW_GRAPH_N_FILES], GError **error);
void raw_graph_free (RawGraph *graph);

/* The pairs of a text, "source target" a line; further columns and empty lines are passed over.
 * Elements are RawPair (transfer full). VOLANT_MAPS_ERROR_INVALID names the line that is wrong,
 * VOLANT_MAPS_ERROR_EMPTY where there is no pair. */
GArray *raw_pairs_parse (const char *text, size_t size, uint32_t n_nodes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawGraph, raw_graph_free)

G_END_DECLS
