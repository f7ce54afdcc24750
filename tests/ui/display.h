/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* A virtual display for this test, in DISPLAY, until the test ends. false, with the test skipped,
 * where Xvfb is not installed. */
bool volant_test_display (void);

/* Asks a program to end and waits until it has; one that does not is killed. */
void volant_test_end (GSubprocess *process);

G_END_DECLS
