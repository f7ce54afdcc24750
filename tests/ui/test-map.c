/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support.h"
#include "tests/ui/display.h"
#include "ui/map/map-transform.h"
#include "ui/map/map-view.h"
#include "ui/map/tile-source.h"

#include <math.h>

/* The map as a widget, on the demo city: every tile in view is painted, names do not collide, a touch
 * on a station chooses it, day turns to night. Skipped where there is no display. */

#define DEADLINE_S 20.0

typedef struct {
  GtkWindow *window;
  VolantMapView *view;
  VolantCity *city;
  char *chosen;
} Fixture;

static void
on_station_chosen (VolantMapView *view, const char *id, Fixture *fixture)
{
  g_free (fixture->chosen);
  fixture->chosen = g_strdup (id);
}

static bool
is_shown (void *data)
{
  Fixture *fixture = data;

  return gtk_widget_get_width (GTK_WIDGET (fixture->view)) > 0 &&
         volant_map_view_is_complete (fixture->view);
}

static bool
set_up (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (g_getenv ("VOLANT_TEST_BUILD"), "data", "demo",
                                            "port-lumiere.city", NULL);
  g_autoptr (GError) error = NULL;

  if (!volant_test_display () || !gtk_init_check ())
    return false;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the demo city is not built");
      return false;
    }
  fixture->city = volant_city_open (path, &error);
  g_assert_no_error (error);
  fixture->view = VOLANT_MAP_VIEW (volant_map_view_new ());
  fixture->window = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_decorated (fixture->window, FALSE);
  gtk_window_set_default_size (fixture->window, 800, 480);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->view));
  g_signal_connect (fixture->view, "station-chosen", G_CALLBACK (on_station_chosen), fixture);
  g_assert_true (volant_map_view_set_city (fixture->view, fixture->city, &error));
  g_assert_no_error (error);
  gtk_window_present (fixture->window);
  g_assert_true (volant_test_wait (is_shown, fixture, DEADLINE_S));
  return true;
}

static void
tear_down (Fixture *fixture)
{
  gtk_window_destroy (fixture->window);
  volant_city_unref (fixture->city);
  g_free (fixture->chosen);
}

static void
test_complete (void)
{
  Fixture fixture = { 0 };
  VolantPoint start;

  if (!set_up (&fixture))
    return;
  start = volant_city_get_info (fixture.city)->start;
  for (int zoom = 11; zoom <= 18; zoom++)
    {
      volant_map_view_look_at (fixture.view, start, zoom, zoom * 37.0);
      g_assert_true (volant_test_wait (is_shown, &fixture, DEADLINE_S));
    }
  tear_down (&fixture);
}

static void
test_night (void)
{
  Fixture fixture = { 0 };

  if (!set_up (&fixture))
    return;
  volant_map_view_set_night (fixture.view, TRUE);
  g_assert_false (volant_map_view_is_complete (fixture.view));
  g_assert_true (volant_test_wait (is_shown, &fixture, DEADLINE_S));
  /* twice in a row, before the first is painted */
  volant_map_view_set_night (fixture.view, FALSE);
  volant_map_view_set_night (fixture.view, TRUE);
  g_assert_true (volant_test_wait (is_shown, &fixture, DEADLINE_S));
  tear_down (&fixture);
}

static bool
has_labels (void *data)
{
  Fixture *fixture = data;
  g_autoptr (GArray) boxes = volant_map_view_get_label_boxes (fixture->view);

  return boxes->len > 0;
}

static void
test_labels (void)
{
  Fixture fixture = { 0 };
  VolantPoint start;

  if (!set_up (&fixture))
    return;
  start = volant_city_get_info (fixture.city)->start;
  for (int zoom = 12; zoom <= 17; zoom++)
    {
      g_autoptr (GArray) boxes = NULL;

      volant_map_view_look_at (fixture.view, start, zoom, zoom * 50.0);
      g_assert_true (volant_test_wait (is_shown, &fixture, DEADLINE_S));
      if (zoom <= 15)
        g_assert_true (volant_test_wait (has_labels, &fixture, DEADLINE_S));
      boxes = volant_map_view_get_label_boxes (fixture.view);
      for (unsigned i = 0; i < boxes->len; i++)
        for (unsigned j = i + 1; j < boxes->len; j++)
          g_assert_false (graphene_rect_intersection (
              &g_array_index (boxes, graphene_rect_t, i),
              &g_array_index (boxes, graphene_rect_t, j), NULL));
    }
  tear_down (&fixture);
}

