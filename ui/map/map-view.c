/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/map-view.h"

#include "ui/map/camera.h"
#include "ui/map/car-layer.h"
#include "ui/map/label-layer.h"
#include "ui/map/map-keys.h"
#include "ui/map/map-transform.h"
#include "ui/map/route-layer.h"
#include "ui/map/shumate-workarounds.h"
#include "ui/map/station-layer.h"
#include "ui/map/tile-source.h"

#include <math.h>

/* Puts the layers on a ShumateMap and drives its viewport: by the camera while it follows the car,
 * by hand once somebody drags, until asked to recentre. Day and night change by a second map layer
 * behind the first, which goes when the new one is painted: no flash. */

#define MIN_ZOOM 9
#define MAX_ZOOM 19
#define START_ZOOM 15.0
#define MOVE_MS 240
#define SWAP_LOOK_MS 40
#define SWAP_AT_MOST 50 /* looks: two seconds */
#define DRAG_PX 10.0

struct _VolantMapView {
  GtkWidget parent;
  GtkWidget *overlay;
  ShumateMap *map;
  ShumateViewport *viewport;
  ShumateLicense *license;

  VolantCity *city;       /* (nullable) */
  VolantDrawing *drawing; /* (nullable) */
  bool is_night;
  VolantTileSource *source;      /* (nullable) */
  ShumateMapLayer *ground;       /* (nullable) */
  VolantTileSource *next_source; /* (nullable) being painted behind */
  ShumateMapLayer *next_ground;
  unsigned swap;
  unsigned swap_looks;

  VolantRouteLayer *route;
  VolantLabelLayer *labels;
  VolantStationLayer *stations;
  VolantCarLayer *car;

  VolantCamera *camera;
  bool is_following;
  unsigned tick;
  VolantCameraFrame insets;
};

G_DEFINE_FINAL_TYPE (VolantMapView, volant_map_view, GTK_TYPE_WIDGET)

enum {
  STATION_CHOSEN,
  PLACE_PICKED,
  GROUND_TAPPED,
  FOLLOWING_CHANGED,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

static void
look_up_transform (VolantMapView *self, VolantMapTransform *transform)
{
  volant_map_transform_init (transform, self->viewport,
                             gtk_widget_get_width (GTK_WIDGET (self->map)),
                             gtk_widget_get_height (GTK_WIDGET (self->map)));
}

static void
set_centre (VolantMapView *self, double unit_x, double unit_y)
{
  double lat_deg = atan (sinh (G_PI * (1.0 - 2.0 * unit_y / 4294967296.0))) * 180.0 / G_PI;
  double lon_deg = unit_x / 4294967296.0 * 360.0 - 180.0;

  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), lat_deg, lon_deg);
}

static bool
is_still (VolantMapView *self)
{
  gboolean animates = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animates,
                NULL);
  return !animates;
}

static void
show_view (VolantMapView *self, const VolantCameraView *view)
{
  volant_car_layer_set_car (self->car, true, view->car_x, view->car_y, view->heading_rad);
  if (!self->is_following)
    return;
  if (shumate_viewport_get_rotation (self->viewport) != view->rotation_rad)
    shumate_viewport_set_rotation (self->viewport, view->rotation_rad);
  if (shumate_viewport_get_zoom_level (self->viewport) != view->zoom)
    shumate_viewport_set_zoom_level (self->viewport, view->zoom);
  set_centre (self, view->centre_x, view->centre_y);
}

static void
update_frame (VolantMapView *self)
{
  VolantCameraFrame frame = self->insets;

  frame.width_px = gtk_widget_get_width (GTK_WIDGET (self));
  frame.height_px = gtk_widget_get_height (GTK_WIDGET (self));
  volant_camera_set_frame (self->camera, &frame);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, void *data)
{
  VolantMapView *self = VOLANT_MAP_VIEW (widget);
  VolantCameraView view;
  bool moves;

  if (!volant_camera_has_fix (self->camera) || gtk_widget_get_width (widget) == 0)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }
  update_frame (self);
  moves = volant_camera_step (self->camera, g_get_monotonic_time (), is_still (self), &view);
  show_view (self, &view);
  if (moves)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
