/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/station-layer.h"

#include "ui/map/map-transform.h"
#include "ui/map/text-cache.h"

#include <math.h>

/* All stations as textures, clustered by a grid of the world when far, so that clusters do not jump
 * while the map moves. The nearest few to the middle of the view are real buttons, unseen over their
 * pills: what keyboard and screen reader need. */

#define N_BUTTONS 20u
#define BUTTON_PX 60
#define CLUSTER_BELOW_ZOOM 14.0
#define CLUSTER_PX 84.0
#define TOUCH_PX 12.0f

typedef struct {
  VolantDrawingPoint at;
  int index;        /* into stations; -1 for a cluster */
  int number;
  unsigned count;
  double sum_x;
  double sum_y;
} Spot;

struct _VolantStationLayer {
  ShumateLayer parent;
  const VolantMapStyle *style;
  GPtrArray *stations; /* VolantStation (nullable) */
  GArray *points;      /* VolantDrawingPoint */
  VolantStationNeed need;
  char *chosen;
  GArray *spots;       /* Spot */
  int spots_zoom;      /* -1: to be made */
  GHashTable *pills;   /* key → GdkTexture */
  VolantTextCache *texts;
  GPtrArray *buttons;  /* GtkButton */
  unsigned update;
};

G_DEFINE_TYPE (VolantStationLayer, volant_station_layer, SHUMATE_TYPE_LAYER)

