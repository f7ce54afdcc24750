/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/named-places.h"

#include "maps/places/fold.h"

#include <string.h>

/* Kinds by OpenStreetMap's keys, with an importance that orders places of one name: a person who
 * says "Gare de Lyon" means the station, not the chemist's of that name. */

#define SAME_WITHIN_M 250.0

typedef struct {
  const char *key;
  const char *value; /* NULL: any */
  unsigned importance;
} Kind;

/* The first that fits counts. */
static const Kind kinds[] = {
  { "aeroway", "aerodrome", 95 },
  { "aeroway", "terminal", 88 },
  { "railway", "station", 90 },
  { "railway", "halt", 75 },
  { "railway", "tram_stop", 55 },
  { "public_transport", "station", 85 },
  { "amenity", "hospital", 82 },
  { "amenity", "townhall", 80 },
  { "amenity", "university", 75 },
  { "tourism", "museum", 74 },
  { "tourism", "attraction", 72 },
  { "historic", "castle", 72 },
  { "historic", "monument", 68 },
  { "amenity", "bus_station", 74 },
  { "amenity", "ferry_terminal", 74 },
  { "amenity", "theatre", 68 },
  { "amenity", "cinema", 64 },
  { "amenity", "college", 62 },
  { "amenity", "school", 50 },
  { "amenity", "police", 66 },
  { "amenity", "courthouse", 64 },
  { "amenity", "library", 62 },
  { "amenity", "marketplace", 64 },
  { "amenity", "charging_station", 60 },
  { "amenity", "parking", 55 },
  { "amenity", "fuel", 55 },
  { "amenity", "place_of_worship", 60 },
  { "amenity", "post_office", 52 },
  { "amenity", "pharmacy", 45 },
  { "shop", "mall", 70 },
  { "shop", "department_store", 68 },
  { "shop", "supermarket", 55 },
  { "leisure", "stadium", 74 },
  { "leisure", "park", 68 },
  { "leisure", "sports_centre", 60 },
  { "leisure", "marina", 62 },
  { "leisure", "garden", 52 },
  { "place", "square", 66 },
  { "tourism", "hotel", 54 },
  { "natural", "beach", 66 },
  { "landuse", "cemetery", 56 },
  { "landuse", "industrial", 45 },
  { "amenity", NULL, 46 },
  { "tourism", NULL, 48 },
  { "shop", NULL, 40 },
  { "leisure", NULL, 46 },
  { "historic", NULL, 48 },
  { "office", NULL, 38 },
  { "healthcare", NULL, 44 },
  { "emergency", NULL, 36 },
  { "craft", NULL, 34 },
  { "club", NULL, 34 },
  { "aeroway", "helipad", 50 },
  { "man_made", "lighthouse", 56 },
  { "man_made", "tower", 48 },
  { "natural", "peak", 48 },
  { "highway", "services", 60 },
  { "highway", "rest_area", 50 },
  { "building", NULL, 36 },
};

/* Localities, with the distance up to which a thing is said to be in them. */
static const struct {
  const char *value;
  unsigned importance;
  double radius_m;
} localities[] = {
  { "city", 100, 9000.0 },   { "borough", 84, 2500.0 }, { "town", 94, 4000.0 },
  { "suburb", 82, 1500.0 },  { "quarter", 78, 900.0 },  { "neighbourhood", 70, 600.0 },
  { "village", 86, 2000.0 }, { "hamlet", 70, 800.0 },   { "municipality", 90, 4000.0 },
  { "island", 72, 1500.0 },  { "islet", 50, 300.0 },    { "isolated_dwelling", 45, 300.0 },
  { "locality", 40, 400.0 },
};

typedef struct {
  GPtrArray *places;
  VolantStreets *streets;
  GHashTable *by_name; /* folded name → GPtrArray of drafts */
} Collection;