wake (VolantMapView *self)
{
  if (self->tick == 0 && volant_camera_has_fix (self->camera))
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static void
stop_following (VolantMapView *self)
{
  if (!self->is_following)
    return;
  self->is_following = false;
  g_signal_emit (self, signals[FOLLOWING_CHANGED], 0);
}

static gboolean
source_is_complete (VolantMapView *self, VolantTileSource *source)
{
  VolantMapTransform transform;
  VolantDrawingBox box;
  unsigned zoom, shift;

  if (source == NULL || gtk_widget_get_width (GTK_WIDGET (self->map)) == 0)
    return FALSE;
  look_up_transform (self, &transform);
  zoom = (unsigned) floor (transform.zoom);
  shift = 32 - zoom;
  box = volant_map_transform_box (&transform, 0.0);
  for (unsigned y = box.min_y >> shift; y <= box.max_y >> shift; y++)
    for (unsigned x = box.min_x >> shift; x <= box.max_x >> shift; x++)
      if (!volant_tile_source_has_tile (source, zoom, x, y))
        return FALSE;
  return TRUE;
}

static void
dress_layers (VolantMapView *self)
{
  const VolantMapStyle *style = volant_map_style_get (self->is_night);

  volant_route_layer_set_style (self->route, style);
  volant_label_layer_set_style (self->labels, style);
  volant_station_layer_set_style (self->stations, style);
  volant_car_layer_set_style (self->car, style);
  if (self->is_night)
    gtk_widget_add_css_class (GTK_WIDGET (self), "night");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "night");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_ground (VolantMapView *self)
{
  if (self->ground != NULL)
    shumate_map_remove_layer (self->map, SHUMATE_LAYER (self->ground));
  if (self->source != NULL)
    shumate_license_remove_map_source (self->license, SHUMATE_MAP_SOURCE (self->source));
  self->ground = NULL;
  g_clear_object (&self->source);
}

static void
finish_swap (VolantMapView *self)
{
  g_clear_handle_id (&self->swap, g_source_remove);
  if (self->next_ground == NULL)
    return;
  drop_ground (self);
  self->ground = self->next_ground;
  self->source = g_steal_pointer (&self->next_source);
  self->next_ground = NULL;
  shumate_license_append_map_source (self->license, SHUMATE_MAP_SOURCE (self->source));
  dress_layers (self);
}

static gboolean
on_swap_look (void *data)
{
  VolantMapView *self = data;

  self->swap_looks++;
  if (self->swap_looks < SWAP_AT_MOST && !source_is_complete (self, self->next_source))
    return G_SOURCE_CONTINUE;
  self->swap = 0;
  finish_swap (self);
  return G_SOURCE_REMOVE;
}

/* Begins to paint the ground anew, behind what is there. */
static void
renew_ground (VolantMapView *self)
{
  ShumateLayer *front;

  if (self->drawing == NULL)
    return;
  finish_swap (self);
  front = self->ground != NULL ? SHUMATE_LAYER (self->ground) : SHUMATE_LAYER (self->route);
  self->next_source = volant_tile_source_new (
      self->drawing, volant_map_style_get (self->is_night),
      (unsigned) gtk_widget_get_scale_factor (GTK_WIDGET (self)),
      volant_city_get_info (self->city)->attribution);
  shumate_viewport_set_reference_map_source (self->viewport,
                                             SHUMATE_MAP_SOURCE (self->next_source));
  self->next_ground =
      shumate_map_layer_new (SHUMATE_MAP_SOURCE (self->next_source), self->viewport);
  gtk_widget_set_can_target (GTK_WIDGET (self->next_ground), FALSE);
  shumate_map_insert_layer_behind (self->map, SHUMATE_LAYER (self->next_ground), front);
  volant_shumate_keep_awake (self->next_ground);
  if (self->ground == NULL)
    {
      finish_swap (self);
      return;
    }
  self->swap_looks = 0;
  self->swap = g_timeout_add (SWAP_LOOK_MS, on_swap_look, self);
}

static void
move_to (VolantMapView *self, double unit_x, double unit_y, double zoom)
{
  double lat_deg = atan (sinh (G_PI * (1.0 - 2.0 * unit_y / 4294967296.0))) * 180.0 / G_PI;
  double lon_deg = unit_x / 4294967296.0 * 360.0 - 180.0;

  zoom = CLAMP (zoom, MIN_ZOOM, MAX_ZOOM);
  if (is_still (self))
    {
      shumate_viewport_set_zoom_level (self->viewport, zoom);
      shumate_location_set_location (SHUMATE_LOCATION (self->viewport), lat_deg, lon_deg);
    }
  else
    shumate_map_go_to_full_with_duration (self->map, lat_deg, lon_deg, zoom, MOVE_MS);
}

static void
on_drag (GtkGestureDrag *gesture, double x, double y, VolantMapView *self)
{
  if (hypot (x, y) > DRAG_PX)
    stop_following (self);
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, VolantMapView *self)
{
  stop_following (self);
}

static void
pick (VolantMapView *self, VolantPoint point, const char *name)
{
  g_signal_emit (self, signals[PLACE_PICKED], 0, volant_point_lat_deg (point),
                 volant_point_lon_deg (point), name);
}

/* Whether there is something to touch. */
static bool
touch (VolantMapView *self, double x, double y)
{
  VolantPoint point;
  gboolean is_cluster;
  g_autofree char *name = NULL;
  const char *id;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  id = volant_station_layer_find (self->stations, x, y, &is_cluster, &point);
  if (id != NULL)
    {
      g_signal_emit (self, signals[STATION_CHOSEN], 0, id);
      return true;
    }
  if (is_cluster)
    {
      VolantDrawingPoint at = volant_drawing_project (point);

      stop_following (self);
      move_to (self, at.x, at.y, floor (shumate_viewport_get_zoom_level (self->viewport)) + 2.0);
      return true;
    }
  name = volant_label_layer_find_place (self->labels, x, y, &point);
  if (name != NULL)
    pick (self, point, name);
  return name != NULL;
}

static void
on_tap (GtkGestureClick *gesture, int presses, double x, double y, VolantMapView *self)
{
  if (!touch (self, x, y))
    g_signal_emit (self, signals[GROUND_TAPPED], 0);
}

static void
hold (VolantMapView *self, double x, double y)
{
  VolantMapTransform transform;
  double unit_x, unit_y;

  look_up_transform (self, &transform);
  volant_map_transform_invert (&transform, x, y, &unit_x, &unit_y);
  pick (self,
        volant_drawing_unproject ((VolantDrawingPoint) { (uint32_t) unit_x, (uint32_t) unit_y }),
        "");
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, VolantMapView *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  hold (self, x, y);
}

static void
add_controllers (VolantMapView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkGesture *tap = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (pinch), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  g_signal_connect (tap, "released", G_CALLBACK (on_tap), self);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  volant_map_keys_attach (self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (tap));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (press));
}

