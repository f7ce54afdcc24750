/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/roads-build.h"

#include "maps/roads/islands.h"
#include "maps/roads/road-elevation.h"
#include "maps/roads/road-restrictions.h"
#include "maps/roads/road-speed.h"
#include "maps/roads/road-tags.h"
#include "maps/roads/roads-format.h"
#include "maps/roads/urban.h"

#include <gio/gio.h>
#include <math.h>
#include <string.h>

/* From ways to segments: one walk over the roads counts how often each node is used and finds what
 * splits them, a second cuts them into segments between junctions, then restrictions are resolved
 * and everything is laid out. Ways are walked in the order of their ids, so the same extract gives
 * the same bytes. */

#define NO_JUNCTION G_MAXUINT32
#define NO_NODE G_MAXUINT32

enum { UNUSED, USED, SPLITS };

typedef struct {
  const VolantOsm *osm;
  const VolantRoadsOptions *options;
  VolantRoadsReport *report;
  uint8_t *way_is_road;  /* per way */
  uint32_t *node_of_ref; /* per ref of a road: index of the node, NO_NODE where missing */
  uint8_t *node_use;     /* per node */
  uint32_t *junction_of; /* per node */
  VolantUrban *urban;
  GArray *segments;
  GArray *junctions;
  GArray *points;
  GArray *restrictions;
  GArray *restriction_links;
  GArray *limits;
  GArray *way_limits; /* of the way at hand, or of a node */
  uint32_t *first_out;
  uint32_t *out_links;
  int16_t *elevations_dm;
  GHashTable *string_offsets;
  GByteArray *strings;
  GStringChunk *joined;
} Builder;

static void
builder_init (Builder *builder, const VolantOsm *osm)
{
  builder->osm = osm;
  builder->way_is_road = g_malloc0 (osm->n_ways + 1);
  builder->node_of_ref = g_new (uint32_t, osm->n_refs + 1);
  builder->node_use = g_malloc0 (osm->n_nodes + 1);
  builder->junction_of = g_new (uint32_t, osm->n_nodes + 1);
  memset (builder->junction_of, 0xff, (osm->n_nodes + 1) * sizeof (uint32_t));
  builder->urban = volant_urban_new ();
  builder->segments = g_array_new (FALSE, FALSE, sizeof (VolantSegment));
  builder->junctions = g_array_new (FALSE, FALSE, sizeof (VolantJunction));
  builder->points = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  builder->restrictions = g_array_new (FALSE, FALSE, sizeof (VolantRestriction));
  builder->restriction_links = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  builder->limits = g_array_new (FALSE, FALSE, sizeof (VolantLimit));
  builder->way_limits = g_array_new (FALSE, FALSE, sizeof (VolantLimit));
  builder->string_offsets = g_hash_table_new (g_str_hash, g_str_equal);
  builder->strings = g_byte_array_new ();
  builder->joined = g_string_chunk_new (4096);
  g_byte_array_append (builder->strings, (const uint8_t *) "", 1);
}

static void
builder_clear (Builder *builder)
{
  g_free (builder->way_is_road);
  g_free (builder->node_of_ref);
  g_free (builder->node_use);
  g_free (builder->junction_of);
  volant_urban_free (builder->urban);
  g_clear_pointer (&builder->segments, g_array_unref);
  g_clear_pointer (&builder->junctions, g_array_unref);
  g_clear_pointer (&builder->points, g_array_unref);
  g_clear_pointer (&builder->restrictions, g_array_unref);
  g_clear_pointer (&builder->restriction_links, g_array_unref);
  g_clear_pointer (&builder->limits, g_array_unref);
  g_clear_pointer (&builder->way_limits, g_array_unref);
  g_free (builder->first_out);
  g_free (builder->out_links);
  g_free (builder->elevations_dm);
  g_hash_table_unref (builder->string_offsets);
  g_byte_array_unref (builder->strings);
  g_string_chunk_free (builder->joined);
}

/* Where a text stands in the section; each is kept once. It must outlive the builder. */
static uint32_t
add_string (Builder *builder, const char *text)
{
  void *found;
  uint32_t offset;

  if (*text == '\0')
    return 0;
  if (g_hash_table_lookup_extended (builder->string_offsets, text, NULL, &found))
    return GPOINTER_TO_UINT (found);
  offset = builder->strings->len;
  g_byte_array_append (builder->strings, (const uint8_t *) text, (unsigned) strlen (text) + 1);
  g_hash_table_insert (builder->string_offsets, (char *) text, GUINT_TO_POINTER (offset));
  return offset;
}

