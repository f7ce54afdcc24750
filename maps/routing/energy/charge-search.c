/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/energy/charge-search.h"

#include "maps/routing/energy/charge-bounds.h"
#include "maps/routing/energy/potentials.h"

#include <math.h>

/* Label setting in two criteria, time and charge, goal-directed by bounds that never fall short
 * along an arc (CHArge, as named in charge-label.h; for the bounds without stops Storandt 2012,
 * "Quick and energy-efficient routes"). So labels come off the queue in the order of the least time
 * they can end with, and the first that reaches the target is the answer.
 *
 * The nodes of the search are the begins of states, the posts as one comes to each of their spots,
 * the same as one leaves them, and the target. */

#define NO_LABEL UINT32_MAX
#define MOST_LABELS 3000000u /* some 250 MB; a city takes thousands */

typedef enum {
  NODE_STATE,
  NODE_ARRIVAL,   /* at a post */
  NODE_DEPARTURE, /* from it */
  NODE_TARGET,
} NodeKind;

/* A label in the search's memory. */
typedef struct {
  VolantChargeLabel label;
  uint32_t parent;
  uint32_t next;  /* at the same node */
  uint32_t state; /* whose link one is on */
  uint32_t spot;  /* arrival, departure: 2 x post + spot; target: spot */
  uint8_t kind;   /* NodeKind */
  uint8_t start;  /* spot where the way began */
  bool is_dead;   /* dominated since */
} Entry;

typedef struct {
  double key;
  uint32_t entry;
} Waiting;

typedef struct {
  const VolantChargeProblem *problem;
  const VolantChargeBounds *bounds;
  uint32_t *spots_of;   /* posts' spots by link: post_spots[spots_of[l] … spots_of[l + 1]) */
  uint32_t *post_spots; /* 2 x post + spot */
  uint32_t *heads;      /* newest label of each node */
  GArray *entries;      /* Entry */
  GArray *heap;         /* Waiting */
  bool is_full;
} Search;

static Entry *
entry_at (const Search *self, uint32_t index)
{
  return &g_array_index (self->entries, Entry, index);
}

static const VolantSpot *
spot_of_post (const Search *self, uint32_t post_spot)
{
  return &self->problem->posts[post_spot / 2].end.spots[post_spot % 2];
}

static uint32_t
node_of (const Search *self, const Entry *entry)
{
  uint32_t n_states = self->problem->turns->n_states, n_spots = 2 * self->problem->n_posts;

  switch ((NodeKind) entry->kind)
    {
    case NODE_STATE:
      return entry->state;
    case NODE_ARRIVAL:
      return n_states + entry->spot;
    case NODE_DEPARTURE:
      return n_states + n_spots + entry->spot;
    case NODE_TARGET:
    default:
      return n_states + 2 * n_spots;
    }
}

static void
push (Search *self, Waiting waiting)
{
  unsigned at = self->heap->len;
  Waiting *heap;

  g_array_append_val (self->heap, waiting);
  heap = (Waiting *) self->heap->data;
  for (; at > 0 && heap[(at - 1) / 4].key > waiting.key; at = (at - 1) / 4)
    heap[at] = heap[(at - 1) / 4];
  heap[at] = waiting;
}

static Waiting
pop (Search *self)
{
  Waiting *heap = (Waiting *) self->heap->data;
  Waiting least = heap[0], last = heap[self->heap->len - 1];
  unsigned at = 0, n = self->heap->len - 1;

  g_array_set_size (self->heap, n);
  for (unsigned first = 1; first < n; first = 4 * at + 1)
    {
      unsigned best = first;

      for (unsigned child = first + 1; child < MIN (first + 4, n); child++)
        if (heap[child].key < heap[best].key)
          best = child;
      if (heap[best].key >= last.key)
        break;
      heap[at] = heap[best];
      at = best;
    }
  if (n > 0)
    heap[at] = last;
  return least;
}