static void
on_station_chosen (VolantStationLayer *layer, const char *id, VolantMapView *self)
{
  g_signal_emit (self, signals[STATION_CHOSEN], 0, id);
}

static void
on_scale_changed (VolantMapView *self, GParamSpec *property, void *data)
{
  renew_ground (self);
}

static void
volant_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VolantMapView *self = VOLANT_MAP_VIEW (widget);

  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  wake (self);
}

static void
volant_map_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  /* As large as there is room for; no layer may ask for more. */
  *minimum = 120;
  *natural = 640;
}

static void
volant_map_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantMapView *self = VOLANT_MAP_VIEW (widget);
  uint32_t ground = volant_map_style_get (self->is_night)->ground;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  GdkRGBA colour = { (float) volant_colour_red (ground), (float) volant_colour_green (ground),
                     (float) volant_colour_blue (ground), 1.0f };

  gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (0, 0, width, height));
  GTK_WIDGET_CLASS (volant_map_view_parent_class)->snapshot (widget, snapshot);
}

static void
volant_map_view_dispose (GObject *object)
{
  VolantMapView *self = VOLANT_MAP_VIEW (object);

  g_clear_handle_id (&self->swap, g_source_remove);
  g_clear_object (&self->source);
  g_clear_object (&self->next_source);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (volant_map_view_parent_class)->dispose (object);
}