static VolantPoint
point_of (const Builder *builder, uint32_t node)
{
  return builder->osm->nodes[node].point;
}

/* Marks the nodes of a road; the ends of each piece that lies within the extract are junctions. */
static void
mark_road (Builder *builder, const VolantOsmWay *way)
{
  const char *highway = volant_osm_way_tag (builder->osm, way, "highway");
  bool is_residential = highway != NULL && (strcmp (highway, "residential") == 0 ||
                                            strcmp (highway, "living_street") == 0);
  uint32_t before = NO_NODE;
  uint32_t n_missing = 0;

  for (uint32_t i = way->first_ref; i < way->first_ref + way->n_refs; i++)
    {
      const VolantOsmNode *found = volant_osm_find_node (builder->osm, builder->osm->refs[i]);
      uint32_t node = found != NULL ? (uint32_t) (found - builder->osm->nodes) : NO_NODE;

      builder->node_of_ref[i] = node;
      if (node == NO_NODE)
        n_missing++;
      else if (node != before)
        builder->node_use[node] =
            builder->node_use[node] == UNUSED && before != NO_NODE ? USED : SPLITS;
      if (node == NO_NODE && before != NO_NODE)
        builder->node_use[before] = SPLITS;
      if (node != NO_NODE && before != NO_NODE && is_residential)
        volant_urban_add_street (builder->urban, point_of (builder, before),
                                 point_of (builder, node));
      before = node;
    }
  if (before != NO_NODE)
    builder->node_use[before] = SPLITS;
  builder->report->n_missing_refs += n_missing;
  builder->report->n_clipped_roads += n_missing > 0;
}

/* Signals, barriers and the like must lie at a junction, and so must the via of a restriction. */
static void
mark_special_nodes (Builder *builder)
{
  const VolantOsm *osm = builder->osm;

  for (size_t i = 0; i < osm->n_nodes; i++)
    {
      VolantNodeTraits traits;

      if (builder->node_use[i] != USED || osm->nodes[i].n_tags == 0)
        continue;
      volant_node_get_traits (osm, &osm->nodes[i], &traits);
      g_array_set_size (builder->way_limits, 0);
      volant_node_get_limits (osm, &osm->nodes[i], builder->way_limits);
      if (traits.splits || builder->way_limits->len > 0)
        builder->node_use[i] = SPLITS;
    }
  for (size_t i = 0; i < osm->n_relations; i++)
    {
      const VolantOsmRelation *relation = &osm->relations[i];

      if (!volant_relation_is_restriction (osm, relation))
        continue;
      for (uint32_t m = 0; m < relation->n_members; m++)
        {
          const VolantOsmMember *member = &osm->members[relation->first_member + m];
          const VolantOsmNode *node = member->kind == VOLANT_OSM_NODE
                                          ? volant_osm_find_node (osm, member->id)
                                          : NULL;

          if (node != NULL && builder->node_use[node - osm->nodes] == USED)
            builder->node_use[node - osm->nodes] = SPLITS;
        }
    }
}

/* Keeps the limits at hand for a segment or a junction. */
static void
add_limits (Builder *builder, uint32_t place)
{
  for (unsigned i = 0; i < builder->way_limits->len; i++)
    {
      VolantLimit limit = g_array_index (builder->way_limits, VolantLimit, i);

      limit.place = place;
      g_array_append_val (builder->limits, limit);
    }
}

static uint32_t
get_junction (Builder *builder, uint32_t node)
{
  const VolantOsmNode *osm_node = &builder->osm->nodes[node];
  VolantNodeTraits traits;
  VolantJunction junction;

  if (builder->junction_of[node] != NO_JUNCTION)
    return builder->junction_of[node];
  volant_node_get_traits (builder->osm, osm_node, &traits);
  junction = (VolantJunction) {
    .node_id = osm_node->id,
    .point = osm_node->point,
    .flags = traits.flags,
    .blocked_modes = traits.blocked_modes,
    .reserved = traits.is_private, /* until mark_private_barriers () */
    .exit_ref = traits.exit_ref != NULL ? add_string (builder, traits.exit_ref) : 0,
  };
  builder->junction_of[node] = builder->junctions->len;
  g_array_append_val (builder->junctions, junction);
  return builder->junction_of[node];
}

