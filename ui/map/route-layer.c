/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/route-layer.h"

#include "ui/map/map-transform.h"
#include "ui/map/paint.h"

#include <math.h>

/* The route, painted into cells of the map at whole zooms: a cell is painted once and then only
 * placed, turned and scaled, so that a long route costs no more a frame than a short one. The part
 * already driven is paler; the cells where the car's place on the route lies are painted again as it
 * moves on. */

#define CELL_PX 256
#define OVERLAP_PX 1
#define REPAINT_PX 6.0
#define SKIP_PX 1.2 /* points nearer to the last one drawn are passed over */

struct _VolantRouteLayer {
  ShumateLayer parent;
  const VolantMapStyle *style;
  GArray *points;   /* VolantDrawingPoint */
  GArray *metres;   /* double: along the route, at each point */
  double travelled_m;
  double painted_m; /* what the cells show */
  int zoom;
  GHashTable *cells; /* uint64_t key → GdkTexture, NULL where the route does not come */
};

typedef struct {
  double x;
  double y;
} Pixel;

typedef struct {
  double left; /* units */
  double top;
  double scale;
} Cell;

G_DEFINE_TYPE (VolantRouteLayer, volant_route_layer, SHUMATE_TYPE_LAYER)

static void
texture_free (void *texture)
{
  g_clear_object (&texture);
}

static double
width_at (int zoom)
{
  return CLAMP (volant_map_style_road_width_px (VOLANT_ROAD_PRIMARY, 0, zoom) + 2.0, 7.0, 20.0);
}

static Pixel
to_cell (const Cell *cell, VolantDrawingPoint point)
{
  return (Pixel) { (point.x - cell->left) * cell->scale, (point.y - cell->top) * cell->scale };
}

static unsigned
outcode (Pixel at, double beyond)
{
  return (at.x < -beyond ? 1u : 0u) | (at.x > CELL_PX + beyond ? 2u : 0u) |
         (at.y < -beyond ? 4u : 0u) | (at.y > CELL_PX + beyond ? 8u : 0u);
}

static double
metres_at (const VolantRouteLayer *self, unsigned index)
{
  return g_array_index (self->metres, double, index);
}

/* Adds the part of the route between two distances to the path, as far as it comes near the cell. */
static bool
add_path (const VolantRouteLayer *self, cairo_t *cr, const Cell *cell, double from_m, double to_m,
          double beyond)
{
  bool is_open = false;
  bool has_any = false;
  Pixel drawn = { 0.0, 0.0 };

  for (unsigned i = 0; i + 1 < self->points->len; i++)
    {
      double at_m = metres_at (self, i);
      double end_m = metres_at (self, i + 1);
      Pixel a, b, start, end;
      double first, last;

      if (end_m <= from_m || at_m >= to_m || end_m <= at_m)
        continue;
      a = to_cell (cell, g_array_index (self->points, VolantDrawingPoint, i));
      b = to_cell (cell, g_array_index (self->points, VolantDrawingPoint, i + 1));
      if ((outcode (a, beyond) & outcode (b, beyond)) != 0)
        {
          is_open = false;
          continue;
        }
      first = CLAMP ((from_m - at_m) / (end_m - at_m), 0.0, 1.0);
      last = CLAMP ((to_m - at_m) / (end_m - at_m), 0.0, 1.0);
      start = (Pixel) { a.x + (b.x - a.x) * first, a.y + (b.y - a.y) * first };
      end = (Pixel) { a.x + (b.x - a.x) * last, a.y + (b.y - a.y) * last };
      if (!is_open)
        {
          cairo_move_to (cr, start.x, start.y);
          drawn = start;
        }
      if (hypot (end.x - drawn.x, end.y - drawn.y) >= SKIP_PX || end_m >= to_m)
        {
          cairo_line_to (cr, end.x, end.y);
          drawn = end;
        }
      is_open = has_any = true;
    }
  return has_any;
}

