/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/label-layer.h"

#include "ui/map/label-placer.h"
#include "ui/map/paint.h"

#include <math.h>

/* The names on the map. They are placed for the view and a margin around it, and only moved with the
 * map until it has gone far, turned or zoomed enough for a new placement; new ones fade in. */

#define BEYOND_PX 160.0
#define MOVED_PX 110.0
#define TURNED_RAD 0.12
#define ZOOMED 0.3
#define FADE_S 0.18
#define PAINTS_PER_FRAME 16
#define DOT_PX 10
#define TOUCH_PX 14.0f

struct _VolantLabelLayer {
  ShumateLayer parent;
  VolantDrawing *drawing; /* (nullable) */
  VolantLabelPlacer *placer;
  VolantTextCache *texts;
  const VolantMapStyle *style;
  GArray *labels; /* VolantLabel */
  VolantMapTransform placed;
  bool is_placed;
  bool is_stale;
  GHashTable *dots; /* colour → GdkTexture */
  VolantLabelObstacles obstacles; /* (nullable) */
  void *obstacles_data;
  unsigned tick;
  int64_t last_frame_us;
};

G_DEFINE_TYPE (VolantLabelLayer, volant_label_layer, SHUMATE_TYPE_LAYER)

static bool
is_stale (const VolantLabelLayer *self, const VolantMapTransform *now)
{
  const VolantMapTransform *then = &self->placed;
  double moved = hypot (now->centre_x - then->centre_x, now->centre_y - then->centre_y) *
                 now->scale;
  double turned = fabs (remainder (now->rotation_rad - then->rotation_rad, 2.0 * G_PI));

  return !self->is_placed || self->is_stale || moved > MOVED_PX || turned > TURNED_RAD ||
         fabs (now->zoom - then->zoom) > ZOOMED || now->half_width != then->half_width ||
         now->half_height != then->half_height;
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, void *data)
{
  VolantLabelLayer *self = VOLANT_LABEL_LAYER (widget);
  int64_t now_us = gdk_frame_clock_get_frame_time (clock);
  double step = (now_us - self->last_frame_us) / 1e6 / FADE_S;
  bool is_fading = false;

  self->last_frame_us = now_us;
  for (unsigned i = 0; i < self->labels->len; i++)
    {
      VolantLabel *label = &g_array_index (self->labels, VolantLabel, i);

      if (label->opacity < 1.0 && label->text->texture != NULL)
        label->opacity = MIN (label->opacity + step, 1.0);
      is_fading = is_fading || label->opacity < 1.0;
    }
  gtk_widget_queue_draw (widget);
  if (is_fading)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

static void
place (VolantLabelLayer *self, const VolantMapTransform *transform)
{
  bool is_first = !self->is_placed;
  gboolean animates = TRUE;

  if (self->obstacles != NULL)
    {
      g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));

      self->obstacles (boxes, self->obstacles_data);
      volant_label_placer_set_obstacles (self->placer, boxes);
    }
  self->is_stale = false;
  volant_text_cache_age (self->texts);
  volant_label_placer_place (self->placer, transform, self->style, self->texts, BEYOND_PX,
                             self->labels);
  self->placed = *transform;
  self->is_placed = true;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animates,
                NULL);
  for (unsigned i = 0; (is_first || !animates) && i < self->labels->len; i++)
    g_array_index (self->labels, VolantLabel, i).opacity = 1.0;
  if (self->tick == 0)
    {
      GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

      self->last_frame_us = clock != NULL ? gdk_frame_clock_get_frame_time (clock) : 0;
      self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
    }
}

