/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/charge-bounds.h"

#include "maps/routing/energy/potentials.h"

#include <math.h>

/* Searches back from the target. Energies are sought reduced: a goal costs what its part of the
 * link takes, plus the potential where the link begins, less a number that is the same for all
 * goals and makes none negative; adding that number and taking off a state's own potential gives
 * what is left from there. */

int64_t
volant_charge_part_mwh (const VolantChargeProblem *problem, uint32_t link, uint32_t at_mm)
{
  return volant_metric_get_signed (problem->energy, problem->roads, link) * at_mm /
         problem->roads->segments[volant_link_segment (link)].length_mm;
}

static int64_t
potential_of (const VolantChargeProblem *problem, uint32_t link)
{
  return problem->energy->potentials != NULL
           ? problem->energy->potentials[volant_roads_link_from (problem->roads, link)]
           : 0;
}

typedef struct {
  GArray *goals; /* VolantGoal */
  int64_t level; /* what was taken off each */
} EnergyGoals;

static void
add_energies (const VolantChargeProblem *problem, const VolantEnd *end, GArray *links,
              GArray *energies)
{
  for (unsigned i = 0; i < end->n_spots; i++)
    {
      uint32_t link = end->spots[i].link;
      int64_t mwh;

      if (problem->energy->link_costs[link] == VOLANT_COST_NEVER)
        continue;
      mwh = volant_charge_part_mwh (problem, link, end->spots[i].at_mm) +
            potential_of (problem, link);
      g_array_append_val (links, link);
      g_array_append_val (energies, mwh);
    }
}

static EnergyGoals
energy_goals (const VolantChargeProblem *problem, bool with_posts)
{
  EnergyGoals goals = { g_array_new (FALSE, FALSE, sizeof (VolantGoal)), INT64_MAX };
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GArray) energies = g_array_new (FALSE, FALSE, sizeof (int64_t));

  add_energies (problem, &problem->to, links, energies);
  for (unsigned p = 0; with_posts && p < problem->n_posts; p++)
    add_energies (problem, &problem->posts[p].end, links, energies);
  for (unsigned i = 0; i < links->len; i++)
    goals.level = MIN (goals.level, g_array_index (energies, int64_t, i));
  for (unsigned i = 0; i < links->len; i++)
    {
      VolantGoal goal = { g_array_index (links, uint32_t, i),
                          (uint32_t) MIN (g_array_index (energies, int64_t, i) - goals.level,
                                          (int64_t) VOLANT_COST_NEVER) };

      g_array_append_val (goals.goals, goal);
    }
  return goals;
}

static int64_t *
find_energies (VolantFinder *finder, const VolantChargeProblem *problem, bool with_posts,
               uint32_t *costs)
{
  uint32_t n = problem->turns->n_states;
  int64_t *mwh = g_new (int64_t, n + 1);
  EnergyGoals goals = energy_goals (problem, with_posts);

  volant_finder_reach_back (finder, problem->energy, (VolantGoal *) goals.goals->data,
                            goals.goals->len, VOLANT_COST_NEVER, costs);
  for (uint32_t state = 0; state < n; state++)
    mwh[state] = costs[state] == VOLANT_COST_NEVER
                   ? VOLANT_FAR_MWH
                   : costs[state] + goals.level -
                       potential_of (problem, volant_turns_state_link (problem->turns, state));
  g_array_unref (goals.goals);
  return mwh;
}

static void
find_times (VolantFinder *finder, const VolantChargeProblem *problem, uint32_t *costs)
{
  VolantGoal goals[2];

  for (unsigned i = 0; i < problem->to.n_spots; i++)
    goals[i] = (VolantGoal) { problem->to.spots[i].link, problem->to.spots[i].at_cost };
  volant_finder_reach_back (finder, problem->time, goals, problem->to.n_spots, VOLANT_COST_NEVER,
                            costs);
}

/* The steepest any post charges. */
static double
least_ms_per_mwh (const VolantChargeProblem *problem)
{
  double least = INFINITY;

  for (unsigned p = 0; p < problem->n_posts; p++)
    if (problem->posts[p].curve.n > 1)
      least = MIN (least, problem->posts[p].curve.ms[1] /
                            (double) problem->posts[p].curve.mwh[1]);
  return least;
}

static uint32_t
work_cost (uint32_t ms, uint64_t mwh, double ms_per_mwh)
{
  return ms == VOLANT_COST_NEVER || mwh >= VOLANT_COST_NEVER
           ? VOLANT_COST_NEVER
           : (uint32_t) MIN (ms + floor ((double) mwh * ms_per_mwh), (double) VOLANT_COST_NEVER);
}

/* Time and energy as one cost, rounded down: what is found is a bound. */
static VolantMetric *
work_metric (const VolantChargeProblem *problem, double ms_per_mwh)
{
  VolantMetric *work = volant_metric_copy (problem->time);

  for (uint32_t link = 0; link < work->n_links; link++)
    work->link_costs[link] =
      work_cost (work->link_costs[link], problem->energy->link_costs[link], ms_per_mwh);
  for (uint32_t arc = 0; arc < work->n_arcs; arc++)
    work->turn_costs[arc] =
      work_cost (work->turn_costs[arc], problem->energy->turn_costs[arc], ms_per_mwh);
  return work;
}

static double *
find_work (VolantFinder *finder, const VolantChargeProblem *problem, double ms_per_mwh,
           uint32_t *costs)
{
  uint32_t n = problem->turns->n_states;
  g_autoptr (VolantMetric) metric = work_metric (problem, ms_per_mwh);
  EnergyGoals goals = energy_goals (problem, false);
  double *work_ms = g_new (double, n + 1);

  for (unsigned i = 0, k = 0; i < goals.goals->len; i++, k++)
    {
      VolantGoal *goal = &g_array_index (goals.goals, VolantGoal, i);

      while (problem->to.spots[k].link != goal->link)
        k++;
      goal->ms = work_cost (problem->to.spots[k].at_cost, goal->ms, ms_per_mwh);
    }
  volant_finder_reach_back (finder, metric, (VolantGoal *) goals.goals->data, goals.goals->len,
                            VOLANT_COST_NEVER, costs);
  for (uint32_t state = 0; state < n; state++)
    {
      uint32_t link = volant_turns_state_link (problem->turns, state);

      work_ms[state] = costs[state] == VOLANT_COST_NEVER
                         ? -INFINITY
                         : costs[state] + ms_per_mwh * (double) (goals.level -
                                                                 potential_of (problem, link));
    }
  g_array_unref (goals.goals);
  return work_ms;
}

VolantChargeBounds *
volant_charge_bounds_new (VolantFinder *finder, const VolantChargeProblem *problem)
{
  VolantChargeBounds *self = g_new0 (VolantChargeBounds, 1);
  g_autofree uint32_t *costs = g_new (uint32_t, problem->turns->n_states + 1);

  self->time_ms = g_new (uint32_t, problem->turns->n_states + 1);
  find_times (finder, problem, self->time_ms);
  self->energy_mwh = find_energies (finder, problem, false, costs);
  self->ms_per_mwh = least_ms_per_mwh (problem);
  if (isfinite (self->ms_per_mwh))
    {
      self->work_ms = find_work (finder, problem, self->ms_per_mwh, costs);
      self->need_mwh = find_energies (finder, problem, true, costs);
    }
  return self;
}

void
volant_charge_bounds_free (VolantChargeBounds *self)
{
  if (self == NULL)
    return;
  g_free (self->time_ms);
  g_free (self->work_ms);
  g_free (self->energy_mwh);
  g_free (self->need_mwh);
  g_free (self);
}