enum {
  STATION_CHOSEN,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

static const VolantStation *
station_at (const VolantStationLayer *self, int index)
{
  return self->stations->pdata[index];
}

static int
number_of (const VolantStationLayer *self, const VolantStation *station)
{
  return self->need == VOLANT_STATION_SHOWS_CARS ? station->cars_available
                                                 : station->docks_available;
}

static bool
is_chosen (const VolantStationLayer *self, int index)
{
  return index >= 0 && self->chosen != NULL &&
         g_str_equal (station_at (self, index)->id, self->chosen);
}

static VolantStationPill
pill_of (const VolantStationLayer *self, const Spot *spot)
{
  if (spot->index >= 0)
    return volant_station_pill_of (station_at (self, spot->index), self->need,
                                   is_chosen (self, spot->index));
  return (VolantStationPill) { .number = spot->number, .is_cluster = true };
}

static GdkTexture *
texture_of (VolantStationLayer *self, const VolantStationPill *pill)
{
  unsigned key = (unsigned) CLAMP (pill->number + 1, 0, 9999) << 4 | pill->has_bolt << 3 |
                 pill->is_closed << 2 | pill->is_chosen << 1 | pill->is_cluster;
  GdkTexture *texture = g_hash_table_lookup (self->pills, GUINT_TO_POINTER (key));

  if (texture == NULL)
    {
      texture = volant_station_pill_paint (pill, self->style, GTK_WIDGET (self));
      g_hash_table_insert (self->pills, GUINT_TO_POINTER (key), texture);
    }
  return texture;
}

static void
add_single (VolantStationLayer *self, unsigned index)
{
  VolantDrawingPoint at = g_array_index (self->points, VolantDrawingPoint, index);
  Spot spot = { .at = at,
                .index = (int) index,
                .number = number_of (self, station_at (self, (int) index)),
                .count = 1,
                .sum_x = at.x,
                .sum_y = at.y };

  g_array_append_val (self->spots, spot);
}

static void
add_to_cluster (VolantStationLayer *self, GHashTable *cells, unsigned index, double cell_units)
{
  VolantDrawingPoint at = g_array_index (self->points, VolantDrawingPoint, index);
  uint64_t key = (uint64_t) (at.x / cell_units) << 32 | (uint64_t) (at.y / cell_units);
  void *found = g_hash_table_lookup (cells, &key);
  Spot *spot;

  if (found == NULL)
    {
      add_single (self, index);
      g_hash_table_insert (cells, g_memdup2 (&key, sizeof key),
                           GUINT_TO_POINTER (self->spots->len));
      return;
    }
  spot = &g_array_index (self->spots, Spot, GPOINTER_TO_UINT (found) - 1);
  spot->number = MAX (spot->number, 0) +
                 MAX (number_of (self, station_at (self, (int) index)), 0);
  spot->count++;
  spot->sum_x += at.x;
  spot->sum_y += at.y;
  spot->index = -1;
  spot->at = (VolantDrawingPoint) { (uint32_t) (spot->sum_x / spot->count),
                                    (uint32_t) (spot->sum_y / spot->count) };
}

static void
make_spots (VolantStationLayer *self, double zoom)
{
  int wanted = zoom < CLUSTER_BELOW_ZOOM ? (int) floor (zoom) : 100;
  g_autoptr (GHashTable) cells = NULL;
  double cell_units = CLUSTER_PX * ldexp (1.0, 24 - wanted);

  if (self->spots_zoom == wanted)
    return;
  self->spots_zoom = wanted;
  g_array_set_size (self->spots, 0);
  cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (unsigned i = 0; self->stations != NULL && i < self->stations->len; i++)
    {
      if (wanted == 100 || is_chosen (self, (int) i))
        add_single (self, i);
      else
        add_to_cluster (self, cells, i, cell_units);
    }
}

static void
current_transform (VolantStationLayer *self, VolantMapTransform *transform)
{
  volant_map_transform_init (transform, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                             gtk_widget_get_width (GTK_WIDGET (self)),
                             gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
spot_box (VolantStationLayer *self, const VolantMapTransform *transform, const Spot *spot,
          graphene_rect_t *box)
{
  VolantStationPill pill = pill_of (self, spot);
  float width, height;
  double x, y;

  volant_station_pill_measure (&pill, &width, &height);
  volant_map_transform_point (transform, spot->at, &x, &y);
  graphene_rect_init (box, (float) rint (x - width / 2.0), (float) rint (y - height), width,
                      height);
}

static void
snapshot_name (VolantStationLayer *self, GtkSnapshot *snapshot, const Spot *spot,
               const graphene_rect_t *box)
{
  const VolantStation *station = station_at (self, spot->index);
  VolantTextLook look = { .colour = self->style->text,
                          .halo = self->style->halo,
                          .size_px = 18.0f,
                          .is_medium = true };
  const char *name = *station->spoken_name != '\0' ? station->spoken_name : station->name;
  VolantText *text = volant_text_cache_get (self->texts, name, &look);
  float x = box->origin.x + box->size.width / 2.0f - text->width_px / 2.0f;

  gtk_snapshot_append_texture (
      snapshot, volant_text_cache_paint (self->texts, text),
      &GRAPHENE_RECT_INIT (rintf (x), box->origin.y - text->height_px, text->width_px,
                           text->height_px));
}

static void
snapshot_spots (VolantStationLayer *self, GtkSnapshot *snapshot,
                const VolantMapTransform *transform, bool chosen)
{
  graphene_rect_t view = GRAPHENE_RECT_INIT (0, 0, (float) transform->half_width * 2.0f,
                                             (float) transform->half_height * 2.0f);

  for (unsigned i = 0; i < self->spots->len; i++)
    {
      const Spot *spot = &g_array_index (self->spots, Spot, i);
      VolantStationPill pill;
      graphene_rect_t box;

      if (is_chosen (self, spot->index) != chosen)
        continue;
      spot_box (self, transform, spot, &box);
      if (!graphene_rect_intersection (&box, &view, NULL))
        continue;
      pill = pill_of (self, spot);
      gtk_snapshot_append_texture (snapshot, texture_of (self, &pill), &box);
      if (chosen)
        snapshot_name (self, snapshot, spot, &box);
    }
}

static void
volant_station_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VolantStationLayer *self = VOLANT_STATION_LAYER (widget);
  VolantMapTransform transform;

  current_transform (self, &transform);
  make_spots (self, transform.zoom);
  snapshot_spots (self, snapshot, &transform, false);
  snapshot_spots (self, snapshot, &transform, true);
  GTK_WIDGET_CLASS (volant_station_layer_parent_class)->snapshot (widget, snapshot);
}

static void
volant_station_layer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  VolantStationLayer *self = VOLANT_STATION_LAYER (widget);
  VolantMapTransform transform;

  current_transform (self, &transform);
  for (unsigned i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = self->buttons->pdata[i];
      int index = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "index")) - 1;
      GtkAllocation place = { -BUTTON_PX, -BUTTON_PX, BUTTON_PX, BUTTON_PX };
      int minimum_width, minimum_height;
      double x, y;

      if (index >= 0 && self->points->len > (unsigned) index)
        {
          volant_map_transform_point (
              &transform, g_array_index (self->points, VolantDrawingPoint, index), &x, &y);
          place.x = (int) rint (x) - BUTTON_PX / 2;
          place.y = (int) rint (y) - BUTTON_PX / 2 - 16;
        }
      gtk_widget_measure (button, GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
      gtk_widget_measure (button, GTK_ORIENTATION_VERTICAL, -1, &minimum_height, NULL, NULL, NULL);
      place.width = MAX (place.width, minimum_width);
      place.height = MAX (place.height, minimum_height);
      gtk_widget_size_allocate (button, &place, -1);
    }
}

