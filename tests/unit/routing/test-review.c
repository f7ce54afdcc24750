/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/review.h"

/* When a route is left for another, and what is told: figures alone. */

typedef struct {
  const char *what;
  uint32_t left_s;
  uint32_t delay_s;
  bool is_closed;
  uint32_t best_s; /* 0: there is none */
  bool is_same;
  VolantTrafficNews news;
  double seconds;
} Case;

static void
run (const Case *cases, unsigned n_cases)
{
  VolantRoute route = { .delay_ms = 30000 };
  VolantReview review;

  volant_review_begin (&review, &route);
  for (unsigned i = 0; i < n_cases; i++)
    {
      const Case *c = &cases[i];
      VolantRouteNow now = { .left_ms = c->left_s * 1000, .left_delay_ms = c->delay_s * 1000,
                             .is_closed = c->is_closed };
      VolantRoute best = { .time_ms = c->best_s * 1000 };
      double seconds;
      VolantTrafficNews news = volant_review_decide (&review, &now, c->best_s > 0 ? &best : NULL,
                                                     c->is_same, &seconds);

      if (news != c->news || seconds != c->seconds)
        g_error ("%s: news %d of %.0f s, wanted %d of %.0f s", c->what, news, seconds, c->news,
                 c->seconds);
    }
}

static void
test_faster (void)
{
  static const Case cases[] = {
    { "nothing new", 600, 30, false, 600, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "a little faster", 600, 30, false, 550, false, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "a minute, but of an hour", 3600, 30, false, 3500, false, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "a tenth, but of nothing", 100, 30, false, 60, false, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "the same roads", 600, 30, false, 500, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "worth it", 600, 30, false, 540, false, VOLANT_TRAFFIC_NEWS_FASTER, 60.0 },
    { "slower", 600, 30, false, 700, false, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "none", 600, 30, false, 0, false, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
  };

  run (cases, G_N_ELEMENTS (cases));
}

static void
test_slower (void)
{
  static const Case cases[] = {
    { "a little more", 700, 130, false, 700, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "enough", 750, 150, false, 750, true, VOLANT_TRAFFIC_NEWS_SLOWER, 120.0 },
    { "no more than told", 750, 160, false, 750, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "less again", 600, 10, false, 600, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "and more", 750, 160, false, 750, true, VOLANT_TRAFFIC_NEWS_SLOWER, 150.0 },
    { "two minutes of an hour", 3900, 290, false, 3900, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
  };

  run (cases, G_N_ELEMENTS (cases));
}

static void
test_closed (void)
{
  static const Case cases[] = {
    { "closed", 600, 0, true, 900, false, VOLANT_TRAFFIC_NEWS_CLOSED, 0.0 },
    { "no way round", 600, 0, true, 0, false, VOLANT_TRAFFIC_NEWS_BLOCKED, 0.0 },
    { "told already", 600, 0, true, 0, false, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "open again", 600, 0, false, 600, true, VOLANT_TRAFFIC_NEWS_NONE, 0.0 },
    { "and closed", 600, 0, true, 0, false, VOLANT_TRAFFIC_NEWS_BLOCKED, 0.0 },
  };

  run (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/faster", test_faster);
  g_test_add_func ("/review/slower", test_slower);
  g_test_add_func ("/review/closed", test_closed);
  return g_test_run ();
}
