/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/finder.h"
#include "tests/support.h"
#include "tests/unit/routing/sample-city.h"

#include <stdlib.h>

/* The engine against the plain search on every extract of the real data: costs of random pairs for
 * every mode, and the ways arc by arc. VOLANT_TEST_PAIRS says how many pairs a city and mode. */

#define N_PAIRS 300
#define N_TARGETS 100 /* of a source: the plain search finds all of them at once */

static unsigned
count_sources (void)
{
  const char *wish = g_getenv ("VOLANT_TEST_PAIRS");
  unsigned n_pairs = wish != NULL ? (unsigned) strtoul (wish, NULL, 10) : N_PAIRS;

  return MAX (n_pairs / N_TARGETS, 1);
}

static uint32_t
random_link (const VolantRoads *roads, VolantMode mode)
{
  uint32_t link;

  do
    link = (uint32_t) g_test_rand_int_range (0, (int) roads->n_segments * 2);
  while (!volant_roads_link_allows (roads, link, mode));
  return link;
}

/* What the states of a way cost, from the begin of the first to the begin of the last. */
static uint32_t
walk (const VolantTurns *turns, const VolantMetric *metric, const GArray *states)
{
  uint32_t cost = 0;

  for (unsigned i = 0; i + 1 < states->len; i++)
    {
      uint32_t state = g_array_index (states, uint32_t, i), least = VOLANT_COST_NEVER;
      uint32_t next = g_array_index (states, uint32_t, i + 1);

      for (uint32_t arc = turns->first_arc[state]; arc < turns->first_arc[state + 1]; arc++)
        if (turns->heads[arc] == next)
          least = MIN (least, metric->turn_costs[arc]);
      cost = volant_cost_add (cost, metric->link_costs[volant_turns_state_link (turns, state)]);
      cost = volant_cost_add (cost, least);
    }
  return cost;
}

static void
compare_source (VolantRouter *router, const VolantMetric *metric, VolantFinder *plain,
                VolantFinder *engine, uint32_t *reached)
{
  const VolantTurns *turns = volant_router_get_turns (router);
  const VolantRoads *roads = volant_router_get_roads (router);
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  VolantSeed seed = { random_link (roads, metric->mode), 0 };

  volant_finder_reach (plain, metric, &seed, 1, VOLANT_COST_NEVER - 1, reached);
  for (unsigned i = 0; i < N_TARGETS; i++)
    {
      VolantGoal goal = { random_link (roads, metric->mode), 0 };
      VolantSearchResult result =
        volant_finder_run (engine, metric, &seed, 1, &goal, 1, states, NULL);
      uint32_t least = reached[goal.link];

      for (uint32_t copy = turns->n_links; copy < turns->n_states; copy++)
        if (volant_turns_state_link (turns, copy) == goal.link)
          least = MIN (least, reached[copy]);
      g_assert_cmpuint (result.ms, ==, least);
      if (least == VOLANT_COST_NEVER)
        continue;
      g_assert_cmpuint (g_array_index (states, uint32_t, 0), ==, seed.state);
      g_assert_cmpuint (volant_turns_state_link (
                          turns, g_array_index (states, uint32_t, states->len - 1)),
                        ==, goal.link);
      g_assert_cmpuint (walk (turns, metric, states), ==, least);
    }
}

static void
test_extract (const void *data)
{
  g_autoptr (VolantRouter) router = sample_city_open (data);
  const VolantTurns *turns;

  if (router == NULL)
    return;
  turns = volant_router_get_turns (router);
  for (VolantMode mode = 0; mode < VOLANT_N_MODES; mode++)
    {
      g_autoptr (VolantMetric) metric = volant_router_ref_metric (router, mode);
      g_autoptr (VolantFinder) plain = volant_finder_new (turns);
      g_autoptr (VolantFinder) engine =
        volant_finder_new_on (turns, volant_router_get_topology (router));
      g_autofree uint32_t *reached = g_new (uint32_t, (size_t) turns->n_states + 1);

      /* Large cities' first questions go to the plain search. */
      volant_metric_get_weights (metric, turns, volant_router_get_topology (router));
      for (unsigned n = count_sources (); n > 0; n--)
        compare_source (router, metric, plain, engine, reached);
      g_test_message ("mode %d: %u pairs agree", (int) mode, count_sources () * N_TARGETS);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/extracts/monaco", "osm/monaco.osm.pbf", test_extract);
  g_test_add_data_func ("/extracts/paris-west", "osm/paris-west-2022.osm.pbf", test_extract);
  g_test_add_data_func ("/extracts/paris-streets", "osm/paris-streets.osm.pbf", test_extract);
  g_test_add_data_func ("/extracts/andorra", "osm/andorra.osm.gz", test_extract);
  g_test_add_data_func ("/extracts/north-bayreuth", "osm/north-bayreuth.osm.gz", test_extract);
  g_test_add_data_func ("/extracts/ny-topology", "osm/ny-topology.osm.pbf", test_extract);
  return g_test_run ();
}
