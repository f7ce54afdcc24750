/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/session.h"

#include <gtk/gtk.h>

/* The shell as a GtkApplication: `volant` with no subcommand. */

G_BEGIN_DECLS

/* Parses the shell's options and runs it; returns the exit status. */
int volant_application_run (int argc, char **argv);

G_END_DECLS