static void
volant_map_view_finalize (GObject *object)
{
  VolantMapView *self = VOLANT_MAP_VIEW (object);

  g_clear_pointer (&self->drawing, volant_drawing_unref);
  g_clear_pointer (&self->city, volant_city_unref);
  volant_camera_free (self->camera);
  G_OBJECT_CLASS (volant_map_view_parent_class)->finalize (object);
}

static void
volant_map_view_class_init (VolantMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = volant_map_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = volant_map_view_finalize;
  widget_class->size_allocate = volant_map_view_size_allocate;
  widget_class->measure = volant_map_view_measure;
  widget_class->snapshot = volant_map_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "map");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[STATION_CHOSEN] = g_signal_new ("station-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[PLACE_PICKED] =
      g_signal_new ("place-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                    G_TYPE_DOUBLE, G_TYPE_DOUBLE, G_TYPE_STRING);
  signals[GROUND_TAPPED] =
      g_signal_new ("ground-tapped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FOLLOWING_CHANGED] = g_signal_new ("following-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_station_boxes (GArray *boxes, void *data)
{
  volant_station_layer_add_boxes (data, boxes);
}

static void
add_layers (VolantMapView *self)
{
  self->route = volant_route_layer_new (self->viewport);
  self->labels = volant_label_layer_new (self->viewport);
  self->stations = volant_station_layer_new (self->viewport);
  self->car = volant_car_layer_new (self->viewport);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->route));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->labels));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->stations));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->car));
  volant_label_layer_set_obstacles (self->labels, add_station_boxes, self->stations);
  g_signal_connect (self->stations, "station-chosen", G_CALLBACK (on_station_chosen), self);
}

static void
volant_map_view_init (VolantMapView *self)
{
  volant_map_style_install ();
  self->camera = volant_camera_new ();
  self->is_following = true;
  self->map = shumate_map_new ();
  self->viewport = shumate_map_get_viewport (self->map);
  shumate_viewport_set_min_zoom_level (self->viewport, MIN_ZOOM);
  shumate_viewport_set_max_zoom_level (self->viewport, MAX_ZOOM);
  volant_shumate_steady_gestures (self->map);
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->map));
  self->license = shumate_license_new ();
  gtk_widget_set_name (GTK_WIDGET (self->license), "map-attribution");
  gtk_widget_set_halign (GTK_WIDGET (self->license), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->license), GTK_ALIGN_END);
  gtk_widget_set_can_target (GTK_WIDGET (self->license), FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->license));
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  add_layers (self);
  add_controllers (self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
  dress_layers (self);
}

GtkWidget *
volant_map_view_new (void)
{
  return g_object_new (VOLANT_TYPE_MAP_VIEW, NULL);
}

/* Shows a city, looking at its start. Fails where the city has no drawing that can be read. */
gboolean
volant_map_view_set_city (VolantMapView *self, VolantCity *city, GError **error)
{
  VolantDrawing *drawing;

  g_return_val_if_fail (VOLANT_IS_MAP_VIEW (self) && city != NULL, FALSE);

  drawing = volant_drawing_open (volant_city_get_file (city), error);
  if (drawing == NULL)
    return FALSE;
  finish_swap (self);
  drop_ground (self);
  g_clear_pointer (&self->drawing, volant_drawing_unref);
  g_clear_pointer (&self->city, volant_city_unref);
  self->drawing = drawing;
  self->city = volant_city_ref (city);
  volant_label_layer_set_drawing (self->labels, drawing);
  renew_ground (self);
  volant_map_view_look_at (self, volant_city_get_info (city)->start, START_ZOOM, 0.0);
  self->is_following = true;
  wake (self);
  return TRUE;
}

