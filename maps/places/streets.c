/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/streets.h"

#include "maps/places/fold.h"

#include <math.h>
#include <string.h>

/* Ways of one name are put together with a union-find over a grid: each way is walked in short
 * steps, and ways that come into the same or a neighbouring cell are one street. That is linear in
 * the length of the ways, also where a thousand of them share a name. */

#define CELL_E7 30000  /* about 330 m north to south */
#define STEP_E7 20000  /* less than a cell, so that no cell is jumped over */
#define MAX_STEPS 4096 /* of one segment: a broken one may span the world */
#define MAX_BOX_E7 40000

struct _VolantStreets {
  GPtrArray *all;     /* VolantPlaceDraft */
  GHashTable *by_key; /* folded name → GPtrArray of drafts */
  GHashTable *keys;   /* name → folded name, for names asked for again and again */
  GStringChunk *strings;
  VolantBounds bounds;
};

typedef struct {
  const VolantOsmWay *way;
  const char *key; /* owned by the streets' keys */
  uint32_t parent;
} NamedWay;

typedef struct {
  const VolantOsm *osm;
  GArray *ways;      /* NamedWay */
  GHashTable *cells; /* Cell → number of a way + 1 */
} Clustering;

typedef struct {
  const char *key;
  int32_t row;
  int32_t column;
} Cell;

static guint
cell_hash (gconstpointer pointer)
{
  const Cell *cell = pointer;
  uint64_t mixed = (uint64_t) (uintptr_t) cell->key * 0x9e3779b97f4a7c15u ^
                   (uint64_t) (uint32_t) cell->row << 32 ^ (uint32_t) cell->column;

  mixed *= 0xff51afd7ed558ccdu;
  return (guint) (mixed >> 32);
}

static gboolean
cell_equal (gconstpointer a, gconstpointer b)
{
  const Cell *one = a;
  const Cell *other = b;

  return one->key == other->key && one->row == other->row && one->column == other->column;
}

VolantStreets *
volant_streets_new (void)
{
  VolantStreets *streets = g_new0 (VolantStreets, 1);

  streets->all = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_place_draft_free);
  streets->by_key =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  streets->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  streets->strings = g_string_chunk_new (4096);
  streets->bounds = VOLANT_BOUNDS_EMPTY;
  return streets;
}

void
volant_streets_free (VolantStreets *streets)
{
  if (streets == NULL)
    return;
  g_ptr_array_unref (streets->all);
  g_hash_table_unref (streets->keys);
  g_hash_table_unref (streets->by_key);
  g_string_chunk_free (streets->strings);
  g_free (streets);
}

/* The folded key of a name, one string for each key: equal keys are equal pointers. */
static const char *
key_of (VolantStreets *streets, const char *name)
{
  const char *key = g_hash_table_lookup (streets->keys, name);
  g_autofree char *folded = NULL;
  char *made;
  void *known;

  if (key != NULL)
    return key;
  folded = volant_fold (name);
  made = volant_fold_key (folded);
  if (g_hash_table_lookup_extended (streets->by_key, made, &known, NULL))
    g_free (made);
  else
    {
      g_hash_table_insert (streets->by_key, made, g_ptr_array_new ());
      known = made;
    }
  g_hash_table_insert (streets->keys, g_strdup (name), known);
  return known;
}

static bool
is_street (const VolantOsm *osm, const VolantOsmWay *way)
{
  static const char *const others[] = {
    "abandoned", "bus_stop", "construction", "corridor", "elevator",    "platform",
    "proposed",  "razed",    "rest_area",    "services", "street_lamp",
  };
  const char *highway = volant_osm_way_tag (osm, way, "highway");

  if (highway == NULL)
    return false;
  for (unsigned i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (highway, others[i]) == 0)
      return false;
  return true;
}

