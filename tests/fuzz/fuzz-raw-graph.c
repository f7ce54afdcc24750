/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/fuzz/fuzz.h"

#include "maps/routing/engine/order.h"
#include "maps/routing/engine/query.h"
#include "tests/bench/raw-graph.h"

#include <string.h>

/* Raw graphs and pairs: five lengths, the five files, then the pairs. What is taken must be safe to
 * order, to customize and to ask. */

#define MOST_NODES 64

/* In an allocation of just that size, so that a sanitizer sees a read past the end. */
static GBytes *
take (const uint8_t **data, size_t *size, size_t n)
{
  GBytes *bytes;

  n = MIN (n, *size);
  bytes = g_bytes_new_take (n > 0 ? g_memdup2 (*data, n) : NULL, n);
  *data += n;
  *size -= n;
  return bytes;
}

static void
ask (const RawGraph *raw, const GArray *pairs)
{
  g_autofree uint32_t *order =
    volant_order_compute (&raw->graph, raw->latitudes_deg, raw->longitudes_deg, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = volant_topology_build (&raw->graph, order, &error);
  g_autoptr (VolantTopology) topology = volant_topology_open_bytes (bytes, &raw->graph, &error);
  g_autoptr (VolantWeights) weights = NULL;
  g_autoptr (VolantQuery) query = NULL;

  g_assert_no_error (error);
  weights = volant_weights_new (topology, raw->costs, 1);
  query = volant_query_new (topology);
  for (unsigned i = 0; i < pairs->len; i++)
    {
      RawPair pair = g_array_index (pairs, RawPair, i);

      g_assert_cmpuint (volant_query_cost (query, weights, pair.source, pair.target), <=,
                        VOLANT_COST_LIMIT);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  uint16_t lengths[RAW_GRAPH_N_FILES];
  GBytes *files[RAW_GRAPH_N_FILES];
  g_autoptr (RawGraph) raw = NULL;
  g_autoptr (GArray) pairs = NULL;
  g_autoptr (GError) error = NULL;

  if (size < sizeof lengths)
    return 0;
  memcpy (lengths, data, sizeof lengths);
  data += sizeof lengths;
  size -= sizeof lengths;
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    files[file] = take (&data, &size, lengths[file]);
  raw = raw_graph_new (files, &error);
  for (RawGraphFile file = 0; file < RAW_GRAPH_N_FILES; file++)
    g_bytes_unref (files[file]);
  g_assert_true ((raw == NULL) == (error != NULL));
  if (raw == NULL)
    return 0;
  pairs = raw_pairs_parse ((const char *) data, size, raw->graph.n_nodes, &error);
  g_assert_true ((pairs == NULL) == (error != NULL));
  if (pairs != NULL && raw->graph.n_nodes <= MOST_NODES)
    ask (raw, pairs);
  return 0;
}

void
volant_fuzz_seeds (VolantFuzzAdd add, void *user_data)
{
  static const uint32_t first_out[] = { 0, 2, 4, 5, 5 }, heads[] = { 1, 2, 0, 3, 2 };
  static const uint32_t costs[] = { 10, 20, 10, VOLANT_COST_LIMIT, 1 };
  static const float latitudes_deg[] = { 48.1f, 48.2f, 48.3f, 48.4f };
  static const float longitudes_deg[] = { 2.1f, 2.2f, 2.1f, 2.2f };
  static const char pairs[] = "0 3 48.1 2.1\n\n 2\t1\r\n3 0";
  static const uint16_t lengths[] = { sizeof first_out, sizeof heads, sizeof costs,
                                      sizeof latitudes_deg, sizeof longitudes_deg };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const uint8_t *) lengths, sizeof lengths);
  g_byte_array_append (bytes, (const uint8_t *) first_out, sizeof first_out);
  g_byte_array_append (bytes, (const uint8_t *) heads, sizeof heads);
  g_byte_array_append (bytes, (const uint8_t *) costs, sizeof costs);
  g_byte_array_append (bytes, (const uint8_t *) latitudes_deg, sizeof latitudes_deg);
  g_byte_array_append (bytes, (const uint8_t *) longitudes_deg, sizeof longitudes_deg);
  g_byte_array_append (bytes, (const uint8_t *) pairs, sizeof pairs - 1);
  add (bytes->data, bytes->len, user_data);
}
