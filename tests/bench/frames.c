/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/map-view.h"

#include "ui/map/tile-painter.h"

#include <math.h>
#include <shumate/shumate.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Frames a second of the full driving scene (night, names, a route of 5,000 points, 1,000 stations, a
 * car that drives and turns) against a bare ShumateMap with raster tiles and no overlay that pans and
 * turns alike, one after the other in one run; also processor time of the main thread and of all
 * threads a frame, which tells the same on a busy machine. Choose the renderer with GSK_RENDERER=cairo or gl.
 * usage: frames CITY LAT,LON */

#define SECONDS 8.0
#define ROUTE_POINTS 5000u
#define STATIONS 1000u

/* A data source that always has the same PNG at hand: raster tiles with no network and no disc. */
#define TYPE_SAME_PNG (same_png_get_type ())
G_DECLARE_FINAL_TYPE (SamePng, same_png, SAME, PNG, ShumateDataSource)

struct _SamePng {
  ShumateDataSource parent;
  GBytes *png;
};

G_DEFINE_TYPE (SamePng, same_png, SHUMATE_TYPE_DATA_SOURCE)

static void
get_tile_data_async (ShumateDataSource *source, int x, int y, int zoom, GCancellable *cancellable,
                     GAsyncReadyCallback callback, void *data)
{
  SamePng *self = SAME_PNG (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_signal_emit_by_name (self, "received-data", x, y, zoom, self->png);
  g_task_return_pointer (task, g_bytes_ref (self->png), (GDestroyNotify) g_bytes_unref);
}

static GBytes *
get_tile_data_finish (ShumateDataSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
same_png_class_init (SamePngClass *klass)
{
  SHUMATE_DATA_SOURCE_CLASS (klass)->get_tile_data_async = get_tile_data_async;
  SHUMATE_DATA_SOURCE_CLASS (klass)->get_tile_data_finish = get_tile_data_finish;
}

static void
same_png_init (SamePng *self)
{
}

typedef struct {
  double frames_per_s;
  double slowest_ms;  /* of all but the slowest hundredth of the frames */
  double main_ms;     /* processor time a frame */
  double process_ms;
} Figures;

typedef struct {
  GArray *times_us; /* int64_t: of each frame painted */
  int64_t start_us;
  VolantPoint start;
  VolantMapView *view;       /* (nullable) */
  ShumateViewport *viewport; /* (nullable) of the bare map */
  unsigned n_fixes;
} Run;

static cairo_status_t
append_png (void *closure, const unsigned char *data, unsigned length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_png (VolantCity *city, VolantPoint at)
{
  g_autoptr (VolantDrawing) drawing = volant_drawing_open (volant_city_get_file (city), NULL);
  VolantDrawingPoint centre = volant_drawing_project (at);
  VolantTile tile = { 16, centre.x >> 16, centre.y >> 16, 256, 1 };
  cairo_surface_t *surface = volant_tile_paint (drawing, volant_map_style_get (true), &tile);
  GByteArray *png = g_byte_array_new ();

  cairo_surface_write_to_png_stream (surface, append_png, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

/* A large circle at 50 km/h: it pans and turns all the time. */
static VolantPoint
place_at (const Run *run, double at_s, double *heading_deg)
{
  double angle_deg = fmod (at_s * 50.0 / 3.6 / 250.0 * 180.0 / G_PI, 360.0);

  *heading_deg = fmod (angle_deg + 90.0, 360.0);
  return volant_geo_destination (run->start, angle_deg, 250.0);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, void *data)
{
  Run *run = data;
  int64_t now_us = g_get_monotonic_time ();
  double at_s = (double) (now_us - run->start_us) / 1e6;
  double heading_deg;
  VolantPoint at = place_at (run, at_s, &heading_deg);

  g_array_append_val (run->times_us, now_us);
  if (run->viewport != NULL)
    {
      shumate_viewport_set_rotation (run->viewport, -heading_deg * G_PI / 180.0);
      shumate_location_set_location (SHUMATE_LOCATION (run->viewport), volant_point_lat_deg (at),
                                     volant_point_lon_deg (at));
    }
  else if (at_s >= run->n_fixes)
    {
      VolantFix fix = { .valid = true,
                        .point = at,
                        .heading_deg = heading_deg,
                        .speed_mps = 50.0 / 3.6,
                        .at_us = now_us };

      run->n_fixes++;
      volant_map_view_set_fix (run->view, &fix);
      volant_map_view_set_travelled (run->view, at_s * 50.0 / 3.6);
    }
  return G_SOURCE_CONTINUE;
}

static int
compare_times (const void *a, const void *b)
{
  return *(const int64_t *) a < *(const int64_t *) b ? -1 : 1;
}

static double
used_ms (int who)
{
  struct rusage usage;

  getrusage (who, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000.0 +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000.0;
}

static void
sum_up (const Run *run, Figures *figures)
{
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (int64_t));
  unsigned n = run->times_us->len;
  int64_t last_us = g_array_index (run->times_us, int64_t, n - 1);

  for (unsigned i = 1; i < n; i++)
    {
      int64_t length = g_array_index (run->times_us, int64_t, i) -
                       g_array_index (run->times_us, int64_t, i - 1);

      g_array_append_val (lengths, length);
    }
  g_array_sort (lengths, compare_times);
  figures->slowest_ms =
      (double) g_array_index (lengths, int64_t, (unsigned) (lengths->len * 0.99)) / 1000.0;
  figures->frames_per_s = n / ((double) (last_us - run->start_us) / 1e6);
}

/* Shows widget for SECONDS. */
static Figures
measure (Run *run, GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  double main_ms = used_ms (RUSAGE_THREAD);
  double process_ms = used_ms (RUSAGE_SELF);
  Figures figures;

  run->times_us = g_array_new (FALSE, FALSE, sizeof (int64_t));
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_default_size (window, 1280, 720);
  gtk_window_set_child (window, widget);
  gtk_window_present (window);
  run->start_us = g_get_monotonic_time ();
  gtk_widget_add_tick_callback (widget, on_tick, run, NULL);
  while (g_get_monotonic_time () - run->start_us < (int64_t) (SECONDS * 1e6))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (run->times_us->len, >, 2);
  sum_up (run, &figures);
  figures.main_ms = (used_ms (RUSAGE_THREAD) - main_ms) / run->times_us->len;
  figures.process_ms = (used_ms (RUSAGE_SELF) - process_ms) / run->times_us->len;
  g_array_unref (run->times_us);
  gtk_window_destroy (window);
  return figures;
}

static void
tell (const char *name, const Figures *figures)
{
  g_print ("%-10s %5.1f frames/s, slowest 1 %% %4.0f ms; processor a frame: main thread %5.1f ms, "
           "all %5.1f ms\n",
           name, figures->frames_per_s, figures->slowest_ms, figures->main_ms, figures->process_ms);
}

static GtkWidget *
make_bare (VolantCity *city, Run *run)
{
  SamePng *png = g_object_new (TYPE_SAME_PNG, NULL);
  ShumateMapSource *source;
  ShumateMap *map = shumate_map_new ();

  png->png = make_png (city, run->start);
  source = SHUMATE_MAP_SOURCE (g_object_new (SHUMATE_TYPE_RASTER_RENDERER, "data-source", png, "id",
                                             "bare", "max-zoom-level", 19, "tile-size", 256, NULL));
  run->viewport = shumate_map_get_viewport (map);
  shumate_viewport_set_reference_map_source (run->viewport, source);
  shumate_viewport_set_max_zoom_level (run->viewport, 19);
  shumate_map_add_layer (map, SHUMATE_LAYER (shumate_map_layer_new (source, run->viewport)));
  shumate_viewport_set_zoom_level (run->viewport, 16.0);
  return GTK_WIDGET (map);
}

static void
add_scene (VolantMapView *view, const Run *run)
{
  g_autoptr (GArray) route = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  g_autoptr (GPtrArray) stations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_station_free);
  g_autoptr (GRand) chance = g_rand_new_with_seed (3);
  double heading_deg;

  for (unsigned i = 0; i < ROUTE_POINTS; i++)
    {
      VolantPoint at = place_at (run, i * 0.02, &heading_deg);

      g_array_append_val (route, at);
    }
  for (unsigned i = 0; i < STATIONS; i++)
    {
      VolantStation *station = g_new0 (VolantStation, 1);

      station->id = g_strdup_printf ("%u", i);
      station->name = g_strdup_printf ("Station %u", i);
      station->spoken_name = g_strdup (station->name);
      station->address = g_strdup ("");
      station->point =
          volant_geo_destination (run->start, g_rand_double_range (chance, 0.0, 360.0),
                                  4000.0 * sqrt (g_rand_double (chance)));
      station->cars_available = g_rand_int_range (chance, 0, 9);
      station->is_installed = station->is_renting = station->is_returning = true;
      g_ptr_array_add (stations, station);
    }
  volant_map_view_set_route (view, (VolantPoint *) (void *) route->data, route->len);
  volant_map_view_set_stations (view, stations);
}

static GtkWidget *
make_full (VolantCity *city, Run *run)
{
  VolantMapView *view = VOLANT_MAP_VIEW (volant_map_view_new ());

  run->view = view;
  volant_map_view_set_night (view, TRUE);
  volant_map_view_set_city (view, city, NULL);
  volant_map_view_set_heading_up (view, TRUE);
  volant_map_view_recentre (view);
  add_scene (view, run);
  return GTK_WIDGET (view);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCity) city = argc >= 2 ? volant_city_open (argv[1], &error) : NULL;
  Run bare = { 0 };
  Run full = { 0 };
  Figures bare_figures, full_figures;

  g_setenv ("GTK_A11Y", "none", FALSE);
  if (city == NULL || !gtk_init_check ())
    {
      g_printerr ("frames: %s\n", error != NULL ? error->message
                                                : "usage: frames CITY [LAT,LON], on a display");
      return 2;
    }
  bare.start = volant_city_get_info (city)->start;
  if (argc >= 3)
    volant_point_parse (argv[2], &bare.start, NULL);
  full.start = bare.start;
  bare_figures = measure (&bare, make_bare (city, &bare));
  full_figures = measure (&full, make_full (city, &full));
  tell ("bare map", &bare_figures);
  tell ("full scene", &full_figures);
  g_print ("ratio      frames %.2f, slowest %.2f, main thread %.2f\n",
           full_figures.frames_per_s / bare_figures.frames_per_s,
           full_figures.slowest_ms / bare_figures.slowest_ms,
           full_figures.main_ms / bare_figures.main_ms);
  return EXIT_SUCCESS;
}