void
volant_map_view_set_night (VolantMapView *self, gboolean is_night)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  if (self->is_night == (is_night != FALSE))
    return;
  self->is_night = is_night != FALSE;
  if (self->drawing == NULL)
    dress_layers (self);
  renew_ground (self);
}

void
volant_map_view_set_heading_up (VolantMapView *self, gboolean is_heading_up)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_camera_set_heading_up (self->camera, is_heading_up);
  if (!is_heading_up && !self->is_following)
    shumate_viewport_set_rotation (self->viewport, 0.0);
  wake (self);
}

void
volant_map_view_set_fix (VolantMapView *self, const VolantFix *fix)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self) && fix != NULL);

  volant_camera_set_fix (self->camera, fix);
  wake (self);
}

/* The route's points, copied; n_points 0 takes it away. */
void
volant_map_view_set_route (VolantMapView *self, const VolantPoint *points, unsigned n_points)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_route_layer_set_route (self->route, points, n_points);
}

void
volant_map_view_set_travelled (VolantMapView *self, double travelled_m)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_route_layer_set_travelled (self->route, travelled_m);
}

/* The destination; NULL for none. */
void
volant_map_view_set_target (VolantMapView *self, const VolantPoint *target)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_car_layer_set_target (self->car, target);
}

void
volant_map_view_set_stations (VolantMapView *self, GPtrArray *stations)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_station_layer_set_stations (self->stations, stations);
  volant_label_layer_replace (self->labels);
}

void
volant_map_view_set_station_need (VolantMapView *self, VolantStationNeed need)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_station_layer_set_need (self->stations, need);
}

void
volant_map_view_set_chosen_station (VolantMapView *self, const char *id)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  volant_station_layer_set_chosen (self->stations, id);
  volant_label_layer_replace (self->labels);
}

void
volant_map_view_set_insets (VolantMapView *self, int left, int top, int right, int bottom)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  self->insets =
      (VolantCameraFrame) { .left_px = left, .top_px = top, .right_px = right, .bottom_px = bottom };
  wake (self);
}

/* Nearer (positive) or farther by whole steps; while following, the car keeps its place. */
void
volant_map_view_zoom_by (VolantMapView *self, double steps)
{
  VolantMapTransform transform;

  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  if (self->is_following && volant_camera_has_fix (self->camera))
    {
      double zoom = rint (volant_camera_get_zoom (self->camera) + steps);

      volant_camera_set_zoom (self->camera, CLAMP (zoom, MIN_ZOOM, MAX_ZOOM));
      wake (self);
      return;
    }
  look_up_transform (self, &transform);
  move_to (self, transform.centre_x, transform.centre_y, rint (transform.zoom + steps));
}

/* Moves the view by pixels of the screen, and stops following. */
void
volant_map_view_move_by (VolantMapView *self, double x_px, double y_px)
{
  VolantMapTransform transform;
  double unit_x, unit_y;

  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  stop_following (self);
  look_up_transform (self, &transform);
  volant_map_transform_invert (&transform, transform.half_width + x_px,
                               transform.half_height + y_px, &unit_x, &unit_y);
  move_to (self, unit_x, unit_y, transform.zoom);
}

/* Follows the car again, with the zoom that suits its speed; without a position, looks at the
 * city's start. */
