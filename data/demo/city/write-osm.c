/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/demo/city/plan.h"

#include <string.h>

/* The plan as OpenStreetMap XML (version 0.6), with the tags that mappers use. */

typedef struct {
  DemoPlan *plan;
  GString *nodes;
  GString *ways;
  GString *relations;
  int64_t next_node;
  int64_t next_way;
  int64_t next_relation;
  int64_t *way_of_edge;
} Writer;

static const char *const class_tags[] = {
  "motorway", "motorway_link", "primary", "secondary", "tertiary",
  "residential", "living_street", "pedestrian", "service", "footway",
};

static void
write_tag (GString *text, const char *key, const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_markup_escape_text (value, -1);
  g_string_append_printf (text, "  <tag k=\"%s\" v=\"%s\"/>\n", key, escaped);
}

static void
write_number (GString *text, const char *key, int value)
{
  g_string_append_printf (text, "  <tag k=\"%s\" v=\"%d\"/>\n", key, value);
}

static int64_t
open_node (Writer *writer, DemoPoint point, const char *end)
{
  char lat[G_ASCII_DTOSTR_BUF_SIZE];
  char lon[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (lat, sizeof lat, "%.7f", demo_lat_deg (point));
  g_ascii_formatd (lon, sizeof lon, "%.7f", demo_lon_deg (point));
  g_string_append_printf (writer->nodes,
                          " <node id=\"%" G_GINT64_FORMAT "\" version=\"1\" lat=\"%s\" lon=\"%s\"%s\n",
                          writer->next_node, lat, lon, end);
  return writer->next_node++;
}

static int64_t
write_point (Writer *writer, DemoPoint point)
{
  return open_node (writer, point, "/>");
}

static int64_t
write_junction (Writer *writer, unsigned number)
{
  DemoNode *node = &g_array_index (writer->plan->nodes, DemoNode, number);

  if (node->id != 0)
    return node->id;
  if (!node->has_signals && !node->is_crossing && node->exit_ref == NULL)
    return node->id = write_point (writer, node->point);
  node->id = open_node (writer, node->point, ">");
  if (node->exit_ref != NULL)
    {
      write_tag (writer->nodes, "highway", "motorway_junction");
      write_tag (writer->nodes, "ref", node->exit_ref);
    }
  else
    write_tag (writer->nodes, "highway", node->has_signals ? "traffic_signals" : "crossing");
  g_string_append (writer->nodes, " </node>\n");
  return node->id;
}

static int64_t
open_way (Writer *writer)
{
  g_string_append_printf (writer->ways, " <way id=\"%" G_GINT64_FORMAT "\" version=\"1\">\n",
                          writer->next_way);
  return writer->next_way++;
}

static void
write_ref (Writer *writer, int64_t node)
{
  g_string_append_printf (writer->ways, "  <nd ref=\"%" G_GINT64_FORMAT "\"/>\n", node);
}

static void
close_way (Writer *writer)
{
  g_string_append (writer->ways, " </way>\n");
}

/* Whether b goes on from a as the same way. */
static bool
continues (const DemoEdge *a, const DemoEdge *b)
{
  return !b->is_gone && a->road == b->road && a->to == b->from && a->kind == b->kind &&
         a->oneway == b->oneway && a->is_bridge == b->is_bridge && a->layer == b->layer &&
         g_strcmp0 (a->name, b->name) == 0;
}

static int
speed_of (const DemoRoad *road, const DemoEdge *edge)
{
  DemoPoint point = edge->line->points[0];

  if (road->maxspeed_kmh > 0)
    return road->maxspeed_kmh;
  if (edge->kind <= DEMO_TERTIARY)
    return demo_distance (point, demo_point (0.0, -300.0)) > 5200.0 ? 80
           : edge->kind == DEMO_TERTIARY && point.x < 1200.0 && point.x > -1200.0 && point.y < 900.0
               ? 30
               : 50;
  return demo_distance (point, DEMO_OLD_TOWN) < 700.0 ? 30 : 0;
}

static void
write_road_tags (Writer *writer, const DemoEdge *edge)
{
  const DemoRoad *road = g_ptr_array_index (writer->plan->roads, edge->road);
  GString *ways = writer->ways;
  int speed = speed_of (road, edge);

  write_tag (ways, "highway", class_tags[edge->kind]);
  write_tag (ways, "name", edge->name);
  write_tag (ways, "ref", road->ref);
  write_tag (ways, "destination", road->destination);
  if (road->is_roundabout)
    write_tag (ways, "junction", "roundabout");
  if (edge->oneway != 0)
    write_tag (ways, "oneway", "yes");
  if (edge->kind == DEMO_PEDESTRIAN || edge->kind == DEMO_FOOTWAY)
    return;
  if (edge->is_bridge)
    write_tag (ways, "bridge", "yes");
  if (road->is_tunnel)
    write_tag (ways, "tunnel", "yes");
  if (edge->layer != 0)
    write_number (ways, "layer", edge->layer);
  if (road->lanes > 0)
    write_number (ways, "lanes", road->lanes);
  if (speed > 0)
    write_number (ways, "maxspeed", speed);
}

/* One way of consecutive edges; against its drawing where the one-way runs so, as OSM advises. */
static void
write_road (Writer *writer, unsigned first, unsigned last)
{
  g_autoptr (GArray) refs = g_array_new (FALSE, FALSE, sizeof (int64_t));
  const DemoEdge *edge = NULL;
  int64_t id = open_way (writer);
  int64_t ref;

  for (unsigned i = first; i <= last; i++)
    {
      edge = &g_array_index (writer->plan->edges, DemoEdge, i);
      writer->way_of_edge[i] = id;
      ref = write_junction (writer, edge->from);
      g_array_append_val (refs, ref);
      for (unsigned k = 1; k + 1 < edge->line->n; k++)
        {
          ref = write_point (writer, edge->line->points[k]);
          g_array_append_val (refs, ref);
        }
    }
  ref = write_junction (writer, edge->to);
  g_array_append_val (refs, ref);
  for (unsigned i = 0; i < refs->len; i++)
    write_ref (writer,
               g_array_index (refs, int64_t, edge->oneway < 0 ? refs->len - 1 - i : i));
  write_road_tags (writer, edge);
  close_way (writer);
}

/* An edge with a banned turn is a way of its own, so that the ban names one arm. */
static void
write_roads (Writer *writer)
{
  GArray *edges = writer->plan->edges;
  g_autofree bool *is_alone = g_new0 (bool, edges->len);

  writer->way_of_edge = g_new0 (int64_t, edges->len);
  for (unsigned i = 0; i < writer->plan->bans->len; i++)
    {
      const DemoBan *ban = &g_array_index (writer->plan->bans, DemoBan, i);

      is_alone[ban->from_edge] = is_alone[ban->to_edge] = true;
    }
  for (unsigned i = 0; i < edges->len; i++)
    {
      unsigned last = i;

      if (g_array_index (edges, DemoEdge, i).is_gone)
        continue;
      while (last + 1 < edges->len && !is_alone[i] && !is_alone[last + 1] &&
             continues (&g_array_index (edges, DemoEdge, last),
                        &g_array_index (edges, DemoEdge, last + 1)))
        last++;
      write_road (writer, i, last);
      i = last;
    }
}

static void
write_line (Writer *writer, const DemoLine *line)
{
  int64_t first = writer->next_node;
  bool is_closed = line->n > 3 && demo_distance (line->points[0], line->points[line->n - 1]) < 0.01;

  for (unsigned i = 0; i < line->n - is_closed; i++)
    write_point (writer, line->points[i]);
  open_way (writer);
  for (unsigned i = 0; i < line->n - is_closed; i++)
    write_ref (writer, first + i);
  if (is_closed)
    write_ref (writer, first);
}

static void
write_waters (Writer *writer)
{
  DemoPlan *plan = writer->plan;

  write_line (writer, plan->coast);
  write_tag (writer->ways, "natural", "coastline");
  close_way (writer);
  for (unsigned i = 0; i < plan->islands->len; i++)
    {
      write_line (writer, g_ptr_array_index (plan->islands, i));
      write_tag (writer->ways, "natural", "coastline");
      close_way (writer);
    }
  write_line (writer, plan->river_outline);
  write_tag (writer->ways, "natural", "water");
  write_tag (writer->ways, "water", "river");
  close_way (writer);
  write_line (writer, plan->river);
  write_tag (writer->ways, "waterway", "river");
  write_tag (writer->ways, "name", "L'Aubrance");
  close_way (writer);
}

static void
write_rails (Writer *writer)
{
  DemoPlan *plan = writer->plan;

  for (unsigned i = 0; i < plan->rails->len; i++)
    {
      write_line (writer, g_ptr_array_index (plan->rails, i));
      write_tag (writer->ways, "railway", "rail");
      write_tag (writer->ways, "gauge", "1435");
      if (i >= 2)
        write_tag (writer->ways, "service", "yard");
      close_way (writer);
    }
}

static void
write_areas (Writer *writer)
{
  GArray *areas = writer->plan->areas;

  for (unsigned i = 0; i < areas->len; i++)
    {
      const DemoArea *area = &g_array_index (areas, DemoArea, i);

      write_line (writer, area->line);
      write_tag (writer->ways, area->key, area->value);
      write_tag (writer->ways, "name", area->name);
      if (strcmp (area->key, "highway") == 0)
        write_tag (writer->ways, "area", "yes");
      close_way (writer);
    }
}

static void
write_buildings (Writer *writer)
{
  GArray *buildings = writer->plan->buildings;

  for (unsigned i = 0; i < buildings->len; i++)
    {
      const DemoBuilding *building = &g_array_index (buildings, DemoBuilding, i);

      write_line (writer, building->line);
      write_tag (writer->ways, "building", building->kind);
      write_tag (writer->ways, "name", building->name);
      if (building->number > 0)
        {
          write_number (writer->ways, "addr:housenumber", (int) building->number);
          write_tag (writer->ways, "addr:street", building->street);
        }
      close_way (writer);
    }
}

static void
write_places (Writer *writer)
{
  GArray *places = writer->plan->places;

  for (unsigned i = 0; i < places->len; i++)
    {
      const DemoPlace *place = &g_array_index (places, DemoPlace, i);

      open_node (writer, place->point, ">");
      write_tag (writer->nodes, place->key, place->value);
      write_tag (writer->nodes, "name", place->name);
      if (strcmp (place->value, "city") == 0)
        write_tag (writer->nodes, "population", "186000");
      g_string_append (writer->nodes, " </node>\n");
    }
}

static void
write_bans (Writer *writer)
{
  DemoPlan *plan = writer->plan;

  for (unsigned i = 0; i < plan->bans->len; i++)
    {
      const DemoBan *ban = &g_array_index (plan->bans, DemoBan, i);

      g_string_append_printf (
          writer->relations,
          " <relation id=\"%" G_GINT64_FORMAT "\" version=\"1\">\n"
          "  <member type=\"way\" ref=\"%" G_GINT64_FORMAT "\" role=\"from\"/>\n"
          "  <member type=\"node\" ref=\"%" G_GINT64_FORMAT "\" role=\"via\"/>\n"
          "  <member type=\"way\" ref=\"%" G_GINT64_FORMAT "\" role=\"to\"/>\n",
          writer->next_relation++, writer->way_of_edge[ban->from_edge],
          g_array_index (plan->nodes, DemoNode, ban->via_node).id,
          writer->way_of_edge[ban->to_edge]);
      write_tag (writer->relations, "type", "restriction");
      write_tag (writer->relations, "restriction", ban->kind);
      g_string_append (writer->relations, " </relation>\n");
    }
}

GString *
demo_write_osm (DemoPlan *plan)
{
  Writer writer = { plan, g_string_new (NULL), g_string_new (NULL), g_string_new (NULL), 1, 1, 1 };
  GString *text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<osm version=\"0.6\" generator=\"make-city\" "
                                "attribution=\"Port-Lumière, CC0\">\n");
  DemoPoint low = demo_point (DEMO_MIN_X, DEMO_MIN_Y);
  DemoPoint high = demo_point (DEMO_MAX_X, DEMO_MAX_Y);
  char numbers[4][G_ASCII_DTOSTR_BUF_SIZE];

  write_waters (&writer);
  write_roads (&writer);
  write_rails (&writer);
  write_areas (&writer);
  write_buildings (&writer);
  write_places (&writer);
  write_bans (&writer);
  g_ascii_formatd (numbers[0], sizeof numbers[0], "%.7f", demo_lat_deg (low));
  g_ascii_formatd (numbers[1], sizeof numbers[1], "%.7f", demo_lon_deg (low));
  g_ascii_formatd (numbers[2], sizeof numbers[2], "%.7f", demo_lat_deg (high));
  g_ascii_formatd (numbers[3], sizeof numbers[3], "%.7f", demo_lon_deg (high));
  g_string_append_printf (text,
                          " <bounds minlat=\"%s\" minlon=\"%s\" maxlat=\"%s\" maxlon=\"%s\"/>\n",
                          numbers[0], numbers[1], numbers[2], numbers[3]);
  g_string_append_len (text, writer.nodes->str, (gssize) writer.nodes->len);
  g_string_append_len (text, writer.ways->str, (gssize) writer.ways->len);
  g_string_append_len (text, writer.relations->str, (gssize) writer.relations->len);
  g_string_append (text, "</osm>\n");
  g_string_free (writer.nodes, TRUE);
  g_string_free (writer.ways, TRUE);
  g_string_free (writer.relations, TRUE);
  g_free (writer.way_of_edge);
  return text;
}
