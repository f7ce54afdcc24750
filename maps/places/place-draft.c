/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/place-draft.h"

#include <string.h>

/* What the collectors of streets, named places and addresses share. */

#define MAX_OTHER_NAMES 24

VolantPlaceDraft *
volant_place_draft_new (VolantPlaceKind kind, const char *id, const char *name)
{
  VolantPlaceDraft *draft = g_new0 (VolantPlaceDraft, 1);

  draft->id = g_strdup (id);
  draft->kind = kind;
  draft->name = g_strdup (name);
  draft->locality = g_strdup ("");
  draft->category = g_strdup ("");
  draft->more_words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  draft->other_names = g_ptr_array_new_with_free_func (g_free);
  draft->boxes = g_array_new (FALSE, FALSE, sizeof (VolantBounds));
  draft->houses = g_array_new (FALSE, FALSE, sizeof (VolantHouse));
  return draft;
}

void
volant_place_draft_free (VolantPlaceDraft *draft)
{
  if (draft == NULL)
    return;
  g_free (draft->id);
  g_free (draft->name);
  g_free (draft->locality);
  g_free (draft->category);
  g_hash_table_unref (draft->more_words);
  g_ptr_array_unref (draft->other_names);
  g_array_unref (draft->boxes);
  g_array_unref (draft->houses);
  g_free (draft);
}

static bool
is_name_key (const char *key)
{
  static const char *const keys[] = {
    "alt_name", "int_name", "loc_name", "official_name", "old_name", "ref", "short_name",
  };

  /* name:fr, name:zh-Hans; not name:etymology:wikidata and the like. */
  if (g_str_has_prefix (key, "name:"))
    return strlen (key) <= 12 && strchr (key + 5, ':') == NULL &&
           !g_str_has_prefix (key, "name:etym");
  for (unsigned i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (key, keys[i]) == 0)
      return true;
  return false;
}

static void
add_name (VolantPlaceDraft *draft, const char *name)
{
  if (*name == '\0' || strcmp (name, draft->name) == 0 ||
      draft->other_names->len >= MAX_OTHER_NAMES)
    return;
  for (unsigned i = 0; i < draft->other_names->len; i++)
    if (strcmp (draft->other_names->pdata[i], name) == 0)
      return;
  g_ptr_array_add (draft->other_names, g_strdup (name));
}

void
volant_place_draft_add_names (VolantPlaceDraft *draft, const VolantOsm *osm, uint32_t first_tag,
                              uint32_t n_tags)
{
  for (uint32_t i = first_tag; i < first_tag + n_tags; i++)
    {
      g_auto (GStrv) names = NULL;

      if (!is_name_key (osm->tags[i].key))
        continue;
      names = g_strsplit (osm->tags[i].value, ";", MAX_OTHER_NAMES);
      for (unsigned j = 0; names[j] != NULL; j++)
        add_name (draft, g_strstrip (names[j]));
    }
}

double
volant_place_box_distance_m (const VolantBounds *box, VolantPoint point)
{
  VolantPoint nearest = {
    CLAMP (point.lat_e7, box->min_lat_e7, box->max_lat_e7),
    CLAMP (point.lon_e7, box->min_lon_e7, box->max_lon_e7),
  };

  return volant_geo_distance_m (nearest, point);
}

double
volant_place_draft_distance_m (const VolantPlaceDraft *draft, VolantPoint point)
{
  double least_m =
      draft->boxes->len == 0 ? volant_geo_distance_m (draft->point, point) : G_MAXDOUBLE;

  for (unsigned i = 0; i < draft->boxes->len; i++)
    least_m =
        MIN (least_m,
             volant_place_box_distance_m (&g_array_index (draft->boxes, VolantBounds, i), point));
  return least_m;
}

bool
volant_place_way_point (const VolantOsm *osm, const VolantOsmWay *way, VolantPoint *point)
{
  VolantBounds bounds = VOLANT_BOUNDS_EMPTY;

  for (uint32_t i = way->first_ref; i < way->first_ref + way->n_refs; i++)
    {
      const VolantOsmNode *node = volant_osm_find_node (osm, osm->refs[i]);

      if (node != NULL)
        volant_bounds_add (&bounds, node->point);
    }
  if (volant_bounds_is_empty (&bounds))
    return false;
  point->lat_e7 = (int32_t) (((int64_t) bounds.min_lat_e7 + bounds.max_lat_e7) / 2);
  point->lon_e7 = (int32_t) (((int64_t) bounds.min_lon_e7 + bounds.max_lon_e7) / 2);
  return true;
}