/* Appends a segment through nodes[0 … count), which begins and ends at junctions. */
static void
add_segment (Builder *builder, const VolantSegment *shared, const VolantOsmWay *way,
             const VolantWayTraits *traits, const uint32_t *nodes, uint32_t count, double way_m)
{
  VolantSegment segment = *shared;
  VolantWaySpeed speed;
  bool is_urban = true; /* where it makes no difference */
  double length_m = 0.0;

  segment.from_node = get_junction (builder, nodes[0]);
  segment.to_node = get_junction (builder, nodes[count - 1]);
  segment.first_point = builder->points->len;
  segment.n_points = count;
  for (uint32_t i = 0; i < count; i++)
    {
      VolantPoint point = point_of (builder, nodes[i]);

      if (i > 0)
        length_m += volant_geo_distance_m (point_of (builder, nodes[i - 1]), point);
      g_array_append_val (builder->points, point);
    }
  if (traits->road_class <= VOLANT_ROAD_UNCLASSIFIED || traits->road_class == VOLANT_ROAD_TRACK)
    is_urban = volant_urban_contains (builder->urban, point_of (builder, nodes[count / 2]));
  segment.length_mm = (uint32_t) CLAMP (llrint (length_m * 1000.0), 1, G_MAXINT32);
  volant_way_get_speed (builder->osm, way, traits, builder->options->country, is_urban, way_m,
                        &speed);
  memcpy (segment.speed_kmh, speed.speed_kmh, sizeof segment.speed_kmh);
  segment.speed_signed = speed.signed_mask;
  add_limits (builder, builder->segments->len);
  g_array_append_val (builder->segments, segment);
}

/* Cuts a run of nodes at its junctions. A run that ends where it began is cut in the middle too: a
 * segment from a junction to itself would leave it unsaid which end one arrives at. */
static void
add_run (Builder *builder, const VolantSegment *shared, const VolantOsmWay *way,
         const VolantWayTraits *traits, const uint32_t *nodes, uint32_t count, double way_m)
{
  uint32_t start = 0;

  for (uint32_t i = 1; i < count; i++)
    {
      if (builder->node_use[nodes[i]] != SPLITS)
        continue;
      if (nodes[i] == nodes[start] && i - start >= 2)
        {
          uint32_t middle = start + (i - start) / 2;

          add_segment (builder, shared, way, traits, nodes + start, middle - start + 1, way_m);
          start = middle;
        }
      add_segment (builder, shared, way, traits, nodes + start, i - start + 1, way_m);
      start = i;
    }
}

static double
length_of_way_m (const Builder *builder, const VolantOsmWay *way)
{
  double length_m = 0.0;

  for (uint32_t i = way->first_ref + 1; i < way->first_ref + way->n_refs; i++)
    if (builder->node_of_ref[i] != NO_NODE && builder->node_of_ref[i - 1] != NO_NODE)
      length_m += volant_geo_distance_m (point_of (builder, builder->node_of_ref[i - 1]),
                                         point_of (builder, builder->node_of_ref[i]));
  return length_m;
}

static void
add_road (Builder *builder, const VolantOsmWay *way, GArray *run)
{
  VolantWayTraits traits;
  VolantSegment shared = { .way_id = way->id };
  unsigned n_before = builder->segments->len;
  double way_m = 0.0;

  volant_way_get_traits (builder->osm, way, builder->joined, &traits);
  shared.name = add_string (builder, traits.name);
  shared.ref = add_string (builder, traits.ref);
  shared.destination = add_string (builder, traits.destination[0]);
  shared.destination_backward = add_string (builder, traits.destination[1]);
  shared.turn_lanes = add_string (builder, traits.turn_lanes[0]);
  shared.turn_lanes_backward = add_string (builder, traits.turn_lanes[1]);
  shared.flags = traits.flags;
  shared.road_class = (uint8_t) traits.road_class;
  shared.layer = traits.layer;
  memcpy (shared.access, traits.access, sizeof shared.access);
  memcpy (shared.lanes, traits.lanes, sizeof shared.lanes);
  g_array_set_size (builder->way_limits, 0);
  volant_way_get_limits (builder->osm, way, traits.access, builder->way_limits);
  if (traits.road_class == VOLANT_ROAD_FERRY)
    way_m = length_of_way_m (builder, way);
  g_array_set_size (run, 0);
  for (uint32_t i = 0; i <= way->n_refs; i++)
    {
      uint32_t node = i < way->n_refs ? builder->node_of_ref[way->first_ref + i] : NO_NODE;

      if (node == NO_NODE)
        {
          add_run (builder, &shared, way, &traits, (const uint32_t *) (void *) run->data, run->len,
                   way_m);
          g_array_set_size (run, 0);
        }
      else if (run->len == 0 || g_array_index (run, uint32_t, run->len - 1) != node)
        g_array_append_val (run, node);
    }
  builder->report->n_roads += builder->segments->len > n_before;
}

