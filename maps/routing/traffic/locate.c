/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/locate.h"

#include "maps/error.h"
#include "maps/routing/router-core.h"
#include "maps/routing/traffic/datex.h"
#include "maps/routing/traffic/locate-line.h"
#include "maps/routing/traffic/traffic-file.h"
#include "maps/routing/traffic/unpack.h"

#include <string.h>

/* Ways are found by their numbers in one pass over the segments; lines and points by the map. */

typedef enum {
  FOUND,
  ELSEWHERE,
  UNMATCHED,
} Answer;

typedef struct {
  const VolantRoads *roads;
  const VolantTurns *turns;
  const VolantSnapIndex *index;
  VolantBounds bounds;
  GHashTable *ways; /* OSM way (int64_t) → GArray of its segments (uint32_t), those asked for */
} Locator;

static void
index_ways (Locator *self, const VolantTrafficReports *reports)
{
  self->ways = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                      (GDestroyNotify) g_array_unref);
  for (unsigned i = 0; i < reports->reports->len; i++)
    {
      VolantTrafficReport *report = reports->reports->pdata[i];

      if (report->place == VOLANT_TRAFFIC_ON_WAY &&
          !g_hash_table_contains (self->ways, &report->way_id))
        g_hash_table_insert (self->ways, &report->way_id,
                             g_array_new (FALSE, FALSE, sizeof (uint32_t)));
    }
  for (uint32_t segment = 0; segment < self->roads->n_segments; segment++)
    {
      int64_t way_id = self->roads->segments[segment].way_id;
      GArray *segments = g_hash_table_lookup (self->ways, &way_id);

      if (segments != NULL)
        g_array_append_val (segments, segment);
    }
}

static void
add_segment (uint32_t segment, VolantTrafficDirections directions, GArray *links)
{
  for (uint32_t direction = 0; direction < 2; direction++)
    {
      uint32_t link = 2 * segment + direction;

      if (directions & (direction ? VOLANT_TRAFFIC_BACKWARD : VOLANT_TRAFFIC_FORWARD))
        g_array_append_val (links, link);
    }
}

/* Where among a way's segments one begins at a node (or ends, if is_end); -1 nowhere. */
static int
find_node (const VolantRoads *roads, const GArray *segments, int64_t node_id, bool is_end)
{
  for (unsigned i = 0; i < segments->len; i++)
    {
      const VolantSegment *segment = &roads->segments[g_array_index (segments, uint32_t, i)];

      if (roads->junctions[is_end ? segment->to_node : segment->from_node].node_id == node_id)
        return (int) i;
    }
  return -1;
}

static Answer
locate_way (const Locator *self, const VolantTrafficReport *report, GArray *links)
{
  const GArray *segments = g_hash_table_lookup (self->ways, &report->way_id);
  int first = 0, last = (int) segments->len - 1;

  if (segments->len == 0)
    return ELSEWHERE;
  if (report->from_node != 0)
    {
      bool is_ring = find_node (self->roads, segments, report->from_node, true) >= 0 &&
                     find_node (self->roads, segments, report->to_node, false) >= 0;

      first = find_node (self->roads, segments, report->from_node, false);
      last = find_node (self->roads, segments, report->to_node, true);
      is_ring = is_ring && self->roads->segments[g_array_index (segments, uint32_t, 0)].from_node ==
                             self->roads->segments[g_array_index (segments, uint32_t,
                                                                  segments->len - 1)].to_node;
      if (first < 0 || last < 0 || (first > last && !is_ring))
        {
          first = find_node (self->roads, segments, report->to_node, false);
          last = find_node (self->roads, segments, report->from_node, true);
        }
      if (first < 0 || last < 0 || report->from_node == report->to_node)
        return UNMATCHED;
    }
  for (int i = first;; i = (i + 1) % (int) segments->len)
    {
      add_segment (g_array_index (segments, uint32_t, i), report->directions, links);
      if (i == last)
        break;
    }
  return FOUND;
}

static Answer
locate_line (const Locator *self, const VolantTrafficReport *report, GArray *links)
{
  g_autofree VolantPoint *reversed = g_new (VolantPoint, report->n_points);
  bool is_inside = false, is_found = false;

  for (uint32_t i = 0; i < report->n_points; i++)
    {
      is_inside |= volant_bounds_contain (&self->bounds, report->points[i]);
      reversed[report->n_points - 1 - i] = report->points[i];
    }
  if (!is_inside)
    return ELSEWHERE;
  if (report->place == VOLANT_TRAFFIC_AT_POINT)
    return volant_locate_point (self->roads, self->index, report->points[0], report->bearing_deg,
                                links) ? FOUND : UNMATCHED;
  if (report->directions & VOLANT_TRAFFIC_FORWARD)
    is_found |= volant_locate_line (self->roads, self->turns, self->index, report->points,
                                    report->n_points, report->trim_start_m, report->trim_end_m,
                                    links);
  if (report->directions & VOLANT_TRAFFIC_BACKWARD)
    is_found |= volant_locate_line (self->roads, self->turns, self->index, reversed,
                                    report->n_points, report->trim_end_m, report->trim_start_m,
                                    links);
  return is_found ? FOUND : UNMATCHED;
}

