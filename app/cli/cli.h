/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* The command line: one program, subcommands with one option style. Exit status 0 done, 1 refused
 * (with words on stderr), 2 usage. A subcommand stands in its own file, cli-<name>.c, starts no GTK,
 * and gets argv with argv[0] its name. */

G_BEGIN_DECLS

enum {
  VOLANT_EXIT_DONE = 0,
  VOLANT_EXIT_REFUSED = 1,
  VOLANT_EXIT_USAGE = 2,
};

typedef struct {
  const char *name;
  const char *arguments; /* "FILE -o CITY" */
  const char *summary;   /* one line */
  const char *details;   /* below the options in --help; NULL for none */
  int (*run) (int argc, char **argv);
} VolantCommand;

extern const VolantCommand volant_command_import;
extern const VolantCommand volant_command_info;
extern const VolantCommand volant_command_journey;
extern const VolantCommand volant_command_route;
extern const VolantCommand volant_command_stations;
extern const VolantCommand volant_command_table;
extern const VolantCommand volant_command_reach;
extern const VolantCommand volant_command_tour;
extern const VolantCommand volant_command_search;
extern const VolantCommand volant_command_hear;
extern const VolantCommand volant_command_say;
extern const VolantCommand volant_command_do;
extern const VolantCommand volant_command_script;

/* Finds a subcommand; NULL where argv[1] is none (an option or nothing: the shell). */
const VolantCommand *volant_cli_find (const char *name);
/* Runs it. */
int volant_cli_run (const VolantCommand *command, int argc, char **argv);

/* For the subcommands: parses options with --help; false means *exit_status is set and all is said. */
bool volant_cli_parse (const VolantCommand *command, const GOptionEntry *entries, int *argc,
                       char ***argv, int *exit_status);
/* "volant route: words" on stderr; returns the status. */
int volant_cli_refuse (const VolantCommand *command, const GError *error);
int volant_cli_usage (const VolantCommand *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Where the demo city, its stations and media lie: the build tree when run from it, else the
 * installed data (transfer full). name: "city", "stations", "media", "commands". */
char *volant_cli_demo_path (const char *name);

G_END_DECLS