/* So often must one stop for what is missing: a stop fills the battery at most once. */
static int64_t
stops_needed (const Search *self, int64_t missing_mwh)
{
  int64_t room_mwh = self->problem->room_mwh;

  return missing_mwh > 0 && room_mwh > 0 ? (missing_mwh + room_mwh - 1) / room_mwh : 0;
}

/* The least that is still to come with a charge, from a place so far along the state's link. */
static double
left_ms (const Search *self, uint32_t state, double part_ms, int64_t part_mwh, int64_t mwh)
{
  const VolantChargeBounds *bounds = self->bounds;
  double least = bounds->time_ms[state] - part_ms;

  if (bounds->work_ms == NULL)
    return least;
  least = MAX (least, bounds->work_ms[state] - part_ms -
                        bounds->ms_per_mwh * (double) (part_mwh + mwh));
  return least + self->problem->stop_ms *
                   (double) stops_needed (self, bounds->energy_mwh[state] - part_mwh - mwh);
}

/* The least time that a label may end with: with its least charge, or with one that needs a stop
 * less than those below. */
static double
key_of (const Search *self, const Entry *entry)
{
  const VolantChargeLabel *label = &entry->label;
  double part_ms = 0.0, key;
  int64_t room_mwh = self->problem->room_mwh, part_mwh = 0, mwh;

  if (entry->kind == NODE_TARGET)
    return volant_charge_label_ms (label, label->low);
  if (entry->kind != NODE_STATE)
    {
      const VolantSpot *spot = spot_of_post (self, entry->spot);

      part_ms = spot->at_cost;
      part_mwh = volant_charge_part_mwh (self->problem, spot->link, spot->at_mm);
    }
  key = volant_charge_label_ms (label, label->low) +
        left_ms (self, entry->state, part_ms, part_mwh, label->low);
  /* enough for the way but for some full batteries */
  mwh = self->bounds->energy_mwh[entry->state] - part_mwh;
  mwh -= room_mwh * stops_needed (self, mwh - label->high);
  for (; room_mwh > 0 && mwh > label->low; mwh -= room_mwh)
    key = MIN (key, volant_charge_label_ms (label, mwh) +
                      left_ms (self, entry->state, part_ms, part_mwh, mwh));
  return key;
}

/* Whether a label leaves nothing of use of a new one. What leaves a post stays whole: its least
 * charge tells with what one came. */
static bool
makes_useless (const Entry *other, Entry *entry)
{
  if (other->state != entry->state)
    return false;
  return entry->kind == NODE_DEPARTURE
           ? volant_charge_label_dominates (&other->label, &entry->label)
           : !volant_charge_label_trim (&entry->label, &other->label);
}

/* Whether the new label is of no use, part by part; else those that it makes useless are taken out.
 */
static bool
is_dominated (Search *self, Entry *entry, uint32_t *head)
{
  uint32_t *link = head;

  for (uint32_t i = *head; i != NO_LABEL; i = entry_at (self, i)->next)
    if (makes_useless (entry_at (self, i), entry))
      return true;
  while (*link != NO_LABEL)
    {
      Entry *other = entry_at (self, *link);

      if (other->state == entry->state &&
          volant_charge_label_dominates (&entry->label, &other->label))
        {
          other->is_dead = true;
          *link = other->next;
        }
      else
        link = &other->next;
    }
  return false;
}

/* Keeps what is of use of a label; NO_LABEL where nothing is. */
static uint32_t
keep (Search *self, Entry *entry)
{
  uint32_t *head = &self->heads[node_of (self, entry)];
  uint32_t index = self->entries->len;

  if (is_dominated (self, entry, head))
    return NO_LABEL;
  if (index >= MOST_LABELS)
    {
      self->is_full = true;
      return NO_LABEL;
    }
  entry->next = *head;
  *head = index;
  g_array_append_vals (self->entries, entry, 1);
  return index;
}

static void
reach (Search *self, Entry *entry)
{
  uint32_t index = keep (self, entry);

  if (index != NO_LABEL)
    push (self, (Waiting) { key_of (self, entry), index });
}

