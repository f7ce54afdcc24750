/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/osm.h"

#include <string.h>

/* Looking things up in an OpenStreetMap extract: binary search by id, tags by key. */

void
volant_osm_free (VolantOsm *osm)
{
  if (osm == NULL)
    return;
  g_free (osm->nodes);
  g_free (osm->ways);
  g_free (osm->relations);
  g_free (osm->tags);
  g_free (osm->refs);
  g_free (osm->members);
  if (osm->strings != NULL)
    g_string_chunk_free (osm->strings);
  g_free (osm);
}

/* The id is the first member of every kind of object. */
static const void *
find (const void *objects, size_t n_objects, size_t size, int64_t id)
{
  size_t low = 0, high = n_objects;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      const char *object = (const char *) objects + middle * size;
      int64_t found;

      memcpy (&found, object, sizeof found);
      if (found == id)
        return object;
      if (found < id)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

G_STATIC_ASSERT (offsetof (VolantOsmNode, id) == 0);
G_STATIC_ASSERT (offsetof (VolantOsmWay, id) == 0);
G_STATIC_ASSERT (offsetof (VolantOsmRelation, id) == 0);

/* NULL where the extract has no such node. */
const VolantOsmNode *
volant_osm_find_node (const VolantOsm *osm, int64_t id)
{
  return find (osm->nodes, osm->n_nodes, sizeof *osm->nodes, id);
}

/* NULL where the extract has no such way. */
const VolantOsmWay *
volant_osm_find_way (const VolantOsm *osm, int64_t id)
{
  return find (osm->ways, osm->n_ways, sizeof *osm->ways, id);
}

/* NULL where the extract has no such relation. */
const VolantOsmRelation *
volant_osm_find_relation (const VolantOsm *osm, int64_t id)
{
  return find (osm->relations, osm->n_relations, sizeof *osm->relations, id);
}

static const char *
find_tag (const VolantOsm *osm, uint32_t first, uint32_t count, const char *key)
{
  for (uint32_t i = first; i < first + count; i++)
    if (osm->tags[i].key[0] == key[0] && strcmp (osm->tags[i].key, key) == 0)
      return osm->tags[i].value;
  return NULL;
}

const char *
volant_osm_node_tag (const VolantOsm *osm, const VolantOsmNode *node, const char *key)
{
  return find_tag (osm, node->first_tag, node->n_tags, key);
}

const char *
volant_osm_way_tag (const VolantOsm *osm, const VolantOsmWay *way, const char *key)
{
  return find_tag (osm, way->first_tag, way->n_tags, key);
}

const char *
volant_osm_relation_tag (const VolantOsm *osm, const VolantOsmRelation *relation, const char *key)
{
  return find_tag (osm, relation->first_tag, relation->n_tags, key);
}
