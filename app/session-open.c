/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cli/cli.h"
#include "app/error.h"
#include "app/feeds/stations-feed.h"
#include "app/session-private.h"
#include "app/text/text.h"

#include <string.h>

/* Opening: the city, which is vital, on a thread; then the services, whose faults become notices.
 * The session is handed out as soon as the city stands; "ready" follows when every service has said
 * whether it works. */

#define FIRST_CHARGE_PERCENT 82.0

/* ---- Choosing ---------------------------------------------------------------------------------
 */

static const char *
choose_language (const char *wanted, const char *kept)
{
  const char *const *names = g_get_language_names ();

  if (volant_language_is_known (wanted))
    return wanted;
  if (volant_language_is_known (kept))
    return kept;
  for (; *names != NULL; names++)
    {
      if (g_str_has_prefix (*names, "fr"))
        return "fr";
      if (g_str_has_prefix (*names, "zh"))
        return "zh";
      if (g_str_has_prefix (*names, "en"))
        return "en";
    }
  return "en";
}

static char *
path_or_demo (const char *path, const char *demo)
{
  return path != NULL ? g_strdup (path) : volant_cli_demo_path (demo);
}

static VolantSession *
new_session (const VolantSessionOptions *options)
{
  VolantSession *self = g_object_new (VOLANT_TYPE_SESSION, NULL);
  g_autofree char *kept = NULL;

  self->settings = volant_settings_new ();
  kept = volant_settings_get_string (self->settings, "language");
  self->language = g_strdup (choose_language (options->language, kept));
  self->theme = volant_settings_get_string (self->settings, "theme");
  self->orientation = volant_settings_get_string (self->settings, "orientation");
  self->city_path = path_or_demo (options->city, "city");
  self->stations_path = path_or_demo (options->stations, "stations");
  self->traffic_path = options->traffic != NULL
                         ? g_strdup (options->traffic)
                         : volant_settings_get_string (self->settings, "traffic");
  self->media_path = path_or_demo (options->media, "media");
  self->commands = path_or_demo (options->commands, "commands");
  self->microphone = g_strdup (options->microphone);
  self->speaker = g_strdup (options->speaker);
  self->model = g_strdup (options->model);
  self->no_voice = options->no_voice;
  return self;
}

/* ---- Services ---------------------------------------------------------------------------------
 */

static void
opened_one (VolantSession *self)
{
  g_assert (self->n_opening > 0);
  if (--self->n_opening > 0)
    return;
  self->ready = true;
  g_object_notify (G_OBJECT (self), "ready");
}

static void
on_voice_opened (VolantSession *self)
{
  opened_one (self);
}

static void
on_light_changed (VolantSession *self)
{
  volant_session_update_night (self);
}

static void
on_position_changed (VolantSession *self)
{
  VolantPoint point;
  GError *error = NULL;

  if (!volant_session_get_point (self, &point))
    error = g_error_new_literal (VOLANT_ERROR, VOLANT_ERROR_NO_POSITION,
                                 N_ ("the car does not know where it is"));
  volant_session_set_notice (self, VOLANT_NOTICE_POSITION, error);
  volant_voice_update_names (self->voice, false);
}

/* A new way while driving is driven at once. */
static void
on_route_changed (VolantSession *self)
{
  if (volant_vehicle_simulation_is_driving (self->vehicle) &&
      volant_navigation_get_route (self->navigation) != NULL)
    volant_session_drive_route (self, NULL);
}

/* A file that cannot be played is skipped: the sound works. */
static void
on_media_failed (VolantSession *self, GError *error)
{
  if (g_error_matches (error, VOLANT_ERROR, VOLANT_ERROR_FAILED))
    {
      volant_session_show_toast (self, error->message, NULL, true);
      return;
    }
  volant_session_set_notice (self, VOLANT_NOTICE_SOUND, g_error_copy (error));
}

static void
on_media_restored (VolantSession *self)
{
  volant_session_set_notice (self, VOLANT_NOTICE_SOUND, NULL);
}

static void
on_folder_opened (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (VolantSession) self = data;
  GError *error = NULL;

  if (!volant_media_open_folder_finish (VOLANT_MEDIA (source), result, NULL, &error))
    volant_session_set_notice (self, VOLANT_NOTICE_MUSIC, error);
  opened_one (self);
}

