/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/drawing/drawing-build.h"

#include "maps/drawing/drawing-classify.h"
#include "maps/drawing/drawing-shapes.h"

#include <gio/gio.h>
#include <math.h>

/* From an OpenStreetMap extract to the DRAW section. Nodes give labels; closed ways and multipolygons
 * give areas and buildings, and labels on them; other ways give lines, joined where nothing but the
 * way's id changes; coastlines give the sea. References that point outside the extract are passed
 * over: a line is drawn through the nodes that are there. */

/* How far beyond the data the sea goes on. */
#define SEA_BEYOND_DEG 0.6
/* An area is named once it is this wide. */
#define NAMED_AREA_PX 70.0
#define NUMBER_MIN_ZOOM 18
#define NUMBER_RANK 90
#define STEPS_PER_PROGRESS 4096u

typedef struct {
  const VolantOsm *osm;
  VolantDrawingModel *model;
  GPtrArray *lines;      /* VolantDrawingChain; user: index into looks */
  GArray *looks;         /* VolantDrawingLook */
  GPtrArray *coastlines; /* VolantDrawingChain */
  VolantDrawingBox box;
  VolantProgress progress;
  void *progress_data;
  bool is_cancelled;
} Build;

static void
tell (Build *build, uint64_t done, uint64_t all, double from, double to)
{
  double fraction = from + (to - from) * ((double) done / (double) MAX (all, 1));

  if (done % STEPS_PER_PROGRESS == 0 && build->progress != NULL &&
      !build->progress (fraction, "drawing", build->progress_data))
    build->is_cancelled = true;
}

static void
grow_box (VolantDrawingBox *box, const GArray *points)
{
  for (unsigned i = 0; i < points->len; i++)
    {
      VolantDrawingPoint at = g_array_index (points, VolantDrawingPoint, i);

      box->min_x = MIN (box->min_x, at.x);
      box->min_y = MIN (box->min_y, at.y);
      box->max_x = MAX (box->max_x, at.x);
      box->max_y = MAX (box->max_y, at.y);
    }
}

/* A way's points; NULL where fewer than two of its nodes are in the extract. */
static VolantDrawingChain *
chain_of_way (const VolantOsm *osm, const VolantOsmWay *way)
{
  g_autoptr (VolantDrawingChain) chain = volant_drawing_chain_new ();

  for (uint32_t i = 0; i < way->n_refs; i++)
    {
      const VolantOsmNode *node = volant_osm_find_node (osm, osm->refs[way->first_ref + i]);
      VolantDrawingPoint at;

      if (node == NULL)
        continue;
      at = volant_drawing_project (node->point);
      if (chain->points->len == 0)
        chain->first_node = node->id;
      chain->last_node = node->id;
      g_array_append_val (chain->points, at);
    }
  return chain->points->len >= 2 ? g_steal_pointer (&chain) : NULL;
}

static void
add_number (Build *build, const VolantDrawingTags *tags, VolantDrawingPoint at)
{
  VolantDrawingLook look = { .sheet = VOLANT_SHEET_LABELS,
                             .kind = VOLANT_LABEL_NUMBER,
                             .rank = NUMBER_RANK,
                             .min_zoom = NUMBER_MIN_ZOOM };

  look.name = volant_drawing_model_intern (build->model,
                                           volant_drawing_tag (tags, "addr:housenumber"));
  if (look.name != 0)
    volant_drawing_model_add_label (build->model, &look, at);
}

/* What is wide is named early: the zoom at which width_units becomes NAMED_AREA_PX pixels. */
static uint8_t
zoom_for_width (double width_units)
{
  double zoom = 24.0 + log2 (NAMED_AREA_PX / MAX (width_units, 1.0));

  return (uint8_t) CLAMP (ceil (zoom), 8.0, 18.0);
}

