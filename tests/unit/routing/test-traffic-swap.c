/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/routing/text-map.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

/* Many threads ask while another changes the traffic to and fro: every answer is that of one state,
 * never of a mix. tests/run builds this test once more under the thread sanitizer, so what matters
 * here is C11 atomics and pthreads. */

#define N_STATES 2
#define N_READERS 4
#define N_PAIRS 6
#define ROUNDS_OF_EACH 2000 /* that a reader wants to have seen of either state */
#define DEADLINE_S 60.0

/* Every other pair keeps clear of motorways, whose costs are derived from those of the traffic and
 * kept by all threads together. */

/* A route as numbers: what makes it up, and what is told of it. */
typedef struct {
  uint32_t time_ms;
  uint32_t delay_ms;
  uint32_t length_mm;
  uint32_t links_hash;
  uint32_t steps_hash;
} Answer;

typedef struct {
  VolantPoint from[N_PAIRS];
  VolantPoint to[N_PAIRS];
  VolantRouter *router;
  VolantTraffic *states[N_STATES];
  Answer expected[N_STATES][N_PAIRS];
  double ends_at_s;
  atomic_bool is_over;
  atomic_uint n_swaps;
} Stress;

typedef struct {
  Stress *stress;
  unsigned seed;
  unsigned n_seen[N_STATES];
  unsigned n_mixed;
} Reader;

static double
monotonic_s (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec * 1e-9;
}

static Answer
ask (VolantRouterQuery *query, const Stress *stress, unsigned pair)
{
  VolantRouteWish wish = volant_route_wish (VOLANT_MODE_CAR, stress->from[pair], stress->to[pair]);
  const VolantRoute *route;
  GPtrArray *routes;
  Answer answer = { 0 };

  wish.avoid = pair % 2 ? VOLANT_AVOID_MOTORWAYS : 0;
  routes = volant_router_query_routes (query, &wish, NULL);
  if (routes == NULL)
    return answer;
  route = routes->pdata[0];
  answer = (Answer) { route->time_ms, route->delay_ms, route->length_mm, 5381, 5381 };
  for (uint32_t i = 0; i < route->n_steps; i++)
    {
      answer.links_hash = answer.links_hash * 33 + route->steps[i].link;
      answer.steps_hash = answer.steps_hash * 33 + route->steps[i].at_ms;
    }
  g_ptr_array_unref (routes);
  return answer;
}

static bool
same (const Answer *a, const Answer *b)
{
  return a->time_ms == b->time_ms && a->delay_ms == b->delay_ms && a->length_mm == b->length_mm &&
         a->links_hash == b->links_hash && a->steps_hash == b->steps_hash;
}

/* The state of which this is the answer; N_STATES: a mix. */
static unsigned
find_state (const Stress *stress, unsigned pair, const Answer *answer)
{
  for (unsigned state = 0; state < N_STATES; state++)
    if (same (answer, &stress->expected[state][pair]))
      return state;
  return N_STATES;
}

static bool
has_seen_enough (const Reader *reader)
{
  return reader->n_seen[0] >= ROUNDS_OF_EACH && reader->n_seen[1] >= ROUNDS_OF_EACH;
}

static void *
read_answers (void *data)
{
  Reader *reader = data;
  Stress *stress = reader->stress;
  VolantRouterQuery *query = volant_router_query_new (stress->router);

  while (reader->n_mixed == 0 && !has_seen_enough (reader) && monotonic_s () < stress->ends_at_s)
    {
      unsigned pair = rand_r (&reader->seed) % N_PAIRS;
      Answer answer = ask (query, stress, pair);
      unsigned state = find_state (stress, pair, &answer);

      if (state < N_STATES)
        reader->n_seen[state]++;
      else
        reader->n_mixed++;
    }
  volant_router_query_free (query);
  return NULL;
}

static void *
swap_states (void *data)
{
  Stress *stress = data;

  for (unsigned i = 0; !atomic_load (&stress->is_over); i++)
    {
      volant_router_set_traffic (stress->router, stress->states[i % N_STATES], 1000);
      atomic_fetch_add (&stress->n_swaps, 1);
    }
  return NULL;
}

