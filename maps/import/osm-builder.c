/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/osm-builder.h"

#include "maps/error.h"

#include <string.h>

/* Growing arrays behind a VolantOsm. Files are nearly always sorted by id; what is not is sorted at
 * the end, and of objects with one id the last wins (as in concatenated extracts). With roads_only,
 * what the roads do not need is let go as soon as an object is complete: most of a city is
 * buildings. */

typedef enum {
  NOTHING,
  NODE,
  WAY,
  RELATION,
} Current;

struct _VolantOsmBuilder {
  GArray *nodes;
  GArray *ways;
  GArray *relations;
  GArray *tags;
  GArray *refs;
  GArray *members;
  GStringChunk *strings;
  Current current;
  bool roads_only;
  bool too_large;
  bool has_bounds;
  VolantBounds bounds;
};

/* roads_only: keep of the extract only what maps/roads and the finding of the country read. */
VolantOsmBuilder *
volant_osm_builder_new (bool roads_only)
{
  VolantOsmBuilder *builder = g_new0 (VolantOsmBuilder, 1);

  builder->nodes = g_array_new (FALSE, FALSE, sizeof (VolantOsmNode));
  builder->ways = g_array_new (FALSE, FALSE, sizeof (VolantOsmWay));
  builder->relations = g_array_new (FALSE, FALSE, sizeof (VolantOsmRelation));
  builder->tags = g_array_new (FALSE, FALSE, sizeof (VolantOsmTag));
  builder->refs = g_array_new (FALSE, FALSE, sizeof (int64_t));
  builder->members = g_array_new (FALSE, FALSE, sizeof (VolantOsmMember));
  builder->strings = g_string_chunk_new (65536);
  builder->roads_only = roads_only;
  return builder;
}

/* builder may be NULL. */
void
volant_osm_builder_free (VolantOsmBuilder *builder)
{
  if (builder == NULL)
    return;
  g_array_unref (builder->nodes);
  g_array_unref (builder->ways);
  g_array_unref (builder->relations);
  g_array_unref (builder->tags);
  g_array_unref (builder->refs);
  g_array_unref (builder->members);
  if (builder->strings != NULL)
    g_string_chunk_free (builder->strings);
  g_free (builder);
}

/* The one copy of a text in this extract; what is not UTF-8 is made so. */
const char *
volant_osm_builder_intern (VolantOsmBuilder *builder, const char *text)
{
  g_autofree char *repaired = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    text = repaired = g_utf8_make_valid (text, -1);
  return g_string_chunk_insert_const (builder->strings, text);
}

static VolantOsmNode *
last_node (VolantOsmBuilder *builder)
{
  return &g_array_index (builder->nodes, VolantOsmNode, builder->nodes->len - 1);
}

static VolantOsmWay *
last_way (VolantOsmBuilder *builder)
{
  return &g_array_index (builder->ways, VolantOsmWay, builder->ways->len - 1);
}

static VolantOsmRelation *
last_relation (VolantOsmBuilder *builder)
{
  return &g_array_index (builder->relations, VolantOsmRelation, builder->relations->len - 1);
}

static bool
is_road_key (const char *key)
{
  return strcmp (key, "highway") == 0 || strcmp (key, "route") == 0;
}

/* What nodes and other ways say about the country must not depend on roads_only. */
static bool
is_country_key (const char *key)
{
  return strcmp (key, "addr:country") == 0 || g_str_has_prefix (key, "is_in:country");
}

static bool
is_node_key (const char *key)
{
  static const char *const keys[] = { "highway",       "barrier", "access",   "vehicle", "crossing",
                                      "motor_vehicle", "motorcar", "bus",     "psv",     "foot",
                                      "ref",           "bicycle",  "direction" };

  for (unsigned i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (key, keys[i]) == 0)
      return true;
  return is_country_key (key);
}

/* Keeps of the tags from first on those that keep says; the rest are let go. */
static uint32_t
filter_tags (VolantOsmBuilder *builder, uint32_t first, bool (*keep) (const char *key))
{
  uint32_t kept = first;

  for (uint32_t i = first; i < builder->tags->len; i++)
    {
      VolantOsmTag tag = g_array_index (builder->tags, VolantOsmTag, i);

      if (keep (tag.key))
        g_array_index (builder->tags, VolantOsmTag, kept++) = tag;
    }
  g_array_set_size (builder->tags, kept);
  return kept - first;
}