static void
add_label (Build *build, const VolantDrawingTags *tags, VolantDrawingPoint at, double width_units)
{
  VolantDrawingLook look;

  add_number (build, tags, at);
  if (!volant_drawing_classify_label (tags, &look))
    return;
  look.name = volant_drawing_model_intern (build->model, volant_drawing_tag (tags, "name"));
  if (look.name == 0)
    return;
  if (width_units > 0.0 && (look.kind == VOLANT_LABEL_PARK || look.kind == VOLANT_LABEL_WATER))
    look.min_zoom = zoom_for_width (width_units);
  volant_drawing_model_add_label (build->model, &look, at);
}

static void
add_area_label (Build *build, const VolantDrawingTags *tags, const VolantDrawingPoint *points,
                uint32_t n_points)
{
  uint32_t min_x = UINT32_MAX;
  uint32_t max_x = 0;

  for (uint32_t i = 0; i < n_points; i++)
    {
      min_x = MIN (min_x, points[i].x);
      max_x = MAX (max_x, points[i].x);
    }
  add_label (build, tags, volant_drawing_ring_centre (points, n_points), max_x - min_x);
}

static void
add_nodes (Build *build)
{
  for (size_t i = 0; i < build->osm->n_nodes && !build->is_cancelled; i++)
    {
      const VolantOsmNode *node = &build->osm->nodes[i];
      VolantDrawingTags tags = { build->osm, node->first_tag, node->n_tags };

      if (node->n_tags > 0)
        add_label (build, &tags, volant_drawing_project (node->point), 0.0);
      tell (build, i, build->osm->n_nodes, 0.0, 0.1);
    }
}

static uint64_t
key_of_look (const VolantDrawingLook *look)
{
  uint64_t key = look->kind | (uint64_t) look->rank << 8 | (uint64_t) look->flags << 16 |
                 (uint64_t) (uint8_t) look->layer << 32;

  return key * UINT64_C (0x9e3779b97f4a7c15) + look->name * UINT64_C (0xc2b2ae3d27d4eb4f) +
         look->ref * UINT64_C (0x165667b19e3779f9);
}

static void
add_line (Build *build, const VolantDrawingTags *tags, VolantDrawingChain *chain,
          VolantDrawingLook *look, bool is_reversed)
{
  look->name = volant_drawing_model_intern (build->model, volant_drawing_tag (tags, "name"));
  look->ref = volant_drawing_model_intern (build->model, volant_drawing_tag (tags, "ref"));
  chain->key = key_of_look (look);
  chain->is_directed = (look->flags & VOLANT_DRAWING_ONEWAY) != 0;
  chain->user = build->looks->len;
  if (is_reversed)
    {
      VolantDrawingPoint *points = (VolantDrawingPoint *) (void *) chain->points->data;
      int64_t node = chain->first_node;

      for (unsigned i = 0, j = chain->points->len - 1; i < j; i++, j--)
        {
          VolantDrawingPoint point = points[i];

          points[i] = points[j];
          points[j] = point;
        }
      chain->first_node = chain->last_node;
      chain->last_node = node;
    }
  g_array_append_val (build->looks, *look);
  g_ptr_array_add (build->lines, chain);
}

static bool
is_outline_only (const VolantDrawingLook *area)
{
  return area->sheet == VOLANT_SHEET_AREAS &&
         (area->kind == VOLANT_AREA_PEDESTRIAN || area->kind == VOLANT_AREA_PIER);
}

static void
add_way (Build *build, const VolantOsmWay *way)
{
  VolantDrawingTags tags = { build->osm, way->first_tag, way->n_tags };
  g_autoptr (VolantDrawingChain) chain = NULL;
  VolantDrawingLook area, line;
  bool is_area, is_reversed;

  if (way->n_tags == 0)
    return;
  chain = chain_of_way (build->osm, way);
  if (chain == NULL)
    return;
  is_area = volant_drawing_chain_is_ring (chain) && volant_drawing_classify_area (&tags, &area);
  if (is_area)
    {
      volant_drawing_model_begin (build->model, &area);
      volant_drawing_model_add_part (build->model,
                                     (VolantDrawingPoint *) (void *) chain->points->data,
                                     chain->points->len);
    }
  if (volant_drawing_chain_is_ring (chain))
    add_area_label (build, &tags, (VolantDrawingPoint *) (void *) chain->points->data,
                    chain->points->len);
  if (g_strcmp0 (volant_drawing_tag (&tags, "natural"), "coastline") == 0)
    {
      chain->is_directed = true;
      g_ptr_array_add (build->coastlines, g_steal_pointer (&chain));
      return;
    }
  grow_box (&build->box, chain->points);
  if (!(is_area && is_outline_only (&area)) &&
      volant_drawing_classify_line (&tags, &line, &is_reversed))
    add_line (build, &tags, g_steal_pointer (&chain), &line, is_reversed);
}