static void
on_button_clicked (GtkButton *button, VolantStationLayer *self)
{
  int index = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "index")) - 1;

  if (self->stations != NULL && index >= 0 && index < (int) self->stations->len)
    g_signal_emit (self, signals[STATION_CHOSEN], 0, station_at (self, index)->id);
}

static void
set_button (VolantStationLayer *self, unsigned slot, int index)
{
  GtkWidget *button = self->buttons->pdata[slot];

  g_object_set_data (G_OBJECT (button), "index", GINT_TO_POINTER (index + 1));
  gtk_widget_set_child_visible (button, index >= 0);
  if (index >= 0)
    {
      const VolantStation *station = station_at (self, index);
      g_autofree char *name = g_strdup_printf ("station-%s", station->id);
      g_autofree char *label = NULL;

      label = number_of (self, station) >= 0
                  ? g_strdup_printf ("%s, %d", station->name, number_of (self, station))
                  : g_strdup (station->name);
      gtk_widget_set_name (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
}

typedef struct {
  double distance;
  int index;
} Near;

static int
compare_near (const void *a, const void *b)
{
  const Near *one = a;
  const Near *other = b;

  return one->distance < other->distance ? -1 : one->distance > other->distance;
}

/* Hands the buttons to the stations in view that are nearest to its middle. */
static gboolean
update_buttons (void *data)
{
  VolantStationLayer *self = data;
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (Near));
  VolantMapTransform transform;

  self->update = 0;
  current_transform (self, &transform);
  for (unsigned i = 0; transform.zoom >= CLUSTER_BELOW_ZOOM && i < self->points->len; i++)
    {
      Near found = { .index = (int) i };
      double x, y;

      volant_map_transform_point (&transform,
                                  g_array_index (self->points, VolantDrawingPoint, i), &x, &y);
      if (x < 0.0 || y < 0.0 || x > 2.0 * transform.half_width || y > 2.0 * transform.half_height)
        continue;
      found.distance = hypot (x - transform.half_width, y - transform.half_height);
      g_array_append_val (near, found);
    }
  g_array_sort (near, compare_near);
  for (unsigned i = 0; i < self->buttons->len; i++)
    set_button (self, i, i < near->len ? g_array_index (near, Near, i).index : -1);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
queue_update (VolantStationLayer *self)
{
  if (self->update == 0)
    self->update = g_timeout_add (250, update_buttons, self);
}

static void
on_viewport_changed (ShumateViewport *viewport, GParamSpec *property, VolantStationLayer *self)
{
  if (self->points->len == 0)
    return;
  queue_update (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_scale_changed (VolantStationLayer *self, GParamSpec *property, void *data)
{
  g_hash_table_remove_all (self->pills);
  volant_text_cache_clear (self->texts);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
volant_station_layer_constructed (GObject *object)
{
  VolantStationLayer *self = VOLANT_STATION_LAYER (object);

  G_OBJECT_CLASS (volant_station_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (on_viewport_changed), object, 0);
  g_signal_connect (object, "notify::scale-factor", G_CALLBACK (on_scale_changed), NULL);
  for (unsigned i = 0; i < N_BUTTONS; i++)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_widget_add_css_class (button, "map-station");
      gtk_widget_set_parent (button, GTK_WIDGET (self));
      gtk_widget_set_child_visible (button, FALSE);
      g_signal_connect (button, "clicked", G_CALLBACK (on_button_clicked), self);
      g_ptr_array_add (self->buttons, button);
    }
}

static void
volant_station_layer_dispose (GObject *object)
{
  VolantStationLayer *self = VOLANT_STATION_LAYER (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_ptr_array_set_size (self->buttons, 0);
  G_OBJECT_CLASS (volant_station_layer_parent_class)->dispose (object);
}

static void
volant_station_layer_finalize (GObject *object)
{
  VolantStationLayer *self = VOLANT_STATION_LAYER (object);

  g_clear_pointer (&self->stations, g_ptr_array_unref);
  g_array_unref (self->points);
  g_array_unref (self->spots);
  g_hash_table_unref (self->pills);
  volant_text_cache_free (self->texts);
  g_ptr_array_unref (self->buttons);
  g_free (self->chosen);
  G_OBJECT_CLASS (volant_station_layer_parent_class)->finalize (object);
}

static void
volant_station_layer_class_init (VolantStationLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = volant_station_layer_constructed;
  G_OBJECT_CLASS (klass)->dispose = volant_station_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = volant_station_layer_finalize;
  widget_class->snapshot = volant_station_layer_snapshot;
  widget_class->size_allocate = volant_station_layer_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[STATION_CHOSEN] =
      g_signal_new ("station-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
volant_station_layer_init (VolantStationLayer *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->style = volant_map_style_get (false);
  self->points = g_array_new (FALSE, FALSE, sizeof (VolantDrawingPoint));
  self->spots = g_array_new (FALSE, FALSE, sizeof (Spot));
  self->spots_zoom = -1;
  self->pills = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->texts = volant_text_cache_new (GTK_WIDGET (self));
  self->buttons = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
}

VolantStationLayer *
volant_station_layer_new (ShumateViewport *viewport)
{
  return g_object_new (VOLANT_TYPE_STATION_LAYER, "viewport", viewport, NULL);
}

static void
remake (VolantStationLayer *self)
{
  self->spots_zoom = -1;
  queue_update (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_station_layer_set_style (VolantStationLayer *self, const VolantMapStyle *style)
{
  g_return_if_fail (VOLANT_IS_STATION_LAYER (self));

  self->style = style;
  g_hash_table_remove_all (self->pills);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
volant_station_layer_set_stations (VolantStationLayer *self, GPtrArray *stations)
{
  g_return_if_fail (VOLANT_IS_STATION_LAYER (self));

  if (stations != NULL)
    g_ptr_array_ref (stations);
  g_clear_pointer (&self->stations, g_ptr_array_unref);
  self->stations = stations;
  g_array_set_size (self->points, 0);
  for (unsigned i = 0; stations != NULL && i < stations->len; i++)
    {
      VolantDrawingPoint at = volant_drawing_project (station_at (self, (int) i)->point);

      g_array_append_val (self->points, at);
    }
  for (unsigned i = 0; i < self->buttons->len; i++)
    set_button (self, i, -1);
  remake (self);
}

void
volant_station_layer_set_need (VolantStationLayer *self, VolantStationNeed need)
{
  g_return_if_fail (VOLANT_IS_STATION_LAYER (self));

  if (self->need == need)
    return;
  self->need = need;
  remake (self);
}

/* The station that grows and shows its name; NULL for none. */
void
volant_station_layer_set_chosen (VolantStationLayer *self, const char *id)
{
  g_return_if_fail (VOLANT_IS_STATION_LAYER (self));

  if (g_strcmp0 (self->chosen, id) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  remake (self);
}

void
volant_station_layer_add_boxes (VolantStationLayer *self, GArray *boxes)
{
  VolantMapTransform transform;

  g_return_if_fail (VOLANT_IS_STATION_LAYER (self));

  current_transform (self, &transform);
  make_spots (self, transform.zoom);
  for (unsigned i = 0; i < self->spots->len; i++)
    {
      graphene_rect_t box;

      spot_box (self, &transform, &g_array_index (self->spots, Spot, i), &box);
      g_array_append_val (boxes, box);
    }
}

const char *
volant_station_layer_find (VolantStationLayer *self, double x, double y, gboolean *is_cluster,
                           VolantPoint *cluster)
{
  VolantMapTransform transform;
  const Spot *nearest = NULL;
  double nearest_px = INFINITY;

  g_return_val_if_fail (VOLANT_IS_STATION_LAYER (self), NULL);

  current_transform (self, &transform);
  make_spots (self, transform.zoom);
  *is_cluster = FALSE;
  for (unsigned i = 0; i < self->spots->len; i++)
    {
      const Spot *spot = &g_array_index (self->spots, Spot, i);
      graphene_rect_t box;
      double distance;

      spot_box (self, &transform, spot, &box);
      distance = hypot (box.origin.x + box.size.width / 2.0 - x,
                        box.origin.y + box.size.height / 2.0 - y);
      graphene_rect_inset (&box, -TOUCH_PX, -TOUCH_PX);
      if (distance < nearest_px &&
          graphene_rect_contains_point (&box, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
        {
          nearest = spot;
          nearest_px = distance;
        }
    }
  if (nearest == NULL)
    return NULL;
  *is_cluster = nearest->index < 0;
  *cluster = volant_drawing_unproject (nearest->at);
  return nearest->index >= 0 ? station_at (self, nearest->index)->id : NULL;
}