static bool
has_tag (VolantOsmBuilder *builder, uint32_t first, bool (*wanted) (const char *key))
{
  for (uint32_t i = first; i < builder->tags->len; i++)
    if (wanted (g_array_index (builder->tags, VolantOsmTag, i).key))
      return true;
  return false;
}

static void
let_go_way (VolantOsmBuilder *builder)
{
  VolantOsmWay *way = last_way (builder);

  if (has_tag (builder, way->first_tag, is_road_key))
    return;
  g_array_set_size (builder->refs, way->first_ref);
  way->n_refs = 0;
  way->n_tags = filter_tags (builder, way->first_tag, is_country_key);
  if (way->n_tags == 0)
    g_array_set_size (builder->ways, builder->ways->len - 1);
}

static void
let_go_relation (VolantOsmBuilder *builder)
{
  VolantOsmRelation *relation = last_relation (builder);

  for (uint32_t i = relation->first_tag; i < builder->tags->len; i++)
    {
      VolantOsmTag *tag = &g_array_index (builder->tags, VolantOsmTag, i);

      if (g_str_has_prefix (tag->key, "restriction") || g_str_has_prefix (tag->key, "ISO3166") ||
          is_country_key (tag->key))
        return;
    }
  volant_osm_builder_drop (builder);
}

/* Called where an object is complete. */
static void
end_object (VolantOsmBuilder *builder)
{
  if (builder->current == NODE && builder->roads_only && last_node (builder)->n_tags > 0)
    last_node (builder)->n_tags =
        filter_tags (builder, last_node (builder)->first_tag, is_node_key);
  else if (builder->current == WAY && builder->roads_only)
    let_go_way (builder);
  else if (builder->current == RELATION && builder->roads_only)
    let_go_relation (builder);
  builder->current = NOTHING;
  /* indices are 32 bits wide; GArray counts in the same */
  if (builder->nodes->len > G_MAXINT32 / 2 || builder->ways->len > G_MAXINT32 / 2 ||
      builder->tags->len > G_MAXINT32 / 2 || builder->refs->len > G_MAXINT32 / 2 ||
      builder->members->len > G_MAXINT32 / 2)
    builder->too_large = true;
}

void
volant_osm_builder_begin_node (VolantOsmBuilder *builder, int64_t id, VolantPoint point)
{
  VolantOsmNode node = { .id = id, .point = point };

  end_object (builder);
  node.first_tag = builder->tags->len;
  g_array_append_val (builder->nodes, node);
  builder->current = NODE;
}

void
volant_osm_builder_begin_way (VolantOsmBuilder *builder, int64_t id)
{
  VolantOsmWay way = { .id = id };

  end_object (builder);
  way.first_ref = builder->refs->len;
  way.first_tag = builder->tags->len;
  g_array_append_val (builder->ways, way);
  builder->current = WAY;
}

void
volant_osm_builder_begin_relation (VolantOsmBuilder *builder, int64_t id)
{
  VolantOsmRelation relation = { .id = id };

  end_object (builder);
  relation.first_member = builder->members->len;
  relation.first_tag = builder->tags->len;
  g_array_append_val (builder->relations, relation);
  builder->current = RELATION;
}

/* Adds a tag to the object begun last; key and value come from volant_osm_builder_intern (). */
void
volant_osm_builder_add_tag (VolantOsmBuilder *builder, const char *key, const char *value)
{
  VolantOsmTag tag = { key, value };

  g_return_if_fail (builder->current != NOTHING);
  g_array_append_val (builder->tags, tag);
  if (builder->current == NODE)
    last_node (builder)->n_tags++;
  else if (builder->current == WAY)
    last_way (builder)->n_tags++;
  else
    last_relation (builder)->n_tags++;
}

/* Adds a node to the way begun last. */
void
volant_osm_builder_add_ref (VolantOsmBuilder *builder, int64_t node_id)
{
  g_return_if_fail (builder->current == WAY);
  g_array_append_val (builder->refs, node_id);
  last_way (builder)->n_refs++;
}