static GdkTexture *
dot_texture (VolantLabelLayer *self, uint32_t colour)
{
  GdkTexture *texture = g_hash_table_lookup (self->dots, GUINT_TO_POINTER (colour));
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface;
  cairo_t *cr;

  if (texture != NULL)
    return texture;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, DOT_PX * scale, DOT_PX * scale);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  cairo_arc (cr, DOT_PX / 2.0, DOT_PX / 2.0, DOT_PX / 2.0 - 0.5, 0.0, 2.0 * G_PI);
  volant_paint_set_colour (cr, self->style->halo);
  cairo_fill (cr);
  cairo_arc (cr, DOT_PX / 2.0, DOT_PX / 2.0, DOT_PX / 2.0 - 2.0, 0.0, 2.0 * G_PI);
  volant_paint_set_colour (cr, colour);
  cairo_fill (cr);
  cairo_destroy (cr);
  texture = volant_paint_take_texture (surface);
  g_hash_table_insert (self->dots, GUINT_TO_POINTER (colour), texture);
  return texture;
}

static void
draw_dot (VolantLabelLayer *self, GtkSnapshot *snapshot, uint32_t colour, double x, double y)
{
  gtk_snapshot_append_texture (snapshot, dot_texture (self, colour),
                               &GRAPHENE_RECT_INIT ((float) rint (x - DOT_PX / 2.0),
                                                    (float) rint (y - DOT_PX / 2.0), DOT_PX,
                                                    DOT_PX));
}

static void
draw_label (VolantLabelLayer *self, GtkSnapshot *snapshot, const VolantLabel *label,
            const VolantMapTransform *transform, GdkTexture *texture)
{
  float width = label->text->width_px;
  float height = label->text->height_px;
  double angle = label->angle_rad + transform->rotation_rad;
  double x, y;

  volant_map_transform_unit (transform, label->unit_x, label->unit_y, &x, &y);
  if (label->opacity < 1.0)
    gtk_snapshot_push_opacity (snapshot, label->opacity);
  if (label->is_marked)
    draw_dot (self, snapshot, label->dot, x, y);
  gtk_snapshot_save (snapshot);
  if (label->is_upright)
    gtk_snapshot_translate (
        snapshot, &GRAPHENE_POINT_INIT ((float) rint (x - width / 2.0),
                                        (float) rint (y + label->offset_y_px - height / 2.0)));
  else
    {
      if (cos (angle) < 0.0)
        angle += G_PI;
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
      gtk_snapshot_rotate (snapshot, (float) (angle * 180.0 / G_PI));
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-width / 2.0f, -height / 2.0f));
    }
  gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gtk_snapshot_restore (snapshot);
  if (label->opacity < 1.0)
    gtk_snapshot_pop (snapshot);
}

static void
volant_label_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantLabelLayer *self = VOLANT_LABEL_LAYER (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  int paints = self->is_placed ? PAINTS_PER_FRAME : INT_MAX;
  VolantMapTransform transform;

  if (self->placer == NULL || width <= 0.0f || height <= 0.0f)
    return;
  volant_map_transform_init (&transform, shumate_layer_get_viewport (SHUMATE_LAYER (self)), width,
                             height);
  if (is_stale (self, &transform))
    place (self, &transform);
  for (unsigned i = 0; i < self->labels->len; i++)
    {
      VolantLabel *label = &g_array_index (self->labels, VolantLabel, i);
      graphene_rect_t box;

      volant_label_get_box (label, &transform, &box);
      if (!graphene_rect_intersection (&box, &GRAPHENE_RECT_INIT (0, 0, width, height), NULL))
        continue;
      if (label->text->texture == NULL && paints-- <= 0)
        continue;
      draw_label (self, snapshot, label, &transform,
                  volant_text_cache_paint (self->texts, label->text));
    }
}

static void
on_viewport_changed (ShumateViewport *viewport, GParamSpec *property, GtkWidget *self)
{
  gtk_widget_queue_draw (self);
}

