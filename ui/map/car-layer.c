/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/car-layer.h"

#include "ui/map/map-transform.h"
#include "ui/map/paint.h"

#include <math.h>

/* The car's arrow and the destination's flag: two small textures, placed a frame. */

#define CAR_PX 64
#define FLAG_WIDTH_PX 44
#define FLAG_HEIGHT_PX 52

struct _VolantCarLayer {
  ShumateLayer parent;
  const VolantMapStyle *style;
  bool has_car;
  double unit_x;
  double unit_y;
  double heading_rad;
  bool has_target;
  VolantDrawingPoint target;
  GdkTexture *arrow;
  GdkTexture *mark;
  GdkTexture *flag;
};

G_DEFINE_TYPE (VolantCarLayer, volant_car_layer, SHUMATE_TYPE_LAYER)

static cairo_t *
begin (VolantCarLayer *self, int width, int height, cairo_surface_t **surface)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_t *cr;

  *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cr = cairo_create (*surface);
  cairo_scale (cr, scale, scale);
  return cr;
}

static void
paint_halo (cairo_t *cr, uint32_t colour)
{
  cairo_pattern_t *glow =
      cairo_pattern_create_radial (CAR_PX / 2.0, CAR_PX / 2.0, 10.0, CAR_PX / 2.0, CAR_PX / 2.0,
                                   CAR_PX / 2.0 - 2.0);

  cairo_pattern_add_color_stop_rgba (glow, 0.0, volant_colour_red (colour),
                                     volant_colour_green (colour), volant_colour_blue (colour),
                                     0.40);
  cairo_pattern_add_color_stop_rgba (glow, 1.0, volant_colour_red (colour),
                                     volant_colour_green (colour), volant_colour_blue (colour),
                                     0.0);
  cairo_set_source (cr, glow);
  cairo_paint (cr);
  cairo_pattern_destroy (glow);
}

static GdkTexture *
paint_arrow (VolantCarLayer *self)
{
  cairo_surface_t *surface;
  cairo_t *cr = begin (self, CAR_PX, CAR_PX, &surface);

  paint_halo (cr, self->style->accent);
  cairo_translate (cr, CAR_PX / 2.0, CAR_PX / 2.0);
  cairo_move_to (cr, 0.0, -20.0);
  cairo_line_to (cr, 15.5, 16.5);
  cairo_line_to (cr, 0.0, 9.5);
  cairo_line_to (cr, -15.5, 16.5);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 6.0);
  volant_paint_set_colour (cr, 0xffffffff);
  cairo_stroke_preserve (cr);
  volant_paint_set_colour (cr, self->style->is_night ? 0x2f8bf5ff : 0x0b63ceff);
  cairo_fill (cr);
  cairo_destroy (cr);
  return volant_paint_take_texture (surface);
}

static GdkTexture *
paint_mark (VolantCarLayer *self)
{
  cairo_surface_t *surface;
  cairo_t *cr = begin (self, CAR_PX, CAR_PX, &surface);

  paint_halo (cr, self->style->accent);
  cairo_arc (cr, CAR_PX / 2.0, CAR_PX / 2.0, 13.0, 0.0, 2.0 * G_PI);
  volant_paint_set_colour (cr, 0xffffffff);
  cairo_fill (cr);
  cairo_arc (cr, CAR_PX / 2.0, CAR_PX / 2.0, 9.5, 0.0, 2.0 * G_PI);
  volant_paint_set_colour (cr, self->style->is_night ? 0x2f8bf5ff : 0x0b63ceff);
  cairo_fill (cr);
  cairo_destroy (cr);
  return volant_paint_take_texture (surface);
}

/* A pin with a chequered flag's squares; its tip is at the middle of the lower edge. */
static GdkTexture *
paint_flag (VolantCarLayer *self)
{
  cairo_surface_t *surface;
  cairo_t *cr = begin (self, FLAG_WIDTH_PX, FLAG_HEIGHT_PX, &surface);
  double middle = FLAG_WIDTH_PX / 2.0;

  cairo_arc (cr, middle, 21.0, 18.0, 0.78 * G_PI, 0.22 * G_PI);
  cairo_line_to (cr, middle, FLAG_HEIGHT_PX - 2.0);
  cairo_close_path (cr);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  volant_paint_set_colour (cr, 0x14181cff);
  cairo_fill_preserve (cr);
  cairo_set_line_width (cr, 2.5);
  volant_paint_set_colour (cr, 0xffffffff);
  cairo_stroke (cr);
  for (int row = 0; row < 4; row++)
    for (int column = 0; column < 4; column++)
      if (((row + column) & 1) == 0)
        cairo_rectangle (cr, middle - 10.0 + column * 5.0, 11.0 + row * 5.0, 5.0, 5.0);
  volant_paint_set_colour (cr, 0xffffffff);
  cairo_fill (cr);
  cairo_destroy (cr);
  return volant_paint_take_texture (surface);
}

