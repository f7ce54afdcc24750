/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/actions/undo.h"
#include "app/navigation/live-traffic.h"
#include "app/position/position-simulation.h"
#include "app/session.h"
#include "app/settings.h"
#include "app/vehicle/vehicle-simulation.h"
#include "app/voice/conversation.h"
#include "app/voice/voice.h"

/* The session from inside: for app/session-*.c, app/actions/ and app/voice/ alone. Panes and other
 * programs change nothing but through actions. */

G_BEGIN_DECLS

/* What the session can go without; each has at most one notice. */
typedef enum {
  VOLANT_NOTICE_MICROPHONE,
  VOLANT_NOTICE_SOUND,
  VOLANT_NOTICE_POSITION,
  VOLANT_NOTICE_STATIONS,
  VOLANT_NOTICE_TRAFFIC,
  VOLANT_NOTICE_MUSIC,
  VOLANT_N_NOTICES,
} VolantNotice;

struct _VolantSession {
  GObject parent_instance;

  char *language;
  char *theme;
  char *screen;
  char *orientation;
  char *selected_station;
  bool night;
  bool ready;

  char *city_path; /* as given or the demo's, what was opened */
  char *stations_path;
  char *traffic_path; /* NULL or "": none is read */
  char *media_path;
  char *microphone;
  char *speaker;
  char *commands;
  char *model;
  bool no_voice;

  VolantSettings *settings;
  VolantCity *city;
  VolantRouter *router;
  VolantPlaces *places;
  VolantVehicleSimulation *vehicle;
  VolantPositionSimulation *position;
  VolantNavigation *navigation;
  VolantLiveTraffic *traffic; /* (nullable) */
  VolantMedia *media;
  VolantVoice *voice;
  VolantConversation *conversation;
  VolantUndo *undo;
  VolantRental *rental;

  GObject *feed;              /* NULL: none could be made */
  GPtrArray *stations;        /* VolantStation, never NULL */
  GHashTable *stations_by_id; /* borrowed of stations */

  GError *notices[VOLANT_N_NOTICES]; /* NULL: nothing amiss */
  VolantToast *toast;
  unsigned toast_timer;
  unsigned last_toast;
  unsigned n_opening; /* services still being opened */
  GCancellable *cancellable;
};

/* Looked up in the session's language. */
const char *volant_session_text (VolantSession *self, const char *text) G_GNUC_FORMAT (2);

void volant_session_set_theme (VolantSession *self, const char *theme);
void volant_session_set_screen (VolantSession *self, const char *screen);
void volant_session_set_orientation (VolantSession *self, const char *orientation);
void volant_session_select_station (VolantSession *self, const char *id);
/* Reckons again whether it is night. */
void volant_session_update_night (VolantSession *self);
void volant_session_end_rental (VolantSession *self);
/* Lets the simulated car drive along the active route. */
bool volant_session_drive_route (VolantSession *self, GError **error);
void volant_session_show_toast (VolantSession *self, const char *text, const char *undo,
                                bool is_error);
/* Says what is missing (error: transfer full), or that it is there again (NULL). */
void volant_session_set_notice (VolantSession *self, VolantNotice notice, GError *error);
void volant_session_take_stations (VolantSession *self, GPtrArray *stations);
/* Where the car is; false where it does not know. */
bool volant_session_get_point (VolantSession *self, VolantPoint *point);
/* The one of several stations that serves a need ("", "dock", "charger"), nearest first; element
 * VolantStation, borrowed of the session (transfer container). */
GPtrArray *volant_session_rank_stations (VolantSession *self, const char *need, unsigned limit);
VolantTarget *volant_session_target_from_station (const VolantStation *station);
/* The street that the car is on or beside (transfer full, nullable). */
char *volant_session_find_street (VolantSession *self);

void volant_session_start_services (VolantSession *self);
/* session-traffic.c: begins to read the traffic, and tells what it does to the way. */
void volant_session_open_traffic (VolantSession *self);

G_END_DECLS