static void
add_ways (Build *build)
{
  for (size_t i = 0; i < build->osm->n_ways && !build->is_cancelled; i++)
    {
      add_way (build, &build->osm->ways[i]);
      tell (build, i, build->osm->n_ways, 0.1, 0.5);
    }
}

/* Rings of a multipolygon, outer and inner alike: the even-odd rule tells them apart. Unclosed ones
 * (members outside the extract) are left out. */
static GPtrArray *
rings_of_relation (const VolantOsm *osm, const VolantOsmRelation *relation)
{
  GPtrArray *chains = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_drawing_chain_free);

  for (uint32_t i = 0; i < relation->n_members; i++)
    {
      const VolantOsmMember *member = &osm->members[relation->first_member + i];
      const VolantOsmWay *way =
          member->kind == VOLANT_OSM_WAY ? volant_osm_find_way (osm, member->id) : NULL;
      VolantDrawingChain *chain = way != NULL ? chain_of_way (osm, way) : NULL;

      if (chain == NULL)
        continue;
      chain->key = g_strcmp0 (member->role, "inner") == 0;
      g_ptr_array_add (chains, chain);
    }
  volant_drawing_chains_join_rings (chains);
  for (unsigned i = chains->len; i-- > 0;)
    if (!volant_drawing_chain_is_ring (chains->pdata[i]))
      g_ptr_array_remove_index (chains, i);
  return chains;
}

static const VolantDrawingChain *
largest_outer (GPtrArray *rings)
{
  const VolantDrawingChain *largest = NULL;
  double largest_area = -1.0;

  for (unsigned i = 0; i < rings->len; i++)
    {
      const VolantDrawingChain *ring = rings->pdata[i];
      double area = fabs (volant_drawing_ring_area (
          (VolantDrawingPoint *) (void *) ring->points->data, ring->points->len));

      if (ring->key == 0 && area > largest_area)
        {
          largest = ring;
          largest_area = area;
        }
    }
  return largest;
}

static void
add_relation (Build *build, const VolantOsmRelation *relation)
{
  VolantDrawingTags tags = { build->osm, relation->first_tag, relation->n_tags };
  g_autoptr (GPtrArray) rings = NULL;
  const VolantDrawingChain *outer;
  VolantDrawingLook look;

  if (g_strcmp0 (volant_drawing_tag (&tags, "type"), "multipolygon") != 0)
    return;
  if (!volant_drawing_classify_area (&tags, &look))
    return;
  rings = rings_of_relation (build->osm, relation);
  outer = largest_outer (rings);
  if (outer == NULL)
    return;
  volant_drawing_model_begin (build->model, &look);
  for (unsigned i = 0; i < rings->len; i++)
    {
      const VolantDrawingChain *ring = rings->pdata[i];

      volant_drawing_model_add_part (build->model,
                                     (VolantDrawingPoint *) (void *) ring->points->data,
                                     ring->points->len);
    }
  add_area_label (build, &tags, (VolantDrawingPoint *) (void *) outer->points->data,
                  outer->points->len);
}

static void
add_lines (Build *build)
{
  volant_drawing_chains_join (build->lines);
  for (unsigned i = 0; i < build->lines->len; i++)
    {
      const VolantDrawingChain *chain = build->lines->pdata[i];

      volant_drawing_model_begin (build->model,
                                  &g_array_index (build->looks, VolantDrawingLook, chain->user));
      volant_drawing_model_add_part (build->model,
                                     (VolantDrawingPoint *) (void *) chain->points->data,
                                     chain->points->len);
    }
}