static void
on_scale_changed (VolantLabelLayer *self, GParamSpec *property, void *data)
{
  g_array_set_size (self->labels, 0);
  volant_text_cache_clear (self->texts);
  g_hash_table_remove_all (self->dots);
  self->is_placed = false;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
volant_label_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (volant_label_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (on_viewport_changed), object, 0);
  g_signal_connect (object, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
}

static void
volant_label_layer_finalize (GObject *object)
{
  VolantLabelLayer *self = VOLANT_LABEL_LAYER (object);

  g_clear_pointer (&self->placer, volant_label_placer_free);
  g_clear_pointer (&self->drawing, volant_drawing_unref);
  volant_text_cache_free (self->texts);
  g_hash_table_unref (self->dots);
  g_array_unref (self->labels);
  G_OBJECT_CLASS (volant_label_layer_parent_class)->finalize (object);
}

static void
volant_label_layer_class_init (VolantLabelLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = volant_label_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = volant_label_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = volant_label_layer_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
volant_label_layer_init (VolantLabelLayer *self)
{
  self->labels = g_array_new (FALSE, FALSE, sizeof (VolantLabel));
  self->texts = volant_text_cache_new (GTK_WIDGET (self));
  self->dots = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->style = volant_map_style_get (false);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

VolantLabelLayer *
volant_label_layer_new (ShumateViewport *viewport)
{
  return g_object_new (VOLANT_TYPE_LABEL_LAYER, "viewport", viewport, NULL);
}

void
volant_label_layer_set_drawing (VolantLabelLayer *self, VolantDrawing *drawing)
{
  g_return_if_fail (VOLANT_IS_LABEL_LAYER (self));

  g_array_set_size (self->labels, 0);
  g_clear_pointer (&self->placer, volant_label_placer_free);
  g_clear_pointer (&self->drawing, volant_drawing_unref);
  if (drawing != NULL)
    {
      self->drawing = volant_drawing_ref (drawing);
      self->placer = volant_label_placer_new (drawing);
    }
  self->is_placed = false;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_label_layer_set_style (VolantLabelLayer *self, const VolantMapStyle *style)
{
  g_return_if_fail (VOLANT_IS_LABEL_LAYER (self));

  if (self->style == style)
    return;
  self->style = style;
  g_hash_table_remove_all (self->dots);
  self->is_placed = false;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_label_layer_set_obstacles (VolantLabelLayer *self, VolantLabelObstacles obstacles,
                                  void *data)
{
  g_return_if_fail (VOLANT_IS_LABEL_LAYER (self));

  self->obstacles = obstacles;
  self->obstacles_data = data;
}

void
volant_label_layer_replace (VolantLabelLayer *self)
{
  g_return_if_fail (VOLANT_IS_LABEL_LAYER (self));

  self->is_stale = true;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
current_transform (VolantLabelLayer *self, VolantMapTransform *transform)
{
  volant_map_transform_init (transform, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                             gtk_widget_get_width (GTK_WIDGET (self)),
                             gtk_widget_get_height (GTK_WIDGET (self)));
}

char *
volant_label_layer_find_place (VolantLabelLayer *self, double x, double y, VolantPoint *point)
{
  VolantMapTransform transform;

  g_return_val_if_fail (VOLANT_IS_LABEL_LAYER (self) && point != NULL, NULL);

  current_transform (self, &transform);
  for (unsigned i = 0; i < self->labels->len; i++)
    {
      const VolantLabel *label = &g_array_index (self->labels, VolantLabel, i);
      graphene_rect_t box;

      if (label->kind >= VOLANT_LABEL_NUMBER)
        continue;
      volant_label_get_box (label, &transform, &box);
      graphene_rect_inset (&box, -TOUCH_PX, -TOUCH_PX);
      if (graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        {
          *point = volant_drawing_unproject (
              (VolantDrawingPoint) { (uint32_t) label->unit_x, (uint32_t) label->unit_y });
          return g_strdup (label->text->text);
        }
    }
  return NULL;
}

GArray *
volant_label_layer_get_boxes (VolantLabelLayer *self)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  VolantMapTransform transform;

  g_return_val_if_fail (VOLANT_IS_LABEL_LAYER (self), boxes);

  current_transform (self, &transform);
  for (unsigned i = 0; i < self->labels->len; i++)
    {
      const VolantLabel *label = &g_array_index (self->labels, VolantLabel, i);
      graphene_rect_t box;

      volant_label_get_box (label, &transform, &box);
      if (label->is_upright)
        g_array_append_val (boxes, box);
    }
  return boxes;
}
