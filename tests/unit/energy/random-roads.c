/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/energy/random-roads.h"

#include "maps/routing/metric.h"
#include "maps/routing/turns-build.h"

static void *
keep (RandomRoads *self, size_t size)
{
  void *memory = g_malloc0 (size + 1);

  g_ptr_array_add (self->memory, memory);
  return memory;
}

static void
join_anywhere (VolantSegment *segment, uint32_t n_junctions)
{
  static const uint8_t masks[] = { 7, 7, 7, 7, 6, 0 };

  segment->from_node = (uint32_t) g_test_rand_int_range (0, (int) n_junctions);
  segment->to_node = (uint32_t) g_test_rand_int_range (0, (int) n_junctions);
  for (unsigned i = 0; i < 2; i++)
    segment->access[i] = masks[g_test_rand_int_range (0, G_N_ELEMENTS (masks))];
}

static void
join_in_valley (VolantSegment *segment, uint32_t n_junctions, unsigned s)
{
  uint32_t from = s + 1 < n_junctions ? s : (uint32_t) g_test_rand_int_range (0, (int) n_junctions);
  uint32_t ahead = s + 1 < n_junctions ? 1 : (uint32_t) g_test_rand_int_range (1, 4);

  segment->from_node = from;
  segment->to_node = MIN (from + ahead, n_junctions - 1);
  segment->access[0] = segment->access[1] = 7;
}

static void
add_segments (RandomRoads *self, uint32_t n_junctions, unsigned n_segments, bool is_valley)
{
  VolantSegment *segments = keep (self, n_segments * sizeof (VolantSegment));
  VolantPoint *points = keep (self, 2 * n_segments * sizeof (VolantPoint));
  int16_t *heights_dm = keep (self, 2 * n_segments * sizeof (int16_t));
  g_autofree int16_t *junction_dm = g_new (int16_t, n_junctions);

  for (uint32_t j = 0; j < n_junctions; j++)
    junction_dm[j] = (int16_t) g_test_rand_int_range (-1000, 5000);
  for (unsigned s = 0; s < n_segments; s++)
    {
      VolantSegment *segment = &segments[s];

      segment->way_id = s + 1;
      if (is_valley)
        join_in_valley (segment, n_junctions, s);
      else
        join_anywhere (segment, n_junctions);
      segment->first_point = 2 * s;
      segment->n_points = 2;
      segment->length_mm = (uint32_t) g_test_rand_int_range (1, 400000);
      segment->road_class = (uint8_t) g_test_rand_int_range (0, VOLANT_ROAD_SERVICE);
      points[2 * s] = self->roads.junctions[segment->from_node].point;
      points[2 * s + 1] = self->roads.junctions[segment->to_node].point;
      heights_dm[2 * s] = junction_dm[segment->from_node];
      heights_dm[2 * s + 1] = junction_dm[segment->to_node];
      for (unsigned i = 0; i < 2; i++)
        segment->speed_kmh[i] = (uint8_t) g_test_rand_int_range (10, 130);
    }
  self->roads.segments = segments;
  self->roads.n_segments = n_segments;
  self->roads.points = points;
  self->roads.n_points = 2 * n_segments;
  self->roads.elevations_dm = heights_dm;
  self->roads.has_elevation = true;
}

static void
add_junctions (RandomRoads *self, uint32_t n_junctions)
{
  VolantJunction *junctions = keep (self, n_junctions * sizeof (VolantJunction));

  for (uint32_t j = 0; j < n_junctions; j++)
    {
      junctions[j].point = (VolantPoint) { g_test_rand_int_range (437000000, 437500000),
                                           g_test_rand_int_range (74000000, 74500000) };
      if (g_test_rand_int_range (0, 4) == 0)
        junctions[j].flags = VOLANT_NODE_FLAG_SIGNALS;
    }
  self->roads.junctions = junctions;
  self->roads.n_junctions = n_junctions;
}