void
volant_map_view_recentre (VolantMapView *self)
{
  VolantMapTransform transform;
  bool was_following;

  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  shumate_map_stop_go_to (self->map);
  volant_camera_set_automatic_zoom (self->camera);
  was_following = self->is_following;
  look_up_transform (self, &transform);
  if (!was_following && transform.half_width > 0.0)
    volant_camera_start_from (self->camera, transform.centre_x, transform.centre_y, transform.zoom,
                              transform.rotation_rad);
  self->is_following = true;
  if (!volant_camera_has_fix (self->camera) && self->city != NULL)
    {
      VolantDrawingPoint at = volant_drawing_project (volant_city_get_info (self->city)->start);

      move_to (self, at.x, at.y, START_ZOOM);
    }
  wake (self);
  if (!was_following)
    g_signal_emit (self, signals[FOLLOWING_CHANGED], 0);
}

/* Looks at a place at once and stops following; rotation clockwise. */
void
volant_map_view_look_at (VolantMapView *self, VolantPoint point, double zoom, double rotation_deg)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  stop_following (self);
  shumate_map_stop_go_to (self->map);
  shumate_viewport_set_rotation (self->viewport, rotation_deg * G_PI / 180.0);
  shumate_viewport_set_zoom_level (self->viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), volant_point_lat_deg (point),
                                 volant_point_lon_deg (point));
}

void
volant_map_view_frame (VolantMapView *self, const VolantPoint *points, unsigned n_points)
{
  VolantDrawingBox box = { UINT32_MAX, UINT32_MAX, 0, 0 };
  double wide = gtk_widget_get_width (GTK_WIDGET (self)) - self->insets.left_px -
                self->insets.right_px - 96.0;
  double high = gtk_widget_get_height (GTK_WIDGET (self)) - self->insets.top_px -
                self->insets.bottom_px - 96.0;
  double units, zoom;

  g_return_if_fail (VOLANT_IS_MAP_VIEW (self) && n_points > 0);

  for (unsigned i = 0; i < n_points; i++)
    {
      VolantDrawingPoint at = volant_drawing_project (points[i]);

      box = (VolantDrawingBox) { MIN (box.min_x, at.x), MIN (box.min_y, at.y),
                                 MAX (box.max_x, at.x), MAX (box.max_y, at.y) };
    }
  units = MAX ((box.max_x - box.min_x) / MAX (wide, 1.0), (box.max_y - box.min_y) / MAX (high, 1.0));
  zoom = CLAMP (floor (24.0 - log2 (MAX (units, 1.0))), MIN_ZOOM, 17.0);
  units = exp2 (24.0 - zoom);
  stop_following (self);
  shumate_viewport_set_rotation (self->viewport, 0.0);
  move_to (self,
           ((double) box.min_x + box.max_x) / 2.0 -
               (self->insets.left_px - self->insets.right_px) / 2.0 * units,
           ((double) box.min_y + box.max_y) / 2.0 -
               (self->insets.top_px - self->insets.bottom_px) / 2.0 * units,
           zoom);
}

void
volant_map_view_touch (VolantMapView *self, double x, double y)
{
  g_return_if_fail (VOLANT_IS_MAP_VIEW (self));

  if (!touch (self, x, y))
    hold (self, x, y);
}

gboolean
volant_map_view_is_following (VolantMapView *self)
{
  g_return_val_if_fail (VOLANT_IS_MAP_VIEW (self), FALSE);

  return self->is_following;
}

/* Whether every tile in view is painted, and no change of style is under way. */
gboolean
volant_map_view_is_complete (VolantMapView *self)
{
  g_return_val_if_fail (VOLANT_IS_MAP_VIEW (self), FALSE);

  return self->next_ground == NULL && source_is_complete (self, self->source);
}

GArray *
volant_map_view_get_label_boxes (VolantMapView *self)
{
  return volant_label_layer_get_boxes (self->labels);
}

void
volant_map_view_locate (VolantMapView *self, VolantPoint point, double *x, double *y)
{
  VolantMapTransform transform;

  look_up_transform (self, &transform);
  volant_map_transform_point (&transform, volant_drawing_project (point), x, y);
}
