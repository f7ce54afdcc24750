/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/live-traffic.h"

/* One application at a time; what comes meanwhile is applied after it. */

#define MAX_WAIT_S 3600

struct _VolantLiveTraffic {
  GObject parent_instance;

  VolantTrafficFeed *feed;
  VolantRouter *router;
  VolantNavigation *navigation;
  uint32_t n_links;
  unsigned timer;
  bool is_applying;
  bool is_wanted_again;
};

typedef struct {
  VolantRouter *router;
  VolantTraffic *traffic;
  int64_t now_s;
  uint32_t n_changed;
  uint32_t n_links;
} Application;

enum {
  SIGNAL_CHANGED,
  SIGNAL_READ,
  SIGNAL_FAILED,
  N_SIGNALS,
};

static unsigned signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (VolantLiveTraffic, volant_live_traffic, G_TYPE_OBJECT)

static void apply (VolantLiveTraffic *self);

static void
application_free (Application *application)
{
  volant_router_unref (application->router);
  volant_traffic_unref (application->traffic);
  g_free (application);
}

static int64_t
present_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static uint32_t
count_links (const VolantTraffic *traffic, int64_t now_s)
{
  uint32_t n_changes, n_links = 0;
  const VolantLinkChange *changes = volant_traffic_get_changes (traffic, &n_changes);

  for (uint32_t i = 0; i < n_changes; i++)
    if ((i == 0 || changes[i].link != changes[i - 1].link) &&
        volant_traffic_find (traffic, changes[i].link, now_s) != NULL)
      n_links++;
  return n_links;
}

static void
apply_in_thread (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  Application *application = data;

  application->n_changed = volant_router_set_traffic (application->router, application->traffic,
                                                      application->now_s);
  application->n_links = count_links (application->traffic, application->now_s);
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_timer (void *data)
{
  VolantLiveTraffic *self = data;

  self->timer = 0;
  apply (self);
  return G_SOURCE_REMOVE;
}

/* When the next closure begins or ends, or the whole of it is too old. */
static void
schedule (VolantLiveTraffic *self, const Application *application)
{
  int64_t next_s = volant_traffic_get_next_s (application->traffic, application->now_s);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (next_s != VOLANT_TRAFFIC_NO_END_S)
    self->timer = g_timeout_add_seconds (
      (unsigned) CLAMP (next_s - present_s (), 1, MAX_WAIT_S), on_timer, self);
}

static void
on_applied (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (VolantLiveTraffic) self = g_object_ref (VOLANT_LIVE_TRAFFIC (source));
  const Application *application = g_task_get_task_data (G_TASK (result));

  self->is_applying = false;
  if (self->feed == NULL)
    return; /* disposed of meanwhile */
  self->n_links = application->n_links;
  schedule (self, application);
  if (application->n_changed > 0)
    {
      volant_navigation_review (self->navigation);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  if (self->is_wanted_again)
    apply (self);
}

static void
apply (VolantLiveTraffic *self)
{
  VolantTraffic *traffic = self->feed != NULL ? volant_traffic_feed_get_traffic (self->feed) : NULL;
  g_autoptr (GTask) task = NULL;
  Application *application;

  self->is_wanted_again = self->is_applying;
  if (traffic == NULL || self->is_applying)
    return;
  self->is_applying = true;
  application = g_new0 (Application, 1);
  application->router = volant_router_ref (self->router);
  application->traffic = volant_traffic_ref (traffic);
  application->now_s = present_s ();
  task = g_task_new (self, NULL, on_applied, NULL);
  g_task_set_task_data (task, application, (GDestroyNotify) application_free);
  g_task_run_in_thread (task, apply_in_thread);
}

static void
on_feed_changed (VolantLiveTraffic *self)
{
  apply (self);
  g_signal_emit (self, signals[SIGNAL_READ], 0);
}

static void
on_feed_failed (VolantLiveTraffic *self, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static void
volant_live_traffic_dispose (GObject *object)
{
  VolantLiveTraffic *self = VOLANT_LIVE_TRAFFIC (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->feed != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->feed, self);
      volant_traffic_feed_stop (self->feed);
    }
  g_clear_object (&self->feed);
  g_clear_object (&self->navigation);
  g_clear_pointer (&self->router, volant_router_unref);
  G_OBJECT_CLASS (volant_live_traffic_parent_class)->dispose (object);
}

static void
volant_live_traffic_class_init (VolantLiveTrafficClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = volant_live_traffic_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[SIGNAL_READ] = g_signal_new ("read", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1,
                                         G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
volant_live_traffic_init (VolantLiveTraffic *self)
{
}

VolantLiveTraffic *
volant_live_traffic_new (VolantTrafficFeed *feed, VolantRouter *router,
                         VolantNavigation *navigation)
{
  VolantLiveTraffic *self = g_object_new (VOLANT_TYPE_LIVE_TRAFFIC, NULL);

  self->feed = g_object_ref (feed);
  self->router = volant_router_ref (router);
  self->navigation = g_object_ref (navigation);
  g_signal_connect_swapped (feed, "changed", G_CALLBACK (on_feed_changed), self);
  g_signal_connect_swapped (feed, "failed", G_CALLBACK (on_feed_failed), self);
  volant_traffic_feed_start (feed);
  return self;
}

uint32_t
volant_live_traffic_get_n_links (VolantLiveTraffic *self)
{
  return self->n_links;
}
