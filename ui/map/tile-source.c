/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map/tile-source.h"

#include "ui/map/tile-paintable.h"
#include "ui/map/tile-painter.h"

#include <gio/gio.h>

/* Tiles are painted by a pool that all sources share, newest request first, and kept in a small
 * cache of the source's own beside libshumate's: from it a tile that is not painted yet borrows the
 * piece of a coarser one, so that zooming never shows a hole. */

#define N_THREADS 2
#define CACHE_TILES 128u
#define STAND_IN_LEVELS 5u

struct _VolantTileSource {
  ShumateMapSource parent;
  VolantDrawing *drawing;
  const VolantMapStyle *style;
  unsigned scale;
  GHashTable *cache; /* key → GList link in recent */
  GQueue recent;     /* Entry, the newest first */
  GHashTable *alive; /* key → GdkPaintable that libshumate still holds; not referenced */
};

typedef struct {
  uint64_t key;
  GdkTexture *texture;
} Entry;

typedef struct {
  VolantDrawing *drawing;
  const VolantMapStyle *style;
  VolantTile tile;
  uint64_t serial;
} Job;

G_DEFINE_TYPE (VolantTileSource, volant_tile_source, SHUMATE_TYPE_MAP_SOURCE)

static uint64_t
key_of (unsigned zoom, unsigned x, unsigned y)
{
  return (uint64_t) zoom << 56 | (uint64_t) x << 28 | y;
}

static void
entry_free (Entry *entry)
{
  g_object_unref (entry->texture);
  g_free (entry);
}

static GdkTexture *
look_up (VolantTileSource *self, uint64_t key)
{
  GList *link = g_hash_table_lookup (self->cache, &key);

  return link != NULL ? ((Entry *) link->data)->texture : NULL;
}

static void
keep (VolantTileSource *self, uint64_t key, GdkTexture *texture)
{
  Entry *entry;

  if (look_up (self, key) != NULL)
    return;
  entry = g_new0 (Entry, 1);
  entry->key = key;
  entry->texture = g_object_ref (texture);
  g_queue_push_head (&self->recent, entry);
  g_hash_table_insert (self->cache, &entry->key, self->recent.head);
  while (self->recent.length > CACHE_TILES)
    {
      Entry *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->cache, &oldest->key);
      entry_free (oldest);
    }
}

static void
job_free (Job *job)
{
  volant_drawing_unref (job->drawing);
  g_free (job);
}

static int
compare_tasks (const void *a, const void *b, void *data)
{
  const Job *one = g_task_get_task_data (G_TASK ((void *) a));
  const Job *other = g_task_get_task_data (G_TASK ((void *) b));

  return one->serial > other->serial ? -1 : one->serial < other->serial;
}

static void
paint_in_thread (void *pushed, void *data)
{
  g_autoptr (GTask) task = pushed;
  const Job *job = g_task_get_task_data (task);
  cairo_surface_t *surface;
  g_autoptr (GBytes) bytes = NULL;
  int pixels = (int) (job->tile.size_px * job->tile.scale);
  int stride;

  if (g_task_return_error_if_cancelled (task))
    return;
  surface = volant_tile_paint (job->drawing, job->style, &job->tile);
  stride = cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      (size_t) stride * (size_t) pixels,
                                      (GDestroyNotify) cairo_surface_destroy, surface);
  g_task_return_pointer (task,
                         gdk_memory_texture_new (pixels, pixels, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                                 bytes, (size_t) stride),
                         g_object_unref);
}

static GThreadPool *
shared_pool (void)
{
  static GThreadPool *pool;

  if (pool == NULL)
    {
      pool = g_thread_pool_new (paint_in_thread, NULL, N_THREADS, FALSE, NULL);
      g_thread_pool_set_sort_function (pool, compare_tasks, NULL);
    }
  return pool;
}

typedef struct {
  VolantTileSource *self;
  uint64_t key;
} Alive;

static void
on_paintable_gone (void *data, GObject *was)
{
  g_autofree Alive *alive = data;

  if (g_hash_table_lookup (alive->self->alive, &alive->key) == was)
    g_hash_table_remove (alive->self->alive, &alive->key);
  g_object_unref (alive->self);
}

/* Tiles that left this cache may still stand in libshumate's: those are painted as well. */
static void
note_alive (VolantTileSource *self, uint64_t key, GdkPaintable *paintable)
{
  Alive *alive = g_new0 (Alive, 1);

  alive->self = g_object_ref (self);
  alive->key = key;
  g_object_weak_ref (G_OBJECT (paintable), on_paintable_gone, alive);
  g_hash_table_insert (self->alive, g_memdup2 (&key, sizeof key), paintable);
}

static uint64_t
key_of_tile (ShumateTile *tile)
{
  return key_of (shumate_tile_get_zoom_level (tile), shumate_tile_get_x (tile),
                 shumate_tile_get_y (tile));
}

static void
finish_tile (VolantTileSource *self, ShumateTile *tile, GdkTexture *texture)
{
  g_autoptr (GdkPaintable) paintable =
      volant_tile_paintable_new (texture, &GRAPHENE_RECT_INIT (0, 0, 1, 1));

  shumate_tile_set_fade_in (tile, FALSE);
  note_alive (self, key_of_tile (tile), paintable);
  shumate_tile_set_paintable (tile, paintable);
  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
}

