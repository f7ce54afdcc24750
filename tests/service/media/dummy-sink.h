/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

/* A sound server of the test's own: it takes the place of GStreamer's sink for PulseAudio, and the
 * sound card is taken away. Sound goes nowhere, in real time. */

/* Once, after gst_init (); the server is up. */
void test_server_install (void);
/* While it is down, no sink opens. */
void test_server_set_up (bool is_up);
/* Ends the connection that plays, as a server that dies does. */
void test_server_cut (void);
/* While it is stuck, what comes is not played on. */
void test_server_set_stuck (bool is_stuck);
/* How often a player has connected and played. */
unsigned test_server_get_n_played (void);
