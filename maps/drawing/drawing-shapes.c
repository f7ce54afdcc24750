/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing-shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Chains of points and what can be made of them. A chain's ends are OSM node ids: two ways meet only
 * where they share a node, however near they lie. */

/* Longer lines would have boxes so large that every tile looks at them. */
#define MAX_JOINED_POINTS 400

typedef struct {
  int64_t node;
  uint64_t key;
} End;

typedef struct {
  unsigned count;
  VolantDrawingChain *chains[2];
} Meeting;

VolantDrawingChain *
volant_drawing_chain_new (void)
{
  VolantDrawingChain *chain = g_new0 (VolantDrawingChain, 1);

  chain->points = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  return chain;
}

void
volant_drawing_chain_free (VolantDrawingChain *chain)
{
  g_return_if_fail (chain != NULL);

  g_array_unref (chain->points);
  g_free (chain);
}

bool
volant_drawing_chain_is_ring (const VolantDrawingChain *chain)
{
  return chain->first_node == chain->last_node && chain->points->len >= 4;
}

static unsigned
hash_end (const void *data)
{
  const End *end = data;
  uint64_t mixed = ((uint64_t) end->node ^ (end->key * UINT64_C (0x9e3779b97f4a7c15))) *
                   UINT64_C (0xff51afd7ed558ccd);

  return (unsigned) (mixed >> 32);
}

static gboolean
equal_ends (const void *a, const void *b)
{
  const End *one = a;
  const End *other = b;

  return one->node == other->node && one->key == other->key;
}

static void
reverse (VolantDrawingChain *chain)
{
  VolantDrawingPoint *points = (VolantDrawingPoint *) (void *) chain->points->data;
  int64_t node = chain->first_node;

  for (unsigned i = 0, j = chain->points->len; i + 1 < j; i++)
    {
      VolantDrawingPoint point = points[--j];

      points[j] = points[i];
      points[i] = point;
    }
  chain->first_node = chain->last_node;
  chain->last_node = node;
}

/* Puts other's points behind chain's; chain ends where other begins. */
static void
append (VolantDrawingChain *chain, const VolantDrawingChain *other)
{
  g_array_append_vals (chain->points,
                       &g_array_index (other->points, VolantDrawingPoint, 1),
                       other->points->len - 1);
  chain->last_node = other->last_node;
}

/* Turns the two so that chain ends at node and other begins there; false where directed ways run
 * against each other. Directed chains may change places: *chain is then the former *other. */
static bool
align (VolantDrawingChain **chain, VolantDrawingChain **other, int64_t node)
{
  if ((*chain)->is_directed || (*other)->is_directed)
    {
      if ((*chain)->last_node != node)
        {
          VolantDrawingChain *swap = *chain;

          *chain = *other;
          *other = swap;
        }
      return (*chain)->last_node == node && (*other)->first_node == node;
    }
  if ((*chain)->last_node != node)
    reverse (*chain);
  if ((*other)->first_node != node)
    reverse (*other);
  return true;
}

static void
note_end (GHashTable *meetings, VolantDrawingChain *chain, int64_t node)
{
  End end = { node, chain->key };
  Meeting *meeting = g_hash_table_lookup (meetings, &end);

  if (meeting == NULL)
    {
      meeting = g_new0 (Meeting, 1);
      g_hash_table_insert (meetings, g_memdup2 (&end, sizeof end), meeting);
    }
  if (meeting->count < 2)
    meeting->chains[meeting->count] = chain;
  meeting->count++;
}

static GHashTable *
meetings_of (GPtrArray *chains)
{
  GHashTable *meetings = g_hash_table_new_full (hash_end, equal_ends, g_free, g_free);

  for (unsigned i = 0; i < chains->len; i++)
    {
      VolantDrawingChain *chain = chains->pdata[i];

      note_end (meetings, chain, chain->first_node);
      note_end (meetings, chain, chain->last_node);
    }
  return meetings;
}

static void
replace_end (GHashTable *meetings, const VolantDrawingChain *gone, VolantDrawingChain *with,
             int64_t node)
{
  Meeting *meeting = g_hash_table_lookup (meetings, &(End) { node, gone->key });

  for (unsigned i = 0; meeting != NULL && i < 2; i++)
    if (meeting->chains[i] == gone)
      meeting->chains[i] = with;
}

static bool
join_at (GHashTable *meetings, VolantDrawingChain *chain, int64_t node, GHashTable *gone)
{
  Meeting *meeting = g_hash_table_lookup (meetings, &(End) { node, chain->key });
  VolantDrawingChain *one, *other;

  if (meeting == NULL || meeting->count != 2)
    return false;
  one = meeting->chains[0];
  other = meeting->chains[1];
  if (one == other || one->points->len + other->points->len > MAX_JOINED_POINTS)
    return false;
  if (!align (&one, &other, node))
    return false;
  append (one, other);
  meeting->count = 0;
  replace_end (meetings, other, one, other->last_node);
  g_hash_table_add (gone, other);
  return true;
}

static void
remove_gone (GPtrArray *chains, GHashTable *gone)
{
  for (unsigned i = chains->len; i-- > 0;)
    if (g_hash_table_contains (gone, chains->pdata[i]))
      g_ptr_array_remove_index (chains, i);
}