static bool
paint_part (const VolantRouteLayer *self, cairo_t *cr, const Cell *cell, double from_m,
            double to_m, uint32_t casing, uint32_t fill)
{
  double width = width_at (self->zoom);
  double edge = CLAMP (width * 0.16, 1.2, 2.4);

  if (to_m <= from_m || !add_path (self, cr, cell, from_m, to_m, width + 4.0))
    return false;
  cairo_set_line_width (cr, width + 2.0 * edge);
  volant_paint_set_colour (cr, casing);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, width);
  volant_paint_set_colour (cr, fill);
  cairo_stroke (cr);
  return true;
}

static GdkTexture *
paint_cell (const VolantRouteLayer *self, unsigned x, unsigned y)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET ((VolantRouteLayer *) self));
  int pixels = (CELL_PX + 2 * OVERLAP_PX) * scale;
  double units = ldexp (1.0, 24 - self->zoom) * CELL_PX;
  Cell cell = { x * units, y * units, CELL_PX / units };
  double end_m = metres_at (self, self->metres->len - 1);
  cairo_surface_t *surface;
  cairo_t *cr;
  bool has_any;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels, pixels);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, OVERLAP_PX, OVERLAP_PX);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  has_any = paint_part (self, cr, &cell, 0.0, self->travelled_m, self->style->ground,
                        self->style->route_driven);
  has_any = paint_part (self, cr, &cell, self->travelled_m, end_m, self->style->route_casing,
                        self->style->route) ||
            has_any;
  cairo_destroy (cr);
  if (has_any)
    return volant_paint_take_texture (surface);
  cairo_surface_destroy (surface);
  return NULL;
}

static GdkTexture *
cell_texture (VolantRouteLayer *self, unsigned x, unsigned y)
{
  uint64_t key = (uint64_t) x << 32 | y;
  GdkTexture *texture = NULL;

  if (!g_hash_table_lookup_extended (self->cells, &key, NULL, (void **) &texture))
    {
      texture = paint_cell (self, x, y);
      g_hash_table_insert (self->cells, g_memdup2 (&key, sizeof key), texture);
    }
  return texture;
}

static void
snapshot_cell (VolantRouteLayer *self, GtkSnapshot *snapshot, const VolantMapTransform *transform,
               unsigned x, unsigned y)
{
  GdkTexture *texture = cell_texture (self, x, y);
  double units = ldexp (1.0, 24 - self->zoom) * CELL_PX;
  float scale = (float) exp2 (transform->zoom - self->zoom);
  float side = CELL_PX + 2 * OVERLAP_PX;
  double at_x, at_y;

  if (texture == NULL)
    return;
  volant_map_transform_unit (transform, x * units, y * units, &at_x, &at_y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) at_x, (float) at_y));
  gtk_snapshot_rotate (snapshot, (float) (transform->rotation_rad * 180.0 / G_PI));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT (-OVERLAP_PX, -OVERLAP_PX, side, side));
  gtk_snapshot_restore (snapshot);
}

static void
volant_route_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantRouteLayer *self = VOLANT_ROUTE_LAYER (widget);
  VolantMapTransform transform;
  VolantDrawingBox box;
  double units;
  int zoom;

  if (self->points->len < 2)
    return;
  volant_map_transform_init (&transform, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                             gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  zoom = (int) CLAMP (rint (transform.zoom), 2.0, VOLANT_DRAWING_MAX_ZOOM);
  if (zoom != self->zoom)
    g_hash_table_remove_all (self->cells);
  self->zoom = zoom;
  box = volant_map_transform_box (&transform, 4.0);
  units = ldexp (1.0, 24 - zoom) * CELL_PX;
  for (unsigned y = (unsigned) (box.min_y / units); y <= (unsigned) (box.max_y / units); y++)
    for (unsigned x = (unsigned) (box.min_x / units); x <= (unsigned) (box.max_x / units); x++)
      snapshot_cell (self, snapshot, &transform, x, y);
}

