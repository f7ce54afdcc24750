/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/finder.h"
#include "maps/routing/engine/topology.h"
#include "tests/support.h"

#include <pthread.h>

/* The engine's answers against the plain search's: random turns with many copies of links, several
 * seeds and goals, costs of nothing and of never. And threads that ask for the same metric
 * first. */

#define N_PUZZLES 300
#define MOST_LINKS 40
#define MOST_COPIES 20
#define MOST_ARCS 300
#define MOST_PLACES 6
#define N_THREADS 4
#define N_SWAPS 60

typedef struct {
  VolantRoads roads;
  VolantTurns turns;
  VolantSegment segments[MOST_LINKS / 2];
  uint32_t first_arc[MOST_LINKS + MOST_COPIES + 1];
  uint32_t copy_links[MOST_COPIES];
  uint32_t heads[MOST_ARCS];
  uint8_t modes[MOST_ARCS];
  VolantMetric *metric;
  VolantTopology *topology;
  VolantFinder *plain;
  VolantFinder *engine;
} Puzzle;

typedef struct {
  VolantSeed seeds[MOST_PLACES];
  VolantGoal goals[MOST_PLACES];
  unsigned n_seeds;
  unsigned n_goals;
} Question;

static uint32_t
random_below (uint32_t n)
{
  return (uint32_t) g_test_rand_int_range (0, (int) n);
}

static uint32_t
random_cost (void)
{
  switch (random_below (8))
    {
    case 0:
      return 0;
    case 1:
      return VOLANT_COST_NEVER;
    case 2:
      return VOLANT_COST_NEVER - 1 - random_below (50);
    default:
      return 1 + random_below (100);
    }
}

static VolantMetric *
random_metric (const Puzzle *self)
{
  VolantMetric *metric =
    volant_metric_new (&self->roads, &self->turns, VOLANT_MODE_CAR, VOLANT_COST_TIME);

  for (uint32_t i = 0; i < self->turns.n_links; i++)
    metric->link_costs[i] = random_cost ();
  for (uint32_t i = 0; i < self->turns.n_arcs; i++)
    metric->turn_costs[i] = random_cost ();
  return metric;
}

static void
make_topology (Puzzle *self)
{
  VolantGraph graph = volant_turns_graph (&self->turns);
  uint32_t order[MOST_LINKS + MOST_COPIES];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  for (uint32_t i = 0; i < self->turns.n_states; i++)
    {
      uint32_t k = random_below (i + 1);

      order[i] = order[k];
      order[k] = i;
    }
  bytes = volant_topology_build (&graph, order, &error);
  g_assert_no_error (error);
  self->topology = volant_topology_open_bytes (bytes, &graph, &error);
  g_assert_no_error (error);
}

static void
puzzle_init (Puzzle *self)
{
  uint32_t n_links = 2 * (1 + random_below (MOST_LINKS / 2)), n_copies = random_below (MOST_COPIES);
  uint32_t n_states = n_links + n_copies, n_arcs = 0;

  *self = (Puzzle) { 0 };
  self->roads.segments = self->segments;
  self->roads.n_segments = n_links / 2;
  for (uint32_t i = 0; i < n_copies; i++)
    self->copy_links[i] = random_below (n_links);
  for (uint32_t state = 0; state < n_states; state++)
    {
      self->first_arc[state] = n_arcs;
      for (uint32_t i = random_below (5); i > 0; i--)
        self->heads[n_arcs++] = random_below (n_states);
    }
  self->first_arc[n_states] = n_arcs;
  self->turns = (VolantTurns) { .n_links = n_links,
                                .n_states = n_states,
                                .n_arcs = n_arcs,
                                .first_arc = self->first_arc,
                                .copy_links = self->copy_links,
                                .heads = self->heads,
                                .modes = self->modes };
  self->metric = random_metric (self);
  make_topology (self);
  self->plain = volant_finder_new (&self->turns);
  self->engine = volant_finder_new_on (&self->turns, self->topology);
}

static void
puzzle_clear (Puzzle *self)
{
  volant_finder_free (self->plain);
  volant_finder_free (self->engine);
  volant_metric_unref (self->metric);
  volant_topology_free (self->topology);
}

static Question
random_question (const Puzzle *self)
{
  Question question = { .n_seeds = random_below (MOST_PLACES + 1),
                        .n_goals = random_below (MOST_PLACES + 1) };

  for (unsigned i = 0; i < MOST_PLACES; i++)
    {
      question.seeds[i] = (VolantSeed) { random_below (self->turns.n_states), random_cost () };
      question.goals[i] = (VolantGoal) { random_below (self->turns.n_links), random_cost () };
    }
  return question;
}

/* A way's cost as one drives it, with what it begins and ends with. */
static void
expect_way (const Puzzle *self, const Question *question, VolantSearchResult result, uint32_t seed,
            const GArray *states)
{
  const uint32_t *way = (const uint32_t *) states->data;
  uint32_t cost = question->seeds[seed].ms, last = way[states->len - 1];

  g_assert_cmpuint (way[0], ==, question->seeds[seed].state);
  for (unsigned i = 0; i + 1 < states->len; i++)
    {
      uint32_t best = VOLANT_COST_NEVER;

      for (uint32_t arc = self->first_arc[way[i]]; arc < self->first_arc[way[i] + 1]; arc++)
        if (self->heads[arc] == way[i + 1])
          best = MIN (best, self->metric->turn_costs[arc]);
      cost = volant_cost_add (cost, best);
      cost = volant_cost_add (
        cost, self->metric->link_costs[volant_turns_state_link (&self->turns, way[i])]);
    }
  g_assert_cmpuint (last, ==, result.state);
  g_assert_cmpuint (volant_turns_state_link (&self->turns, last), ==,
                    question->goals[result.goal].link);
  g_assert_cmpuint (volant_cost_add (cost, question->goals[result.goal].ms), ==, result.ms);
}