void
volant_drawing_chains_join (GPtrArray *chains)
{
  g_autoptr (GHashTable) meetings = meetings_of (chains);
  g_autoptr (GHashTable) gone = g_hash_table_new (NULL, NULL);

  for (unsigned i = 0; i < chains->len; i++)
    {
      VolantDrawingChain *chain = chains->pdata[i];

      while (!g_hash_table_contains (gone, chain) &&
             (join_at (meetings, chain, chain->first_node, gone) ||
              (!g_hash_table_contains (gone, chain) &&
               join_at (meetings, chain, chain->last_node, gone))))
        continue;
    }
  remove_gone (chains, gone);
}

static VolantDrawingChain *
find_open (GPtrArray *chains, unsigned from, const VolantDrawingChain *chain)
{
  for (unsigned i = from; i < chains->len; i++)
    {
      VolantDrawingChain *other = chains->pdata[i];

      if (other->key == chain->key && other->points->len > 0 &&
          (other->first_node == chain->last_node ||
           (!other->is_directed && other->last_node == chain->last_node)))
        return other;
    }
  return NULL;
}

void
volant_drawing_chains_join_rings (GPtrArray *chains)
{
  g_autoptr (GHashTable) gone = g_hash_table_new (NULL, NULL);

  for (unsigned i = 0; i < chains->len; i++)
    {
      VolantDrawingChain *chain = chains->pdata[i];
      VolantDrawingChain *other;

      if (chain->points->len == 0)
        continue;
      while (!volant_drawing_chain_is_ring (chain) &&
             (other = find_open (chains, i + 1, chain)) != NULL)
        {
          if (other->first_node != chain->last_node)
            reverse (other);
          append (chain, other);
          g_array_set_size (other->points, 0);
          g_hash_table_add (gone, other);
        }
    }
  remove_gone (chains, gone);
}

double
volant_drawing_ring_area (const VolantDrawingPoint *points, uint32_t n_points)
{
  double area = 0.0;

  for (uint32_t i = 0; i + 1 < n_points; i++)
    {
      double x = (double) points[i].x - points[0].x;
      double y = (double) points[i].y - points[0].y;
      double next_x = (double) points[i + 1].x - points[0].x;
      double next_y = (double) points[i + 1].y - points[0].y;

      area += x * next_y - next_x * y;
    }
  return area;
}

static bool
ring_contains (const VolantDrawingPoint *points, uint32_t n_points, double x, double y)
{
  bool is_inside = false;

  for (uint32_t i = 0; i + 1 < n_points; i++)
    {
      double from_y = points[i].y;
      double to_y = points[i + 1].y;

      if ((from_y > y) != (to_y > y) &&
          x < points[i].x + (y - from_y) / (to_y - from_y) *
                                ((double) points[i + 1].x - points[i].x))
        is_inside = !is_inside;
    }
  return is_inside;
}

static int
compare_doubles (const void *a, const void *b)
{
  double one = *(const double *) a;
  double other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
widest_cut (const VolantDrawingPoint *points, uint32_t n_points, double y, double otherwise)
{
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (double));
  double widest = 0.0;
  double middle = otherwise;

  for (uint32_t i = 0; i + 1 < n_points; i++)
    {
      double from_y = points[i].y;
      double to_y = points[i + 1].y;

      if ((from_y > y) != (to_y > y))
        {
          double x = points[i].x + (y - from_y) / (to_y - from_y) *
                                       ((double) points[i + 1].x - points[i].x);
          g_array_append_val (cuts, x);
        }
    }
  if (cuts->len > 0)
    qsort (cuts->data, cuts->len, sizeof (double), compare_doubles);
  for (unsigned i = 0; i + 1 < cuts->len; i += 2)
    {
      double from = g_array_index (cuts, double, i);
      double to = g_array_index (cuts, double, i + 1);

      if (to - from > widest)
        {
          widest = to - from;
          middle = (from + to) / 2.0;
        }
    }
  return middle;
}

VolantDrawingPoint
volant_drawing_ring_centre (const VolantDrawingPoint *points, uint32_t n_points)
{
  double area = volant_drawing_ring_area (points, n_points);
  double sum_x = 0.0;
  double sum_y = 0.0;
  double x, y;

  for (uint32_t i = 0; i + 1 < n_points; i++)
    {
      double from_x = (double) points[i].x - points[0].x;
      double from_y = (double) points[i].y - points[0].y;
      double to_x = (double) points[i + 1].x - points[0].x;
      double to_y = (double) points[i + 1].y - points[0].y;
      double cross = from_x * to_y - to_x * from_y;

      sum_x += (from_x + to_x) * cross;
      sum_y += (from_y + to_y) * cross;
    }
  if (fabs (area) < 1.0)
    return points[0];
  x = points[0].x + sum_x / (3.0 * area);
  y = points[0].y + sum_y / (3.0 * area);
  if (!ring_contains (points, n_points, x, y))
    x = widest_cut (points, n_points, y, x);
  return (VolantDrawingPoint) { (uint32_t) CLAMP (x, 0.0, 4294967295.0),
                                (uint32_t) CLAMP (y, 0.0, 4294967295.0) };
}