static void
add_sea (Build *build)
{
  VolantDrawingLook look = { .sheet = VOLANT_SHEET_AREAS, .kind = VOLANT_AREA_SEA };
  double beyond = SEA_BEYOND_DEG / 360.0 * 4294967296.0;
  VolantDrawingBox wide = build->box;
  g_autoptr (GPtrArray) rings = NULL;

  for (unsigned i = 0; i < build->coastlines->len; i++)
    grow_box (&wide, ((const VolantDrawingChain *) build->coastlines->pdata[i])->points);
  wide.min_x = (uint32_t) MAX (wide.min_x - beyond, 0.0);
  wide.min_y = (uint32_t) MAX (wide.min_y - beyond, 0.0);
  wide.max_x = (uint32_t) MIN (wide.max_x + beyond, 4294967295.0);
  wide.max_y = (uint32_t) MIN (wide.max_y + beyond, 4294967295.0);
  rings = volant_drawing_sea (build->coastlines, &build->box, &wide);
  if (rings->len == 0)
    return;
  volant_drawing_model_begin (build->model, &look);
  for (unsigned i = 0; i < rings->len; i++)
    {
      const GArray *ring = rings->pdata[i];

      volant_drawing_model_add_part (build->model, (VolantDrawingPoint *) (void *) ring->data,
                                     ring->len);
    }
}

static void
settle_box (Build *build)
{
  if (build->osm->has_bounds && !volant_bounds_is_empty (&build->osm->bounds))
    {
      const VolantBounds *bounds = &build->osm->bounds;
      VolantDrawingPoint north_west =
          volant_drawing_project ((VolantPoint) { bounds->max_lat_e7, bounds->min_lon_e7 });
      VolantDrawingPoint south_east =
          volant_drawing_project ((VolantPoint) { bounds->min_lat_e7, bounds->max_lon_e7 });

      build->box = (VolantDrawingBox) { north_west.x, north_west.y, south_east.x, south_east.y };
    }
  if (build->box.min_x > build->box.max_x || build->box.min_y > build->box.max_y)
    build->box = (VolantDrawingBox) { 0, 0, UINT32_MAX, UINT32_MAX };
}

/* The DRAW section's bytes (transfer full), which volant_drawing_open_bytes () reads.
 * G_IO_ERROR_CANCELLED where progress asked to stop; nothing else fails: what cannot be drawn is
 * left out. */
GBytes *
volant_drawing_build (const VolantOsm *osm, VolantProgress progress, void *data, GError **error)
{
  g_autoptr (VolantDrawingModel) model = volant_drawing_model_new ();
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_drawing_chain_free);
  g_autoptr (GPtrArray) coastlines =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_drawing_chain_free);
  g_autoptr (GArray) looks = g_array_new (FALSE, FALSE, sizeof (VolantDrawingLook));
  Build build = { .osm = osm,
                  .model = model,
                  .lines = lines,
                  .looks = looks,
                  .coastlines = coastlines,
                  .box = { UINT32_MAX, UINT32_MAX, 0, 0 },
                  .progress = progress,
                  .progress_data = data };

  g_return_val_if_fail (osm != NULL, NULL);

  add_nodes (&build);
  add_ways (&build);
  for (size_t i = 0; i < osm->n_relations && !build.is_cancelled; i++)
    add_relation (&build, &osm->relations[i]);
  if (!build.is_cancelled)
    tell (&build, 0, 1, 0.6, 1.0);
  if (build.is_cancelled)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "drawing the map was stopped");
      return NULL;
    }
  settle_box (&build);
  add_lines (&build);
  add_sea (&build);
  return volant_drawing_model_serialize (model, &build.box);
}

/* Builds the DRAW section and adds it to the city that writer makes. */
bool
volant_drawing_write (const VolantOsm *osm, VolantCityWriter *writer, VolantProgress progress,
                      void *data, GError **error)
{
  g_autoptr (GBytes) bytes = volant_drawing_build (osm, progress, data, error);
  size_t size = 0;
  const void *content;

  if (bytes == NULL)
    return false;
  content = g_bytes_get_data (bytes, &size);
  return volant_city_writer_add (writer, VOLANT_CITY_DRAWING, content, size, error);
}
