/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/import/osm-text.h"

#include "maps/import/osm-load.h"

#include <string.h>

/* Hand-written maps to XML and on to roads. */

static void
append_tags (GString *xml, char **words)
{
  for (; *words != NULL; words++)
    {
      g_autofree char *word = g_uri_unescape_string (*words, NULL);
      char *equals = word != NULL ? strchr (word, '=') : NULL;
      g_autofree char *escaped = NULL;

      if (equals == NULL)
        continue;
      *equals = '\0';
      escaped = g_markup_escape_text (equals + 1, -1);
      g_string_append_printf (xml, "<tag k='%s' v='%s'/>", word, escaped);
    }
}

static void
append_refs (GString *xml, const char *refs)
{
  g_auto (GStrv) ids = g_strsplit (refs, ",", -1);

  for (unsigned i = 0; ids[i] != NULL; i++)
    g_string_append_printf (xml, "<nd ref='%s'/>", ids[i]);
}

static void
append_members (GString *xml, const char *members)
{
  g_auto (GStrv) parts = g_strsplit (members, ",", -1);

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (parts[i], ":", 2);
      const char *type = halves[1][0] == 'n' ? "node" : halves[1][0] == 'w' ? "way" : "relation";

      g_string_append_printf (xml, "<member type='%s' ref='%s' role='%s'/>", type, halves[1] + 1,
                              halves[0]);
    }
}

char *
osm_text_to_xml (const char *text)
{
  GString *xml = g_string_new ("<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6'>\n");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (unsigned i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);

      if (g_strcmp0 (words[0], "n") == 0)
        {
          g_string_append_printf (xml, "<node id='%s' lat='%s' lon='%s'>", words[1], words[2],
                                  words[3]);
          append_tags (xml, words + 4);
          g_string_append (xml, "</node>\n");
        }
      else if (g_strcmp0 (words[0], "w") == 0)
        {
          g_string_append_printf (xml, "<way id='%s'>", words[1]);
          append_refs (xml, words[2]);
          append_tags (xml, words + 3);
          g_string_append (xml, "</way>\n");
        }
      else if (g_strcmp0 (words[0], "r") == 0)
        {
          g_string_append_printf (xml, "<relation id='%s'>", words[1]);
          append_members (xml, words[2]);
          append_tags (xml, words + 3);
          g_string_append (xml, "</relation>\n");
        }
    }
  g_string_append (xml, "</osm>\n");
  return g_string_free (xml, FALSE);
}

VolantRoads *
osm_text_to_roads (const char *text, const char *country, VolantRoadsReport *report)
{
  g_autofree char *xml = osm_text_to_xml (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantOsm) osm = volant_osm_load_bytes (xml, strlen (xml), "a map", false, NULL, NULL,
                                                     &error);
  VolantRoadsOptions options = { .country = country };
  VolantRoadsReport unused;
  g_autoptr (GBytes) bytes = NULL;
  VolantRoads *roads;

  g_assert_no_error (error);
  bytes = volant_roads_build (osm, &options, report != NULL ? report : &unused, NULL, NULL, &error);
  g_assert_no_error (error);
  roads = volant_roads_open_bytes (bytes, &error);
  g_assert_no_error (error);
  return roads;
}

uint32_t
find_link (const VolantRoads *roads, int64_t way, int64_t from, int64_t to)
{
  for (uint32_t link = 0; link < roads->n_segments * 2; link++)
    if (roads->segments[link >> 1].way_id == way &&
        roads->junctions[volant_roads_link_from (roads, link)].node_id == from &&
        roads->junctions[volant_roads_link_to (roads, link)].node_id == to)
      return link;
  g_error ("way %d has no segment from %d to %d", (int) way, (int) from, (int) to);
}

const VolantSegment *
find_segment (const VolantRoads *roads, int64_t way, int64_t from, int64_t to)
{
  return &roads->segments[find_link (roads, way, from, to) >> 1];
}

const char *
modes_along (const VolantRoads *roads, int64_t way, int64_t from, int64_t to)
{
  static const char *const words[] = { "", "c", "b", "cb", "f", "cf", "bf", "cbf" };
  uint32_t link = find_link (roads, way, from, to);

  return words[roads->segments[link >> 1].access[link & 1]];
}
