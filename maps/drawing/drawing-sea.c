/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing-shapes.h"

#include <math.h>

/* The sea of an extract. OpenStreetMap has no sea, only coastlines with land to their left
 * (wiki.openstreetmap.org/wiki/Tag:natural=coastline), and an extract holds a piece of them. Chains
 * that stay open are led on, away from the middle of the data, to the edge of a wide box; from where
 * one leaves the box its edge is followed clockwise, the water at the right hand, to where the next
 * comes in. What is beyond the data is a guess, but one without a hard edge in view. */

typedef struct {
  const GArray *points;
  VolantDrawingPoint entry;
  VolantDrawingPoint exit;
  double entry_at; /* along the edge of the box, 0…4 clockwise from the north-west corner */
  double exit_at;
  bool is_done;
} Coast;

static VolantDrawingPoint
corner (const VolantDrawingBox *box, unsigned number)
{
  switch (number & 3)
    {
    case 0:
      return (VolantDrawingPoint) { box->min_x, box->min_y };
    case 1:
      return (VolantDrawingPoint) { box->max_x, box->min_y };
    case 2:
      return (VolantDrawingPoint) { box->max_x, box->max_y };
    default:
      return (VolantDrawingPoint) { box->min_x, box->max_y };
    }
}

/* Where the ray from centre through point leaves box, and how far along its edge that is. */
static VolantDrawingPoint
lead_out (const VolantDrawingBox *box, double centre_x, double centre_y, VolantDrawingPoint point,
          double *at)
{
  double dx = point.x - centre_x;
  double dy = point.y - centre_y;
  double to_x = dx > 0.0 ? (box->max_x - centre_x) / dx
                         : (dx < 0.0 ? (box->min_x - centre_x) / dx : INFINITY);
  double to_y = dy > 0.0 ? (box->max_y - centre_y) / dy
                         : (dy < 0.0 ? (box->min_y - centre_y) / dy : INFINITY);
  double reach = MIN (to_x, to_y);
  double x, y;

  if (!isfinite (reach))
    reach = 0.0;
  x = CLAMP (centre_x + dx * reach, box->min_x, box->max_x);
  y = CLAMP (centre_y + dy * reach, box->min_y, box->max_y);
  if (to_y <= to_x)
    *at = dy < 0.0 ? (x - box->min_x) / ((double) box->max_x - box->min_x)
                   : 2.0 + (box->max_x - x) / ((double) box->max_x - box->min_x);
  else
    *at = dx > 0.0 ? 1.0 + (y - box->min_y) / ((double) box->max_y - box->min_y)
                   : 3.0 + (box->max_y - y) / ((double) box->max_y - box->min_y);
  return (VolantDrawingPoint) { (uint32_t) x, (uint32_t) y };
}

static double
way_along (double from, double to)
{
  double way = fmod (to - from + 8.0, 4.0);

  return way > 0.0 ? way : 4.0;
}

static Coast *
next_entry (GArray *coasts, double from)
{
  Coast *nearest = NULL;

  for (unsigned i = 0; i < coasts->len; i++)
    {
      Coast *coast = &g_array_index (coasts, Coast, i);

      if (nearest == NULL ||
          way_along (from, coast->entry_at) < way_along (from, nearest->entry_at))
        nearest = coast;
    }
  return nearest;
}

static void
follow_edge (GArray *ring, const VolantDrawingBox *box, double from, double to)
{
  double way = way_along (from, to);

  for (unsigned number = (unsigned) floor (from) + 1; number - from < way; number++)
    {
      VolantDrawingPoint at = corner (box, number);

      g_array_append_val (ring, at);
    }
}

/* The ring of water that begins with a coast, following coasts and edges until it is back. */
static GArray *
trace (GArray *coasts, Coast *start, const VolantDrawingBox *box)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  Coast *coast = start;

  while (!coast->is_done)
    {
      Coast *next = next_entry (coasts, coast->exit_at);

      coast->is_done = true;
      g_array_append_val (ring, coast->entry);
      g_array_append_vals (ring, coast->points->data, coast->points->len);
      g_array_append_val (ring, coast->exit);
      follow_edge (ring, box, coast->exit_at, next->entry_at);
      coast = next;
    }
  g_array_append_val (ring, start->entry);
  return ring;
}

static GArray *
whole_box (const VolantDrawingBox *box)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));

  for (unsigned number = 0; number <= 4; number++)
    {
      VolantDrawingPoint at = corner (box, number);

      g_array_append_val (ring, at);
    }
  return ring;
}

static Coast
coast_of_chain (const VolantDrawingChain *chain, const VolantDrawingBox *data_box,
                const VolantDrawingBox *box)
{
  double centre_x = ((double) data_box->min_x + data_box->max_x) / 2.0;
  double centre_y = ((double) data_box->min_y + data_box->max_y) / 2.0;
  Coast coast = { .points = chain->points };

  coast.entry = lead_out (box, centre_x, centre_y,
                          g_array_index (chain->points, VolantDrawingPoint, 0), &coast.entry_at);
  coast.exit = lead_out (
      box, centre_x, centre_y,
      g_array_index (chain->points, VolantDrawingPoint, chain->points->len - 1), &coast.exit_at);
  return coast;
}

GPtrArray *
volant_drawing_sea (GPtrArray *coastlines, const VolantDrawingBox *data_box,
                    const VolantDrawingBox *box)
{
  GPtrArray *rings = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GArray) coasts = g_array_new (FALSE, FALSE, sizeof (Coast));
  bool has_island = false;

  volant_drawing_chains_join_rings (coastlines);
  for (unsigned i = 0; i < coastlines->len; i++)
    {
      VolantDrawingChain *chain = coastlines->pdata[i];

      if (chain->points->len < 2)
        continue;
      if (volant_drawing_chain_is_ring (chain))
        {
          has_island = has_island || volant_drawing_ring_area (
                                         (VolantDrawingPoint *) (void *) chain->points->data,
                                         chain->points->len) < 0.0;
          g_ptr_array_add (rings, g_array_ref (chain->points));
        }
      else
        {
          Coast coast = coast_of_chain (chain, data_box, box);

          g_array_append_val (coasts, coast);
        }
    }
  for (unsigned i = 0; i < coasts->len; i++)
    if (!g_array_index (coasts, Coast, i).is_done)
      g_ptr_array_add (rings, trace (coasts, &g_array_index (coasts, Coast, i), box));
  if (has_island && coasts->len == 0)
    g_ptr_array_add (rings, whole_box (box));
  return rings;
}
