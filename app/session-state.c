/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/arrival-charge.h"
#include "app/session-private.h"

#include <math.h>

/* The flat state that scripts wait on and D-Bus hands out. */

static void
add_string (GVariantBuilder *state, const char *key, const char *value)
{
  g_variant_builder_add (state, "{sv}", key, g_variant_new_string (value != NULL ? value : ""));
}

static void
add_double (GVariantBuilder *state, const char *key, double value)
{
  if (!isnan (value))
    g_variant_builder_add (state, "{sv}", key, g_variant_new_double (value));
}

static void
add_count (GVariantBuilder *state, const char *key, unsigned count)
{
  g_variant_builder_add (state, "{sv}", key, g_variant_new_uint32 (count));
}

static void
add_boolean (GVariantBuilder *state, const char *key, bool value)
{
  g_variant_builder_add (state, "{sv}", key, g_variant_new_boolean (value));
}

static void
add_wish (VolantSession *self, GVariantBuilder *state)
{
  const VolantTripWish *wish = volant_navigation_get_wish (self->navigation);
  const GPtrArray *routes = volant_navigation_get_alternatives (self->navigation);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *avoided = NULL;

  for (unsigned i = 0; i < VOLANT_N_AVOIDS; i++)
    if (wish->avoid & (1u << i))
      g_strv_builder_add (builder, volant_avoid_name (1u << i));
  words = g_strv_builder_end (builder);
  avoided = g_strjoinv (",", words);
  add_string (state, "navigation.avoided", avoided);
  add_count (state, "navigation.blocked-streets", wish->block_sizes->len);
  add_count (state, "navigation.stops", wish->stops->len);
  add_count (state, "navigation.alternatives", routes != NULL ? routes->len : 0);
  add_count (state, "navigation.route", volant_navigation_get_chosen (self->navigation));
}

static void
add_navigation (VolantSession *self, GVariantBuilder *state)
{
  static const char *const names[] = {
    [VOLANT_NAVIGATION_IDLE] = "idle",
    [VOLANT_NAVIGATION_ROUTING] = "routing",
    [VOLANT_NAVIGATION_GUIDING] = "guiding",
    [VOLANT_NAVIGATION_ARRIVED] = "arrived",
  };
  const VolantTarget *target = volant_navigation_get_target (self->navigation);
  const VolantRoute *route = volant_navigation_get_route (self->navigation);
  g_autofree char *instruction =
      volant_navigation_get_instruction (self->navigation, self->language);

  add_string (state, "navigation.state", names[volant_navigation_get_state (self->navigation)]);
  add_string (state, "navigation.target", target != NULL ? target->name : "");
  add_string (state, "navigation.target-id", target != NULL ? target->id : "");
  add_string (state, "navigation.instruction", instruction);
  add_double (state, "navigation.delay-s", route != NULL ? route->delay_ms / 1000.0 : 0.0);
  add_wish (self, state);
  add_double (state, "navigation.remaining-m",
              volant_navigation_get_remaining_m (self->navigation));
  add_double (state, "navigation.remaining-s",
              volant_navigation_get_remaining_s (self->navigation));
  add_double (state, "navigation.arrival-charge",
              volant_arrival_charge_percent (self->navigation, self->router,
                                             VOLANT_VEHICLE (self->vehicle)));
}

static void
add_media (VolantSession *self, GVariantBuilder *state)
{
  static const char *const names[] = {
    [VOLANT_MEDIA_STOPPED] = "stopped",
    [VOLANT_MEDIA_PLAYING] = "playing",
    [VOLANT_MEDIA_PAUSED] = "paused",
  };
  VolantTrack *track = volant_media_get_track (self->media);
  gboolean ducked = FALSE;

  g_object_get (self->media, "ducked", &ducked, NULL);
  add_string (state, "media.state", names[volant_media_get_state (self->media)]);
  add_string (state, "media.title", track != NULL ? volant_track_get_title (track) : "");
  add_string (state, "media.artist", track != NULL ? volant_track_get_artist (track) : "");
  g_variant_builder_add (state, "{sv}", "media.index",
                         g_variant_new_int32 ((int) volant_media_get_index (self->media)));
  g_variant_builder_add (
      state, "{sv}", "media.tracks",
      g_variant_new_int32 ((int) g_list_model_get_n_items (volant_media_get_queue (self->media))));
  add_double (state, "media.position-s", volant_media_get_position_ms (self->media) / 1000.0);
  g_variant_builder_add (
      state, "{sv}", "media.volume",
      g_variant_new_int32 ((int) lround (volant_media_get_volume (self->media) * 100.0)));
  add_boolean (state, "media.muted", volant_media_get_muted (self->media));
  add_boolean (state, "media.ducked", ducked);
}

