/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/country.h"

#include <string.h>

/* From the data, most trusted first: the small countries that lie wholly within a box (their
 * extracts hold as much of the neighbour); what addresses say; national borders, where only one is
 * named; the box of a larger country around the middle. Everything wrong here can be put right with
 * --country. */

#define N_CODES (26 * 26)

static int
code_index (const char *code)
{
  if (strlen (code) != 2 || !g_ascii_isalpha (code[0]) || !g_ascii_isalpha (code[1]))
    return -1;
  return (g_ascii_toupper (code[0]) - 'A') * 26 + g_ascii_toupper (code[1]) - 'A';
}

static void
count_code (unsigned votes[N_CODES], const char *code)
{
  int index = code != NULL ? code_index (code) : -1;

  if (index >= 0)
    votes[index]++;
}

/* The code with most votes; its share must be more than half. */
static bool
take_majority (const unsigned votes[N_CODES], char country[3])
{
  unsigned best = 0, sum = 0;

  for (unsigned i = 0; i < N_CODES; i++)
    {
      sum += votes[i];
      if (votes[i] > votes[best])
        best = i;
    }
  if (sum == 0 || votes[best] * 2 <= sum)
    return false;
  country[0] = (char) ('A' + best / 26);
  country[1] = (char) ('A' + best % 26);
  return true;
}

static VolantPoint
middle_of (const VolantOsm *osm)
{
  int64_t lat = 0, lon = 0, count = (int64_t) osm->n_nodes;

  if (osm->has_bounds)
    {
      lat = (int64_t) osm->bounds.min_lat_e7 + osm->bounds.max_lat_e7;
      lon = (int64_t) osm->bounds.min_lon_e7 + osm->bounds.max_lon_e7;
      return (VolantPoint) { (int32_t) (lat / 2), (int32_t) (lon / 2) };
    }
  for (size_t i = 0; i < osm->n_nodes; i++)
    {
      lat += osm->nodes[i].point.lat_e7;
      lon += osm->nodes[i].point.lon_e7;
    }
  count = MAX (count, 1);
  return (VolantPoint) { (int32_t) (lat / count), (int32_t) (lon / count) };
}

typedef struct {
  char country[3];
  double min_lat_deg, min_lon_deg, max_lat_deg, max_lon_deg;
} Box;

static const Box small_countries[] = {
  { "MC", 43.722, 7.405, 43.755, 7.442 },   { "AD", 42.42, 1.40, 42.66, 1.79 },
  { "LI", 47.045, 9.47, 47.275, 9.64 },     { "SM", 43.89, 12.40, 43.995, 12.52 },
  { "VA", 41.9, 12.445, 41.9075, 12.459 },  { "LU", 49.55, 5.9, 50.0, 6.35 },
  { "SG", 1.15, 103.6, 1.48, 104.1 },       { "MT", 35.78, 14.18, 36.09, 14.58 },
};

/* Inner boxes, which leave the borders out: rather no answer than a wrong one. */
static const Box large_countries[] = {
  { "FR", 43.4, -0.5, 48.9, 4.8 },   { "FR", 47.0, -4.9, 48.8, 1.0 },
  { "FR", 43.5, 4.0, 46.0, 5.8 },    { "FR", 48.8, 1.5, 50.2, 3.5 },
  { "DE", 48.7, 8.4, 53.5, 11.9 },   { "DE", 51.0, 7.0, 54.0, 13.8 },
  { "ES", 37.0, -5.5, 42.2, -1.0 },  { "IT", 43.8, 8.2, 45.5, 12.2 },
  { "GB", 50.8, -3.0, 53.5, 0.3 },   { "CN", 24.0, 100.5, 41.0, 119.0 },
  { "CN", 22.58, 113.6, 24.0, 117.0 }, { "US", 33.0, -117.0, 48.5, -83.5 },
  { "US", 33.0, -85.0, 41.5, -75.5 },
};

static bool
take_box (const Box *boxes, unsigned n_boxes, VolantPoint point, char country[3])
{
  double lat_deg = volant_point_lat_deg (point), lon_deg = volant_point_lon_deg (point);

  for (unsigned i = 0; i < n_boxes; i++)
    if (lat_deg >= boxes[i].min_lat_deg && lat_deg <= boxes[i].max_lat_deg &&
        lon_deg >= boxes[i].min_lon_deg && lon_deg <= boxes[i].max_lon_deg)
      {
        memcpy (country, boxes[i].country, 3);
        return true;
      }
  return false;
}

static bool
take_addresses (const VolantOsm *osm, char country[3])
{
  g_autofree unsigned *votes = g_new0 (unsigned, N_CODES);

  for (size_t i = 0; i < osm->n_nodes; i++)
    if (osm->nodes[i].n_tags > 0)
      count_code (votes, volant_osm_node_tag (osm, &osm->nodes[i], "addr:country"));
  for (size_t i = 0; i < osm->n_ways; i++)
    count_code (votes, volant_osm_way_tag (osm, &osm->ways[i], "addr:country"));
  if (take_majority (votes, country))
    return true;
  memset (votes, 0, N_CODES * sizeof *votes);
  for (size_t i = 0; i < osm->n_nodes; i++)
    if (osm->nodes[i].n_tags > 0)
      count_code (votes, volant_osm_node_tag (osm, &osm->nodes[i], "is_in:country_code"));
  return take_majority (votes, country);
}

/* Borders: several countries are named where an extract touches one, so all must agree. */
static bool
take_borders (const VolantOsm *osm, char country[3])
{
  g_autofree unsigned *votes = g_new0 (unsigned, N_CODES);
  unsigned n_named = 0;

  for (size_t i = 0; i < osm->n_relations; i++)
    {
      const VolantOsmRelation *relation = &osm->relations[i];
      const char *code = volant_osm_relation_tag (osm, relation, "ISO3166-1:alpha2");

      if (code == NULL)
        code = volant_osm_relation_tag (osm, relation, "ISO3166-1");
      count_code (votes, code);
    }
  for (unsigned i = 0; i < N_CODES; i++)
    n_named += votes[i] > 0;
  return n_named == 1 && take_majority (votes, country);
}

/* ISO 3166-1 alpha-2 in upper case, or "" where nothing tells. */
void
volant_country_find (const VolantOsm *osm, char country[3])
{
  VolantPoint middle = middle_of (osm);

  memset (country, 0, 3);
  if (!take_box (small_countries, G_N_ELEMENTS (small_countries), middle, country) &&
      !take_addresses (osm, country) && !take_borders (osm, country))
    take_box (large_countries, G_N_ELEMENTS (large_countries), middle, country);
}
