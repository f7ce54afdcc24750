/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/actions/action-registry.h"
#include "app/media/media.h"
#include "app/navigation/navigation.h"
#include "app/position/position.h"
#include "app/rental/rental.h"
#include "app/vehicle/vehicle.h"
#include "maps/places/places.h"
#include "maps/routing/router.h"
#include "maps/stations/station.h"
#include "speech/ears.h"
#include "speech/mouth.h"

/* One session of the program: the city, the services and the models that panes and voice show.
 * No GTK: it runs and is tested with no display. */

G_BEGIN_DECLS

#define VOLANT_TYPE_SESSION (volant_session_get_type ())
G_DECLARE_FINAL_TYPE (VolantSession, volant_session, VOLANT, SESSION, GObject)

/* Everything may be NULL or its zero: the demo city, its stations and its music are the default. */
typedef struct {
  const char *city;       /* path of a city file */
  const char *stations;   /* folder or URL of a GBFS feed, or an Autolib' CSV */
  const char *traffic;    /* file or URL of speeds and closures; NULL: the setting, else none */
  const char *media;      /* folder of tracks */
  const char *language;   /* "en", "fr", "zh"; NULL: the setting, else the locale's, else "en" */
  const char *microphone; /* GStreamer source; "none" */
  const char *speaker;    /* GStreamer sink; "none" */
  const char *commands;   /* folder of the command catalogues */
  const char *model;      /* PocketSphinx model folder */
  bool no_voice;          /* neither ears nor mouth (fast tests) */
} VolantSessionOptions;

/* Opens city, router, places and stations; starts services. What is missing but not vital (sound,
 * microphone, feed) is told through notices, not errors. */
void volant_session_new_async (const VolantSessionOptions *options, GCancellable *cancellable,
                               GAsyncReadyCallback callback, void *data);
VolantSession *volant_session_new_finish (GAsyncResult *result, GError **error);

VolantCity *volant_session_get_city (VolantSession *self);
VolantPlaces *volant_session_get_places (VolantSession *self);
VolantNavigation *volant_session_get_navigation (VolantSession *self);
VolantPosition *volant_session_get_position (VolantSession *self);
VolantVehicle *volant_session_get_vehicle (VolantSession *self);
VolantMedia *volant_session_get_media (VolantSession *self);
VolantEars *volant_session_get_ears (VolantSession *self);   /* (nullable) */
VolantMouth *volant_session_get_mouth (VolantSession *self); /* (nullable) */

const char *volant_session_get_language (VolantSession *self); /* property "language" */
void volant_session_set_language (VolantSession *self, const char *language);

/* Stations as last read; element VolantStation. Signal "stations-changed". */
GPtrArray *volant_session_get_stations (VolantSession *self);
const VolantStation *volant_session_find_station (VolantSession *self, const char *id);
int64_t volant_session_get_stations_age_s (VolantSession *self); /* -1 unknown */

/* Finds what a target string means: "station:ID", a place id, "geo:LAT,LON", with a
 * name "geo:LAT,LON?q=NAME" (NAME percent-encoded), or words, which name a
 * station first, then a street or place. Several of the same name: nearest first. */
GPtrArray *volant_session_resolve (VolantSession *self, const char *target, unsigned limit,
                                   GError **error); /* of VolantTarget */

/* The street at a place, or its number where it has no name; NULL where none is within 60 m
 * (transfer full). */
char *volant_session_find_street_at (VolantSession *self, VolantPoint point);

/* What the person is being told or asked. Property notifies: "question", "toast". */
typedef struct {
  char *text;      /* "Go to Gare de Lyon?" */
  GStrv choices;   /* texts of the choices; NULL for yes or no */
} VolantQuestion;
typedef struct {
  char *text;
  char *undo;      /* (nullable) token for app.undo */
  bool is_error;
  unsigned serial; /* grows with each toast */
} VolantToast;
const VolantQuestion *volant_session_get_question (VolantSession *self); /* (nullable) */
const VolantToast *volant_session_get_toast (VolantSession *self);       /* (nullable) */

/* What the voice bar shows. Property notifies: "voice-state", "voice-level", "voice-words". */
typedef enum {
  VOLANT_VOICE_OFF,       /* no ears: notice says why */
  VOLANT_VOICE_IDLE,
  VOLANT_VOICE_LISTENING,
  VOLANT_VOICE_THINKING,
  VOLANT_VOICE_SPEAKING,
} VolantVoiceState;
VolantVoiceState volant_session_get_voice_state (VolantSession *self);
double volant_session_get_voice_level (VolantSession *self);      /* 0…1 */
const char *volant_session_get_voice_words (VolantSession *self); /* partial, then understood */

/* What the session goes without, one line each, in the session's language: "No microphone: …".
 * Property "notices". */
GStrv volant_session_get_notices (VolantSession *self); /* transfer full */

/* Chosen by actions, shown by the panes; each a property with notify. */
const char *volant_session_get_theme (VolantSession *self);       /* "auto", "day", "night" */
bool volant_session_is_night (VolantSession *self);               /* what auto means now */
/* "home", "map", "media", "search", "settings", "help" */
const char *volant_session_get_screen (VolantSession *self);
const char *volant_session_get_orientation (VolantSession *self); /* "heading", "north" */
const char *volant_session_get_selected_station (VolantSession *self); /* (nullable) id */
/* Signal "map-command" (const char *command): "zoom-in", "zoom-out", "recentre". */

const VolantRental *volant_session_get_rental (VolantSession *self); /* (nullable) ended */

/* Everything a script may wait for, flat: "navigation.state" → "guiding", VSS names → values …
 * (transfer full, a{sv}, floating). */
GVariant *volant_session_get_state (VolantSession *self);

G_END_DECLS