static void
add_voice (VolantSession *self, GVariantBuilder *state)
{
  static const char *const names[] = {
    [VOLANT_VOICE_OFF] = "off",
    [VOLANT_VOICE_IDLE] = "idle",
    [VOLANT_VOICE_LISTENING] = "listening",
    [VOLANT_VOICE_THINKING] = "thinking",
    [VOLANT_VOICE_SPEAKING] = "speaking",
  };
  const VolantQuestion *question = volant_session_get_question (self);
  const char *const none[] = { NULL };

  add_string (state, "voice.state", names[volant_session_get_voice_state (self)]);
  add_string (state, "voice.words", volant_session_get_voice_words (self));
  add_boolean (state, "voice.ready", volant_voice_is_ready (self->voice));
  add_boolean (state, "voice.muted", volant_voice_get_muted (self->voice));
  add_string (state, "voice.said", volant_voice_get_said (self->voice));
  add_string (state, "question", question != NULL ? question->text : "");
  g_variant_builder_add (state, "{sv}", "question.choices",
                         g_variant_new_strv (question != NULL && question->choices != NULL
                                                 ? (const char *const *) question->choices
                                                 : none,
                                             -1));
  add_string (state, "toast", self->toast != NULL ? self->toast->text : "");
  add_boolean (state, "toast.is-error", self->toast != NULL && self->toast->is_error);
  add_string (state, "toast.undo", self->toast != NULL ? self->toast->undo : "");
}

static void
add_car (VolantSession *self, GVariantBuilder *state)
{
  static const char *const names[] = {
    VOLANT_VSS_SPEED,       VOLANT_VSS_SOC,
    VOLANT_VSS_RANGE,       VOLANT_VSS_CHARGING,
    VOLANT_VSS_CABLE,       VOLANT_VSS_GEAR,
    VOLANT_VSS_DOOR_DRIVER, VOLANT_VSS_DOOR_PASSENGER,
    VOLANT_VSS_ODOMETER,    VOLANT_VSS_OUTSIDE_LIGHT,
  };
  VolantFix fix;

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) value = volant_vehicle_get (VOLANT_VEHICLE (self->vehicle), names[i]);

      if (value != NULL)
        g_variant_builder_add (state, "{sv}", names[i], value);
    }
  volant_position_get_fix (VOLANT_POSITION (self->position), &fix);
  add_boolean (state, "position.valid", fix.valid);
  if (fix.valid)
    {
      add_double (state, "position.lat", volant_point_lat_deg (fix.point));
      add_double (state, "position.lon", volant_point_lon_deg (fix.point));
      add_double (state, "position.heading", fix.heading_deg);
    }
  add_boolean (state, "drive.moving", volant_vehicle_is_moving (VOLANT_VEHICLE (self->vehicle)));
  add_double (state, "drive.rate", volant_vehicle_simulation_get_rate (self->vehicle));
}

GVariant *
volant_session_get_state (VolantSession *self)
{
  GVariantBuilder state = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GStrv) notices = volant_session_get_notices (self);

  add_boolean (&state, "ready", self->ready);
  add_string (&state, "city", volant_city_get_info (self->city)->name);
  add_string (&state, "language", self->language);
  add_string (&state, "screen", self->screen);
  add_string (&state, "theme", self->theme);
  add_boolean (&state, "night", self->night);
  add_string (&state, "orientation", self->orientation);
  add_string (&state, "station", self->selected_station);
  add_string (&state, "rental", self->rental != NULL ? self->rental->vehicle_id : "");
  g_variant_builder_add (&state, "{sv}", "stations.count",
                         g_variant_new_int32 ((int) self->stations->len));
  g_variant_builder_add (
    &state, "{sv}", "traffic.links",
    g_variant_new_int32 (self->traffic != NULL
                           ? (int) volant_live_traffic_get_n_links (self->traffic) : 0));
  g_variant_builder_add (&state, "{sv}", "notices",
                         g_variant_new_strv ((const char *const *) notices, -1));
  add_navigation (self, &state);
  add_media (self, &state);
  add_voice (self, &state);
  add_car (self, &state);
  return g_variant_builder_end (&state);
}