static void
try_run (const Puzzle *self, const Question *question)
{
  g_autoptr (GArray) states = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t seed, plain_seed;
  VolantSearchResult plain =
    volant_finder_run (self->plain, self->metric, question->seeds, question->n_seeds,
                       question->goals, question->n_goals, states, &plain_seed);
  VolantSearchResult result =
    volant_finder_run (self->engine, self->metric, question->seeds, question->n_seeds,
                       question->goals, question->n_goals, states, &seed);

  g_assert_cmpuint (result.ms, ==, plain.ms);
  if (result.ms == VOLANT_COST_NEVER)
    g_assert_cmpuint (states->len, ==, 0);
  else
    expect_way (self, question, result, seed, states);
}

static void
try_reach (const Puzzle *self, const Question *question)
{
  uint32_t limit = random_below (2) == 0 ? VOLANT_COST_NEVER : random_below (300);
  uint32_t plain[MOST_LINKS + MOST_COPIES], engine[MOST_LINKS + MOST_COPIES];

  volant_finder_reach (self->plain, self->metric, question->seeds, question->n_seeds, limit, plain);
  volant_finder_reach (self->engine, self->metric, question->seeds, question->n_seeds, limit,
                       engine);
  for (uint32_t i = 0; i < self->turns.n_states; i++)
    g_assert_cmpuint (engine[i], ==, plain[i]);
  volant_finder_reach_back (self->plain, self->metric, question->goals, question->n_goals, limit,
                            plain);
  volant_finder_reach_back (self->engine, self->metric, question->goals, question->n_goals, limit,
                            engine);
  for (uint32_t i = 0; i < self->turns.n_states; i++)
    g_assert_cmpuint (engine[i], ==, plain[i]);
}

/* The seeds and goals of the question, dealt to two sources and two targets. */
static void
try_table (const Puzzle *self, const Question *question)
{
  uint32_t first_seed[3] = { 0, question->n_seeds / 3, question->n_seeds };
  uint32_t first_goal[3] = { 0, question->n_goals / 2, question->n_goals };
  VolantSources sources = { 2, first_seed, question->seeds };
  VolantTargets targets = { 2, first_goal, question->goals };
  uint32_t plain[4], engine[4];

  volant_finder_table (self->plain, self->metric, &sources, &targets, plain);
  volant_finder_table (self->engine, self->metric, &sources, &targets, engine);
  for (unsigned i = 0; i < 4; i++)
    g_assert_cmpuint (engine[i], ==, plain[i]);
}

static void
test_answers (void)
{
  for (unsigned i = 0; i < N_PUZZLES; i++)
    {
      Puzzle puzzle;

      puzzle_init (&puzzle);
      for (unsigned k = 0; k < 10; k++)
        {
          Question question = random_question (&puzzle);

          try_run (&puzzle, &question);
          try_reach (&puzzle, &question);
          try_table (&puzzle, &question);
        }
      puzzle_clear (&puzzle);
    }
}

/* Metrics come into force one after the other; threads ask the one that is. */
typedef struct {
  Puzzle *puzzle;
  pthread_barrier_t ready;
  VolantMetric *metrics[N_SWAPS];
  uint32_t reached[N_SWAPS][MOST_LINKS + MOST_COPIES];
  VolantSeed seed;
} Crowd;

static void *
ask_all (void *data)
{
  Crowd *crowd = data;
  const VolantTurns *turns = &crowd->puzzle->turns;
  g_autoptr (VolantFinder) finder = volant_finder_new_on (turns, crowd->puzzle->topology);
  uint32_t reached[MOST_LINKS + MOST_COPIES];

  for (unsigned i = 0; i < N_SWAPS; i++)
    {
      pthread_barrier_wait (&crowd->ready);
      volant_finder_reach (finder, crowd->metrics[i], &crowd->seed, 1, VOLANT_COST_NEVER, reached);
      for (uint32_t state = 0; state < turns->n_states; state++)
        g_assert_cmpuint (reached[state], ==, crowd->reached[i][state]);
    }
  return NULL;
}

static void
test_threads (void)
{
  Puzzle puzzle;
  Crowd crowd = { .puzzle = &puzzle };
  pthread_t threads[N_THREADS];

  puzzle_init (&puzzle);
  pthread_barrier_init (&crowd.ready, NULL, N_THREADS);
  crowd.seed.state = random_below (puzzle.turns.n_states);
  for (unsigned i = 0; i < N_SWAPS; i++)
    {
      crowd.metrics[i] = random_metric (&puzzle);
      g_assert_false (volant_metric_has_weights (crowd.metrics[i]));
      volant_finder_reach (puzzle.plain, crowd.metrics[i], &crowd.seed, 1, VOLANT_COST_NEVER,
                           crowd.reached[i]);
    }
  for (unsigned i = 0; i < N_THREADS; i++)
    g_assert_cmpint (pthread_create (&threads[i], NULL, ask_all, &crowd), ==, 0);
  for (unsigned i = 0; i < N_THREADS; i++)
    pthread_join (threads[i], NULL);
  for (unsigned i = 0; i < N_SWAPS; i++)
    volant_metric_unref (crowd.metrics[i]);
  pthread_barrier_destroy (&crowd.ready);
  puzzle_clear (&puzzle);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/finder/answers", test_answers);
  g_test_add_func ("/finder/threads", test_threads);
  return g_test_run ();
}