/* Ours must agree with libshumate's, or layers would slide over the ground. */
static void
test_transform (void)
{
  Fixture fixture = { 0 };
  g_autoptr (VolantTileSource) source = NULL;
  g_autoptr (VolantDrawing) drawing = NULL;
  g_autoptr (ShumateMap) map = NULL;
  ShumateViewport *viewport;

  if (!set_up (&fixture))
    return;
  drawing = volant_drawing_open (volant_city_get_file (fixture.city), NULL);
  source = volant_tile_source_new (drawing, volant_map_style_get (false), 1, "");
  map = g_object_ref_sink (shumate_map_new ());
  viewport = shumate_map_get_viewport (map);
  shumate_viewport_set_reference_map_source (viewport, SHUMATE_MAP_SOURCE (source));
  shumate_location_set_location (SHUMATE_LOCATION (viewport), 48.85, 2.35);
  gtk_widget_measure (GTK_WIDGET (map), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (map), &(GtkAllocation) { 0, 0, 640, 400 }, -1);
  for (unsigned round = 0; round < 20; round++)
    {
      VolantPoint point = volant_point_from_degrees (48.85 + 0.002 * round, 2.35 - 0.003 * round);
      VolantMapTransform transform;
      double x, y, expected_x, expected_y;

      shumate_viewport_set_zoom_level (viewport, 12.0 + 0.3 * round);
      shumate_viewport_set_rotation (viewport, 0.31 * round);
      volant_map_transform_init (&transform, viewport, gtk_widget_get_width (GTK_WIDGET (map)),
                                 gtk_widget_get_height (GTK_WIDGET (map)));
      volant_map_transform_point (&transform, volant_drawing_project (point), &x, &y);
      shumate_viewport_location_to_widget_coords (viewport, GTK_WIDGET (map),
                                                  volant_point_lat_deg (point),
                                                  volant_point_lon_deg (point), &expected_x,
                                                  &expected_y);
      g_assert_cmpfloat_with_epsilon (x, expected_x, 0.6);
      g_assert_cmpfloat_with_epsilon (y, expected_y, 0.6);
    }
  tear_down (&fixture);
}

static VolantStation *
make_station (const char *id, VolantPoint point)
{
  VolantStation *station = g_new0 (VolantStation, 1);

  station->id = g_strdup (id);
  station->name = g_strdup_printf ("Station %s", id);
  station->spoken_name = g_strdup (id);
  station->address = g_strdup ("");
  station->point = point;
  station->cars_available = 2;
  station->docks_available = 3;
  station->is_installed = station->is_renting = station->is_returning = true;
  return station;
}

static GtkGesture *
find_click (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (unsigned i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller))
        return GTK_GESTURE (controller);
    }
  g_assert_not_reached ();
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  if (g_str_equal (gtk_widget_get_name (widget), name) && gtk_widget_get_child_visible (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static bool
has_button (void *data)
{
  Fixture *fixture = data;

  return find_named (GTK_WIDGET (fixture->view), "station-b") != NULL;
}

static void
test_stations (void)
{
  Fixture fixture = { 0 };
  g_autoptr (GPtrArray) stations =
      g_ptr_array_new_with_free_func ((GDestroyNotify) volant_station_free);
  VolantPoint start, beside;
  GtkWidget *button;
  double x, y;

  if (!set_up (&fixture))
    return;
  start = volant_city_get_info (fixture.city)->start;
  beside = volant_geo_destination (start, 90.0, 150.0);
  g_ptr_array_add (stations, make_station ("a", start));
  g_ptr_array_add (stations, make_station ("b", beside));
  volant_map_view_set_stations (fixture.view, stations);
  volant_map_view_look_at (fixture.view, start, 16.0, 25.0);
  g_assert_true (volant_test_wait (is_shown, &fixture, DEADLINE_S));
  volant_map_view_locate (fixture.view, beside, &x, &y);
  g_signal_emit_by_name (find_click (GTK_WIDGET (fixture.view)), "released", 1, x, y - 18.0);
  g_assert_cmpstr (fixture.chosen, ==, "b");
  volant_map_view_locate (fixture.view, start, &x, &y);
  g_signal_emit_by_name (find_click (GTK_WIDGET (fixture.view)), "released", 1, x, y - 18.0);
  g_assert_cmpstr (fixture.chosen, ==, "a");
  g_assert_true (volant_test_wait (has_button, &fixture, DEADLINE_S));
  button = find_named (GTK_WIDGET (fixture.view), "station-b");
  g_assert_cmpint (gtk_widget_get_width (button), >=, 60);
  g_assert_cmpint (gtk_widget_get_height (button), >=, 60);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (fixture.chosen, ==, "b");
  tear_down (&fixture);
}

static bool
has_settled (void *data)
{
  Fixture *fixture = data;
  VolantPoint start = volant_city_get_info (fixture->city)->start;
  double x, y;

  volant_map_view_locate (fixture->view, start, &x, &y);
  return fabs (x - 500.0) < 3.0 && y > 480.0 * 0.6 && y < 480.0 * 0.75;
}

/* The car stands in the lower third of what the cards leave free. */
static void
test_following (void)
{
  Fixture fixture = { 0 };
  VolantFix fix = { .valid = true, .heading_deg = 120.0, .speed_mps = 0.0 };

  if (!set_up (&fixture))
    return;
  fix.point = volant_city_get_info (fixture.city)->start;
  fix.at_us = g_get_monotonic_time ();
  volant_map_view_set_insets (fixture.view, 200, 0, 0, 0);
  volant_map_view_set_heading_up (fixture.view, TRUE);
  volant_map_view_set_fix (fixture.view, &fix);
  g_assert_true (volant_test_wait (has_settled, &fixture, DEADLINE_S));
  g_assert_true (volant_map_view_is_following (fixture.view));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/complete", test_complete);
  g_test_add_func ("/map/night", test_night);
  g_test_add_func ("/map/labels", test_labels);
  g_test_add_func ("/map/transform", test_transform);
  g_test_add_func ("/map/stations", test_stations);
  g_test_add_func ("/map/following", test_following);
  return g_test_run ();
}