/* A place on the link of a state, from another one before it. */
static void
reach_spot (Search *self, const Entry *from, const VolantSpot *begin, const VolantSpot *spot,
            NodeKind kind, uint32_t number)
{
  const VolantChargeProblem *problem = self->problem;
  uint32_t begin_mm = begin != NULL ? begin->at_mm : 0;
  int64_t mwh = volant_charge_part_mwh (problem, spot->link, spot->at_mm) -
                volant_charge_part_mwh (problem, spot->link, begin_mm);
  double ms = (double) spot->at_cost - (begin != NULL ? begin->at_cost : 0);
  Entry entry = *from;

  if (spot->at_mm < begin_mm || !volant_charge_label_drive (&entry.label, ms, mwh,
                                                            problem->room_mwh))
    return;
  entry.kind = kind;
  entry.spot = number;
  reach (self, &entry);
}

static void
reach_next_links (Search *self, const Entry *from, const VolantSpot *begin, uint32_t link)
{
  const VolantChargeProblem *problem = self->problem;
  const VolantTurns *turns = problem->turns;
  int64_t mwh = volant_metric_get_signed (problem->energy, problem->roads, link);
  double ms = problem->time->link_costs[link];

  if (problem->time->link_costs[link] == VOLANT_COST_NEVER)
    return;
  if (begin != NULL)
    {
      mwh -= volant_charge_part_mwh (problem, link, begin->at_mm);
      ms -= begin->at_cost;
    }
  for (uint32_t arc = turns->first_arc[from->state]; arc < turns->first_arc[from->state + 1]; arc++)
    {
      uint32_t state = turns->heads[arc];
      Entry entry = *from;

      if (problem->time->turn_costs[arc] == VOLANT_COST_NEVER ||
          self->bounds->time_ms[state] == VOLANT_COST_NEVER)
        continue;
      if (!volant_charge_label_drive (&entry.label, ms + problem->time->turn_costs[arc],
                                      mwh + problem->energy->turn_costs[arc], problem->room_mwh) ||
          !volant_charge_label_need (&entry.label, self->bounds->need_mwh != NULL
                                                     ? self->bounds->need_mwh[state]
                                                     : self->bounds->energy_mwh[state]))
        continue;
      entry.kind = NODE_STATE;
      entry.state = state;
      reach (self, &entry);
    }
}

/* On along the link from its begin (NULL) or a place on it. */
static void
go_on (Search *self, const Entry *from, const VolantSpot *begin)
{
  const VolantChargeProblem *problem = self->problem;
  uint32_t link = volant_turns_state_link (problem->turns, from->state);

  for (unsigned i = 0; i < problem->to.n_spots; i++)
    if (problem->to.spots[i].link == link)
      reach_spot (self, from, begin, &problem->to.spots[i], NODE_TARGET, i);
  for (uint32_t i = self->spots_of[link]; i < self->spots_of[link + 1]; i++)
    if (from->kind != NODE_DEPARTURE || self->post_spots[i] != from->spot)
      reach_spot (self, from, begin, spot_of_post (self, self->post_spots[i]), NODE_ARRIVAL,
                  self->post_spots[i]);
  reach_next_links (self, from, begin, link);
}

/* Sets off on a link: what that takes must be there. */
static bool
set_off (const Search *self, uint32_t link, VolantChargeLabel *label)
{
  return self->problem->start_mwh == NULL ||
         volant_charge_label_drive (label, 0.0, self->problem->start_mwh[link],
                                    self->problem->room_mwh);
}