static void
open_media (VolantSession *self)
{
  self->media = volant_media_new (self->speaker);
  volant_media_set_volume (self->media, volant_settings_get_double (self->settings, "volume"));
  g_signal_connect_swapped (self->media, "failed", G_CALLBACK (on_media_failed), self);
  g_signal_connect_swapped (self->media, "restored", G_CALLBACK (on_media_restored), self);
  self->n_opening++;
  volant_media_open_folder_async (self->media, self->media_path, self->cancellable,
                                  on_folder_opened, g_object_ref (self));
}

static void
on_stations_answered (VolantSession *self)
{
  if (g_object_get_data (self->feed, "volant-answered") != NULL)
    return;
  g_object_set_data (self->feed, "volant-answered", self);
  opened_one (self);
}

static void
on_stations_changed (VolantSession *self)
{
  VolantStationFeed *feed = volant_stations_feed_get_feed (VOLANT_STATIONS_FEED (self->feed));

  volant_session_set_notice (self, VOLANT_NOTICE_STATIONS, NULL);
  if (feed != NULL)
    volant_session_take_stations (self, feed->stations);
  on_stations_answered (self);
}

static void
on_stations_failed (VolantSession *self, const GError *error)
{
  volant_session_set_notice (self, VOLANT_NOTICE_STATIONS, g_error_copy (error));
  on_stations_answered (self);
}

static void
open_stations (VolantSession *self)
{
  self->feed = G_OBJECT (volant_stations_feed_new (self->stations_path, self->language));
  g_signal_connect_swapped (self->feed, "changed", G_CALLBACK (on_stations_changed), self);
  g_signal_connect_swapped (self->feed, "failed", G_CALLBACK (on_stations_failed), self);
  self->n_opening++;
  volant_stations_feed_start (VOLANT_STATIONS_FEED (self->feed));
}

void
volant_session_start_services (VolantSession *self)
{
  const VolantCityInfo *info = volant_city_get_info (self->city);

  self->n_opening = 1;
  self->rental = volant_rental_new_simulated (g_get_real_time () / G_USEC_PER_SEC);
  self->vehicle = volant_vehicle_simulation_new (info->start, FIRST_CHARGE_PERCENT);
  self->position = volant_position_simulation_new (self->vehicle);
  self->navigation = volant_navigation_new (VOLANT_POSITION (self->position), self->router);
  volant_session_update_night (self);
  self->conversation = volant_conversation_new (self);
  open_media (self);
  self->voice = volant_voice_new (self);
  self->n_opening++;
  volant_voice_open (self->voice, on_voice_opened);
  open_stations (self);
  volant_session_open_traffic (self);
  g_signal_connect_swapped (self->vehicle, "changed::" VOLANT_VSS_OUTSIDE_LIGHT,
                            G_CALLBACK (on_light_changed), self);
  g_signal_connect_object (self->position, "changed", G_CALLBACK (on_position_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->navigation, "route-changed", G_CALLBACK (on_route_changed), self);
  opened_one (self);
}

int64_t
volant_session_get_stations_age_s (VolantSession *self)
{
  return self->feed != NULL ? volant_stations_feed_get_age_s (VOLANT_STATIONS_FEED (self->feed))
                            : -1;
}

/* ---- Opening ----------------------------------------------------------------------------------
 */

static void
open_city (GTask *task, void *source, void *data, GCancellable *cancellable)
{
  VolantSession *self = data;
  GError *error = NULL;

  self->city = volant_city_open (self->city_path, &error);
  if (self->city != NULL)
    self->router = volant_router_new (self->city, &error);
  if (self->router != NULL)
    self->places = volant_places_open (volant_city_get_file (self->city), &error);
  if (self->places != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_city_opened (GObject *source, GAsyncResult *result, void *data)
{
  g_autoptr (GTask) task = data;
  VolantSession *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_autofree char *cause = volant_text_error (self->language, error);

      g_task_return_new_error (task, VOLANT_ERROR, VOLANT_ERROR_UNAVAILABLE,
                               volant_session_text (self, N_ ("No city: %s")), cause);
      return;
    }
  volant_session_start_services (self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

void
volant_session_new_async (const VolantSessionOptions *options, GCancellable *cancellable,
                          GAsyncReadyCallback callback, void *data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  g_autoptr (GTask) opening = g_task_new (NULL, cancellable, on_city_opened, task);

  g_task_set_source_tag (task, volant_session_new_async);
  g_task_set_task_data (opening, new_session (options), g_object_unref);
  g_task_run_in_thread (opening, open_city);
}

VolantSession *
volant_session_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, volant_session_new_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