static void
snapshot_target (VolantCarLayer *self, GtkSnapshot *snapshot, const VolantMapTransform *transform)
{
  double x, y;

  volant_map_transform_point (transform, self->target, &x, &y);
  if (self->flag == NULL)
    self->flag = paint_flag (self);
  gtk_snapshot_append_texture (snapshot, self->flag,
                               &GRAPHENE_RECT_INIT ((float) rint (x - FLAG_WIDTH_PX / 2.0),
                                                    (float) rint (y - FLAG_HEIGHT_PX),
                                                    FLAG_WIDTH_PX, FLAG_HEIGHT_PX));
}

static void
snapshot_car (VolantCarLayer *self, GtkSnapshot *snapshot, const VolantMapTransform *transform)
{
  bool has_heading = !isnan (self->heading_rad);
  double x, y;

  if (self->arrow == NULL)
    self->arrow = paint_arrow (self);
  if (self->mark == NULL)
    self->mark = paint_mark (self);
  volant_map_transform_unit (transform, self->unit_x, self->unit_y, &x, &y);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  if (has_heading)
    gtk_snapshot_rotate (
        snapshot, (float) ((self->heading_rad + transform->rotation_rad) * 180.0 / G_PI));
  gtk_snapshot_append_texture (
      snapshot, has_heading ? self->arrow : self->mark,
      &GRAPHENE_RECT_INIT (-CAR_PX / 2.0f, -CAR_PX / 2.0f, CAR_PX, CAR_PX));
  gtk_snapshot_restore (snapshot);
}

static void
volant_car_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantCarLayer *self = VOLANT_CAR_LAYER (widget);
  VolantMapTransform transform;

  volant_map_transform_init (&transform, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                             gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  if (self->has_target)
    snapshot_target (self, snapshot, &transform);
  if (self->has_car)
    snapshot_car (self, snapshot, &transform);
}

static void
drop_textures (VolantCarLayer *self)
{
  g_clear_object (&self->arrow);
  g_clear_object (&self->mark);
  g_clear_object (&self->flag);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_viewport_changed (ShumateViewport *viewport, GParamSpec *property, GtkWidget *self)
{
  gtk_widget_queue_draw (self);
}

static void
volant_car_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (volant_car_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (on_viewport_changed), object, 0);
  g_signal_connect (object, "notify::scale-factor", G_CALLBACK (drop_textures), NULL);
}

static void
volant_car_layer_finalize (GObject *object)
{
  VolantCarLayer *self = VOLANT_CAR_LAYER (object);

  g_clear_object (&self->arrow);
  g_clear_object (&self->mark);
  g_clear_object (&self->flag);
  G_OBJECT_CLASS (volant_car_layer_parent_class)->finalize (object);
}

static void
volant_car_layer_class_init (VolantCarLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = volant_car_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = volant_car_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = volant_car_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
volant_car_layer_init (VolantCarLayer *self)
{
  self->style = volant_map_style_get (false);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

VolantCarLayer *
volant_car_layer_new (ShumateViewport *viewport)
{
  return g_object_new (VOLANT_TYPE_CAR_LAYER, "viewport", viewport, NULL);
}

void
volant_car_layer_set_style (VolantCarLayer *self, const VolantMapStyle *style)
{
  g_return_if_fail (VOLANT_IS_CAR_LAYER (self));

  self->style = style;
  drop_textures (self);
}

void
volant_car_layer_set_car (VolantCarLayer *self, bool is_shown, double unit_x, double unit_y,
                          double heading_rad)
{
  g_return_if_fail (VOLANT_IS_CAR_LAYER (self));

  self->has_car = is_shown;
  self->unit_x = unit_x;
  self->unit_y = unit_y;
  self->heading_rad = heading_rad;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_car_layer_set_target (VolantCarLayer *self, const VolantPoint *target)
{
  g_return_if_fail (VOLANT_IS_CAR_LAYER (self));

  self->has_target = target != NULL;
  if (target != NULL)
    self->target = volant_drawing_project (*target);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