/* Charges at a post, from each charge that it may be best to come with. */
static void
charge (Search *self, uint32_t index)
{
  const Entry arrival = *entry_at (self, index);
  const VolantSpot *spot = spot_of_post (self, arrival.spot);
  const VolantChargeCurve *curve = &self->problem->posts[arrival.spot / 2].curve;
  int64_t arrivals[VOLANT_MOST_ARRIVALS];
  unsigned n = volant_charge_label_arrivals (&arrival.label, arrivals);

  for (unsigned i = 0; i < n; i++)
    {
      Entry entry = arrival;
      uint32_t kept;

      if (arrivals[i] >= self->problem->room_mwh)
        continue;
      entry.kind = NODE_DEPARTURE;
      entry.parent = index;
      entry.label = (VolantChargeLabel) {
        .ms = volant_charge_label_ms (&arrival.label, arrivals[i]) + self->problem->stop_ms -
              volant_charge_curve_ms (curve, arrivals[i]),
        .low = arrivals[i],
        .high = self->problem->room_mwh,
        .curve = curve,
      };
      kept = keep (self, &entry);
      if (kept == NO_LABEL)
        continue;
      entry.parent = kept;
      if (set_off (self, spot->link, &entry.label))
        go_on (self, &entry, spot);
    }
}

static void
begin (Search *self)
{
  const VolantChargeProblem *problem = self->problem;

  for (unsigned i = 0; i < problem->from.n_spots; i++)
    {
      const VolantSpot *spot = &problem->from.spots[i];
      Entry entry = { .label = { .ms = spot->penalty,
                                 .low = problem->charge_mwh,
                                 .high = problem->charge_mwh },
                      .parent = NO_LABEL,
                      .start = (uint8_t) i,
                      .state = spot->link };

      if (problem->time->link_costs[spot->link] < VOLANT_COST_NEVER &&
          set_off (self, spot->link, &entry.label))
        go_on (self, &entry, spot);
    }
}

/* The first label at the target, or NO_LABEL. */
static uint32_t
run (Search *self)
{
  begin (self);
  while (self->heap->len > 0 && !self->is_full)
    {
      uint32_t index = pop (self).entry;
      Entry entry = *entry_at (self, index);

      if (entry.is_dead)
        continue;
      if (entry.kind == NODE_TARGET)
        return index;
      if (entry.kind == NODE_ARRIVAL)
        {
          charge (self, index);
          continue;
        }
      entry.parent = index;
      go_on (self, &entry, NULL);
    }
  return NO_LABEL;
}

/* Lays the posts' spots out by link. */
static void
lay_posts (Search *self)
{
  const VolantChargeProblem *problem = self->problem;
  uint32_t n_links = problem->turns->n_links;

  self->spots_of = g_new0 (uint32_t, n_links + 2);
  self->post_spots = g_new (uint32_t, 2 * problem->n_posts + 1);
  for (unsigned p = 0; p < problem->n_posts; p++)
    for (unsigned i = 0; i < problem->posts[p].end.n_spots; i++)
      self->spots_of[problem->posts[p].end.spots[i].link + 2]++;
  for (uint32_t link = 0; link < n_links; link++)
    self->spots_of[link + 2] += self->spots_of[link + 1];
  for (unsigned p = 0; p < problem->n_posts; p++)
    for (unsigned i = 0; i < problem->posts[p].end.n_spots; i++)
      self->post_spots[self->spots_of[problem->posts[p].end.spots[i].link + 1]++] = 2 * p + i;
}

/* From the target back: on each label the charge one has there, which gives the charge with which
 * one left the post before. */
static void
trace (const Search *self, uint32_t index, VolantChargeAnswer *answer, GArray *chain)
{
  int64_t mwh = entry_at (self, index)->label.low;

  answer->arrival_mwh = mwh;
  while (index != NO_LABEL)
    {
      const Entry *entry = entry_at (self, index);
      const Entry *parent = entry->parent != NO_LABEL ? entry_at (self, entry->parent) : NULL;

      g_array_append_val (chain, index);
      if (entry->kind == NODE_DEPARTURE)
        {
          VolantChargingStop stop = { entry->spot / 2, entry->label.low, mwh, 0.0 };

          stop.charging_ms = volant_charge_curve_ms (entry->label.curve, mwh) -
                             volant_charge_curve_ms (entry->label.curve, stop.arrival_mwh);
          g_array_prepend_val (answer->stops, stop);
          mwh = stop.arrival_mwh;
        }
      else if (parent != NULL)
        mwh = entry->label.curve == NULL ? parent->label.low
                                         : mwh + entry->label.shift - parent->label.shift;
      index = entry->parent;
    }
}