static VolantBounds
bounds_of (const VolantRoads *roads)
{
  VolantBounds bounds = VOLANT_BOUNDS_EMPTY;

  for (uint32_t i = 0; i < roads->n_points; i++)
    volant_bounds_add (&bounds, roads->points[i]);
  return bounds;
}

static uint32_t
count_links (const VolantTraffic *traffic)
{
  uint32_t n_changes, n_links = 0;
  const VolantLinkChange *changes = volant_traffic_get_changes (traffic, &n_changes);

  for (uint32_t i = 0; i < n_changes; i++)
    n_links += i == 0 || changes[i].link != changes[i - 1].link;
  return n_links;
}

/* The number of a reason among those already told. */
static uint32_t
number_reason (GHashTable *numbers, GPtrArray *reasons, const char *reason)
{
  void *number;

  if (g_hash_table_lookup_extended (numbers, reason, NULL, &number))
    return GPOINTER_TO_UINT (number);
  g_hash_table_insert (numbers, (void *) reason, GUINT_TO_POINTER (reasons->len));
  g_ptr_array_add (reasons, (void *) reason);
  return reasons->len - 1;
}

VolantTraffic *
volant_traffic_locate (const VolantTrafficReports *reports, const VolantRouter *router,
                       VolantTrafficTally *tally)
{
  const VolantRoads *roads = volant_router_get_roads (router);
  Locator self = { roads, volant_router_get_turns (router), volant_router_get_index (router),
                   bounds_of (roads), NULL };
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (VolantLinkChange));
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();
  VolantTrafficTally counted = { .n_reports = reports->reports->len + reports->n_uncharted,
                                 .n_uncharted = reports->n_uncharted,
                                 .n_other = reports->n_other };
  VolantTraffic *traffic;

  index_ways (&self, reports);
  for (unsigned i = 0; i < reports->reports->len; i++)
    {
      const VolantTrafficReport *report = reports->reports->pdata[i];
      Answer answer;

      g_array_set_size (links, 0);
      answer = report->place == VOLANT_TRAFFIC_ON_WAY ? locate_way (&self, report, links)
                                                      : locate_line (&self, report, links);
      counted.n_located += answer == FOUND;
      counted.n_elsewhere += answer == ELSEWHERE;
      counted.n_unmatched += answer == UNMATCHED;
      for (unsigned k = 0; k < links->len; k++)
        {
          VolantLinkChange change = {
            .link = g_array_index (links, uint32_t, k),
            .speed_mm_per_s = report->speed_mm_per_s,
            .valid_from_s = report->valid_from_s,
            .valid_until_s = MIN (report->valid_until_s, reports->expires_s),
            .reason = number_reason (numbers, reasons, report->reason),
          };

          g_array_append_val (changes, change);
        }
    }
  g_hash_table_unref (self.ways);
  g_ptr_array_add (reasons, NULL);
  traffic = volant_traffic_new ((VolantLinkChange *) changes->data, changes->len,
                                (const char *const *) reasons->pdata);
  counted.n_links = count_links (traffic);
  if (tally != NULL)
    *tally = counted;
  return traffic;
}

/* Unpacked: the largest publications of whole countries have some tens of megabytes. */
#define MAX_DOCUMENT_BYTES (64u << 20)

/* Whether a document is XML rather than JSON. */
static bool
looks_like_xml (GBytes *bytes)
{
  size_t size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (size_t i = 0; i < size; i++)
    if (data[i] == '<' || (data[i] != '\0' && strchr (" \t\r\n\xef\xbb\xbf", data[i]) == NULL))
      return data[i] == '<' || data[i] == '\xff' || data[i] == '\xfe';
  return false;
}

VolantTraffic *
volant_traffic_read (GBytes *bytes, const char *what, const VolantRouter *router, int64_t now_s,
                     VolantTrafficTally *tally, int64_t *expires_s, GError **error)
{
  g_autoptr (GBytes) unpacked = volant_traffic_unpack (bytes, MAX_DOCUMENT_BYTES, error);
  g_autoptr (VolantTrafficReports) reports = NULL;

  if (unpacked != NULL)
    reports = looks_like_xml (unpacked) ? volant_datex_parse (unpacked, now_s, error)
                                        : volant_traffic_file_parse (unpacked, now_s, error);
  if (reports == NULL)
    {
      g_prefix_error (error, "%s: ", what);
      return NULL;
    }
  if (reports->expires_s <= now_s)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "%s: the traffic in it is out of date by %" G_GINT64_FORMAT " s; get a new one",
                   what, now_s - reports->expires_s);
      return NULL;
    }
  if (expires_s != NULL)
    *expires_s = reports->expires_s;
  return volant_traffic_locate (reports, router, tally);
}

static void
append_count (GString *text, unsigned n, const char *words)
{
  if (n > 0)
    g_string_append_printf (text, "; %u %s", n, words);
}

char *
volant_traffic_tally_to_text (const VolantTrafficTally *tally)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u of %u traffic reports found, on %u links", tally->n_located,
                          tally->n_reports, tally->n_links);
  append_count (text, tally->n_elsewhere, "elsewhere");
  append_count (text, tally->n_unmatched, "fit no road of the map");
  append_count (text, tally->n_uncharted, "give no coordinates");
  append_count (text, tally->n_other, "of other things left out");
  return g_string_free (text, FALSE);
}
