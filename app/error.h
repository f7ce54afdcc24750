/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What goes wrong in app/. Each message names the thing and the remedy; on screen and in voice the
 * text comes from app/text in the person's language. */
typedef enum {
  VOLANT_ERROR_UNKNOWN_ACTION,
  VOLANT_ERROR_BAD_PARAMETER,
  VOLANT_ERROR_LOCKED_OUT,     /* not while driving */
  VOLANT_ERROR_NOT_NOW,        /* the state does not allow it: nothing to stop, no music */
  VOLANT_ERROR_NOT_FOUND,      /* no such station, street, place, track */
  VOLANT_ERROR_NO_POSITION,
  VOLANT_ERROR_NO_ROUTE,
  VOLANT_ERROR_DECLINED,       /* asked first, answered no */
  VOLANT_ERROR_UNAVAILABLE,    /* no microphone, no sound, no network, no city */
  VOLANT_ERROR_FAILED,
} VolantError;

#define VOLANT_ERROR (volant_error_quark ())
GQuark volant_error_quark (void);

G_END_DECLS