static const char *
find_tag (const VolantOsm *osm, uint32_t first, uint32_t n, const char *key)
{
  for (uint32_t i = first; i < first + n; i++)
    if (strcmp (osm->tags[i].key, key) == 0)
      return osm->tags[i].value;
  return NULL;
}

static const Kind *
find_kind (const VolantOsm *osm, uint32_t first, uint32_t n)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *value = find_tag (osm, first, n, kinds[i].key);

      if (value != NULL && strcmp (value, "no") != 0 &&
          (kinds[i].value == NULL || strcmp (kinds[i].value, value) == 0))
        return &kinds[i];
    }
  return NULL;
}

static int
find_locality (const char *value)
{
  for (unsigned i = 0; value != NULL && i < G_N_ELEMENTS (localities); i++)
    if (strcmp (localities[i].value, value) == 0)
      return (int) i;
  return -1;
}

/* A draft of the same name, of the same sort, nearby. A railway station and a public transport
 * station are the same sort. */
static bool
is_known (Collection *collection, const char *folded, const VolantPlaceDraft *draft)
{
  GPtrArray *namesakes = g_hash_table_lookup (collection->by_name, folded);

  for (unsigned i = 0; namesakes != NULL && i < namesakes->len; i++)
    {
      const VolantPlaceDraft *other = namesakes->pdata[i];
      bool same_sort =
          other->kind == draft->kind && (strcmp (other->category, draft->category) == 0 ||
                                         g_str_has_prefix (draft->category, "building=") ||
                                         (g_str_has_suffix (other->category, "station") &&
                                          g_str_has_suffix (draft->category, "station")));

      if (same_sort && volant_geo_distance_m (other->point, draft->point) < SAME_WITHIN_M)
        return true;
    }
  return false;
}

static void
add_place (Collection *collection, VolantPlaceDraft *draft)
{
  g_autofree char *folded = volant_fold (draft->name);
  GPtrArray *namesakes = g_hash_table_lookup (collection->by_name, folded);

  if (is_known (collection, folded, draft) ||
      (strcmp (draft->category, "place=square") == 0 &&
       volant_streets_find (collection->streets, draft->name, draft->point, SAME_WITHIN_M)))
    {
      volant_place_draft_free (draft);
      return;
    }
  if (namesakes == NULL)
    {
      namesakes = g_ptr_array_new ();
      g_hash_table_insert (collection->by_name, g_steal_pointer (&folded), namesakes);
    }
  g_ptr_array_add (namesakes, draft);
  g_ptr_array_add (collection->places, draft);
}

/* One object with tags and a name. */
static void
collect_object (Collection *collection, const VolantOsm *osm, const char *type, int64_t id,
                uint32_t first, uint32_t n, VolantPoint point)
{
  const char *name = find_tag (osm, first, n, "name");
  const char *place = find_tag (osm, first, n, "place");
  int locality = find_locality (place);
  const Kind *kind = locality < 0 ? find_kind (osm, first, n) : NULL;
  g_autofree char *text = g_strdup_printf ("%s/%" G_GINT64_FORMAT, type, id);
  VolantPlaceDraft *draft;

  if (name == NULL || *name == '\0' || (locality < 0 && kind == NULL))
    return;
  draft =
      volant_place_draft_new (locality >= 0 ? VOLANT_PLACE_LOCALITY : VOLANT_PLACE_POI, text, name);
  g_free (draft->category);
  draft->category = g_strdup_printf ("%s=%s", locality >= 0 ? "place" : kind->key,
                                     locality >= 0 ? place : find_tag (osm, first, n, kind->key));
  draft->importance = locality >= 0 ? localities[locality].importance : kind->importance;
  draft->point = point;
  volant_place_draft_add_names (draft, osm, first, n);
  add_place (collection, draft);
}