static VolantRoads
view_of (const Builder *builder)
{
  return (VolantRoads) {
    .n_segments = builder->segments->len,
    .n_junctions = builder->junctions->len,
    .n_points = builder->points->len,
    .segments = (const VolantSegment *) (void *) builder->segments->data,
    .junctions = (const VolantJunction *) (void *) builder->junctions->data,
    .points = (const VolantPoint *) (void *) builder->points->data,
    .first_out = builder->first_out,
    .out_links = builder->out_links,
  };
}

static void
list_out_links (Builder *builder)
{
  VolantRoads roads = view_of (builder);
  g_autofree uint32_t *next = g_new (uint32_t, roads.n_junctions + 1);

  builder->first_out = g_new0 (uint32_t, roads.n_junctions + 1);
  builder->out_links = g_new (uint32_t, roads.n_segments * 2 + 1);
  for (uint32_t link = 0; link < roads.n_segments * 2; link++)
    builder->first_out[volant_roads_link_from (&roads, link) + 1]++;
  for (uint32_t j = 0; j < roads.n_junctions; j++)
    builder->first_out[j + 1] += builder->first_out[j];
  memcpy (next, builder->first_out, (roads.n_junctions + 1) * sizeof *next);
  for (uint32_t link = 0; link < roads.n_segments * 2; link++)
    builder->out_links[next[volant_roads_link_from (&roads, link)]++] = link;
}

/* What lies at a private gate is for those who begin or end there; nobody drives through. */
static void
mark_private_barriers (Builder *builder)
{
  for (uint32_t j = 0; j < builder->junctions->len; j++)
    {
      VolantJunction *junction = &g_array_index (builder->junctions, VolantJunction, j);
      uint32_t n_out = builder->first_out[j + 1] - builder->first_out[j];

      for (uint32_t i = builder->first_out[j]; junction->reserved && n_out <= 2 &&
                                               i < builder->first_out[j + 1]; i++)
        g_array_index (builder->segments, VolantSegment, builder->out_links[i] >> 1).flags |=
            VOLANT_ROAD_FLAG_DESTINATION_ONLY;
      junction->reserved = 0;
    }
}

static void
add_junction_limits (Builder *builder)
{
  const VolantOsm *osm = builder->osm;

  for (size_t i = 0; i < osm->n_nodes; i++)
    {
      if (builder->junction_of[i] == NO_JUNCTION || osm->nodes[i].n_tags == 0)
        continue;
      g_array_set_size (builder->way_limits, 0);
      volant_node_get_limits (osm, &osm->nodes[i], builder->way_limits);
      add_limits (builder, builder->junction_of[i]);
    }
}

static void
copy_part (uint8_t *data, const VolantRoadsPart *part, const void *array)
{
  if (part->size > 0)
    memcpy (data + part->offset, array, part->size);
}

/* The same from an array that is let go: a large city shall not lie in memory twice. */
static void
take_part (uint8_t *data, const VolantRoadsPart *part, GArray **array)
{
  copy_part (data, part, (*array)->data);
  g_clear_pointer (array, g_array_unref);
}