static void
on_painted (GObject *source, GAsyncResult *result, void *data)
{
  VolantTileSource *self = VOLANT_TILE_SOURCE (source);
  g_autoptr (GTask) task = data;
  ShumateTile *tile = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (texture == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  keep (self, key_of_tile (tile), texture);
  if (g_task_return_error_if_cancelled (task))
    return;
  finish_tile (self, tile, texture);
  g_task_return_boolean (task, TRUE);
}

/* Until the tile is painted, the piece of the nearest coarser one that is at hand. */
static void
show_stand_in (VolantTileSource *self, ShumateTile *tile)
{
  unsigned zoom = shumate_tile_get_zoom_level (tile);
  unsigned x = shumate_tile_get_x (tile);
  unsigned y = shumate_tile_get_y (tile);

  for (unsigned up = 1; up <= STAND_IN_LEVELS && up <= zoom; up++)
    {
      GdkTexture *texture = look_up (self, key_of (zoom - up, x >> up, y >> up));
      float side = 1.0f / (float) (1u << up);
      float left = (float) (x & ((1u << up) - 1)) * side;
      float top = (float) (y & ((1u << up) - 1)) * side;
      g_autoptr (GdkPaintable) paintable = NULL;

      if (texture == NULL)
        continue;
      paintable = volant_tile_paintable_new (
          texture, &GRAPHENE_RECT_INIT (left, top, side, side));
      shumate_tile_set_fade_in (tile, FALSE);
      shumate_tile_set_paintable (tile, paintable);
      return;
    }
}

static void
fill_tile_async (ShumateMapSource *source, ShumateTile *tile, GCancellable *cancellable,
                 GAsyncReadyCallback callback, void *data)
{
  static uint64_t serial;
  VolantTileSource *self = VOLANT_TILE_SOURCE (source);
  GTask *outer = g_task_new (self, cancellable, callback, data);
  unsigned zoom = shumate_tile_get_zoom_level (tile);
  unsigned x = shumate_tile_get_x (tile);
  unsigned y = shumate_tile_get_y (tile);
  GdkTexture *texture = look_up (self, key_of (zoom, x, y));
  GTask *inner;
  Job *job;

  g_task_set_task_data (outer, g_object_ref (tile), g_object_unref);
  if (texture != NULL)
    {
      finish_tile (self, tile, texture);
      g_task_return_boolean (outer, TRUE);
      g_object_unref (outer);
      return;
    }
  show_stand_in (self, tile);
  job = g_new0 (Job, 1);
  job->drawing = volant_drawing_ref (self->drawing);
  job->style = self->style;
  job->tile = (VolantTile) { zoom, x, y, VOLANT_TILE_SIZE_PX, self->scale };
  job->serial = ++serial;
  inner = g_task_new (self, cancellable, on_painted, outer);
  /* What was painted in vain is still worth keeping. */
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, job, (GDestroyNotify) job_free);
  g_thread_pool_push (shared_pool (), inner, NULL);
}

static gboolean
fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
volant_tile_source_finalize (GObject *object)
{
  VolantTileSource *self = VOLANT_TILE_SOURCE (object);

  g_hash_table_unref (self->cache);
  g_hash_table_unref (self->alive);
  g_queue_clear_full (&self->recent, (GDestroyNotify) entry_free);
  volant_drawing_unref (self->drawing);
  G_OBJECT_CLASS (volant_tile_source_parent_class)->finalize (object);
}

static void
volant_tile_source_class_init (VolantTileSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = volant_tile_source_finalize;
  SHUMATE_MAP_SOURCE_CLASS (klass)->fill_tile_async = fill_tile_async;
  SHUMATE_MAP_SOURCE_CLASS (klass)->fill_tile_finish = fill_tile_finish;
}

static void
volant_tile_source_init (VolantTileSource *self)
{
  self->cache = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->alive = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->recent);
}

/* A source of scale device pixels a pixel; attribution is shown by ShumateLicense. Each has an id of
 * its own: libshumate caches tiles by id. */
VolantTileSource *
volant_tile_source_new (VolantDrawing *drawing, const VolantMapStyle *style, unsigned scale,
                        const char *attribution)
{
  static unsigned serial;
  g_autofree char *id = g_strdup_printf ("volant-%u", ++serial);
  VolantTileSource *self = g_object_new (VOLANT_TYPE_TILE_SOURCE, "id", id, "name", "Volant",
                                         "min-zoom-level", 0, "max-zoom-level",
                                         VOLANT_DRAWING_MAX_ZOOM, "tile-size", VOLANT_TILE_SIZE_PX,
                                         "license", attribution, NULL);

  self->drawing = volant_drawing_ref (drawing);
  self->style = style;
  self->scale = MAX (scale, 1u);
  return self;
}

/* Whether a tile has been painted and is still at hand. */
gboolean
volant_tile_source_has_tile (VolantTileSource *self, unsigned zoom, unsigned x, unsigned y)
{
  uint64_t key = key_of (zoom, x, y);

  g_return_val_if_fail (VOLANT_IS_TILE_SOURCE (self), FALSE);

  return look_up (self, key) != NULL || g_hash_table_contains (self->alive, &key);
}