static bool
relation_point (const VolantOsm *osm, const VolantOsmRelation *relation, VolantPoint *point)
{
  VolantBounds bounds = VOLANT_BOUNDS_EMPTY;

  for (uint32_t i = relation->first_member; i < relation->first_member + relation->n_members; i++)
    {
      const VolantOsmMember *member = &osm->members[i];
      const VolantOsmWay *way =
          member->kind == VOLANT_OSM_WAY ? volant_osm_find_way (osm, member->id) : NULL;
      const VolantOsmNode *node =
          member->kind == VOLANT_OSM_NODE ? volant_osm_find_node (osm, member->id) : NULL;
      VolantPoint middle;

      /* Where a boundary has a point for its name, that is the place. */
      if (node != NULL &&
          (g_strcmp0 (member->role, "label") == 0 || g_strcmp0 (member->role, "admin_centre") == 0))
        {
          *point = node->point;
          return true;
        }
      if (way != NULL && volant_place_way_point (osm, way, &middle))
        volant_bounds_add (&bounds, middle);
    }
  if (volant_bounds_is_empty (&bounds))
    return false;
  point->lat_e7 = (int32_t) (((int64_t) bounds.min_lat_e7 + bounds.max_lat_e7) / 2);
  point->lon_e7 = (int32_t) (((int64_t) bounds.min_lon_e7 + bounds.max_lon_e7) / 2);
  return true;
}

void
volant_named_places_collect (GPtrArray *places, VolantStreets *streets, const VolantOsm *osm)
{
  g_autoptr (GHashTable) by_name =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  Collection collection = { places, streets, by_name };
  VolantPoint point;

  for (size_t i = 0; i < osm->n_nodes; i++)
    if (osm->nodes[i].n_tags > 0)
      collect_object (&collection, osm, "node", osm->nodes[i].id, osm->nodes[i].first_tag,
                      osm->nodes[i].n_tags, osm->nodes[i].point);
  for (size_t i = 0; i < osm->n_ways; i++)
    if (volant_osm_way_tag (osm, &osm->ways[i], "name") != NULL &&
        volant_place_way_point (osm, &osm->ways[i], &point))
      collect_object (&collection, osm, "way", osm->ways[i].id, osm->ways[i].first_tag,
                      osm->ways[i].n_tags, point);
  for (size_t i = 0; i < osm->n_relations; i++)
    if (volant_osm_relation_tag (osm, &osm->relations[i], "name") != NULL &&
        relation_point (osm, &osm->relations[i], &point))
      collect_object (&collection, osm, "relation", osm->relations[i].id,
                      osm->relations[i].first_tag, osm->relations[i].n_tags, point);
}

static double
radius_of (const VolantPlaceDraft *draft)
{
  int locality =
      g_str_has_prefix (draft->category, "place=") ? find_locality (draft->category + 6) : -1;

  return locality >= 0 ? localities[locality].radius_m : 0.0;
}

void
volant_named_places_set_localities (GPtrArray *drafts, GPtrArray *places)
{
  g_autoptr (GPtrArray) towns = g_ptr_array_new ();

  for (unsigned i = 0; i < places->len; i++)
    if (((VolantPlaceDraft *) places->pdata[i])->kind == VOLANT_PLACE_LOCALITY &&
        radius_of (places->pdata[i]) >= 600.0)
      g_ptr_array_add (towns, places->pdata[i]);
  for (unsigned i = 0; i < drafts->len; i++)
    {
      VolantPlaceDraft *draft = drafts->pdata[i];
      const VolantPlaceDraft *best = NULL;
      double best_ratio = 1.5;

      if (*draft->locality != '\0')
        continue;
      for (unsigned j = 0; j < towns->len; j++)
        {
          const VolantPlaceDraft *town = towns->pdata[j];
          double ratio = volant_geo_distance_m (town->point, draft->point) / radius_of (town);

          /* A quarter is in its town, not in itself or in another quarter. */
          if (ratio >= best_ratio ||
              (draft->kind == VOLANT_PLACE_LOCALITY && town->importance <= draft->importance))
            continue;
          best_ratio = ratio;
          best = town;
        }
      if (best == NULL)
        continue;
      g_free (draft->locality);
      draft->locality = g_strdup (best->name);
    }
}