static unsigned
importance_of (const char *highway)
{
  static const struct {
    const char *highway;
    unsigned importance;
  } table[] = {
    { "motorway", 45 },   { "trunk", 55 },        { "primary", 60 },     { "secondary", 57 },
    { "tertiary", 54 },   { "unclassified", 48 }, { "residential", 48 }, { "living_street", 46 },
    { "pedestrian", 50 }, { "service", 30 },      { "track", 15 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_has_prefix (highway, table[i].highway))
      return table[i].importance;
  return 25;
}

static uint32_t
find_root (GArray *ways, uint32_t i)
{
  NamedWay *all = (NamedWay *) (void *) ways->data;

  while (all[i].parent != i)
    {
      all[i].parent = all[all[i].parent].parent;
      i = all[i].parent;
    }
  return i;
}

static void
visit_cell (Clustering *clustering, uint32_t way, VolantPoint point)
{
  NamedWay *ways = (NamedWay *) (void *) clustering->ways->data;
  Cell cell = { ways[way].key, point.lat_e7 / CELL_E7, point.lon_e7 / CELL_E7 };

  for (int row = -1; row <= 1; row++)
    for (int column = -1; column <= 1; column++)
      {
        Cell near = { cell.key, cell.row + row, cell.column + column };
        uint32_t other = GPOINTER_TO_UINT (g_hash_table_lookup (clustering->cells, &near));
        uint32_t root;

        if (other == 0)
          continue;
        root = find_root (clustering->ways, other - 1);
        ways[root].parent = find_root (clustering->ways, way);
      }
  if (!g_hash_table_contains (clustering->cells, &cell))
    g_hash_table_insert (clustering->cells, g_memdup2 (&cell, sizeof cell),
                         GUINT_TO_POINTER (way + 1));
}

static void
walk_way (Clustering *clustering, uint32_t number)
{
  const VolantOsmWay *way = g_array_index (clustering->ways, NamedWay, number).way;
  const VolantOsmNode *last = NULL;

  for (uint32_t i = way->first_ref; i < way->first_ref + way->n_refs; i++)
    {
      const VolantOsmNode *node = volant_osm_find_node (clustering->osm, clustering->osm->refs[i]);
      double span_e7;
      int n_steps;

      if (node == NULL)
        continue;
      span_e7 = last == NULL ? 0.0
                             : fmax (fabs ((double) node->point.lat_e7 - last->point.lat_e7),
                                     fabs ((double) node->point.lon_e7 - last->point.lon_e7));
      n_steps = (int) CLAMP (span_e7 / STEP_E7, 0.0, MAX_STEPS);
      for (int step = 1; step <= n_steps; step++)
        visit_cell (clustering, number,
                    volant_geo_interpolate (last->point, node->point, step / (n_steps + 1.0)));
      visit_cell (clustering, number, node->point);
      last = node;
    }
}

/* Covers a way with boxes small enough to tell how near it is. */
static void
add_boxes (VolantPlaceDraft *draft, const VolantOsm *osm, const VolantOsmWay *way)
{
  VolantBounds box = VOLANT_BOUNDS_EMPTY;

  for (uint32_t i = way->first_ref; i < way->first_ref + way->n_refs; i++)
    {
      const VolantOsmNode *node = volant_osm_find_node (osm, osm->refs[i]);

      if (node == NULL)
        continue;
      volant_bounds_add (&box, node->point);
      if ((int64_t) box.max_lat_e7 - box.min_lat_e7 < MAX_BOX_E7 &&
          (int64_t) box.max_lon_e7 - box.min_lon_e7 < MAX_BOX_E7)
        continue;
      g_array_append_val (draft->boxes, box);
      box = VOLANT_BOUNDS_EMPTY;
      volant_bounds_add (&box, node->point);
    }
  if (!volant_bounds_is_empty (&box))
    g_array_append_val (draft->boxes, box);
}

static void
add_way (VolantPlaceDraft *draft, const VolantOsm *osm, const VolantOsmWay *way)
{
  unsigned importance = importance_of (volant_osm_way_tag (osm, way, "highway"));
  const char *code = volant_osm_way_tag (osm, way, "postal_code");

  draft->importance = MAX (draft->importance, importance);
  volant_place_draft_add_names (draft, osm, way->first_tag, way->n_tags);
  if (code != NULL)
    g_hash_table_add (draft->more_words, g_strdup (code));
  add_boxes (draft, osm, way);
}

/* The node of the street nearest to the middle of all its nodes. */
static void
choose_point (VolantPlaceDraft *draft, const VolantOsm *osm, GArray *members)
{
  double best_m = G_MAXDOUBLE;
  double lat_e7 = 0.0;
  double lon_e7 = 0.0;
  size_t n = 0;

  for (unsigned pass = 0; pass < 2; pass++)
    {
      VolantPoint middle = { (int32_t) (lat_e7 / MAX (n, 1)), (int32_t) (lon_e7 / MAX (n, 1)) };

      for (unsigned i = 0; i < members->len; i++)
        {
          const VolantOsmWay *way = g_array_index (members, const VolantOsmWay *, i);

          for (uint32_t j = way->first_ref; j < way->first_ref + way->n_refs; j++)
            {
              const VolantOsmNode *node = volant_osm_find_node (osm, osm->refs[j]);

              if (node == NULL)
                continue;
              if (pass == 0)
                {
                  lat_e7 += node->point.lat_e7;
                  lon_e7 += node->point.lon_e7;
                  n++;
                }
              else if (volant_geo_distance_m (middle, node->point) < best_m)
                {
                  best_m = volant_geo_distance_m (middle, node->point);
                  draft->point = node->point;
                }
            }
        }
    }
}

/* members: the ways of one street, lowest id first, as the extract has them. */
static void
make_street (VolantStreets *streets, const VolantOsm *osm, const char *key, GArray *members)
{
  const VolantOsmWay *first = g_array_index (members, const VolantOsmWay *, 0);
  g_autofree char *id = g_strdup_printf ("way/%" G_GINT64_FORMAT, first->id);
  VolantPlaceDraft *draft =
      volant_place_draft_new (VOLANT_PLACE_STREET, id, volant_osm_way_tag (osm, first, "name"));

  for (unsigned i = 0; i < members->len; i++)
    add_way (draft, osm, g_array_index (members, const VolantOsmWay *, i));
  if (draft->boxes->len == 0)
    {
      volant_place_draft_free (draft);
      return;
    }
  choose_point (draft, osm, members);
  for (unsigned i = 0; i < draft->boxes->len; i++)
    {
      const VolantBounds *box = &g_array_index (draft->boxes, VolantBounds, i);

      volant_bounds_add (&streets->bounds, (VolantPoint){ box->min_lat_e7, box->min_lon_e7 });
      volant_bounds_add (&streets->bounds, (VolantPoint){ box->max_lat_e7, box->max_lon_e7 });
    }
  g_ptr_array_add (streets->all, draft);
  g_ptr_array_add (g_hash_table_lookup (streets->by_key, key), draft);
}

static void
free_cluster (void *cluster)
{
  if (cluster != NULL)
    g_array_unref (cluster);
}

static void
gather_streets (VolantStreets *streets, Clustering *clustering)
{
  g_autoptr (GPtrArray) clusters = g_ptr_array_new_with_free_func (free_cluster);

  g_ptr_array_set_size (clusters, (int) clustering->ways->len);
  for (uint32_t i = 0; i < clustering->ways->len; i++)
    {
      uint32_t root = find_root (clustering->ways, i);

      if (clusters->pdata[root] == NULL)
        clusters->pdata[root] = g_array_new (FALSE, FALSE, sizeof (const VolantOsmWay *));
      g_array_append_val (clusters->pdata[root], g_array_index (clustering->ways, NamedWay, i).way);
    }
  for (uint32_t i = 0; i < clustering->ways->len; i++)
    if (clusters->pdata[i] != NULL)
      make_street (streets, clustering->osm, g_array_index (clustering->ways, NamedWay, i).key,
                   clusters->pdata[i]);
}

void
volant_streets_collect (VolantStreets *streets, const VolantOsm *osm)
{
  g_autoptr (GArray) ways = g_array_new (FALSE, FALSE, sizeof (NamedWay));
  g_autoptr (GHashTable) cells = g_hash_table_new_full (cell_hash, cell_equal, g_free, NULL);
  Clustering clustering = { osm, ways, cells };

  for (size_t i = 0; i < osm->n_ways; i++)
    {
      const char *name = volant_osm_way_tag (osm, &osm->ways[i], "name");

      if (name != NULL && *name != '\0' && is_street (osm, &osm->ways[i]))
        {
          NamedWay named = { &osm->ways[i], key_of (streets, name), ways->len };

          g_array_append_val (ways, named);
        }
    }
  for (uint32_t i = 0; i < ways->len; i++)
    walk_way (&clustering, i);
  gather_streets (streets, &clustering);
}

VolantPlaceDraft *
volant_streets_find (VolantStreets *streets, const char *name, VolantPoint point, double within_m)
{
  GPtrArray *candidates = g_hash_table_lookup (streets->by_key, key_of (streets, name));
  VolantPlaceDraft *best = NULL;
  double best_m = within_m;

  for (unsigned i = 0; i < candidates->len; i++)
    {
      double distance_m = volant_place_draft_distance_m (candidates->pdata[i], point);

      if (distance_m > best_m)
        continue;
      best_m = distance_m;
      best = candidates->pdata[i];
    }
  return best;
}

void
volant_streets_add (VolantStreets *streets, VolantPlaceDraft *draft)
{
  g_ptr_array_add (streets->all, draft);
  g_ptr_array_add (g_hash_table_lookup (streets->by_key, key_of (streets, draft->name)), draft);
}

const char *
volant_streets_intern (VolantStreets *streets, const char *text)
{
  return g_string_chunk_insert_const (streets->strings, text);
}

GPtrArray *
volant_streets_get_all (VolantStreets *streets)
{
  return streets->all;
}

VolantBounds
volant_streets_get_bounds (VolantStreets *streets)
{
  return streets->bounds;
}