static GBytes *
lay_out (Builder *builder)
{
  VolantRoadsHeader header = {
    .magic = VOLANT_ROADS_MAGIC,
    .flags =
        (builder->elevations_dm != NULL ? VOLANT_ROADS_HAS_ELEVATION : 0) |
        (volant_country_drives_on_left (builder->options->country) ? VOLANT_ROADS_DRIVES_ON_LEFT
                                                                   : 0),
    .n_segments = builder->segments->len,
    .n_junctions = builder->junctions->len,
    .n_points = builder->points->len,
    .n_restrictions = builder->restrictions->len,
    .n_restriction_links = builder->restriction_links->len,
    .strings_size = builder->strings->len,
    .n_limits = builder->limits->len,
  };
  VolantRoadsPart parts[VOLANT_ROADS_N_PARTS];
  uint64_t size = volant_roads_layout (&header, parts);
  uint8_t *data = g_malloc0 (size);

  memcpy (data, &header, sizeof header);
  take_part (data, &parts[VOLANT_ROADS_SEGMENTS], &builder->segments);
  take_part (data, &parts[VOLANT_ROADS_JUNCTIONS], &builder->junctions);
  take_part (data, &parts[VOLANT_ROADS_POINTS], &builder->points);
  take_part (data, &parts[VOLANT_ROADS_RESTRICTIONS], &builder->restrictions);
  take_part (data, &parts[VOLANT_ROADS_RESTRICTION_LINKS], &builder->restriction_links);
  take_part (data, &parts[VOLANT_ROADS_LIMITS], &builder->limits);
  copy_part (data, &parts[VOLANT_ROADS_FIRST_OUT], builder->first_out);
  copy_part (data, &parts[VOLANT_ROADS_OUT_LINKS], builder->out_links);
  copy_part (data, &parts[VOLANT_ROADS_ELEVATIONS], builder->elevations_dm);
  copy_part (data, &parts[VOLANT_ROADS_STRINGS], builder->strings->data);
  return g_bytes_new_take (data, size);
}

static bool
report_progress (VolantProgress progress, void *data, double fraction, GError **error)
{
  if (progress == NULL || progress (fraction, "roads", data))
    return true;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "stopped while making the roads");
  return false;
}

static bool
make_segments (Builder *builder, VolantProgress progress, void *data, GError **error)
{
  const VolantOsm *osm = builder->osm;
  g_autoptr (GArray) run = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (size_t i = 0; i < osm->n_ways; i++)
    {
      builder->way_is_road[i] = volant_way_is_road (osm, &osm->ways[i]);
      if (builder->way_is_road[i])
        mark_road (builder, &osm->ways[i]);
      if (i % 4096 == 0 && !report_progress (progress, data, 0.3 * i / osm->n_ways, error))
        return false;
    }
  mark_special_nodes (builder);
  for (size_t i = 0; i < osm->n_ways; i++)
    {
      if (builder->way_is_road[i])
        add_road (builder, &osm->ways[i], run);
      if (i % 4096 == 0 && !report_progress (progress, data, 0.3 + 0.5 * i / osm->n_ways, error))
        return false;
    }
  return true;
}

static bool
has_car_road (const Builder *builder)
{
  for (unsigned i = 0; i < builder->segments->len; i++)
    {
      const VolantSegment *segment = &g_array_index (builder->segments, VolantSegment, i);

      if (((segment->access[0] | segment->access[1]) & VOLANT_MODE_BIT (VOLANT_MODE_CAR)) != 0)
        return true;
    }
  return false;
}

static bool
build (Builder *builder, VolantProgress progress, void *data, GError **error)
{
  VolantRoads roads;

  if (!make_segments (builder, progress, data, error))
    return false;
  if (!has_car_road (builder))
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "there are no roads for cars in it%s; give an extract with highways and their "
                   "nodes",
                   builder->report->n_missing_refs > 0 ? " (roads name nodes that it does not hold)"
                                                       : "");
      return false;
    }
  list_out_links (builder);
  mark_private_barriers (builder);
  add_junction_limits (builder);
  roads = view_of (builder);
  volant_restrictions_build (builder->osm, &roads, builder->junction_of, builder->restrictions,
                             builder->restriction_links, builder->report);
  builder->report->n_islands = volant_roads_count_islands (&roads, VOLANT_MODE_CAR);
  if (builder->options->elevation != NULL)
    builder->elevations_dm = volant_roads_elevations (&roads, builder->options->elevation,
                                                      &builder->report->n_missing_elevations);
  /* what is below is only laid out: what it took to find it may go */
  g_clear_pointer (&builder->node_of_ref, g_free);
  g_clear_pointer (&builder->junction_of, g_free);
  return report_progress (progress, data, 1.0, error);
}

/* The bytes of a roads section (transfer full). report is filled; progress may be NULL. Errors:
 * VOLANT_MAPS_ERROR_EMPTY where no car may go anywhere, G_IO_ERROR_CANCELLED. */
GBytes *
volant_roads_build (const VolantOsm *osm, const VolantRoadsOptions *options,
                    VolantRoadsReport *report, VolantProgress progress, void *data, GError **error)
{
  Builder builder = { .options = options, .report = report };
  GBytes *bytes = NULL;

  *report = (VolantRoadsReport) { 0 };
  builder_init (&builder, osm);
  if (build (&builder, progress, data, error))
    bytes = lay_out (&builder);
  builder_clear (&builder);
  return bytes;
}