/* A grid of streets, so that there are many ways of nearly the same length. */
static TextMap *
new_grid (void)
{
  return text_map_new (
    "a------b------c------d------e\n"
    "|      |      |      |      |\n"
    "f------g------h------i------j\n"
    "|      |      |      |      |\n"
    "k------l------m------n------o\n"
    "|      |      |      |      |\n"
    "p------q------r------s------t\n",
    (const char *[]) { "way abcde residential", "way fghij tertiary", "way klmno residential",
                       "way pqrst residential", "way afkp residential", "way bglq motorway",
                       "way chmr residential", "way dins residential", "way ejot residential",
                       NULL });
}

static VolantLinkChange
change_of (TextMap *map, char from, char to, uint32_t speed_mm_per_s)
{
  return (VolantLinkChange) { text_map_link (map, from, to), speed_mm_per_s,
                              VOLANT_TRAFFIC_ALWAYS_S, VOLANT_TRAFFIC_NO_END_S, 0 };
}

static void
set_up (Stress *stress, TextMap *map)
{
  const char *const pairs[N_PAIRS] = { "at", "et", "kj", "ps", "bt", "fo" };
  const VolantLinkChange morning[] = {
    change_of (map, 'g', 'h', 0),   change_of (map, 'h', 'g', 0),    change_of (map, 'b', 'g', 900),
    change_of (map, 'l', 'q', 0),   change_of (map, 'i', 'j', 1500), change_of (map, 'q', 'r', 800),
    change_of (map, 'o', 't', 700), change_of (map, 'k', 'l', 1100),
  };
  const VolantLinkChange evening[] = {
    change_of (map, 'h', 'i', 0),    change_of (map, 'l', 'm', 1300),
    change_of (map, 'e', 'j', 600),  change_of (map, 'a', 'b', 1700),
    change_of (map, 'r', 's', 0),    change_of (map, 's', 't', 900),
    change_of (map, 'p', 'q', 1200), change_of (map, 'f', 'g', 1900),
    change_of (map, 'k', 'f', 500),
  };
  VolantRouterQuery *query;

  stress->router = text_map_router (map);
  stress->states[0] = volant_traffic_new (morning, G_N_ELEMENTS (morning), NULL);
  stress->states[1] = volant_traffic_new (evening, G_N_ELEMENTS (evening), NULL);
  query = volant_router_query_new (stress->router);
  for (unsigned i = 0; i < N_PAIRS; i++)
    {
      stress->from[i] = text_map_near (map, pairs[i][0], 3, 0);
      stress->to[i] = text_map_near (map, pairs[i][1], -3, 0);
    }
  for (unsigned state = 0; state < N_STATES; state++)
    {
      volant_router_set_traffic (stress->router, stress->states[state], 1000);
      for (unsigned i = 0; i < N_PAIRS; i++)
        stress->expected[state][i] = ask (query, stress, i);
    }
  volant_router_query_free (query);
  for (unsigned i = 0; i < N_PAIRS; i++)
    {
      g_assert_cmpuint (stress->expected[0][i].time_ms, >, 0);
      g_assert_false (same (&stress->expected[0][i], &stress->expected[1][i]));
    }
}

static void
test_swap (void)
{
  g_autoptr (TextMap) map = new_grid ();
  Stress stress = { .ends_at_s = monotonic_s () + DEADLINE_S };
  Reader readers[N_READERS];
  pthread_t threads[N_READERS], swapper;

  set_up (&stress, map);
  g_assert_cmpint (pthread_create (&swapper, NULL, swap_states, &stress), ==, 0);
  for (unsigned i = 0; i < N_READERS; i++)
    {
      readers[i] = (Reader) { .stress = &stress, .seed = i + 1 };
      g_assert_cmpint (pthread_create (&threads[i], NULL, read_answers, &readers[i]), ==, 0);
    }
  for (unsigned i = 0; i < N_READERS; i++)
    pthread_join (threads[i], NULL);
  atomic_store (&stress.is_over, true);
  pthread_join (swapper, NULL);
  for (unsigned i = 0; i < N_READERS; i++)
    {
      g_assert_cmpuint (readers[i].n_mixed, ==, 0);
      g_assert_true (has_seen_enough (&readers[i]));
      g_test_message ("reader %u: %u of one state, %u of the other", i, readers[i].n_seen[0],
                      readers[i].n_seen[1]);
    }
  g_test_message ("%u swaps", atomic_load (&stress.n_swaps));
  for (unsigned state = 0; state < N_STATES; state++)
    volant_traffic_unref (stress.states[state]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/traffic/swap", test_swap);
  return g_test_run ();
}