/* Adds a member to the relation begun last; role comes from volant_osm_builder_intern (). */
void
volant_osm_builder_add_member (VolantOsmBuilder *builder, VolantOsmKind kind, int64_t id,
                               const char *role)
{
  VolantOsmMember member = { id, kind, role };

  g_return_if_fail (builder->current == RELATION);
  g_array_append_val (builder->members, member);
  last_relation (builder)->n_members++;
}

/* Takes the object begun last back (it was deleted in the data). */
void
volant_osm_builder_drop (VolantOsmBuilder *builder)
{
  if (builder->current == NODE)
    {
      g_array_set_size (builder->tags, last_node (builder)->first_tag);
      g_array_set_size (builder->nodes, builder->nodes->len - 1);
    }
  else if (builder->current == WAY)
    {
      g_array_set_size (builder->tags, last_way (builder)->first_tag);
      g_array_set_size (builder->refs, last_way (builder)->first_ref);
      g_array_set_size (builder->ways, builder->ways->len - 1);
    }
  else if (builder->current == RELATION)
    {
      g_array_set_size (builder->tags, last_relation (builder)->first_tag);
      g_array_set_size (builder->members, last_relation (builder)->first_member);
      g_array_set_size (builder->relations, builder->relations->len - 1);
    }
  builder->current = NOTHING;
}

/* What the file's header says. */
void
volant_osm_builder_set_bounds (VolantOsmBuilder *builder, VolantBounds bounds)
{
  builder->has_bounds = !volant_bounds_is_empty (&bounds);
  builder->bounds = bounds;
}

static int
compare_ids (const void *a, const void *b, void *data)
{
  int64_t left, right;

  memcpy (&left, a, sizeof left);
  memcpy (&right, b, sizeof right);
  return (left > right) - (left < right);
}

/* Sorts objects that begin with their id and keeps the last of each id. */
static size_t
sort_objects (GArray *objects, size_t size)
{
  size_t kept = 0;
  bool sorted = true;

  for (unsigned i = 1; i < objects->len && sorted; i++)
    sorted = compare_ids (objects->data + (i - 1) * size, objects->data + i * size, NULL) < 0;
  if (sorted)
    return objects->len;
  /* a stable sort, so that the last of equal ones is the last in the file */
  g_qsort_with_data (objects->data, (int) objects->len, size, compare_ids, NULL);
  for (unsigned i = 0; i < objects->len; i++)
    {
      char *object = objects->data + i * size;

      if (i + 1 < objects->len && compare_ids (object, object + size, NULL) == 0)
        continue;
      memmove (objects->data + kept++ * size, object, size);
    }
  return kept;
}

/* The extract; the builder is empty afterwards. VOLANT_MAPS_ERROR_TOO_LARGE past a billion objects,
 * tags or references. */
VolantOsm *
volant_osm_builder_finish (VolantOsmBuilder *builder, GError **error)
{
  VolantOsm *osm;

  end_object (builder);
  if (builder->too_large)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_TOO_LARGE,
                   "the extract has more than a billion objects; cut a smaller region out of it");
      return NULL;
    }
  osm = g_new0 (VolantOsm, 1);
  osm->n_nodes = sort_objects (builder->nodes, sizeof (VolantOsmNode));
  osm->n_ways = sort_objects (builder->ways, sizeof (VolantOsmWay));
  osm->n_relations = sort_objects (builder->relations, sizeof (VolantOsmRelation));
  osm->n_tags = builder->tags->len;
  osm->n_refs = builder->refs->len;
  osm->n_members = builder->members->len;
  osm->nodes = (VolantOsmNode *) (void *) g_array_steal (builder->nodes, NULL);
  osm->ways = (VolantOsmWay *) (void *) g_array_steal (builder->ways, NULL);
  osm->relations = (VolantOsmRelation *) (void *) g_array_steal (builder->relations, NULL);
  osm->tags = (VolantOsmTag *) (void *) g_array_steal (builder->tags, NULL);
  osm->refs = (int64_t *) (void *) g_array_steal (builder->refs, NULL);
  osm->members = (VolantOsmMember *) (void *) g_array_steal (builder->members, NULL);
  osm->strings = g_steal_pointer (&builder->strings);
  osm->has_bounds = builder->has_bounds;
  osm->bounds = builder->bounds;
  return osm;
}