static void
on_viewport_changed (ShumateViewport *viewport, GParamSpec *property, GtkWidget *self)
{
  gtk_widget_queue_draw (self);
}

static void
volant_route_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (volant_route_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (on_viewport_changed), object, 0);
}

static void
volant_route_layer_finalize (GObject *object)
{
  VolantRouteLayer *self = VOLANT_ROUTE_LAYER (object);

  g_array_unref (self->points);
  g_array_unref (self->metres);
  g_hash_table_unref (self->cells);
  G_OBJECT_CLASS (volant_route_layer_parent_class)->finalize (object);
}

static void
volant_route_layer_class_init (VolantRouteLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = volant_route_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = volant_route_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = volant_route_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
volant_route_layer_init (VolantRouteLayer *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  self->metres = g_array_new (FALSE, FALSE, sizeof (double));
  self->cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, texture_free);
  self->style = volant_map_style_get (false);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

VolantRouteLayer *
volant_route_layer_new (ShumateViewport *viewport)
{
  return g_object_new (VOLANT_TYPE_ROUTE_LAYER, "viewport", viewport, NULL);
}

static void
repaint (VolantRouteLayer *self)
{
  g_hash_table_remove_all (self->cells);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_route_layer_set_style (VolantRouteLayer *self, const VolantMapStyle *style)
{
  g_return_if_fail (VOLANT_IS_ROUTE_LAYER (self));

  self->style = style;
  repaint (self);
}

/* A route's points, copied; none takes the route away. */
void
volant_route_layer_set_route (VolantRouteLayer *self, const VolantPoint *points,
                              unsigned n_points)
{
  double along_m = 0.0;

  g_return_if_fail (VOLANT_IS_ROUTE_LAYER (self));

  g_array_set_size (self->points, 0);
  g_array_set_size (self->metres, 0);
  for (unsigned i = 0; i < n_points; i++)
    {
      VolantDrawingPoint at = volant_drawing_project (points[i]);

      if (i > 0)
        along_m += volant_geo_distance_m (points[i - 1], points[i]);
      g_array_append_val (self->points, at);
      g_array_append_val (self->metres, along_m);
    }
  self->travelled_m = 0.0;
  self->painted_m = 0.0;
  repaint (self);
}

/* Drops the cells that the stretch between two distances runs through. */
static void
drop_cells (VolantRouteLayer *self, double from_m, double to_m)
{
  double units = ldexp (1.0, 24 - self->zoom) * CELL_PX;

  for (unsigned i = 0; i + 1 < self->points->len; i++)
    {
      VolantDrawingPoint a, b;

      if (metres_at (self, i + 1) < from_m || metres_at (self, i) > to_m)
        continue;
      a = g_array_index (self->points, VolantDrawingPoint, i);
      b = g_array_index (self->points, VolantDrawingPoint, i + 1);
      for (int y = (int) (MIN (a.y, b.y) / units - 0.05); y <= (int) (MAX (a.y, b.y) / units + 0.05);
           y++)
        for (int x = (int) (MIN (a.x, b.x) / units - 0.05);
             x <= (int) (MAX (a.x, b.x) / units + 0.05); x++)
          g_hash_table_remove (self->cells, &(uint64_t) { (uint64_t) x << 32 | (unsigned) y });
    }
}

/* How far along the route the car is, in metres. */
void
volant_route_layer_set_travelled (VolantRouteLayer *self, double travelled_m)
{
  double metres_a_pixel;

  g_return_if_fail (VOLANT_IS_ROUTE_LAYER (self));

  self->travelled_m = travelled_m;
  if (self->points->len < 2)
    return;
  metres_a_pixel = 156543.0 * 0.7 / exp2 (self->zoom);
  if (fabs (travelled_m - self->painted_m) < REPAINT_PX * metres_a_pixel)
    return;
  drop_cells (self, MIN (travelled_m, self->painted_m), MAX (travelled_m, self->painted_m));
  self->painted_m = travelled_m;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
