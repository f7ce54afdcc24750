/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-private.h"

#include "app/text/text.h"

#include <string.h>

/* The session as an object: what is chosen and shown, as properties. How it is opened stands in
 * session-open.c, what targets mean in session-targets.c, what is missing in session-notices.c, and
 * its flat state in session-state.c. */

#define TOAST_SHOWN_MS VOLANT_UNDO_VALID_MS

enum {
  PROPERTY_LANGUAGE = 1,
  PROPERTY_QUESTION,
  PROPERTY_TOAST,
  PROPERTY_VOICE_STATE,
  PROPERTY_VOICE_LEVEL,
  PROPERTY_VOICE_WORDS,
  PROPERTY_NOTICES,
  PROPERTY_THEME,
  PROPERTY_NIGHT,
  PROPERTY_SCREEN,
  PROPERTY_ORIENTATION,
  PROPERTY_SELECTED_STATION,
  PROPERTY_RENTAL,
  PROPERTY_READY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (VolantSession, volant_session, G_TYPE_OBJECT)

static void
notify (VolantSession *self, unsigned property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
free_toast (VolantToast *toast)
{
  if (toast == NULL)
    return;
  g_free (toast->text);
  g_free (toast->undo);
  g_free (toast);
}

static void
volant_session_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  VolantSession *self = VOLANT_SESSION (object);

  switch (property)
    {
    case PROPERTY_LANGUAGE:
      g_value_set_string (value, self->language);
      break;
    case PROPERTY_QUESTION:
      g_value_set_pointer (value, (void *) volant_session_get_question (self));
      break;
    case PROPERTY_TOAST:
      g_value_set_pointer (value, self->toast);
      break;
    case PROPERTY_VOICE_STATE:
      g_value_set_int (value, (int) volant_session_get_voice_state (self));
      break;
    case PROPERTY_VOICE_LEVEL:
      g_value_set_double (value, volant_session_get_voice_level (self));
      break;
    case PROPERTY_VOICE_WORDS:
      g_value_set_string (value, volant_session_get_voice_words (self));
      break;
    case PROPERTY_NOTICES:
      g_value_take_boxed (value, volant_session_get_notices (self));
      break;
    case PROPERTY_THEME:
      g_value_set_string (value, self->theme);
      break;
    case PROPERTY_NIGHT:
      g_value_set_boolean (value, self->night);
      break;
    case PROPERTY_SCREEN:
      g_value_set_string (value, self->screen);
      break;
    case PROPERTY_ORIENTATION:
      g_value_set_string (value, self->orientation);
      break;
    case PROPERTY_SELECTED_STATION:
      g_value_set_string (value, self->selected_station);
      break;
    case PROPERTY_RENTAL:
      g_value_set_pointer (value, self->rental);
      break;
    case PROPERTY_READY:
      g_value_set_boolean (value, self->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
volant_session_set_property (GObject *object, guint property, const GValue *value,
                             GParamSpec *pspec)
{
  if (property == PROPERTY_LANGUAGE)
    volant_session_set_language (VOLANT_SESSION (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
}

/* Services first: they still speak to the rest while they shut. */
static void
volant_session_dispose (GObject *object)
{
  VolantSession *self = VOLANT_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->toast_timer, g_source_remove);
  g_clear_pointer (&self->voice, volant_voice_free);
  g_clear_pointer (&self->conversation, volant_conversation_free);
  if (self->feed != NULL)
    g_signal_handlers_disconnect_by_data (self->feed, self);
  g_clear_object (&self->feed);
  if (self->traffic != NULL)
    g_signal_handlers_disconnect_by_data (self->traffic, self);
  g_clear_object (&self->traffic);
  if (self->media != NULL)
    g_signal_handlers_disconnect_by_data (self->media, self);
  g_clear_object (&self->media);
  if (self->navigation != NULL)
    g_signal_handlers_disconnect_by_data (self->navigation, self);
  g_clear_object (&self->navigation);
  g_clear_object (&self->position);
  if (self->vehicle != NULL)
    g_signal_handlers_disconnect_by_data (self->vehicle, self);
  g_clear_object (&self->vehicle);
  G_OBJECT_CLASS (volant_session_parent_class)->dispose (object);
}

static void
volant_session_finalize (GObject *object)
{
  VolantSession *self = VOLANT_SESSION (object);
  char *const owned[] = {
    self->language,         self->theme,     self->screen,        self->orientation,
    self->selected_station, self->city_path, self->stations_path, self->media_path,
    self->microphone,       self->speaker,   self->commands,      self->model,
    self->traffic_path
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (owned); i++)
    g_free (owned[i]);
  for (unsigned i = 0; i < VOLANT_N_NOTICES; i++)
    g_clear_error (&self->notices[i]);
  g_hash_table_unref (self->stations_by_id);
  g_ptr_array_unref (self->stations);
  g_clear_pointer (&self->places, volant_places_free);
  g_clear_pointer (&self->router, volant_router_unref);
  g_clear_pointer (&self->city, volant_city_unref);
  g_clear_pointer (&self->undo, volant_undo_free);
  g_clear_pointer (&self->rental, volant_rental_free);
  g_clear_pointer (&self->settings, volant_settings_free);
  g_clear_pointer (&self->toast, free_toast);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (volant_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const struct {
    unsigned property;
    const char *name;
  } strings[] = {
    { PROPERTY_VOICE_WORDS, "voice-words" },
    { PROPERTY_THEME, "theme" },
    { PROPERTY_SCREEN, "screen" },
    { PROPERTY_ORIENTATION, "orientation" },
    { PROPERTY_SELECTED_STATION, "selected-station" },
  };
  const struct {
    unsigned property;
    const char *name;
  } pointers[] = {
    { PROPERTY_QUESTION, "question" },
    { PROPERTY_TOAST, "toast" },
    { PROPERTY_RENTAL, "rental" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].property] =
        g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  for (unsigned i = 0; i < G_N_ELEMENTS (pointers); i++)
    properties[pointers[i].property] = g_param_spec_pointer (pointers[i].name, NULL, NULL, flags);
  properties[PROPERTY_LANGUAGE] =
      g_param_spec_string ("language", NULL, NULL, NULL,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROPERTY_VOICE_STATE] = g_param_spec_int (
      "voice-state", NULL, NULL, VOLANT_VOICE_OFF, VOLANT_VOICE_SPEAKING, VOLANT_VOICE_OFF, flags);
  properties[PROPERTY_VOICE_LEVEL] =
      g_param_spec_double ("voice-level", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROPERTY_NOTICES] = g_param_spec_boxed ("notices", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROPERTY_NIGHT] = g_param_spec_boolean ("night", NULL, NULL, FALSE, flags);
  properties[PROPERTY_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
volant_session_class_init (VolantSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = volant_session_get_property;
  object_class->set_property = volant_session_set_property;
  object_class->dispose = volant_session_dispose;
  object_class->finalize = volant_session_finalize;
  install_properties (object_class);
  g_signal_new ("stations-changed", VOLANT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("map-command", VOLANT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  g_signal_new ("quit", VOLANT_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
}

static void
volant_session_init (VolantSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->undo = volant_undo_new ();
  self->stations = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_station_free);
  self->stations_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->screen = g_strdup ("home");
}

const char *
volant_session_text (VolantSession *self, const char *text)
{
  return volant_text (self->language, text);
}

VolantCity *
volant_session_get_city (VolantSession *self)
{
  return self->city;
}

VolantPlaces *
volant_session_get_places (VolantSession *self)
{
  return self->places;
}

VolantNavigation *
volant_session_get_navigation (VolantSession *self)
{
  return self->navigation;
}

VolantPosition *
volant_session_get_position (VolantSession *self)
{
  return VOLANT_POSITION (self->position);
}

VolantVehicle *
volant_session_get_vehicle (VolantSession *self)
{
  return VOLANT_VEHICLE (self->vehicle);
}

VolantMedia *
volant_session_get_media (VolantSession *self)
{
  return self->media;
}

VolantEars *
volant_session_get_ears (VolantSession *self)
{
  return volant_voice_get_ears (self->voice);
}

VolantMouth *
volant_session_get_mouth (VolantSession *self)
{
  return volant_voice_get_mouth (self->voice);
}

const char *
volant_session_get_language (VolantSession *self)
{
  return self->language;
}

/* volant_session_set_language:
 *
 * Screen, prompts and grammar change together. A language not known here is a programmer's mistake:
 * the action checks what a person asks for. */
void
volant_session_set_language (VolantSession *self, const char *language)
{
  g_return_if_fail (volant_language_is_known (language));

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  volant_settings_set_string (self->settings, "language", language);
  volant_conversation_set_language (self->conversation);
  volant_voice_set_language (self->voice);
  notify (self, PROPERTY_LANGUAGE);
  notify (self, PROPERTY_NOTICES);
}

GPtrArray *
volant_session_get_stations (VolantSession *self)
{
  return self->stations;
}

const VolantStation *
volant_session_find_station (VolantSession *self, const char *id)
{
  return g_hash_table_lookup (self->stations_by_id, id);
}

/* Stations beyond the map cannot be driven to: they are left out. */
void
volant_session_take_stations (VolantSession *self, GPtrArray *stations)
{
  const VolantBounds *bounds = &volant_city_get_info (self->city)->bounds;

  g_hash_table_remove_all (self->stations_by_id);
  g_ptr_array_set_size (self->stations, 0);
  for (unsigned i = 0; i < stations->len; i++)
    {
      const VolantStation *station = stations->pdata[i];
      VolantStation *copy;

      if (!volant_bounds_contain (bounds, station->point))
        continue;
      copy = volant_station_copy (station);
      g_ptr_array_add (self->stations, copy);
      g_hash_table_insert (self->stations_by_id, copy->id, copy);
    }
  if (self->selected_station != NULL &&
      volant_session_find_station (self, self->selected_station) == NULL)
    volant_session_select_station (self, NULL);
  volant_voice_update_names (self->voice, true);
  g_signal_emit_by_name (self, "stations-changed");
}

const VolantQuestion *
volant_session_get_question (VolantSession *self)
{
  return self->conversation != NULL ? volant_conversation_get_question (self->conversation) : NULL;
}

const VolantToast *
volant_session_get_toast (VolantSession *self)
{
  return self->toast;
}

static gboolean
on_toast_over (void *data)
{
  VolantSession *self = data;

  self->toast_timer = 0;
  g_clear_pointer (&self->toast, free_toast);
  notify (self, PROPERTY_TOAST);
  return G_SOURCE_REMOVE;
}

void
volant_session_show_toast (VolantSession *self, const char *text, const char *undo, bool is_error)
{
  g_clear_handle_id (&self->toast_timer, g_source_remove);
  free_toast (self->toast);
  self->toast = g_new0 (VolantToast, 1);
  self->toast->text = g_strdup (text);
  self->toast->undo = g_strdup (undo);
  self->toast->is_error = is_error;
  self->toast->serial = ++self->last_toast;
  self->toast_timer = g_timeout_add (TOAST_SHOWN_MS, on_toast_over, self);
  notify (self, PROPERTY_TOAST);
}

VolantVoiceState
volant_session_get_voice_state (VolantSession *self)
{
  return self->voice != NULL ? volant_voice_get_state (self->voice) : VOLANT_VOICE_OFF;
}

double
volant_session_get_voice_level (VolantSession *self)
{
  return self->voice != NULL ? volant_voice_get_level (self->voice) : 0.0;
}

const char *
volant_session_get_voice_words (VolantSession *self)
{
  return self->voice != NULL ? volant_voice_get_words (self->voice) : "";
}

const char *
volant_session_get_theme (VolantSession *self)
{
  return self->theme;
}

bool
volant_session_is_night (VolantSession *self)
{
  return self->night;
}

void
volant_session_update_night (VolantSession *self)
{
  bool night = strcmp (self->theme, "night") == 0;

  if (strcmp (self->theme, "auto") == 0)
    night =
        volant_vehicle_get_boolean (volant_session_get_vehicle (self), VOLANT_VSS_OUTSIDE_LIGHT);
  if (night == self->night)
    return;
  self->night = night;
  notify (self, PROPERTY_NIGHT);
}

/* A chosen word of a property; true where it is another than before. */
static bool
replace (char **value, const char *wanted)
{
  if (g_strcmp0 (*value, wanted) == 0)
    return false;
  g_free (*value);
  *value = g_strdup (wanted);
  return true;
}

void
volant_session_set_theme (VolantSession *self, const char *theme)
{
  if (!replace (&self->theme, theme))
    return;
  volant_settings_set_string (self->settings, "theme", theme);
  notify (self, PROPERTY_THEME);
  volant_session_update_night (self);
}

const char *
volant_session_get_screen (VolantSession *self)
{
  return self->screen;
}

void
volant_session_set_screen (VolantSession *self, const char *screen)
{
  if (replace (&self->screen, screen))
    notify (self, PROPERTY_SCREEN);
}

const char *
volant_session_get_orientation (VolantSession *self)
{
  return self->orientation;
}

void
volant_session_set_orientation (VolantSession *self, const char *orientation)
{
  if (!replace (&self->orientation, orientation))
    return;
  volant_settings_set_string (self->settings, "orientation", orientation);
  notify (self, PROPERTY_ORIENTATION);
}

const char *
volant_session_get_selected_station (VolantSession *self)
{
  return self->selected_station;
}

void
volant_session_select_station (VolantSession *self, const char *id)
{
  if (replace (&self->selected_station, id))
    notify (self, PROPERTY_SELECTED_STATION);
}

const VolantRental *
volant_session_get_rental (VolantSession *self)
{
  return self->rental;
}

/* What the renter chose goes with the rental. */
void
volant_session_end_rental (VolantSession *self)
{
  volant_navigation_forget (self->navigation);
  volant_media_pause (self->media);
  volant_session_select_station (self, NULL);
  volant_session_set_screen (self, "home");
  g_clear_pointer (&self->undo, volant_undo_free);
  self->undo = volant_undo_new ();
  g_clear_pointer (&self->rental, volant_rental_free);
  notify (self, PROPERTY_RENTAL);
}

bool
volant_session_drive_route (VolantSession *self, GError **error)
{
  const VolantRoute *route = volant_navigation_get_route (self->navigation);
  g_autoptr (GArray) plan = NULL;

  g_return_val_if_fail (route != NULL, false);
  plan = volant_drive_plan_new (route, volant_router_get_roads (self->router), 0.0);
  return volant_vehicle_simulation_drive (self->vehicle, plan, error);
}
