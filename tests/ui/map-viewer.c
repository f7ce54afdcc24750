/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/map-view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Shows a city's map without a session: to look at it, or to take one picture of it (--png). */

static char *at_text;
static char *size_text;
static char *png_path;
static char *route_text;
static double zoom = 15.0;
static double rotation_deg;
static gboolean is_night;
static gboolean is_driving;
static int n_stations;
static int exit_status;

static const GOptionEntry entries[] = {
  { "at", 0, 0, G_OPTION_ARG_STRING, &at_text, "Look at this position", "LAT,LON" },
  { "zoom", 0, 0, G_OPTION_ARG_DOUBLE, &zoom, "Zoom, 9 to 19", "Z" },
  { "rotation", 0, 0, G_OPTION_ARG_DOUBLE, &rotation_deg, "Turn clockwise", "DEGREES" },
  { "night", 0, 0, G_OPTION_ARG_NONE, &is_night, "By night", NULL },
  { "size", 0, 0, G_OPTION_ARG_STRING, &size_text, "Window size", "WxH" },
  { "route", 0, 0, G_OPTION_ARG_STRING, &route_text, "Draw a route", "LAT,LON;LAT,LON…" },
  { "driving", 0, 0, G_OPTION_ARG_NONE, &is_driving, "A car on the route, heading up", NULL },
  { "stations", 0, 0, G_OPTION_ARG_INT, &n_stations, "Scatter stations", "N" },
  { "png", 0, 0, G_OPTION_ARG_FILENAME, &png_path, "Take a picture and quit", "FILE" },
  { NULL },
};

typedef struct {
  VolantMapView *view;
  GtkWindow *window;
  unsigned n_complete;
} Shot;

static void
save_picture (Shot *shot)
{
  GtkWidget *widget = GTK_WIDGET (shot->view);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (shot->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  exit_status = gdk_texture_save_to_png (texture, png_path) ? EXIT_SUCCESS : EXIT_FAILURE;
  gsk_render_node_unref (node);
}

static gboolean
on_look (void *data)
{
  Shot *shot = data;

  /* A few looks more, for names to fade in. */
  shot->n_complete = volant_map_view_is_complete (shot->view) ? shot->n_complete + 1 : 0;
  if (shot->n_complete < 12)
    return G_SOURCE_CONTINUE;
  save_picture (shot);
  gtk_window_destroy (shot->window);
  return G_SOURCE_REMOVE;
}

static void
add_stations (VolantMapView *view, VolantPoint around)
{
  g_autoptr (GPtrArray) stations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_station_free);
  g_autoptr (GRand) chance = g_rand_new_with_seed (7);

  for (int i = 0; i < n_stations; i++)
    {
      VolantStation *station = g_new0 (VolantStation, 1);
      double away_m = 3000.0 * sqrt (g_rand_double (chance));

      station->id = g_strdup_printf ("%d", i);
      station->name = g_strdup_printf ("Station %d", i);
      station->spoken_name = g_strdup (station->name);
      station->address = g_strdup ("");
      station->point =
          volant_geo_destination (around, g_rand_double_range (chance, 0.0, 360.0), away_m);
      station->docks_available = g_rand_int_range (chance, 0, 8);
      station->cars_available = g_rand_int_range (chance, 0, 8);
      station->has_charging = g_rand_int_range (chance, 0, 3) > 0;
      station->is_installed = station->is_renting = g_rand_int_range (chance, 0, 9) > 0;
      station->is_returning = station->is_renting;
      g_ptr_array_add (stations, station);
    }
  volant_map_view_set_stations (view, stations);
  volant_map_view_set_chosen_station (view, "3");
}

static void
add_route (VolantMapView *view, VolantPoint at)
{
  g_auto (GStrv) words = g_strsplit (route_text, ";", -1);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  VolantPoint point;

  for (unsigned i = 0; words[i] != NULL; i++)
    if (volant_point_parse (words[i], &point, NULL))
      g_array_append_val (points, point);
  volant_map_view_set_route (view, (VolantPoint *) (void *) points->data, points->len);
  if (points->len > 1)
    volant_map_view_set_target (view, &g_array_index (points, VolantPoint, points->len - 1));
  if (is_driving && points->len > 1)
    {
      VolantPoint first = g_array_index (points, VolantPoint, 0);
      VolantPoint next = g_array_index (points, VolantPoint, 1);
      VolantFix fix = { .valid = true,
                        .point = volant_geo_interpolate (first, next, 0.5),
                        .heading_deg = volant_geo_bearing_deg (first, next),
                        .speed_mps = 0.0,
                        .at_us = g_get_monotonic_time () };

      volant_map_view_set_travelled (view, volant_geo_distance_m (first, next) / 2.0);
      volant_map_view_set_heading_up (view, TRUE);
      volant_map_view_set_fix (view, &fix);
      volant_map_view_recentre (view);
    }
}

static gboolean
fill (VolantMapView *view, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = volant_city_open (path, &error);
  VolantPoint at;

  if (city == NULL || !volant_map_view_set_city (view, city, &error))
    {
      g_printerr ("map-viewer: %s\n", error->message);
      return FALSE;
    }
  at = volant_city_get_info (city)->start;
  if (at_text != NULL && !volant_point_parse (at_text, &at, &error))
    {
      g_printerr ("map-viewer: %s\n", error->message);
      return FALSE;
    }
  volant_map_view_set_night (view, is_night);
  volant_map_view_look_at (view, at, zoom, rotation_deg);
  if (n_stations > 0)
    add_stations (view, at);
  if (route_text != NULL)
    add_route (view, at);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("CITY");
  g_autoptr (GError) error = NULL;
  Shot shot = { 0 };
  int width = 1280;
  int height = 800;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2)
    {
      g_printerr ("map-viewer: %s\n", error != NULL ? error->message : "name one city file");
      return 2;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("map-viewer: no display\n");
      return EXIT_FAILURE;
    }
  if (size_text != NULL)
    sscanf (size_text, "%dx%d", &width, &height);
  shot.view = VOLANT_MAP_VIEW (volant_map_view_new ());
  shot.window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (shot.window, FALSE);
  gtk_window_set_default_size (shot.window, width, height);
  gtk_window_set_child (shot.window, GTK_WIDGET (shot.view));
  if (!fill (shot.view, argv[1]))
    return EXIT_FAILURE;
  gtk_window_present (shot.window);
  if (png_path != NULL)
    g_timeout_add (60, on_look, &shot);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return exit_status;
}