static void
lay_out_links (RandomRoads *self)
{
  uint32_t n_links = 2 * self->roads.n_segments, n = 0;
  uint32_t *first_out = keep (self, (self->roads.n_junctions + 1) * sizeof (uint32_t));
  uint32_t *out_links = keep (self, n_links * sizeof (uint32_t));

  for (uint32_t node = 0; node < self->roads.n_junctions; node++)
    {
      first_out[node] = n;
      for (uint32_t link = 0; link < n_links; link++)
        if (volant_roads_link_from (&self->roads, link) == node)
          out_links[n++] = link;
    }
  first_out[self->roads.n_junctions] = n;
  self->roads.first_out = first_out;
  self->roads.out_links = out_links;
}

/* Walks of two to four links. */
static void
add_restrictions (RandomRoads *self, unsigned n_restrictions)
{
  VolantRestriction *restrictions = keep (self, n_restrictions * sizeof (VolantRestriction));
  uint32_t *links = keep (self, 4 * n_restrictions * sizeof (uint32_t));

  self->roads.restrictions = restrictions;
  self->roads.restriction_links = links;
  for (unsigned i = 0; i < n_restrictions; i++)
    {
      VolantRestriction *restriction = &restrictions[self->roads.n_restrictions];
      uint32_t link = (uint32_t) g_test_rand_int_range (0, (int) (2 * self->roads.n_segments));
      unsigned n = (unsigned) g_test_rand_int_range (2, 5);

      restriction->first_link = self->roads.n_restriction_links;
      restriction->n_links = 0;
      for (unsigned k = 0; k < n; k++)
        {
          uint32_t node = volant_roads_link_to (&self->roads, link);
          uint32_t first = self->roads.first_out[node], end = self->roads.first_out[node + 1];

          links[restriction->first_link + restriction->n_links++] = link;
          link = self->roads.out_links[g_test_rand_int_range ((int) first, (int) end)];
        }
      restriction->kind = g_test_rand_int_range (0, 4) == 0 ? VOLANT_TURN_ONLY : VOLANT_TURN_NO;
      restriction->modes = 3;
      self->roads.n_restriction_links += restriction->n_links;
      self->roads.n_restrictions++;
    }
}

static RandomRoads *
make (uint32_t n_junctions, unsigned n_segments, unsigned n_restrictions, bool is_valley)
{
  RandomRoads *self = g_new0 (RandomRoads, 1);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  self->memory = g_ptr_array_new_with_free_func (g_free);
  add_junctions (self, n_junctions);
  add_segments (self, n_junctions, n_segments, is_valley);
  self->roads.strings = "";
  self->roads.strings_size = 1;
  lay_out_links (self);
  add_restrictions (self, n_restrictions);
  bytes = volant_turns_build (&self->roads);
  self->turns = volant_turns_open_bytes (bytes, &self->roads, &error);
  g_assert_no_error (error);
  return self;
}

RandomRoads *
random_roads_new (uint32_t n_junctions, unsigned n_segments, unsigned n_restrictions)
{
  return make (n_junctions, n_segments, n_restrictions, false);
}

RandomRoads *
random_roads_new_valley (uint32_t n_junctions, unsigned n_segments)
{
  return make (n_junctions, n_segments, 0, true);
}

void
random_roads_free (RandomRoads *self)
{
  volant_turns_free (self->turns);
  g_ptr_array_unref (self->memory);
  g_free (self);
}

int32_t *
random_roads_hilly_costs (const RandomRoads *self, VolantMode mode, int least, int most,
                          int heights)
{
  uint32_t n_links = 2 * self->roads.n_segments;
  int32_t *costs = g_new (int32_t, n_links + 1);
  g_autofree int32_t *hills = g_new (int32_t, self->roads.n_junctions);

  for (uint32_t j = 0; j < self->roads.n_junctions; j++)
    hills[j] = g_test_rand_int_range (0, heights + 1);
  for (uint32_t link = 0; link < n_links; link++)
    costs[link] = volant_roads_link_allows (&self->roads, link, mode)
                    ? g_test_rand_int_range (least, most + 1) +
                        hills[volant_roads_link_to (&self->roads, link)] -
                        hills[volant_roads_link_from (&self->roads, link)]
                    : (int32_t) VOLANT_COST_NEVER;
  return costs;
}