static void
fill_answer (const Search *self, uint32_t target, VolantChargeAnswer *answer)
{
  const VolantChargeProblem *problem = self->problem;
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  const Entry *last = entry_at (self, target);

  answer->ms = volant_charge_label_ms (&last->label, last->label.low);
  answer->n_labels = self->entries->len;
  answer->stops = g_array_new (FALSE, FALSE, sizeof (VolantChargingStop));
  trace (self, target, answer, chain);
  answer->way.links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  answer->way.stops = g_array_new (FALSE, FALSE, sizeof (VolantWayStop));
  answer->way.begin_mm = problem->from.spots[last->start].at_mm;
  g_array_append_val (answer->way.links, problem->from.spots[last->start].link);
  for (unsigned i = chain->len; i-- > 0;)
    {
      const Entry *entry = entry_at (self, g_array_index (chain, uint32_t, i));

      if (entry->kind == NODE_STATE)
        {
          uint32_t link = volant_turns_state_link (problem->turns, entry->state);

          g_array_append_val (answer->way.links, link);
        }
      else if (entry->kind == NODE_DEPARTURE)
        {
          VolantWayStop stop = { answer->way.links->len - 1,
                                 spot_of_post (self, entry->spot)->at_mm };

          g_array_append_val (answer->way.stops, stop);
        }
    }
  answer->way.end_mm = problem->to.spots[last->spot].at_mm;
}

/* What the most frugal way takes, of those that lead anywhere. */
static int64_t
find_least (const Search *self)
{
  const VolantChargeProblem *problem = self->problem;
  int64_t least_mwh = INT64_MAX;

  for (unsigned i = 0; i < problem->from.n_spots; i++)
    {
      const VolantSpot *spot = &problem->from.spots[i];
      int64_t mwh = self->bounds->energy_mwh[spot->link];

      if (mwh >= VOLANT_FAR_MWH || problem->time->link_costs[spot->link] == VOLANT_COST_NEVER)
        continue;
      mwh -= volant_charge_part_mwh (problem, spot->link, spot->at_mm);
      mwh += problem->start_mwh != NULL ? problem->start_mwh[spot->link] : 0;
      least_mwh = MIN (least_mwh, mwh);
    }
  return least_mwh;
}

static void
search_clear (Search *self)
{
  g_free (self->spots_of);
  g_free (self->post_spots);
  g_free (self->heads);
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->heap, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

VolantChargeResult
volant_charge_search (VolantFinder *finder, const VolantChargeProblem *problem,
                      VolantChargeAnswer *answer, int64_t *least_mwh)
{
  g_autoptr (VolantChargeBounds) bounds = volant_charge_bounds_new (finder, problem);
  uint32_t n_nodes = problem->turns->n_states + 4 * problem->n_posts + 1, target;
  g_auto (Search) self = { problem, bounds };

  *least_mwh = find_least (&self);
  if (*least_mwh == INT64_MAX)
    return VOLANT_CHARGE_NO_WAY;
  if (*least_mwh > problem->charge_mwh && bounds->work_ms == NULL)
    return VOLANT_CHARGE_TOO_LOW;
  lay_posts (&self);
  self.heads = g_new (uint32_t, n_nodes);
  for (uint32_t node = 0; node < n_nodes; node++)
    self.heads[node] = NO_LABEL;
  self.entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self.heap = g_array_new (FALSE, FALSE, sizeof (Waiting));
  target = run (&self);
  if (target != NO_LABEL)
    fill_answer (&self, target, answer);
  else if (self.is_full)
    return VOLANT_CHARGE_TOO_MUCH;
  return target != NO_LABEL ? VOLANT_CHARGE_FOUND : VOLANT_CHARGE_TOO_LOW;
}

void
volant_charge_answer_clear (VolantChargeAnswer *answer)
{
  volant_way_clear (&answer->way);
  g_clear_pointer (&answer->stops, g_array_unref);
}
